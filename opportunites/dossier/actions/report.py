"""A DGS who holds a reserve may move the date of a file: the law's bounds are those of the origin."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from collectivites.communs.typographie import date_texte
from collectivites.refus import ActionImpossible
from opportunites.dossier.actions.depart import verifier_la_borne
from opportunites.dossier.droit import checklist
from opportunites.models import Mobilite


def reporter(mobilite: Mobilite, jour: date) -> None:
    """Move the date of effect of a locked file, never before what the origin agreed to, never beyond
    what the law lets an employer keep somebody."""
    if mobilite.etat != Mobilite.Etat.OUVERTE:
        raise ActionImpossible("Ce dossier de mobilité est clos : sa date ne change plus.")
    if jour < timezone.localdate():
        raise ActionImpossible("Choisissez aujourd’hui, ou un jour à venir.")
    convenue = mobilite.date_convenue
    if convenue is not None and jour < convenue:
        raise ActionImpossible(
            f"L’employeur d’origine a donné son accord pour le {date_texte(convenue)} : la date ne "
            "peut pas la précéder."
        )
    if mobilite.demande_recue_le is not None:
        verifier_la_borne(mobilite, jour)
    mobilite.date_effet = jour
    mobilite.save(update_fields=["date_effet"])
    checklist.mettre_a_jour(mobilite)
