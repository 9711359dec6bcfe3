"""All the figures of the steering page, read at once. Seven queries, whatever the rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Case, Count, Exists, OuterRef, Subquery, Value, When
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Collectivite, Demarche
from opportunites.models import Mobilite
from opportunites.postes.bilans import BilanPostes, avec_les_postes, bilan_de
from parcours.models import Promotion
from pilotage.cadrage.feuille_de_route.suivi import Route, lire_route
from pilotage.indicateurs import (
    anciennete,
    entonnoir,
    matrice,
    paie,
    refus,
    suivi,
    trajectoire,
)
from pilotage.indicateurs.matrice import Matrice
from pilotage.indicateurs.sql import ENTIER, Perimetre
from pilotage.models import VersionRegles

#: (state, date of effect, origin, host, whether of the part that is read, how many)
Flux = tuple[str, date | None, int, int, bool, int]


@dataclass(frozen=True)
class Indicateurs:
    """Of the whole démarche: aggregates, the same for its four employers."""

    demarche: Demarche
    jour: date
    trajectoire: trajectoire.Trajectoire
    matrice: matrice.Matrice
    entonnoir: entonnoir.Entonnoir
    anciennete: anciennete.Anciennete
    refus: refus.Refus
    paie: paie.Paie
    #: (day, origin, host) of each move in preparation.
    a_venir: tuple[tuple[date, int, int], ...] = ()
    postes: tuple[BilanPostes, ...] = ()
    part: Perimetre = ENTIER
    matrice_de_la_part: Matrice | None = None

    @property
    def echanges(self) -> Matrice:
        """The matrix of the part that is read."""
        return self.matrice_de_la_part or self.matrice

    @property
    def est_vide(self) -> bool:
        """Nobody is listed yet: there is nothing to steer."""
        return self.part.est_entier and self.entonnoir.etape("recenses").total == 0


def lire(demarche: Demarche, jour: date, part: Perimetre = ENTIER) -> Indicateurs:
    """Seven queries: employers, moves, steps, delays, years, refusals, pay; one more where the rules
    have changed. Of a `part`: the exchange, the steps and their delays; the rest is of the whole."""
    premiere = Promotion.objects.filter(demarche=OuterRef("demarche")).order_by("date_debut")
    collectivites = list(
        avec_les_postes(Collectivite.objects.filter(demarche=demarche)).annotate(
            premiere_promotion=Subquery(premiere.values("date_debut")[:1]),
            a_change=Exists(
                VersionRegles.objects.filter(
                    demarche=OuterRef("demarche"), changement__isnull=False
                )
            ),
        )
    )
    premiere_promotion = collectivites[0].premiere_promotion if collectivites else None
    effectifs = entonnoir.lire_effectifs(demarche, part)
    publies = refus.lire(demarche)
    mouvements = lire_flux(demarche, part)
    return Indicateurs(
        demarche=demarche,
        jour=jour,
        trajectoire=trajectoire.calculer(
            demarche,
            par_jour(mouvements),
            jour,
            premiere_promotion,
            # Asked only where a rule has changed.
            anciennes=trajectoire.lire_anciennes(demarche)
            if any(c.a_change for c in collectivites)
            else (),
        ),
        matrice=matrice.calculer(collectivites, par_paire(mouvements), demarche.tolerance_solde),
        entonnoir=entonnoir.calculer(
            collectivites,
            effectifs,
            entonnoir.lire_delais(demarche, part),
            en_cours=sum(int(str(ligne["en_cours"])) for ligne in effectifs),
        ),
        anciennete=anciennete.lire(demarche, jour),
        refus=publies,
        paie=paie.lire(demarche, publies.jusqu_au),
        a_venir=a_venir(mouvements),
        postes=tuple(bilan_de(c) for c in collectivites),
        part=part,
        matrice_de_la_part=None
        if part.est_entier
        else matrice.calculer(collectivites, par_paire(mouvements, part), demarche.tolerance_solde),
    )


def lire_flux(demarche: Demarche, part: Perimetre = ENTIER) -> list[Flux]:
    """Effective moves and open files, by state, day and pair of employers. One query."""
    return list(
        Mobilite.objects.filter(
            collectivite_accueil__demarche=demarche,
            etat__in=(Mobilite.Etat.EFFECTIVE, Mobilite.Etat.OUVERTE),
        )
        .order_by("date_effet", "collectivite_origine_id", "collectivite_accueil_id")
        .annotate(dedans=_dedans(part))
        .values_list(
            "etat", "date_effet", "collectivite_origine_id", "collectivite_accueil_id", "dedans"
        )
        .annotate(nombre=Count("pk"))
    )


def _dedans(part: Perimetre) -> Case:
    """Whether a move is of the part that is read."""
    dedans = part.personnes() & part.jours("date_effet", horodate=False)
    if not dedans:
        return Case(default=Value(True), output_field=BooleanField())
    return Case(When(dedans, then=True), default=False, output_field=BooleanField())


def par_jour(flux: Iterable[Flux]) -> list[tuple[str, date | None, int]]:
    """What the curve adds up."""
    return [(etat, jour, nombre) for etat, jour, *_, nombre in flux]


def par_paire(flux: Iterable[Flux], part: Perimetre = ENTIER) -> list[tuple[int, int, int]]:
    """What the matrix adds up: effective moves, from whom to whom; of the part, when one is read."""
    return [
        (o, a, nombre)
        for etat, _, o, a, dedans, nombre in flux
        if etat == Mobilite.Etat.EFFECTIVE and (dedans or part.est_entier)
    ]


def a_venir(flux: Iterable[Flux]) -> tuple[tuple[date, int, int], ...]:
    """Each dated move in preparation from one employer to another, the first day first."""
    return tuple(
        (jour, o, a)
        for etat, jour, o, a, _, nombre in flux
        if etat == Mobilite.Etat.OUVERTE and jour and o != a
        for _ in range(nombre)
    )


@dataclass(frozen=True)
class Suite:
    """What comes next, as the acteur sees it."""

    route: Route
    sans_proposition: suivi.SansProposition


def lire_suite(acteur: Acteur) -> Suite:
    """Two queries."""
    return Suite(
        route=lire_route(acteur, timezone.localdate()),
        sans_proposition=suivi.lire_sans_proposition(acteur, timezone.now()),
    )
