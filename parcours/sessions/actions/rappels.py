"""Reminders a week and a day before. Called by the clock.

Each is written in its own transaction under a key that says the occasion (`Courriel.cle`): a
worker that dies half-way leaves what it wrote, the next run writes the rest, and nothing twice.
A moved appointment has another key: the reminder of its new date goes out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cadres.models import Cadre
from cadres.requetes import presents
from collectivites.communs.calendrier import minuit
from collectivites.communs.typographie import compter, date_texte
from collectivites.travaux.courriels import deja_deposes
from parcours.models import (
    Immersion,
    Inscription,
    InscriptionSession,
    PreferencesRappel,
    RendezVousCoaching,
    SuiviEtape,
)
from parcours.regles import jours_texte, plage_texte
from parcours.suites import ecrire

RAPPEL = "programme/rappel"
#: preference → days before, as calendar days in Paris. The furthest is the day meant; the others
#: make up for a clock that did not run. Six days or two are still worth saying « bientôt ».
FENETRES = {"j7": (5, 7), "j1": (0, 1)}


@dataclass(frozen=True)
class RendezVous:
    """Something to come, for one cadre."""

    genre: str
    pk: int
    cadre: Cadre
    debut: datetime
    titre: str
    quand: str
    lieu: str
    url: str
    #: What may be done on that page if one cannot come.
    empechement: str

    def cle(self, rappel: str) -> str:
        """A date that moves is another occasion."""
        instant = timezone.localtime(self.debut)
        return f"rappel.{rappel}:{self.genre}-{self.pk}:{instant:%Y%m%d%H%M}"


def deposer_rappels(*, maintenant: datetime | None = None) -> int:
    """Write the reminders due now, of every démarche. Returns how many are new."""
    maintenant = maintenant or timezone.now()
    nouveaux = 0
    for rappel, (au_plus_tard, au_plus_tot) in FENETRES.items():
        refus = set(
            PreferencesRappel.objects.filter(**{rappel: False}).values_list(
                "utilisateur", flat=True
            )
        )
        aujourdhui = timezone.localdate(maintenant)
        debut = max(minuit(aujourdhui + timedelta(days=au_plus_tard)), maintenant)
        fin = minuit(aujourdhui + timedelta(days=au_plus_tot + 1))
        attendus = [
            rdv for rdv in _rendez_vous(debut, fin) if rdv.cadre.utilisateur_id not in refus
        ]
        cles = {rdv.cle(rappel): rdv for rdv in attendus}
        deja = deja_deposes(RAPPEL, cles)
        for cle, rdv in cles.items():
            if cle not in deja:
                with transaction.atomic():
                    _rappeler(cle, rdv, maintenant)
                nouveaux += 1
    return nouveaux


def _rendez_vous(debut: datetime, fin: datetime) -> Iterator[RendezVous]:
    """All that begins in [debut, fin[, for people who are still in the démarche. Four queries."""
    yield from _etapes(debut, fin)
    yield from _places(debut, fin)
    yield from _coachings(debut, fin)
    yield from _immersions(debut, fin)


def _etapes(debut: datetime, fin: datetime) -> Iterator[RendezVous]:
    suivis = (
        SuiviEtape.objects.datees()
        .filter(
            presents("inscription__cadre__"),
            etat=SuiviEtape.Etat.PLANIFIEE,
            quand__gte=debut,
            quand__lt=fin,
            inscription__etat=Inscription.Etat.EN_COURS,
        )
        .select_related(
            "etape",
            "inscription__cadre__utilisateur",
            "inscription__cadre__collectivite__demarche",
        )
    )
    for suivi in suivis.order_by("pk"):
        assert suivi.quand is not None
        assert suivi.fin is not None
        yield RendezVous(
            "suivi",
            suivi.pk,
            suivi.inscription.cadre,
            suivi.quand,
            suivi.etape.intitule,
            plage_texte(suivi.quand, suivi.fin),
            suivi.lieu,
            f"{reverse('pilotage:mon_parcours')}#rendez-vous",
            "Un empêchement ? Prévenez votre direction des ressources humaines.",
        )


def _places(debut: datetime, fin: datetime) -> Iterator[RendezVous]:
    places = (
        InscriptionSession.objects.vivantes()
        .assises()
        .filter(presents("cadre__"), session__debut__gte=debut, session__debut__lt=fin)
        .select_related(
            "session__prestation", "cadre__utilisateur", "cadre__collectivite__demarche"
        )
    )
    for place in places.order_by("pk"):
        yield RendezVous(
            "place",
            place.pk,
            place.cadre,
            place.session.debut,
            place.session.prestation.intitule,
            place.session.quand,
            place.session.lieu,
            reverse("parcours:session", args=[place.session_id]),
            "Un empêchement ? Annulez-y votre inscription : la place servira à quelqu’un.",
        )


def _coachings(debut: datetime, fin: datetime) -> Iterator[RendezVous]:
    coachings = RendezVousCoaching.objects.filter(
        presents("accompagnement__cadre__"),
        etat=RendezVousCoaching.Etat.PREVU,
        debut__gte=debut,
        debut__lt=fin,
        accompagnement__fin__isnull=True,
    ).select_related(
        "accompagnement__cadre__utilisateur", "accompagnement__cadre__collectivite__demarche"
    )
    for coaching in coachings.order_by("pk"):
        yield RendezVous(
            "coaching",
            coaching.pk,
            coaching.accompagnement.cadre,
            coaching.debut,
            "Coaching",
            plage_texte(coaching.debut, coaching.fin),
            coaching.lieu,
            f"{reverse('parcours:mon_accompagnement')}#rendez-vous",
            "Un empêchement ? Dites-y que vous ne pourrez pas venir.",
        )


def _immersions(debut: datetime, fin: datetime) -> Iterator[RendezVous]:
    """Whole days: one that has begun is no longer announced."""
    premier = timezone.localdate(debut)
    if debut > minuit(premier):
        premier += timedelta(days=1)
    immersions = Immersion.objects.filter(
        presents("cadre__"),
        debut__gte=premier,
        debut__lt=timezone.localdate(fin),
        etat__in=[Immersion.Etat.ACCORDEE, Immersion.Etat.CONVENTION],
    ).select_related("collectivite_accueil", "cadre__utilisateur", "cadre__collectivite__demarche")
    for immersion in immersions.order_by("pk"):
        yield RendezVous(
            "immersion",
            immersion.pk,
            immersion.cadre,
            minuit(immersion.debut),
            f"Immersion, {immersion.collectivite_accueil.nom_court}",
            jours_texte(immersion.dates),
            immersion.lieu or immersion.service,
            reverse("parcours:immersion", args=[immersion.pk]),
            "Un empêchement ? Vous pouvez y renoncer jusqu’à la veille du premier jour.",
        )


def _rappeler(cle: str, rdv: RendezVous, maintenant: datetime) -> None:
    jours = (timezone.localdate(rdv.debut) - timezone.localdate(maintenant)).days
    dans = {0: "aujourd’hui", 1: "demain"}.get(jours, f"dans {compter(jours, 'jour')}")
    ecrire(
        RAPPEL,
        rdv.cadre,
        cle,
        arret="rappels",
        objet_courriel=f"{rdv.titre} : {dans}, le {date_texte(rdv.debut)}",
        rdv=rdv,
        dans=dans,
    )
