"""The table: who is in it, search, filters, pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.models import Candidature
from cadres.registre import bornes
from cadres.registre import page as registre
from tests import fabriques
from tests.cadres.registre.aide import URL, noms, vus

Etat = Candidature.Etat


def test_the_registre_holds_ones_own_and_those_of_others_who_said_yes(troupe, drh):
    fabriques.faire_cadre(troupe.departement, nom="Dici", prenom="Anne")
    fabriques.faire_cadre(troupe.region, "accord", nom="Doui", prenom="Paul")
    for etat in (Etat.RECENSE, Etat.INFORME, Etat.DESACCORD, Etat.RETIRE, Etat.NON_RETENU):
        fabriques.faire_cadre(troupe.region, etat, nom="Cachette", prenom=etat)
    trouves = vus(drh, perimetre="tous")
    assert "Dici, Anne" in trouves
    assert "Doui, Paul" in trouves
    assert not any("Cachette" in nom for nom in trouves)
    assert "Simon, Célia" not in trouves  # another démarche


def test_a_hidden_name_leaks_neither_by_search_nor_by_counts_nor_by_filters(troupe, drh):
    avant = drh.get(URL).context["totaux"]
    fabriques.faire_cadre(troupe.region, "informe", nom="Cachette", profil="haut_potentiel")
    for parametres in (
        {"q": "cachette"},
        {"situation": "informe", "q": "cachette"},
        {"collectivite": "region", "profil": "haut_potentiel"},
    ):
        reponse = drh.get(URL, parametres)
        assert noms(reponse) == []
        assert reponse.context["page"].paginator.count == 0
    assert drh.get(URL).context["totaux"] == avant


def test_the_situation_of_anothers_cadre_stays_general(troupe, drh):
    fabriques.faire_cadre(troupe.region, "retenu", avancee="engagee", nom="Ailleurs")
    texte = drh.get(URL, {"q": "ailleurs"}).content.decode()
    assert "Dans la démarche" in texte
    assert "Mobilité engagée</span>" not in texte
    assert vus(drh, situation="engagee") == []
    assert "Ailleurs, Dominique" in vus(drh, situation="partage")


def test_matricule_and_courriel_are_searched_among_ones_own_only(troupe, drh):
    fabriques.faire_cadre(troupe.departement, nom="Dici", matricule="X123")
    fabriques.faire_cadre(troupe.region, "accord", nom="Ailleurs", matricule="X124")
    assert vus(drh, q="x12") == ["Dici, Dominique"]
    assert vus(drh, q="@essais.example ailleurs") == []


def test_the_search_ignores_accents_case_and_order(troupe, drh):
    fabriques.faire_cadre(
        troupe.departement,
        nom="Éloïse-Lebœuf",
        prenom="Zoé",
        poste=fabriques.faire_poste(troupe.departement, "Cheffe de l’Édition"),
    )
    for texte in ("eloise", "ZOE LEBOEUF", "édition zoé", "lebœuf zoe"):
        assert vus(drh, q=texte) == ["Éloïse-Lebœuf, Zoé"], texte


@pytest.mark.parametrize(
    ("parametres", "attendus"),
    [
        ({"categorie": "A+"}, ["Un"]),
        ({"categorie": ["A+", "B"]}, ["Deux", "Un"]),
        ({"encadrement": "non"}, ["Deux"]),
        ({"anciennete": "10"}, ["Deux"]),
        ({"profil": "haut_potentiel"}, ["Un"]),
        ({"situation": "accord"}, ["Un"]),
        ({"collectivite": "region"}, ["Deux"]),
        ({"joignable": "non"}, ["Un"]),
        ({"statut": "titulaire"}, ["Un"]),
        ({"origine": "recensement"}, ["Un"]),
        ({"confie": "non"}, ["Un"]),
        ({"domaine": "SOC01"}, ["Deux"]),
        ({"domaine": "social"}, ["Deux"]),  # an address kept before the list
        ({"domaine": "zoologie"}, []),
        ({"cadre_emplois": "ttach"}, ["Deux", "Un"]),
        ({"anciennete": "beaucoup", "situation": "inconnue"}, ["Deux", "Un"]),
    ],
)
def test_each_filter_keeps_what_it_says(troupe, drh, parametres, attendus):
    fabriques.faire_cadre(
        troupe.departement,
        "accord",
        nom="Xxx Un",
        prenom="A",
        categorie="A+",
        profil="haut_potentiel",
        courriel="",
        utilisateur=None,
        avec_compte=False,
    )
    fabriques.faire_cadre(
        troupe.region,
        "accord",
        nom="Xxx Deux",
        prenom="A",
        categorie="B",
        encadrement=False,
        famille_de_metiers="Action sociale",
        date_entree_poste=fabriques.dans(-4000),
    )
    assert vus(drh, q="xxx", **parametres) == [f"Xxx {nom}, A" for nom in attendus]


def test_pages_hold_25(troupe, drh):
    for _ in range(30):
        fabriques.faire_cadre(troupe.departement)
    assert len(vus(drh)) == 25
    assert (
        len(vus(drh, page=2))
        == drh.get(URL, {"perimetre": "tous"}).context["page"].paginator.count - 25
    )


def test_the_partial_equals_the_full_reload(troupe, drh):
    parametres = {"q": "pasquier", "categorie": "A", "situation": ""}
    entier = drh.get(URL, parametres).content.decode()
    partiel = drh.get(URL, parametres, headers={"HX-Request": "true"})
    assert partiel.content.decode().strip() in entier
    assert partiel["HX-Push-Url"] == "/registre/?q=pasquier&categorie=A"


def test_the_number_of_queries_is_constant(troupe, drh):
    comptes = []
    for n in (1, 4, 45):
        for _ in range(n):
            fabriques.faire_cadre(troupe.departement, "accord")
        with CaptureQueriesContext(connection) as requetes:
            drh.get(URL)
        comptes.append(len(requetes))
    assert comptes[0] == comptes[1] == comptes[2] <= 15


@pytest.mark.parametrize("qui", ["cadre", "accompagnateur"])
def test_the_registre_is_for_employers(troupe, client_de, qui):
    client = client_de(getattr(troupe, qui))
    assert client.get(URL).status_code == 403
    assert client.get("/registre/exporter/").status_code == 403


def test_the_registre_of_another_demarche_is_elsewhere(troupe, client_de):
    assert vus(client_de(troupe.etranger_drh)) == ["Simon, Célia"]


def test_going_back_gives_the_whole_page(drh):
    retour = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<h1" in drh.get(URL, headers=retour).content.decode()


def test_whoever_left_is_shown_and_exported_when_asked(troupe, drh):
    fabriques.faire_cadre(troupe.departement, "retire", nom="Parti", prenom="Paul")
    assert "Parti, Paul" not in vus(drh)
    assert "1\u00a0personne partie" in drh.get(URL).content.decode()
    for parametres in ({"partis": "oui"}, {"situation": "retire"}, {"partis": "seules"}):
        assert "Parti, Paul" in vus(drh, **parametres), parametres
    assert vus(drh, partis="seules") == ["Parti, Paul"]
    for parametres, present in (({}, False), ({"avec_partis": "oui"}, True)):
        reponse = drh.get("/registre/exporter/", {"format": "csv", **parametres})
        assert ("Parti" in b"".join(reponse.streaming_content).decode()) is present


def test_counting_stops_where_an_exact_number_says_nothing_more(troupe, drh, monkeypatch):
    monkeypatch.setattr(bornes, "COMPTE_MAX", 3)
    monkeypatch.setattr(registre, "COMPTE_COURT", 3)
    for _ in range(6):
        fabriques.faire_cadre(troupe.departement)
    page = drh.get(URL)
    assert page.context["compte"] == "plus de 3\u00a0cadres"
    assert page.context["page"].paginator.count == 3


@pytest.mark.parametrize(
    "parametres",
    [
        {},
        {"q": "pasq", "tri": "-anciennete", "categorie": "A"},
        {"colonnes": "poste,statut", "partis": "oui", "page": "2"},
    ],
)
def test_every_partial_equals_the_full_reload(troupe, drh, parametres):
    for _ in range(30):
        fabriques.faire_cadre(troupe.departement)
    entier = drh.get(URL, parametres).content.decode()
    partiel = drh.get(URL, parametres, headers={"HX-Request": "true"}).content.decode()
    assert partiel.strip() in entier
