"""What the accompagnateur's page shows: the hours of the agenda, and the people entrusted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import sans_accents
from parcours.coaching.journee.heures import Heures, compter_les_heures
from parcours.models import Inscription, RendezVousCoaching, Session, SuiviEtape
from parcours.programme.predicats import refus_marquer

#: The agenda shows this many appointments to come.
A_VENIR = 30


@dataclass(frozen=True)
class Creneau:
    """An hour of the agenda: a step of the programme, or a coaching appointment."""

    quand: datetime
    cadre: Cadre
    intitule: str
    lieu: str
    url_presence: str
    url_deplacer: str

    @property
    def url_personne(self) -> str:
        return reverse("parcours:accompagnement", args=[self.cadre.pk])


@dataclass(frozen=True)
class Personne:
    """Somebody entrusted, with the appointments that they have with the accompagnateur."""

    cadre: Cadre
    inscription: Inscription | None
    suivis: list[SuiviEtape]
    coachings: list[RendezVousCoaching]

    @property
    def a_planifier(self) -> list[SuiviEtape]:
        return [s for s in self.suivis if s.etat == SuiviEtape.Etat.A_PLANIFIER]

    @property
    def manques(self) -> list[SuiviEtape]:
        return [s for s in self.suivis if s.etat == SuiviEtape.Etat.ABSENT and not s.excusee]

    @property
    def est_attendue(self) -> bool:
        """Waits for a date, or for another one."""
        return bool(self.a_planifier or self.manques)

    @property
    def faits(self) -> int:
        return sum(s.etat == SuiviEtape.Etat.FAITE for s in self.suivis) + sum(
            r.etat == RendezVousCoaching.Etat.TENU for r in self.coachings
        )

    @property
    def total(self) -> int:
        return len(self.suivis) + len(self.coachings)

    @property
    def heures(self) -> Heures:
        return compter_les_heures(self.suivis, self.coachings)

    @property
    def prochain(self) -> datetime | None:
        dates = [s.quand for s in self.suivis if s.est_a_venir and s.quand]
        dates += [r.debut for r in self.coachings if r.est_a_venir]
        return min(dates, default=None)


def suivis_menes(acteur: Acteur) -> list[SuiviEtape]:
    return list(
        SuiviEtape.objects.geres_par(acteur)
        .select_related("etape", "inscription__promotion", "inscription__cadre__collectivite")
        .order_by("quand", "etape__ordre", "pk")
    )


def coachings_menes(acteur: Acteur) -> list[RendezVousCoaching]:
    return list(
        RendezVousCoaching.objects.menes_par(acteur)
        .exclude(etat=RendezVousCoaching.Etat.ANNULE)
        .select_related("accompagnement__cadre")
    )


def sessions_tenues(acteur: Acteur) -> list[Session]:
    return list(
        Session.objects.tenues_par(acteur)
        .filter(etat=Session.Etat.OUVERTE)
        .avec_places()
        .select_related("prestation__collectivite")
        .order_by("debut", "pk")
    )


def agenda(
    acteur: Acteur, suivis: list[SuiviEtape], coachings: list[RendezVousCoaching]
) -> dict[str, Any]:
    """The hours whose attendance may be noted, then those to come."""
    prevus = [s for s in suivis if s.etat == SuiviEtape.Etat.PLANIFIEE]
    notables = [s for s in prevus if refus_marquer(acteur, s) is None]
    a_noter = [_de_suivi(s) for s in notables]
    a_noter += [_de_coaching(r) for r in coachings if r.est_a_noter]
    a_venir = [_de_suivi(s) for s in prevus if s not in notables]
    a_venir += [_de_coaching(r) for r in coachings if r.est_a_venir]
    return {
        "a_noter": sorted(a_noter, key=lambda c: c.quand),
        "largeur": 6 if a_noter else 12,
        "a_venir": sorted(a_venir, key=lambda c: c.quand)[:A_VENIR],
    }


def personnes(
    acteur: Acteur, suivis: list[SuiviEtape], coachings: list[RendezVousCoaching]
) -> list[Personne]:
    """Everybody entrusted whose yes holds, in a parcours or not yet."""
    vivantes = {
        i.cadre_id: i
        for i in Inscription.objects.visibles_par(acteur)
        .filter(etat=Inscription.Etat.EN_COURS)
        .select_related("promotion")
    }
    return [
        Personne(
            cadre,
            vivantes.get(cadre.pk),
            [s for s in suivis if s.inscription.cadre_id == cadre.pk],
            [r for r in coachings if r.accompagnement.cadre_id == cadre.pk],
        )
        for cadre in Cadre.objects.visibles_par(acteur).select_related("collectivite", "poste")
    ]


def _de_suivi(suivi: SuiviEtape) -> Creneau:
    assert suivi.quand is not None
    return Creneau(
        suivi.quand,
        suivi.inscription.cadre,
        suivi.etape.intitule,
        suivi.lieu,
        reverse("parcours:marquer", args=[suivi.pk]),
        reverse("parcours:planifier", args=[suivi.pk]),
    )


def _de_coaching(rendez_vous: RendezVousCoaching) -> Creneau:
    return Creneau(
        rendez_vous.debut,
        rendez_vous.accompagnement.cadre,
        "Coaching",
        rendez_vous.lieu,
        reverse("parcours:noter_rendez_vous", args=[rendez_vous.pk]),
        reverse("parcours:deplacer_rendez_vous", args=[rendez_vous.pk]),
    )


def cherchees(trouvables: list[Personne], recherche: str) -> list[Personne]:
    """Those whose name, poste or employer hold every word, whatever its accents."""
    mots = sans_accents(recherche).split()[:6]
    return [
        personne
        for personne in trouvables
        if mots and all(mot in _se_cherche(personne.cadre) for mot in mots)
    ]


def _se_cherche(cadre: Cadre) -> str:
    poste = cadre.poste.intitule if cadre.poste else ""
    return sans_accents(f"{cadre.nom_complet} {poste} {cadre.collectivite.nom}")
