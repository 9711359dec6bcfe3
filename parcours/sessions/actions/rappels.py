"""Appointments to come, a week and a day before: lines of the digest (`pilotage.accueil.recapitulatif`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from cadres.models import Cadre
from cadres.requetes import presents
from collectivites.communs.calendrier import minuit
from collectivites.communs.typographie import compter, date_texte
from collectivites.travaux.attentes import Attente
from parcours.models import (
    Immersion,
    Inscription,
    InscriptionSession,
    RendezVousCoaching,
    SuiviEtape,
)
from parcours.regles import jours_texte, plage_texte

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

    def deja_dit(self, maintenant: datetime) -> set[date]:
        """The days on which a digest, had it been written, has said it: from the one meant."""
        aujourdhui, le_jour = timezone.localdate(maintenant), timezone.localdate(self.debut)
        vise = max(tot for tard, tot in FENETRES.values() if (le_jour - aujourdhui).days >= tard)
        premier = le_jour - timedelta(days=vise)
        return {premier + timedelta(days=n) for n in range((aujourdhui - premier).days)}

    def attente(self, maintenant: datetime) -> Attente:
        """As the digest says it."""
        jours = (timezone.localdate(self.debut) - timezone.localdate(maintenant)).days
        dans = {0: "aujourd’hui", 1: "demain"}.get(jours, f"dans {compter(jours, 'jour')}")
        quand = f"{self.quand[:1].upper()}{self.quand[1:]}"
        lieu = f", {self.lieu}" if self.lieu else ". Le lieu vous sera précisé"
        return Attente(
            f"{self.titre}, {dans}",
            f"{quand}{lieu}. {self.empechement}",
            self.url,
            "Voir",
            timezone.localdate(self.debut),
            rendez_vous=True,
            objet=f"{self.titre} : {dans}, le {date_texte(self.debut)}",
        )


def rappels_du(maintenant: datetime) -> Iterator[tuple[str, RendezVous]]:
    """What is to be reminded of now in every démarche, and by which preference. Eight queries."""
    aujourdhui = timezone.localdate(maintenant)
    for rappel, (au_plus_tard, au_plus_tot) in FENETRES.items():
        debut = max(minuit(aujourdhui + timedelta(days=au_plus_tard)), maintenant)
        fin = minuit(aujourdhui + timedelta(days=au_plus_tot + 1))
        for rendez_vous in _rendez_vous(debut, fin):
            yield rappel, rendez_vous


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
