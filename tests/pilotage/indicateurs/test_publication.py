"""What may be published: the numbers that would name somebody are hidden, in every place.

`test_secret.py` attacks the algorithm; here, its composition: which figures are hidden with which.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from collectivites.models import Demarche
from opportunites.models import Mobilite
from pilotage.indicateurs import anciennete, entonnoir, matrice, refus, trajectoire
from pilotage.indicateurs.ensemble import Indicateurs, lire
from pilotage.indicateurs.matrice import Equilibre
from pilotage.indicateurs.publication import publier, sans_engagees
from tests import fabriques
from tests.pilotage.indicateurs.lieux import quatre

JOUR = date(2027, 3, 15)
DEMARCHE = Demarche(
    date_debut=date(2025, 9, 1),
    date_fin=date(2028, 6, 30),
    objectif_mobilites=36,
    tolerance_solde=2,
    seuil_secret=5,
)


def publication(*, effectives=0, engagees=0, echanges=(), femmes=0, hommes=0, recenses=0):
    """What is published of so many people. `recenses`: those whose years in the poste are known."""
    flux = [
        ("effective", date(2026, 9, 1), effectives),
        ("ouverte", date(2027, 9, 1), engagees),
    ]
    effectifs = [
        {"depart": 1, "civilite": civilite, **dict.fromkeys(entonnoir.CODES, nombre)}
        for civilite, nombre in (("F", femmes), ("M", hommes))
    ]
    delais = [(code, 20, femmes + hommes) for code in entonnoir.CODES[1:] if femmes + hommes]
    return publier(
        Indicateurs(
            demarche=DEMARCHE,
            jour=JOUR,
            trajectoire=trajectoire.calculer(
                DEMARCHE, [f for f in flux if f[2]], JOUR, date(2026, 1, 1)
            ),
            matrice=matrice.calculer(quatre(), echanges, DEMARCHE.tolerance_solde),
            entonnoir=entonnoir.calculer(quatre(), effectifs, delais),
            anciennete=anciennete.Anciennete((0, 0, recenses, 0, 0), (recenses, 0, 0, 0, 0), 7, 2),
            refus=refus.regrouper({}, DEMARCHE.seuil_secret),
        )
    )


# --- Moves: made, engaged, drawn ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effectives", "engagees", "disent"),
    [
        (0, 0, (0, 0)),
        (5, 5, (5, 5)),
        (12, 6, (12, 6)),
        (12, 4, (12, None)),
        (12, 1, (12, None)),
        (0, 6, (0, 6)),
        (0, 4, (0, None)),
        (4, 6, (None, None)),  # the total with those engaged would tell the four
        (4, 0, (None, None)),
        (1, 1, (None, None)),
    ],
)
def test_moves_made_and_engaged_are_told_together_or_hidden_together(effectives, engagees, disent):
    p = publication(effectives=effectives, engagees=engagees)

    assert (p.effectives, p.engagees) == disent
    # What is drawn says no more than what is told.
    assert len(p.trajectoire.engagees) == bool(p.engagees)
    assert p.trajectoire.nb_effectives == (p.effectives or 0)
    assert p.trajectoire.nb_engagees == (p.engagees or 0)
    if p.effectives is None:
        assert p.trajectoire.projection is None
    elif p.trajectoire.projection is not None:
        assert p.trajectoire.projection.base == p.effectives + (p.engagees or 0)


@pytest.mark.parametrize(
    "mobilites", [((500, 4), (365, 3), (364, 5), (20, 2)), ((300, 6), (20, 2)), ((20, 5),)]
)
def test_silent_on_open_files_the_projection_is_that_of_a_demarche_without_any(mobilites):
    """The pace of the last 365 days, the first of them left out, carried on from today."""
    flux = [("effective", JOUR - timedelta(days=jours), nombre) for jours, nombre in mobilites]
    avec, sans = (
        trajectoire.calculer(DEMARCHE, f, JOUR, date(2025, 9, 1))
        for f in ([*flux, ("ouverte", date(2027, 9, 1), 3)], flux)
    )

    assert sans_engagees(avec) == sans
    assert sans.projection is not None
    assert avec.projection != sans.projection


def test_it_says_of_which_day_which_threshold_and_which_employers():
    p = publication(femmes=9)

    assert (p.jour, p.seuil) == (JOUR, 5)
    assert [c.code for c in p.collectivites] == ["ville", "agglomeration", "departement", "region"]
    assert [e.libelle for e in p.etapes] == [libelle for _, libelle, _ in entonnoir.ETAPES]
    assert p.refus.total == 0


def test_the_published_curve_keeps_points_that_are_far_enough_apart():
    t = trajectoire.calculer(
        DEMARCHE,
        [("effective", date(2026, 2, jour), 1) for jour in range(1, 13)]
        + [("ouverte", date(2027, mois, 1), 2) for mois in (5, 6, 7)],
        JOUR,
        date(2026, 1, 1),
    )
    indicateurs = Indicateurs(
        demarche=DEMARCHE,
        jour=JOUR,
        trajectoire=t,
        matrice=matrice.calculer(quatre(), [], 2),
        entonnoir=entonnoir.calculer(quatre(), [], []),
        anciennete=anciennete.Anciennete((0,) * 5, (0,) * 5, None, None),
        refus=refus.regrouper({}, 5),
    )

    publiee = publier(indicateurs).trajectoire

    assert publiee.effectives == ((date(2026, 2, 5), 5), (date(2026, 2, 12), 12))
    assert publiee.engagees == ((date(2027, 7, 1), 18),)


# --- The balance ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effectives", "echanges", "equilibre"),
    [
        (0, (), None),
        (4, [(1, 4, 4)], None),  # « hors de la tolérance » would tell that three or four left
        (5, [(1, 4, 5)], Equilibre.HORS),
        (5, [(1, 4, 2), (2, 3, 2), (1, 1, 1)], Equilibre.LIMITE),
        (8, [(1, 4, 4), (4, 1, 4)], Equilibre.DANS),
        (6, [(1, 1, 6)], None),  # all within one employer: nothing was exchanged
    ],
)
def test_no_small_number_stands_behind_an_adjective(effectives, echanges, equilibre):
    assert publication(effectives=effectives, echanges=echanges).equilibre is equilibre


# --- The funnel -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("femmes", "hommes", "part"),
    [
        (5, 5, 50),
        (15, 5, 75),
        (10, 0, 100),
        (0, 10, 0),
        (10, 4, None),  # the share of women would tell the four men
        (4, 10, None),
        (10, 1, None),
        (1, 10, None),
        (2, 2, None),
        (0, 0, None),
    ],
)
def test_the_share_of_women_is_told_when_neither_women_nor_men_are_few(femmes, hommes, part):
    assert publication(femmes=femmes, hommes=hommes).etape("recenses").part_femmes == part


@pytest.mark.parametrize(
    ("femmes", "hommes", "total", "delai"),
    [(3, 2, 5, 20), (2, 2, None, None), (0, 0, 0, None)],
)
def test_the_delay_of_a_step_is_told_with_its_total(femmes, hommes, total, delai):
    etape = publication(femmes=femmes, hommes=hommes).etape("volontaires")

    assert (etape.ligne.total, etape.delai) == (total, delai)


def test_the_departures_are_hidden_alike_in_both_tables():
    p = publication(effectives=9, echanges=[(1, 2, 7), (2, 1, 2)])

    assert p.etape("effectives").ligne.cases == p.matrice.lignes
    assert p.etape("effectives").ligne.total == p.matrice.total
    assert None in p.matrice.lignes


def test_a_step_whose_total_is_hidden_tells_neither_its_share_nor_its_delay():
    """Twelve people took a poste, four of them at another employer: the matrix says no total."""
    etape = publication(femmes=6, hommes=6, echanges=[(1, 2, 4)]).etape("effectives")

    assert (etape.ligne.total, etape.part_femmes, etape.delai) == (None, None, None)


def test_a_few_who_moved_within_one_employer_are_not_told_by_their_delay():
    etape = publication(femmes=3, echanges=[(1, 1, 3)]).etape("effectives")

    assert (etape.ligne.total, etape.part_femmes, etape.delai) == (0, None, None)


# --- Years in the poste ---------------------------------------------------------------------------


@pytest.mark.parametrize(("recenses", "medianes"), [(5, (7, 2)), (4, (None, None))])
def test_the_medians_are_told_from_the_threshold_on(recenses, medianes):
    p = publication(recenses=recenses)

    assert (p.mediane_avant, p.mediane_apres) == medianes
    assert (p.anciennete_avant.total, p.anciennete_apres.total) == (
        (recenses, recenses) if medianes[0] else (None, None)
    )


# --- From the database ----------------------------------------------------------------------------


def test_one_move_is_not_told(troupe):
    p = fabriques.faire_proposition(
        fabriques.faire_opportunite(troupe.region), troupe.fiche_du_cadre, "realisee"
    )
    fabriques.faire_mobilite(p, Mobilite.Etat.EFFECTIVE)

    publiee = publier(lire(troupe.demarche, timezone.localdate()))

    assert publiee.effectives is None
    assert publiee.trajectoire.effectives == ()
    assert publiee.matrice.total is None
    assert publiee.equilibre is None
    assert publiee.etape("effectives").ligne.total is None
    assert publiee.etape("recenses").ligne.total is None  # the three of the cast
