"""The coach's week, computed: what each day holds, in the order of the hours."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import est_ouvre, minuit
from parcours.models import CreneauCoaching, RendezVousCoaching, Session, SuiviEtape


@dataclass(frozen=True)
class Plage:
    """Something at an hour. `libre`: an hour that nobody took yet."""

    debut: datetime
    fin: datetime | None
    titre: str
    detail: str
    url: str
    libre: bool = False


@dataclass
class Jour:
    jour: date
    plages: list[Plage] = field(default_factory=list)

    @property
    def est_ferie(self) -> bool:
        return self.jour.weekday() < 5 and not est_ouvre(self.jour)

    @property
    def est_aujourdhui(self) -> bool:
        return self.jour == timezone.localdate()


def lundi_de(texte: str) -> date:
    """The Monday of the week of this day (ISO), of today when it is none."""
    try:
        jour = date.fromisoformat(texte)
    except ValueError:
        jour = timezone.localdate()
    if not 2000 < jour.year < 2100:
        jour = timezone.localdate()
    return jour - timedelta(days=jour.weekday())


def jours_de(acteur: Acteur, lundi: date) -> list[Jour]:
    """Monday to Friday, and the week-end when it holds something. Four queries."""
    borne = (minuit(lundi), minuit(lundi + timedelta(days=7)))
    jours = {lundi + timedelta(days=n): Jour(lundi + timedelta(days=n)) for n in range(7)}
    for plage in sorted(
        [*_suivis(acteur, borne), *_coachings(acteur, borne), *_autres(acteur, borne)],
        key=lambda plage: plage.debut,
    ):
        jours[timezone.localdate(plage.debut)].plages.append(plage)
    return [jour for jour in jours.values() if jour.jour.weekday() < 5 or jour.plages]


def _suivis(acteur: Acteur, borne: tuple[datetime, datetime]) -> list[Plage]:
    suivis = (
        SuiviEtape.objects.geres_par(acteur)
        .filter(quand__gte=borne[0], quand__lt=borne[1])
        .exclude(etat=SuiviEtape.Etat.ANNULEE)
        .select_related("etape", "inscription__cadre")
    )
    return [
        Plage(
            suivi.quand,
            suivi.fin,
            suivi.inscription.cadre.nom_complet,
            suivi.etape.intitule,
            reverse("parcours:accompagnement", args=[suivi.inscription.cadre_id]),
        )
        for suivi in suivis
        if suivi.quand is not None
    ]


def _coachings(acteur: Acteur, borne: tuple[datetime, datetime]) -> list[Plage]:
    coachings = (
        RendezVousCoaching.objects.menes_par(acteur)
        .filter(debut__gte=borne[0], debut__lt=borne[1])
        .exclude(etat=RendezVousCoaching.Etat.ANNULE)
        .select_related("accompagnement__cadre")
    )
    return [
        Plage(
            coaching.debut,
            coaching.fin,
            coaching.accompagnement.cadre.nom_complet,
            "Coaching",
            reverse("parcours:accompagnement", args=[coaching.accompagnement.cadre_id]),
        )
        for coaching in coachings
    ]


def _autres(acteur: Acteur, borne: tuple[datetime, datetime]) -> list[Plage]:
    """Sessions run, and hours still free."""
    sessions = (
        Session.objects.tenues_par(acteur)
        .filter(debut__gte=borne[0], debut__lt=borne[1])
        .exclude(etat=Session.Etat.ANNULEE)
        .select_related("prestation")
    )
    plages = [
        Plage(
            session.debut,
            session.fin,
            session.prestation.intitule,
            "Session que vous animez",
            reverse("parcours:session", args=[session.pk]),
        )
        for session in sessions
    ]
    creneaux = CreneauCoaching.objects.visibles_par(acteur).libres()
    return plages + [
        Plage(c.debut, c.fin, "Créneau libre", c.lieu, reverse("parcours:creneaux"), libre=True)
        for c in creneaux.filter(debut__gte=borne[0], debut__lt=borne[1])
    ]
