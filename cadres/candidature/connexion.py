"""The login of somebody who changed employers: an address that their former employer gave.

The new employer gives the new one; only the person makes it their login, with what proves both: the
link that the new mailbox received, and the account, opened as it was until then. The former address is
told. A host that typed another address would gain nothing by it: its link opens no account.
"""

from __future__ import annotations

from datetime import timedelta
from zlib import crc32

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from cadres.candidature.comptes import adresse_proposee, refus_adresse
from cadres.fiche.journal import noter
from cadres.fiche.verrous import verrouiller_le_sien
from cadres.models import Cadre
from cadres.mots import Actes
from collectivites.acteurs.acteur import Acteur
from collectivites.models import Utilisateur
from collectivites.mots import Role
from collectivites.refus import ActionImpossible, exiger
from collectivites.travaux import courriels

VALIDITE = timedelta(days=30)
_SEL = "quatuor.adresse_de_connexion"
LIEN_PERIME = (
    "Ce lien ne vaut plus : il est trop ancien, ou une autre adresse a été donnée depuis. Demandez-en "
    "un autre ici."
)
DEJA_PRISE = (
    "Un autre compte porte déjà cette adresse : écrivez à votre direction des ressources humaines."
)
RIEN_A_CONFIRMER = "Vous vous connectez déjà avec l’adresse que donne votre employeur."


def refus_changer(acteur: Acteur) -> str | None:
    """Only whoever logs in with a former employer's address, and has another."""
    compte = acteur.utilisateur
    if acteur.cadre_id is None:
        return RIEN_A_CONFIRMER
    return None if adresse_proposee(acteur.cadre_id, compte.email) else RIEN_A_CONFIRMER


def demander(cadre: Cadre, *, de: Acteur | None = None) -> bool:
    """Write to the new address, where there is one to confirm; once an hour at most. Returns whether
    there is. Reads `utilisateur` and `collectivite.demarche`."""
    compte = cadre.utilisateur
    adresse = adresse_proposee(cadre.pk, compte.email) if compte else ""
    if compte is None or not adresse:
        return False
    courriels.deposer(
        "cadres/confirmer_connexion",
        demarche=cadre.collectivite.demarche,
        destinataire=adresse,
        cle=f"{cadre.pk}:{crc32(adresse.encode())}:{timezone.now():%Y%m%d%H}",
        utilisateur=compte,
        cadre_ref=cadre.pk,
        comme=Role.CADRE,
        de=de,
        collectivite=cadre.collectivite,
        cadre=cadre,
        lien=f"{settings.QUATUOR_SITE.rstrip('/')}"
        f"{reverse('cadres:confirmer_adresse', args=[jeton_de(compte, adresse)])}",
        jours=VALIDITE.days,
    )
    return True


def jeton_de(compte: Utilisateur, adresse: str) -> str:
    return signing.dumps([compte.pk, compte.email, adresse], salt=_SEL, compress=True)


def adresse_du_jeton(acteur: Acteur, jeton: str) -> str:
    """The address that the link proves, if it is this account's, and still the one to confirm."""
    compte = acteur.utilisateur
    try:
        lu = signing.loads(jeton, salt=_SEL, max_age=VALIDITE)
    except signing.BadSignature:
        return ""
    attendue = adresse_proposee(acteur.cadre_id or 0, compte.email)
    return attendue if attendue and lu == [compte.pk, compte.email, attendue] else ""


def confirmer(*, acteur: Acteur, jeton: str) -> str:
    """The address of the link becomes the login. Returns it."""
    exiger(refus_changer(acteur))
    cadre = verrouiller_le_sien(acteur)
    adresse = adresse_du_jeton(acteur, jeton)
    if not adresse:
        raise ActionImpossible(LIEN_PERIME)
    exiger(refus_adresse(cadre.collectivite, adresse, cadre.nom, cadre.prenom))
    compte = Utilisateur.objects.select_for_update().get(pk=acteur.utilisateur.pk)
    if Utilisateur.objects.filter(email__iexact=adresse).exclude(pk=compte.pk).exists():
        raise ActionImpossible(DEJA_PRISE)
    quittee, compte.email = compte.email, adresse
    compte.save(update_fields=["email"])
    # By what allauth keeps, the mailbox that is left could still ask for a new password.
    EmailAddress.objects.filter(user=compte).delete()
    noter(acteur, cadre, Actes.CONNEXION_CHANGEE, "Adresse de connexion changée par la personne")
    _prevenir(cadre, quittee)
    return adresse


def _prevenir(cadre: Cadre, quittee: str) -> None:
    """Neither the name nor the new address: whoever reads that mailbox now may be somebody else."""
    quand = timezone.now()
    courriels.deposer(
        "cadres/connexion_changee",
        demarche=cadre.collectivite.demarche,
        destinataire=quittee,
        cle=f"{cadre.pk}:{quand.isoformat()}",
        utilisateur=cadre.utilisateur,
        cadre_ref=cadre.pk,
        collectivite=cadre.collectivite,
        quand=quand,
    )
