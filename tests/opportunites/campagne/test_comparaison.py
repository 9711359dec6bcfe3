"""Whom each line serves: of a scenario, those who are named beside; of today's practice, no small number,
nor what subtraction would give."""

import pytest
from django.urls import reverse

from cadres.models import Cadre
from opportunites.campagne.ecran.comparaison import comparer
from opportunites.campagne.ecran.lecture import Scenario
from tests.fabriques import faire_proposition

pytestmark = pytest.mark.django_db
TOUS = ("marin", "nadir", "orson", "pavel", "refuse")
SEUIL = 3


def parts(liste):
    return [part.nombre for part in liste]


@pytest.mark.parametrize(
    ("femmes", "dit"),
    [
        ((), [0, 5]),
        (("nadir",), [None, None]),  # one woman, and the men would give her back
        (("nadir", "orson"), [None, None]),
        (TOUS, [5, 0]),
    ],
)
def test_today_s_practice_tells_no_small_number_of_a_sex(troupe, mouvement, scenario, femmes, dit):
    Cadre.objects.update(civilite="M")
    Cadre.objects.filter(pk__in=[getattr(mouvement, nom).pk for nom in femmes]).update(civilite="F")
    scenario.resultat["reference"]["servis"] = [f"c{getattr(mouvement, n).pk}" for n in TOUS]

    pratique, libre, trouve = comparer([scenario], [], SEUIL)

    assert parts(pratique.sexes) == dit
    assert (pratique.simulation, libre.simulation) == (None, None)
    assert sum(parts(trouve.sexes)) == 4  # named beside: marin, nadir, orson, pavel


def test_nor_of_an_employer(troupe, mouvement, scenario):
    """Three of the Ville, one of the Agglomération, one of the Département."""
    scenario.resultat["reference"]["servis"] = [f"c{getattr(mouvement, n).pk}" for n in TOUS]
    chez = [troupe.ville, troupe.agglomeration, troupe.departement, troupe.region]

    pratique, _, trouve = comparer([scenario], chez, SEUIL)

    assert parts(pratique.employeurs) == [3, None, None, 0]
    assert parts(trouve.employeurs) == [2, 1, 1, 0]


def test_a_move_told_by_its_number_alone_is_in_no_line(troupe, mouvement, calculer, client_de):
    """`orson` (Agglomération) was proposed `vigie` (Région) outside the campaign."""
    Cadre.objects.update(civilite="F")
    faire_proposition(mouvement.vigie, mouvement.orson, "envoyee")
    scenario = calculer(troupe.dgs_departement, mouvement.campagne)
    sien = (mouvement.orson.pk, mouvement.vigie.poste_id)

    for sues, nombre in (((), 3), ({sien}, 4)):
        lu = Scenario(scenario, SEUIL, sues)
        *_, ligne = comparer([scenario], [troupe.agglomeration], SEUIL, sues)
        servis = {e.objet: e.servis for e in lu.par_collectivite()}
        assert sum(servis.values()) == sum(parts(ligne.sexes)) == nombre
        assert sum(e.servis for e in lu.par_sexe()) == nombre
        assert servis[troupe.agglomeration] == parts(ligne.employeurs)[0] == nombre - 3
        assert lu.non_repartis == 4 - nombre

    page = client_de(troupe.dgs_departement).get(
        reverse("opportunites:simulation", args=[scenario.pk])
    )
    assert "mobilité du total n’y est pas répartie" in page.content.decode()
