"""Once a month, each DGS receives the head of the chain: with one of these mails, or with a note, one
finds that the journal was cut or written anew."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from collectivites.chaine.verification import Empreinte, empreinte_du_journal
from collectivites.models import Demarche, Mandat
from collectivites.mots import Role
from collectivites.travaux.courriels import deposer
from collectivites.travaux.horloge import Rythme, a_l_heure, est_une_heure_decente


@a_l_heure(
    "pilotage.empreintes_du_journal", "empreinte(s) du journal envoyée(s)", rythme=Rythme.MATIN
)
def envoyer_les_empreintes() -> int:
    """The first morning of the month on which the clock rings."""
    return deposer_les_empreintes() if est_une_heure_decente() else 0


def deposer_les_empreintes() -> int:
    """One mail for each DGS and each month. A démarche that has not decided anything writes none."""
    jour = timezone.localdate()
    ecrits = 0
    for demarche in Demarche.objects.filter(date_debut__lte=jour, date_fin__gte=jour).order_by(
        "pk"
    ):
        empreinte = empreinte_du_journal(demarche)
        if not empreinte.compte:
            continue
        mandats = Mandat.objects.en_vigueur().filter(collectivite__demarche=demarche, role=Role.DGS)
        for mandat in mandats.select_related("utilisateur", "collectivite").order_by("pk"):
            ecrits += _ecrire(f"{mandat.pk}:{jour:%Y-%m}", demarche, mandat, empreinte)
    return ecrits


def _ecrire(cle: str, demarche: Demarche, mandat: Mandat, empreinte: Empreinte) -> bool:
    """False when that month's mail was written already."""
    with transaction.atomic():
        courriel = deposer(
            "journal/empreinte",
            demarche=demarche,
            destinataire=mandat.utilisateur.email,
            utilisateur=mandat.utilisateur,
            cle=cle,
            comme=mandat,
            personne=mandat.utilisateur,
            empreinte=empreinte,
        )
    return courriel is not None
