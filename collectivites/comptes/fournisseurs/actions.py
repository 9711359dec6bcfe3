"""The tie between an identity of a provider and an account: made by who holds both, told, undone."""

from __future__ import annotations

import logging

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db.models import QuerySet

from collectivites.comptes.fournisseurs.configuration import Fournisseur, tous
from collectivites.comptes.fournisseurs.predicats import refus_entrer
from collectivites.comptes.fournisseurs.protocole import Identite
from collectivites.models import Utilisateur
from collectivites.refus import ActionImpossible, exiger
from collectivites.travaux.courriels import deposer_texte

logger = logging.getLogger(__name__)

#: Said too by whoever loses a race for it: the table holds it unique.
DEJA_PRISE = "Cette identité de {} ouvre déjà un autre compte : elle n’en ouvre pas deux."


def liens_de(personne: Utilisateur) -> QuerySet[SocialAccount]:
    return SocialAccount.objects.filter(user=personne)


def qui_confirment(personne: Utilisateur) -> list[Fournisseur]:
    """The providers by which the person may prove again who they are. A query where there is one."""
    possibles = [fournisseur for fournisseur in tous() if fournisseur.reauthentifie]
    lies = set(liens_de(personne).values_list("provider", flat=True)) if possibles else set()
    return [fournisseur for fournisseur in possibles if fournisseur.nom in lies]


def noms_lies(personne: Utilisateur) -> list[str]:
    """As the person reads them; that of a provider that is gone, as it was named."""
    titres = {fournisseur.nom: fournisseur.titre for fournisseur in tous()}
    noms = liens_de(personne).order_by("provider").values_list("provider", flat=True)
    return [titres.get(nom, nom) for nom in noms]


def personne_liee(identite: Identite) -> Utilisateur | None:
    """By the provider and its `sub`, never by an address: it may be given to somebody else one day."""
    lien = (
        SocialAccount.objects.filter(
            provider=identite.fournisseur.nom, uid=identite.sub, user__is_active=True
        )
        .select_related("user")
        .first()
    )
    return lien.user if lien else None


def lier(*, personne: Utilisateur, identite: Identite) -> None:
    """The account opens with that identity too. Who asks has shown that both are theirs."""
    personne = Utilisateur.objects.select_for_update().get(pk=personne.pk)
    exiger(refus_entrer(identite, personne))
    fournisseur = identite.fournisseur
    deja = SocialAccount.objects.filter(provider=fournisseur.nom)
    if deja.filter(user=personne, uid=identite.sub).exists():
        return
    if deja.filter(user=personne).exists():
        raise ActionImpossible(
            f"Votre compte est déjà lié à une autre identité de {fournisseur}. Séparez-la d’abord."
        )
    if deja.filter(uid=identite.sub).exists():
        raise ActionImpossible(DEJA_PRISE.format(fournisseur))
    # Of what the provider said, the identifier alone is kept.
    lien = SocialAccount.objects.create(
        user=personne, provider=fournisseur.nom, uid=identite.sub, extra_data={}
    )
    logger.info("Identity tied: account %s, provider %s", personne.pk, fournisseur.nom)
    _dire(
        personne,
        objet=f"Votre compte s’ouvre maintenant avec {fournisseur}",
        phrase=f"Votre compte Quatuor vient d’être lié à une identité de {fournisseur} : elle l’ouvre "
        "désormais, comme votre mot de passe.",
        cle=f"fournisseur-lie:{lien.pk}",
    )


def delier(*, personne: Utilisateur, fournisseur: Fournisseur) -> None:
    """That identity opens the account no more; what else opens it stays."""
    personne = Utilisateur.objects.select_for_update().get(pk=personne.pk)
    lien = liens_de(personne).filter(provider=fournisseur.nom).first()
    if lien is None:
        return
    if not personne.has_usable_password():
        raise ActionImpossible(
            "Vous n’avez pas encore de mot de passe, et rien d’autre n’ouvrirait votre compte. "
            "Demandez-en un avec « Mot de passe oublié », puis revenez."
        )
    cle = f"fournisseur-delie:{lien.pk}"
    lien.delete()
    logger.info("Identity untied: account %s, provider %s", personne.pk, fournisseur.nom)
    _dire(
        personne,
        objet=f"Votre compte ne s’ouvre plus avec {fournisseur}",
        phrase=f"Votre compte Quatuor n’est plus lié à {fournisseur}. Votre mot de passe l’ouvre comme "
        "avant.",
        cle=cle,
    )


def _dire(personne: Utilisateur, *, objet: str, phrase: str, cle: str) -> None:
    deposer_texte(
        objet=objet,
        corps=(
            f"Bonjour,\n\n{phrase}\n\nSi c’était vous, il n’y a rien à faire. Sinon, changez de mot de "
            "passe, et regardez qui peut entrer :\n"
            f"{settings.QUATUOR_SITE.rstrip('/')}/mes-connexions/\n"
        ),
        demarche=None,
        destinataire=personne.email,
        cle=cle,
        utilisateur=personne,
    )
