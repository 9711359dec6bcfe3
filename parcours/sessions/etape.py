"""The step « Immersion » that the person's parcours still asks for."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import decaler
from collectivites.mots import Role
from parcours.models import EtapeProgramme, Immersion, Inscription, SuiviEtape
from parcours.regles import IMMERSION_PREAVIS_MOIS


def etape_a_remplir(acteur: Acteur) -> SuiviEtape | None:
    """While no immersion is asked for or agreed to. One query."""
    if acteur.role != Role.CADRE:
        return None
    vivantes = Immersion.objects.filter(cadre=OuterRef("inscription__cadre")).a_venir()
    suivi: SuiviEtape | None = (
        SuiviEtape.objects.visibles_par(acteur)
        .filter(
            ~Exists(vivantes),
            etape__nature=EtapeProgramme.Nature.IMMERSION,
            etat=SuiviEtape.Etat.A_PLANIFIER,
            inscription__etat=Inscription.Etat.EN_COURS,
        )
        .select_related("etape__promotion")
        .order_by("etape__ordre", "pk")
        .first()
    )
    return suivi


def a_demander_avant(etape: EtapeProgramme) -> date | None:
    """Three months before the period begins to end: the last day to ask without a shorter notice."""
    if etape.periode_fin is None:
        return None
    return decaler(etape.periode_fin, mois=-IMMERSION_PREAVIS_MOIS)
