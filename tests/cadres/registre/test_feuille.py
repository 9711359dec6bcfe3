"""The registre as a sheet: how many rows, whose, by direction and grade; and filters that survive an act."""

import pytest

from cadres.models import Cadre
from cadres.registre.page import TAILLES
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


def test_beyond_the_largest_page_the_others_follow_and_it_is_said(cent_vingt, drh, monkeypatch):
    monkeypatch.setitem(TAILLES, "tous", 50)

    premiere = drh.get(URL, {"q": "lot", "par": "tous"})
    troisieme = drh.get(URL, {"q": "lot", "par": "tous", "page": "3"})

    texte = " ".join(premiere.text.replace("\u00a0", " ").split())
    assert "50 à la fois" in texte
    assert "Cadres 1 à 50 sur 120" in texte
    assert (len(noms(premiere)), len(noms(troisieme))) == (50, 20)


def test_as_many_queries_for_all_as_for_25(cent_vingt, drh, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        drh.get(URL, {"q": "lot", "par": "tous"})


@pytest.fixture
def dailleurs(troupe):
    fabriques.faire_cadre(troupe.departement, nom="Dici")
    return fabriques.faire_cadre(troupe.region, "accord", nom="Dailleurs")


def test_the_sheet_opens_on_ones_own_and_the_others_are_one_click_away(dailleurs, drh):
    page = drh.get(URL)
    assert page.context["siens_seuls"]
    assert not page.context["puces"]
    assert "Dailleurs" not in page.content.decode()
    tous = page.context["perimetres"][1][0]
    assert "Dailleurs" in drh.get(URL + tous).content.decode()


@pytest.mark.parametrize("suite", ["tri=-poste", "par=100", "page=1", "q=d"])
def test_whose_they_are_survives_what_one_does_next(dailleurs, drh, suite):
    """A link of the page that says an order keeps the people that it ordered."""
    page = drh.get(URL).content.decode()
    assert "?collectivite=departement&amp;tri=poste" in page
    tous = drh.get(URL + "?perimetre=tous&" + suite)
    assert "Dailleurs" in tous.content.decode()
    assert 'name="perimetre" value="tous"' in tous.content.decode()


def test_a_dgs_reads_the_four(dailleurs, troupe, client_de):
    assert "Dailleurs" in client_de(troupe.dgs_departement).get(URL).content.decode()


def test_a_view_that_was_kept_says_itself_whose_it_shows(dailleurs, drh):
    assert "Dailleurs" in drh.get(URL, {"colonnes": "poste"}).content.decode()


def test_somebody_elsewhere_is_looked_for_among_all_in_one_click(dailleurs, drh):
    page = drh.get(URL, {"collectivite": "departement", "q": "dailleurs"}).content.decode()
    assert "Aucun de vos cadres ne correspond." in page
    assert "?q=dailleurs&amp;perimetre=tous" in page


@pytest.fixture
def ranges(troupe):
    """Two grades, three people of each, whose names go against their échelons."""
    for nom, grade, echelon in (
        ("Tria", "B", "3"),
        ("Trib", "A", "2"),
        ("Tric", "B", "1"),
        ("Trid", "A", ""),
        ("Trie", "A", "1"),
    ):
        fabriques.faire_cadre(
            troupe.departement, nom=nom, categorie=grade, echelon=echelon, avec_compte=False
        )


@pytest.mark.parametrize(
    ("ordre", "attendus"),
    [
        ({"tri": "categorie"}, ["Trib", "Trid", "Trie", "Tria", "Tric"]),
        ({"tri": "categorie", "puis": "echelon"}, ["Trie", "Trib", "Trid", "Tric", "Tria"]),
        ({"tri": "-categorie", "puis": "-echelon"}, ["Tria", "Tric", "Trib", "Trie", "Trid"]),
        ({"tri": "situation", "puis": "-categorie"}, ["Tria", "Tric", "Trib", "Trid", "Trie"]),
        ({"tri": "etape", "puis": "-categorie"}, ["Tria", "Tric", "Trib", "Trid", "Trie"]),
        # What adds nothing, or is no order, is left aside.
        ({"tri": "categorie", "puis": "-categorie"}, ["Trib", "Trid", "Trie", "Tria", "Tric"]),
        ({"tri": "categorie", "puis": "n’importe"}, ["Trib", "Trid", "Trie", "Tria", "Tric"]),
    ],
)
def test_equals_are_put_in_a_second_order(ranges, drh, ordre, attendus):
    assert trouves(drh, q="tri", **ordre) == attendus


def test_another_employers_statut_orders_nobody_even_second(troupe, drh):
    for nom, echelon in (("Tria", "9"), ("Trib", "1")):
        fabriques.faire_cadre(troupe.region, "accord", nom=nom, categorie="A", echelon=echelon)
    assert trouves(drh, q="tri", tri="categorie", puis="echelon") == ["Tria", "Trib"]


def test_the_second_order_follows_to_the_export_of_those_chosen(ranges, drh):
    cles = ",".join(str(c.pk) for c in Cadre.objects.filter(nom__startswith="Tri"))
    envoi = {"choix": cles, "parametres": "tri=categorie&puis=echelon", "format": "csv"}
    reponse = drh.post("/registre/exporter/choisis/", envoi)
    lignes = b"".join(reponse.streaming_content).decode("utf-8-sig").splitlines()[1:]
    noms_ = [ligne.partition(";")[0] for ligne in lignes]
    assert noms_ == ["Trie", "Trib", "Trid", "Tric", "Tria"]


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


def test_the_numbers_of_the_page_do_not_contradict_each_other(troupe, drh):
    """« 26 de votre collectivité », then « 25 cadres »: what makes the difference is said beside it."""
    fabriques.faire_cadre(troupe.departement, "retire", nom="Partie")
    page = drh.get(URL)
    assert page.context["compte"].replace("\u00a0", " ").endswith(", sans 1 personne partie")
    assert page.context["trouves"] + 1 == page.context["totaux"].siens
