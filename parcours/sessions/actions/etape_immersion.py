"""The step « Immersion » of a parcours follows the person's immersion: nobody types its days twice."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import minuit
from collectivites.communs.typographie import cite, date_texte
from parcours import verrous
from parcours.models import EtapeProgramme, Immersion, Inscription, SuiviEtape
from parcours.mots import Actes
from parcours.suites import noter

Etat = SuiviEtape.Etat


def planifier_l_etape(acteur: Acteur, immersion: Immersion) -> None:
    """Both employers agreed: the step has its days. The person is told by the immersion's mail."""
    suivi = _etape_de(immersion)
    if suivi is None or suivi.etat not in {Etat.A_PLANIFIER, Etat.ABSENT}:
        return
    _dater(suivi, immersion, Etat.PLANIFIEE)
    libelle = (
        f"Étape {cite(suivi.etape.intitule)} planifiée au {date_texte(immersion.debut)}, "
        "par une immersion accordée"
    )
    noter(acteur, suivi, Actes.SUIVI_PLANIFIE, libelle, cadre=suivi.inscription.cadre)


def marquer_l_etape(acteur: Acteur, immersion: Immersion) -> None:
    """The immersion took place: so did the step, if there is one.

    The fact is established by either employer: whoever organises the step has nothing more to say
    of it.
    """
    suivi = _etape_de(immersion)
    if suivi is None:
        return
    _dater(suivi, immersion, Etat.FAITE)
    libelle = f"Étape {cite(suivi.etape.intitule)}, faite par une immersion"
    noter(acteur, suivi, Actes.ETAPE_FAITE, libelle, cadre=suivi.inscription.cadre)


def liberer_l_etape(immersion: Immersion) -> None:
    """The immersion is given up: its step waits for another one. The immersion's line says it."""
    suivi = _etape_de(immersion)
    if suivi is None or suivi.etat != Etat.PLANIFIEE or not _est_au_jour_de(suivi, immersion):
        return
    suivi.etat, suivi.quand, suivi.lieu = Etat.A_PLANIFIER, None, ""
    suivi.revision += 1
    suivi.save(update_fields=["etat", "quand", "lieu", "revision"])


def _etape_de(immersion: Immersion) -> SuiviEtape | None:
    """The step that bears this immersion; else the first « Immersion » that still waits for one."""
    ouverts = (
        SuiviEtape.objects.filter(
            inscription__cadre=immersion.cadre_id,
            inscription__etat=Inscription.Etat.EN_COURS,
            etape__nature=EtapeProgramme.Nature.IMMERSION,
        )
        .exclude(etat__in=[Etat.FAITE, Etat.ANNULEE])
        .select_related("etape")
        .order_by("etape__ordre", "pk")
    )
    suivis = sorted(ouverts, key=lambda suivi: not _est_au_jour_de(suivi, immersion))
    if not suivis:
        return None
    suivi = verrous.suivi(suivis[0])
    en_cours = suivi.inscription.etat == Inscription.Etat.EN_COURS
    return suivi if en_cours and suivi.etat != Etat.FAITE else None


def _est_au_jour_de(suivi: SuiviEtape, immersion: Immersion) -> bool:
    return suivi.quand is not None and timezone.localdate(suivi.quand) == immersion.debut


def _dater(suivi: SuiviEtape, immersion: Immersion, etat: str) -> None:
    suivi.etat, suivi.excusee = etat, False
    suivi.quand, suivi.lieu = _neuf_heures(immersion.debut), immersion.lieu or immersion.service
    suivi.revision += 1
    suivi.save(update_fields=["etat", "excusee", "quand", "lieu", "revision"])


def _neuf_heures(jour: date) -> datetime:
    """An immersion has days, a step has an hour, which no page shows: the usual one."""
    return minuit(jour).replace(hour=9)
