"""The orders of the table, and what the later acts compose."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cadres.models import Candidature
from cadres.registre import demande
from cadres.registre.tris import TRIS
from tests import fabriques
from tests.cadres.registre.aide import URL, dit, noms, vus


def test_the_order_follows_the_url_and_names_ignore_accents(troupe, drh):
    for nom, jours in (("Xa", -100), ("Xé", -4000), ("Xf", -900)):
        fabriques.faire_cadre(troupe.departement, nom=nom, date_entree_poste=fabriques.dans(jours))

    def ordre(tri):
        return [n[:2] for n in vus(drh, tri=tri, categorie="A") if n.startswith("X")]

    assert ordre("nom") == ["Xa", "Xé", "Xf"]
    assert ordre("-nom") == ["Xf", "Xé", "Xa"]
    assert ordre("-anciennete") == ["Xé", "Xf", "Xa"]
    assert ordre("n’importe quoi") == ["Xa", "Xé", "Xf"]


@pytest.mark.parametrize("cle", sorted(TRIS))
def test_every_order_opens_in_both_directions(troupe, drh, cle):
    fabriques.faire_cadre(troupe.departement)
    assert sorted(vus(drh, tri=cle)) == sorted(vus(drh, tri=f"-{cle}"))


def test_empty_cells_come_last_and_others_cells_are_empty_for_the_order_too(troupe, drh):
    for nom, matricule, chez in (
        ("Xa", "9", troupe.departement),
        ("Xb", "1", troupe.departement),
        ("Xc", "", troupe.departement),
        ("Xd", "0", troupe.region),
    ):
        fabriques.faire_cadre(chez, "accord", nom=nom, matricule=matricule, categorie="C")
    for tri, attendu in (("matricule", "Xb Xa Xc Xd"), ("-matricule", "Xa Xb Xc Xd")):
        trouves = [nom.split(",")[0] for nom in vus(drh, tri=tri, categorie="C")]
        assert trouves == attendu.split()


def test_the_order_of_situations_follows_the_journey(troupe, drh):
    for nom, etat in (("Xa", "retenu"), ("Xb", "recense"), ("Xc", "accord")):
        fabriques.faire_cadre(troupe.departement, etat, nom=nom, categorie="C")
    fabriques.faire_cadre(troupe.region, "accord", nom="Xd", categorie="C")
    trouves = [nom.split(",")[0] for nom in vus(drh, tri="situation", categorie="C")]
    assert trouves == ["Xb", "Xc", "Xa", "Xd"]


@pytest.fixture
def a_suivre(troupe):
    """Four steps of one's own, known or not, and one of another employer that nobody here reads."""
    fabriques.faire_cadre(troupe.departement, "recense", nom="Xa", categorie="C")
    informe = fabriques.faire_cadre(troupe.departement, "informe", nom="Xb", categorie="C")
    Candidature.objects.filter(cadre=informe).update(informe_le=timezone.now() - timedelta(days=3))
    avec = fabriques.faire_cadre(troupe.departement, "retenu", nom="Xc", categorie="C")
    fabriques.faire_proposition(
        fabriques.faire_opportunite(troupe.region),
        avec,
        "envoyee",
        repondre_avant=timezone.now() + timedelta(days=5),
    )
    fabriques.faire_cadre(troupe.departement, "accord", nom="Xd", categorie="C")
    cache = fabriques.faire_cadre(troupe.region, "retenu", nom="Xe", categorie="C")
    fabriques.faire_proposition(
        fabriques.faire_opportunite(troupe.ville),
        cache,
        "envoyee",
        repondre_avant=timezone.now() + timedelta(days=1),
    )


def ordre(client, **parametres):
    return " ".join(nom.split(",")[0] for nom in vus(client, categorie="C", **parametres))


def test_the_order_of_echeances_is_that_of_the_dates_shown(troupe, drh, a_suivre):
    # Xe has a date, which is not the reader's: it comes by name among those without one.
    assert ordre(drh, tri="echeance") == "Xc Xb Xa Xd Xe"
    assert ordre(drh, tri="-echeance") == "Xb Xc Xa Xd Xe"
    texte = drh.get(URL, {"tri": "echeance"}).content.decode()
    assert 'aria-sort="ascending"' in texte


def test_the_order_of_steps_is_that_of_the_words_shown(troupe, drh, a_suivre):
    # Décision, Message, Sa réponse, Son oui; then nothing that the reader may know.
    assert ordre(drh, tri="etape") == "Xd Xa Xc Xb Xe"
    assert ordre(drh, tri="-etape") == "Xb Xc Xa Xd Xe"


