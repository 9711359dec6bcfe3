"""The registre as a sheet: how many rows, whose, by direction and grade; and filters that survive an act."""

import pytest

from collectivites.models import Direction
from tests import fabriques
from tests.cadres.registre.aide import URL, noms


@pytest.fixture
def cent_vingt(troupe):
    for rang in range(120):
        fabriques.faire_cadre(troupe.departement, nom=f"Lot{rang:03}", avec_compte=False)


@pytest.mark.parametrize(
    ("par", "lignes"), [(None, 25), ("25", 25), ("100", 100), ("mille", 25), ("", 25)]
)
def test_one_chooses_how_many_rows(cent_vingt, drh, par, lignes):
    parametres = {"q": "lot"} | ({} if par is None else {"par": par})
    assert len(noms(drh.get(URL, parametres))) == lignes


def test_all_of_them_are_on_one_page_and_the_choice_lasts(cent_vingt, drh):
    page = drh.get(URL, {"q": "lot", "par": "tous"})
    assert len(noms(page)) == 120
    assert 'name="par" value="tous"' in page.content.decode()


def test_as_many_queries_for_all_as_for_25(cent_vingt, drh, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        drh.get(URL, {"q": "lot", "par": "tous"})


def test_ones_own_are_one_click_away(troupe, drh):
    fabriques.faire_cadre(troupe.region, "accord", nom="Dailleurs")
    page = drh.get(URL).content.decode()
    assert "Vos cadres (" in page
    assert "Dailleurs" in page
    siens = drh.get(URL, {"collectivite": "departement"}).content.decode()
    assert "Dailleurs" not in siens


def trouves(drh, **filtres):
    return [nom.partition(",")[0] for nom in noms(drh.get(URL, filtres))]


def test_one_filters_by_direction_whatever_the_accents_and_by_grade(troupe, drh):
    solidarites = Direction.objects.create(
        collectivite=troupe.departement, libelle="DGA Solidarités"
    )
    fabriques.faire_cadre(troupe.departement, nom="Dedans", direction=solidarites)
    fabriques.faire_cadre(troupe.departement, nom="Dehors", grade="Ingénieur principal")
    assert trouves(drh, direction="solidarites dga") == ["Dedans"]
    assert trouves(drh, grade="ingénieur p") == ["Dehors"]
    assert trouves(drh, direction="nulle part") == []


def test_the_list_comes_back_as_it_was_after_an_act_on_several(troupe, drh):
    cadre = fabriques.faire_cadre(troupe.departement, nom="Alire", avec_compte=False)
    choix = {"choix": [cadre.pk], "parametres": "q=alire&tri=-nom&colonnes=poste&page=3"}
    partage = drh.post("/registre/informer/", choix).context["partage"]
    confirme = {**choix, "attendus": partage.empreinte, "confirme": "oui"}
    reponse = drh.post("/registre/informer/", confirme)
    assert reponse.status_code == 302
    assert reponse.url == "/registre/?q=alire&tri=-nom"
