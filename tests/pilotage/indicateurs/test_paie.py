"""Is pay the brake? Told by class, never by a number that would name somebody."""

from decimal import Decimal

import pytest
from django.utils import timezone

from opportunites.models import FicheRemuneration
from pilotage.indicateurs import paie
from pilotage.tableau_de_bord import constats
from pilotage.tableau_de_bord.graphiques import ecarts
from tests.fabriques import dans, faire_cadre, faire_opportunite, faire_proposition
from tests.fabriques.paie import faire_fiche_signee


def decimaux(*valeurs):
    return [Decimal(v) for v in valeurs]


def test_a_class_under_the_threshold_is_not_told_nor_found_by_subtraction():
    lue = paie.calculer(decimaux(*[50] * 8, *[150] * 7), decimaux(*[-150] * 6, *[-50] * 2), 5)

    assert lue.refusees.classes[1] is None
    assert sum(n is None for n in lue.refusees.classes) > 1
    assert lue.refusees.en_baisse is None


def test_zero_names_nobody():
    lue = paie.calculer(decimaux(*[150] * 7), decimaux(*[-150] * 6), 5)
    assert lue.acceptees.classes == (0, 0, 0, 7)
    assert lue.refusees.classes == (6, 0, 0, 0)


@pytest.mark.parametrize(("nombre", "mediane"), [(9, None), (10, -150)])
def test_a_median_is_told_among_twice_the_threshold_at_least(nombre, mediane):
    assert paie.calculer([], decimaux(*[-150] * nombre), 5).refusees.mediane == mediane


@pytest.mark.parametrize(
    ("ecart", "rang"),
    [("-100.01", 0), ("-100", 1), ("-0.01", 1), ("0", 2), ("99.99", 2), ("100", 3)],
)
def test_the_bounds_of_a_class(ecart, rang):
    assert paie.calculer(decimaux(*[ecart] * 5), [], 5).acceptees.classes[rang] == 5


def test_the_title_says_how_often_it_is_a_poste_that_pays_less():
    lue = paie.calculer([], decimaux(*[-150] * 9, *[50] * 5), 5)
    assert "Souvent" in constats.sur_la_paie(lue)
    assert "9 refus sur 14" in constats.sur_la_paie(lue)
    assert constats.sur_la_paie(paie.calculer([], decimaux(-150), 5)) == ""


def test_the_drawing_says_all_to_who_does_not_see_it():
    figure = ecarts.dessiner(paie.calculer(decimaux(*[150] * 7), decimaux(*[-150] * 2), 5))
    assert "n.c." in figure.label
    assert "+100 et plus\u00a0: 7" in figure.label or "n.c." in figure.label


@pytest.mark.django_db
def test_it_reads_the_signed_sheets_of_answered_propositions(troupe):
    for etat in ("acceptee", "refusee"):
        cadre = faire_cadre(troupe.departement, "retenu", grade="Attaché principal")
        proposition = faire_proposition(faire_opportunite(troupe.region), cadre)
        faire_fiche_signee(proposition, troupe.drh_departement, troupe.drh_region)
        type(proposition).objects.filter(pk=proposition.pk).update(
            etat=etat, repondue_le=proposition.envoyee_le
        )
    # Out of the database, which refuses it: a lower threshold lets one read what was counted.
    troupe.demarche.seuil_secret = 1

    assert paie.lire(troupe.demarche, None).acceptees.total == 0
    assert paie.lire(troupe.demarche, dans(-30)).acceptees.total == 0
    lue = paie.lire(troupe.demarche, dans(0))

    assert (lue.acceptees.total, lue.refusees.total) == (1, 1)
    assert lue.acceptees.classes == (0, 0, 0, 1)

    FicheRemuneration.objects.update(signee_accueil_le=None, signee_accueil_par=None)
    assert paie.lire(troupe.demarche, dans(0)).acceptees.total == 0


@pytest.mark.django_db
def test_a_batch_counts_the_answers_of_its_days_class_by_class(troupe):
    """What is handed to whoever freezes a closed batch: both ends of its days included."""
    cadre = faire_cadre(troupe.departement, "retenu", grade="Attaché principal")
    proposition = faire_proposition(faire_opportunite(troupe.region), cadre)
    faire_fiche_signee(proposition, troupe.drh_departement, troupe.drh_region)
    type(proposition).objects.filter(pk=proposition.pk).update(
        etat="acceptee", repondue_le=timezone.now()
    )

    def comptes(depuis, jusqu_au):
        acceptees, refusees = paie.ecarts_signes(troupe.demarche, dans(jusqu_au), dans(depuis))
        return paie.par_classe(acceptees), paie.par_classe(refusees)

    rien = [0, 0, 0, 0]
    assert comptes(0, 0) == ([0, 0, 0, 1], rien)
    assert comptes(1, 1) == (rien, rien)
    assert comptes(-9, -1) == (rien, rien)