def test_the_filter_of_echeances_says_no_more_than_the_table(troupe, drh, a_suivre):
    def avant(jours):
        return ordre(drh, echeance=fabriques.dans(jours).isoformat())

    assert avant(5) == ""
    assert avant(6) == "Xc"
    assert avant(30) == "Xb Xc"
    puce = drh.get(URL, {"echeance": "2027-09-30"}).content.decode()
    assert "avant le 30\u00a0septembre\u00a02027" in puce
    assert ordre(drh, echeance="demain") == "Xa Xb Xc Xd Xe"  # an unknown value is ignored


def test_too_long_a_list_says_what_it_cannot_do_and_shows_nobody_rather_than_all(
    troupe, drh, a_suivre, monkeypatch
):
    monkeypatch.setattr(demande, "COMPOSE_MAX", 3)
    page = drh.get(URL, {"tri": "echeance", "categorie": "C"})
    assert page.context["avis"] == demande.tri_long(3)
    assert noms(page) == noms(drh.get(URL, {"categorie": "C"}))
    filtree = drh.get(URL, {"echeance": "2100-01-01", "categorie": "C"})
    assert filtree.context["avis"] == demande.filtre_long(3)
    assert noms(filtree) == []
    reponse = drh.post(
        "/registre/informer/", {"tous": "oui", "parametres": "echeance=2100-01-01&categorie=C"}
    )
    assert "ajoutez d’abord un autre filtre" in dit(reponse)


@pytest.mark.parametrize(
    "parametres",
    [
        {},
        {"tri": "situation"},
        {"tri": "-anciennete", "categorie": "A"},
        {"tri": "collectivite"},
        {"tri": "echeance"},
        {"tri": "poste", "q": "lot"},
        {"echeance": "2100-01-01", "tri": "-etape"},
        {"partis": "oui", "situation": "accord"},
    ],
)
def test_queries_are_few_constant_and_never_said_thrice(troupe, drh, parametres):
    comptes = []
    for n in (1, 4, 45):
        for _ in range(n):
            cadre = fabriques.faire_cadre(troupe.departement, "accord", nom="Lot")
            fabriques.faire_cadre(troupe.region, "informe", nom="Lot")
        fabriques.faire_proposition(fabriques.faire_opportunite(troupe.region), cadre, "envoyee")
        with CaptureQueriesContext(connection) as requetes:
            drh.get(URL, parametres)
        comptes.append(len(requetes))
        repetees = Counter(requete["sql"] for requete in requetes.captured_queries)
        assert max(repetees.values()) <= 2
    assert comptes[1] == comptes[2] <= 15
    # The one person shown at first may have no step, hence nothing to ask the parcours.
    assert comptes[0] <= comptes[1]


@pytest.mark.parametrize(
    "parametres",
    [{"tri": "echeance"}, {"echeance": "2100-01-01"}, {"tri": "situation", "page": "2"}],
)
def test_the_new_orders_are_the_same_by_htmx(troupe, drh, parametres):
    for _ in range(30):
        fabriques.faire_cadre(troupe.departement, "informe")
    entier = drh.get(URL, parametres).content.decode()
    partiel = drh.get(URL, parametres, headers={"HX-Request": "true"}).content.decode()
    assert partiel.strip() in entier
    assert "Choisir les" in partiel or "page" not in parametres


@pytest.mark.parametrize("cle", ["nom", "collectivite", "anciennete", "situation", "echeance"])
def test_pages_of_an_order_follow_one_another_without_gap_or_repeat(troupe, drh, cle):
    for n in range(60):
        fabriques.faire_cadre(
            troupe.departement if n % 3 else troupe.region,
            ("accord", "retenu", "informe")[n % 3] if n % 3 else "accord",
            nom=f"P{n % 7}",
            date_entree_poste=None if n % 5 == 0 else fabriques.dans(-n),
        )
    for tri in (cle, f"-{cle}"):
        pages = [drh.get(URL, {"tri": tri, "page": page}) for page in (1, 2, 3)]
        lus = [ligne.cadre.pk for page in pages for ligne in page.context["lignes"]]
        assert len(lus) == len(set(lus)) == pages[0].context["trouves"]
        reponse = drh.get("/registre/exporter/", {"tri": tri, "format": "csv"})
        assert b"".join(reponse.streaming_content).count(b"\n") == len(lus) + 1
