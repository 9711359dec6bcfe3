"""Whoever is not listed and would like to be: a mail to the HR direction of their employer.

Nothing else is written, and nothing is looked up: the page answers the same to whoever is listed, refused
or unknown. The address is only what its writer says: no mail leaves for it, and HR is told so.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from collectivites.models import Collectivite, Courriel, Mandat
from collectivites.mots import Role
from collectivites.refus import ActionImpossible
from collectivites.travaux import courriels
from collectivites.travaux.expediteurs import Expediteur

GABARIT = "comptes/volontaire"
#: Mails of a day to one collectivité: somebody who plays with the form does not fill a mailbox.
PAR_JOUR = 40
TROP = (
    "Beaucoup de messages sont déjà partis aujourd’hui à cette direction. Le vôtre n’est pas envoyé : "
    "recommencez demain, ou écrivez-lui directement."
)


def destinataires(collectivite: Collectivite) -> QuerySet[Mandat]:
    mandats: QuerySet[Mandat] = Mandat.objects.en_vigueur().filter(
        role=Role.DRH, collectivite=collectivite
    )
    return mandats.select_related("utilisateur").order_by("pk")


def collectivites_a_joindre() -> QuerySet[Collectivite]:
    """Those of a démarche that runs, where somebody of HR may read. One query."""
    jour = timezone.localdate()
    drh = Mandat.objects.en_vigueur().filter(role=Role.DRH, collectivite=OuterRef("pk"))
    trouvees: QuerySet[Collectivite] = Collectivite.objects.filter(
        Exists(drh), demarche__date_debut__lte=jour, demarche__date_fin__gte=jour
    )
    if not settings.DEMO:
        trouvees = trouvees.filter(demarche__est_demo=False)
    return trouvees.select_related("demarche").order_by("demarche__nom", "nom", "pk")


def ecrire_a_la_drh(
    *, collectivite: Collectivite, prenom: str, nom: str, courriel: str, poste: str, mots: str
) -> None:
    """Once a day for one address, whatever is sent."""
    jour = f"{collectivite.pk}:{timezone.localdate().isoformat()}:"
    partis = Courriel.objects.filter(cle__startswith=courriels.cle_de(GABARIT, jour))
    if partis.count() >= PAR_JOUR:
        raise ActionImpossible(TROP)
    # A key outlives the text of its mail: it tells the address to nobody.
    qui = salted_hmac("quatuor.volontaire", courriel.lower()).hexdigest()[:16]
    domaine = collectivite.domaine_courriel.lower()
    contexte: dict[str, Any] = {
        "prenom": prenom,
        "nom": nom,
        "courriel": courriel,
        "poste": poste,
        "mots": mots,
        "d_ailleurs": domaine and not courriel.lower().endswith(("@" + domaine, "." + domaine)),
    }
    for mandat in destinataires(collectivite):
        texte = courriels.composer(
            GABARIT,
            demarche=collectivite.demarche,
            collectivite=collectivite,
            personne=mandat.utilisateur,
            **contexte,
        )
        courriels.deposer_texte(
            objet=texte.objet,
            corps=texte.corps,
            demarche=collectivite.demarche,
            destinataire=mandat.utilisateur.email,
            cle=courriels.cle_de(GABARIT, f"{jour}{mandat.pk}:{qui}"),
            utilisateur=mandat.utilisateur,
            de=Expediteur(adresse=courriel),
        )
