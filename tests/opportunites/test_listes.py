"""The lists of postes, propositions and moves: search, filters, orders, one partial, bounded cost."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collectivites.communs import listes
from opportunites.dossier.filtres import MobiliteFiltre
from opportunites.postes.filtres import OpportuniteFiltre
from opportunites.propositions.filtres import PropositionFiltre
from tests.fabriques import (
    dans,
    faire_cadre,
    faire_inscription,
    faire_mobilite,
    faire_opportunite,
    faire_poste,
    faire_proposition,
    faire_voeu,
    il_y_a,
)

HTMX = {"HX-Request": "true", "HX-Target": "resultats"}
POSTES, PROPOSITIONS, MOBILITES, VOEUX = (
    reverse(f"opportunites:{nom}") for nom in ("opportunites", "propositions", "mobilites", "voeux")
)


def titres(reponse):
    """What the rows are called, in order; a search marks its words in them."""
    trouves = re.findall(
        r'<(?:th scope="row"|h2[^>]*)>\s*<a[^>]*>\s*(.*?)\s*</a>',
        reponse.content.decode(),
        re.DOTALL,
    )
    return [re.sub("</?mark>", "", titre) for titre in trouves]


def vus(client, adresse=POSTES, **parametres):
    reponse = client.get(adresse, parametres)
    assert reponse.status_code == 200
    lus = titres(reponse)
    # A poste is announced to everybody; a move has its person.
    assert adresse == "/mobilites/" or all(lu.endswith(" (F/H)") for lu in lus)
    return [lu.removesuffix(" (F/H)") for lu in lus]


@pytest.fixture
def drh(troupe, client_de):
    return client_de(troupe.drh_region)


@pytest.fixture
def postes(troupe):
    """Three, of two employers, that differ in all that a filter knows."""
    forets = faire_poste(
        troupe.region,
        "Chef des forêts",
        famille_de_metiers="Environnement",
        lieu="Blois",
        cadres_emplois=["Ingénieur territorial"],
        emploi_fonctionnel=True,
    )
    lycees = faire_poste(troupe.region, "Adjointe aux lycées", ouvert_contractuel=True)
    voirie = faire_poste(troupe.ville, "Responsable de la voirie", famille_de_metiers="Voirie")
    return [
        faire_opportunite(troupe.region, poste=forets, date_prise_poste=dans(30)),
        faire_opportunite(troupe.region, poste=lycees, vacance="susceptible", publiee=False),
        faire_opportunite(troupe.ville, poste=voirie, date_prise_poste=dans(10), etat="close"),
    ]


FORETS, LYCEES, VOIRIE = "Chef des forêts", "Adjointe aux lycées", "Responsable de la voirie"


# --- Search and filters -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parametres", "attendus"),
    [
        ({"q": "FORET"}, [FORETS]),
        ({"q": "lycees adjointe"}, [LYCEES]),
        ({"q": "ecologique"}, [FORETS]),
        ({"q": "chef lycees"}, []),
        ({"etat": "close"}, [VOIRIE]),
        ({"domaine": "TEC02"}, [VOIRIE]),
        ({"domaine": "voi"}, [VOIRIE]),
        ({"lieu": "blois"}, [FORETS]),
        ({"emplois": "Ingénieur territorial"}, [FORETS]),
        ({"fonctionnel": "oui"}, [FORETS]),
        ({"contractuel": "oui"}, [LYCEES]),
        ({"vacance": "susceptible"}, [LYCEES]),
        ({"fonctionnel": "non", "vacance": "vacant"}, [VOIRIE]),
    ],
)
def test_each_filter_keeps_what_it_says(postes, drh, parametres, attendus):
    assert vus(drh, **parametres) == attendus


def test_a_direction_is_found_whatever_its_accents(troupe, drh, postes):
    from collectivites.models import Direction

    direction = Direction.objects.create(
        collectivite=troupe.ville, libelle="Espaces publics aménagés"
    )
    poste = postes[2].poste
    poste.direction = direction
    poste.save()

    assert vus(drh, q="amenages") == [VOIRIE]
    assert vus(drh, q="voirie espaces") == [VOIRIE]


def test_an_unknown_filter_or_order_still_opens_the_list(postes, drh):
    assert len(vus(drh, etat="inconnu", tri="inconnu", collectivite="999999", page="zut")) == 3


def test_a_filter_does_not_show_what_another_employer_prepares(postes, troupe, client_de):
    assert vus(client_de(troupe.drh_ville), vacance="susceptible") == []
    assert vus(client_de(troupe.drh_ville), q="lycees") == []


def test_chips_say_the_filters_and_each_takes_itself_away(postes, drh):
    reponse = drh.get(POSTES, {"fonctionnel": "oui", "lieu": "Blois", "tri": "-prise", "page": "1"})

    puces = {puce["libelle"]: puce for puce in reponse.context["puces"]}
    assert {nom: puce["valeur"] for nom, puce in puces.items()} == {
        "Emploi fonctionnel": "Oui",
        "Lieu de travail": "Blois",
    }
    reste = parse_qs(urlsplit(puces["Lieu de travail"]["url"]).query)
    assert reste == {"fonctionnel": ["oui"], "tri": ["-prise"]}


# --- Orders -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tri", "attendus"),
    [
        ("", [LYCEES, FORETS, VOIRIE]),
        ("poste", [LYCEES, FORETS, VOIRIE]),
        ("-poste", [VOIRIE, FORETS, LYCEES]),
        ("collectivite", [FORETS, LYCEES, VOIRIE]),
        ("etat", [LYCEES, FORETS, VOIRIE]),
        ("prise", [VOIRIE, FORETS, LYCEES]),
        ("-prise", [LYCEES, FORETS, VOIRIE]),
    ],
)
def test_columns_are_sorted_both_ways(postes, drh, tri, attendus):
    faire = postes[2]
    faire.publiee_le = il_y_a(21)
    faire.save()
    assert vus(drh, tri=tri) == attendus


def test_voeux_are_an_order_for_ones_own_postes_alone(postes, troupe, drh):
    faire_voeu(faire_cadre(troupe.ville, "retenu"), postes[0])
    for _ in range(3):
        faire_voeu(faire_cadre(troupe.departement, "retenu"), postes[2])

    assert vus(drh, tri="-voeux") == [FORETS, LYCEES, VOIRIE]


@pytest.mark.parametrize(
    ("adresse", "filtre", "qui"),
    [
        (POSTES, OpportuniteFiltre, "drh_region"),
        (PROPOSITIONS, PropositionFiltre, "drh_region"),
        (MOBILITES, MobiliteFiltre, "drh_region"),
        (PROPOSITIONS, PropositionFiltre, "cadre"),
    ],
)
def test_every_order_opens_and_says_itself(troupe, client_de, adresse, filtre, qui):
    peupler(troupe, 2)
    client = client_de(getattr(troupe, qui))
    for cle in filtre.TRIS:
        for tri, sens in ((cle, "ascending"), (f"-{cle}", "descending")):
            reponse = client.get(adresse, {"tri": tri})
            assert reponse.status_code == 200
            if qui != "cadre":
                assert f'aria-sort="{sens}"' in reponse.content.decode(), tri


def test_late_propositions_come_first_then_the_most_pressing(troupe, drh):
    opportunites = [
        faire_opportunite(troupe.region, poste=faire_poste(troupe.region, nom))
        for nom in ("Refusée", "Dans un mois", "Demain", "En retard", "À valider")
    ]
    cadre = troupe.fiche_du_cadre
    faire_proposition(opportunites[0], cadre, "refusee")
    faire_proposition(opportunites[1], cadre, repondre_avant=il_y_a(-30))
    faire_proposition(opportunites[2], cadre, repondre_avant=il_y_a(-1))
    faire_proposition(opportunites[3], cadre, repondre_avant=il_y_a(1))
    faire_proposition(opportunites[4], cadre, "brouillon")

    assert vus(drh, PROPOSITIONS) == [
        "En retard",
        "Demain",
        "Dans un mois",
        "À valider",
        "Refusée",
    ]
    assert vus(drh, PROPOSITIONS, cote="origine") == []
    assert vus(drh, PROPOSITIONS, q="valider pasquier") == ["À valider"]


def test_moves_to_certify_come_first(troupe, drh):
    for nom, jours, etat in (
        ("Après", 20, "ouverte"),
        ("Échue", -2, "ouverte"),
        ("Finie", -30, "effective"),
    ):
        fiche = faire_cadre(troupe.ville, "retenu", nom=nom, prenom="Paul")
        opportunite = faire_opportunite(
            troupe.region, etat="pourvue" if etat == "effective" else ""
        )
        accord = faire_proposition(
            opportunite, fiche, "realisee" if etat == "effective" else "acceptee"
        )
        faire_mobilite(accord, etat, voie="MUTATION", date_effet=dans(jours))

    assert vus(drh, MOBILITES) == ["Paul Échue", "Paul Après", "Paul Finie"]
    assert vus(drh, MOBILITES, cote="accueil", etat="ouverte", q="echue") == ["Paul Échue"]
    assert vus(drh, MOBILITES, voie="MAD") == []


# --- The cadre's ----------------------------------------------------------------------------------


def test_a_cadre_finds_what_they_ranked_and_what_is_new(troupe, client_de):
    fiche = troupe.fiche_du_cadre
    faire_inscription(fiche)
    for nom, age in (("Ancien", 20), ("Classé", 20), ("Nouveau", 1)):
        opportunite = faire_opportunite(
            troupe.region, poste=faire_poste(troupe.region, nom), publiee_le=il_y_a(age)
        )
        if nom == "Classé":
            faire_voeu(fiche, opportunite)
    client = client_de(troupe.cadre)
    client.get("/")
    fiche.utilisateur.refresh_from_db()
    fiche.utilisateur.visite_precedente = il_y_a(10)
    fiche.utilisateur.save(update_fields=["visite_precedente"])

    assert vus(client, miens="classes") == ["Classé"]
    assert vus(client, miens="autres") == ["Nouveau", "Ancien"]
    assert vus(client, miens="nouveaux") == ["Nouveau"]


# --- One partial ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("qui", "adresse", "parametres"),
    [
        ("drh_region", POSTES, {"q": "poste", "etat": "publiee", "tri": "-prise"}),
        ("drh_region", PROPOSITIONS, {"q": "poste", "tri": "reponse"}),
        ("drh_region", MOBILITES, {"etat": "ouverte", "tri": "personne"}),
        ("cadre", POSTES, {"q": "poste", "miens": "autres"}),
    ],
)
def test_what_htmx_receives_is_what_a_reload_shows(troupe, client_de, qui, adresse, parametres):
    faire_inscription(troupe.fiche_du_cadre)
    peupler(troupe, 30)
    client = client_de(getattr(troupe, qui))

    entiere = client.get(adresse, parametres).content.decode()
    partielle = client.get(adresse, {**parametres, "lieu": ""}, headers=HTMX)

    assert partielle["HX-Push-Url"].startswith(adresse)
    assert "lieu" not in partielle["HX-Push-Url"]
    partielle = client.get(adresse, parametres, headers=HTMX).content.decode()
    assert "<html" not in partielle
    assert "Poste" in partielle
    assert sans_jeton(partielle) in sans_jeton(entiere)


def test_going_back_asks_for_the_whole_page(postes, drh):
    reponse = drh.get(POSTES, headers={**HTMX, "HX-History-Restore-Request": "true"})

    assert "<html" in reponse.content.decode()


def sans_jeton(html):
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", html).strip()


# --- Cost -----------------------------------------------------------------------------------------


def peupler(troupe, combien):
    """`combien` postes of the Région, each ranked and proposed; every other one accepted."""
    for n in range(combien):
        opportunite = faire_opportunite(troupe.region)
        cadre = faire_cadre(troupe.departement, "retenu", avec_compte=False)
        faire_voeu(cadre, opportunite)
        proposition = faire_proposition(opportunite, cadre, "acceptee" if n % 2 else "envoyee")
        if n % 2:
            faire_mobilite(proposition, voie="MUTATION", date_effet=dans(n))
        if troupe.fiche_du_cadre.voeux.count() < 8:
            faire_voeu(troupe.fiche_du_cadre, opportunite)


@pytest.mark.parametrize(
    ("qui", "adresse"),
    [
        ("drh_region", f"{POSTES}?q=poste&tri=-voeux"),
        ("drh_region", f"{PROPOSITIONS}?tri=personne"),
        ("drh_region", MOBILITES),
        ("dgs_region", "/"),
        ("drh_region", "/"),
        ("cadre", POSTES),
        ("cadre", VOEUX),
        ("cadre", "/"),
    ],
)
def test_as_many_queries_for_one_row_as_for_fifty(troupe, client_de, qui, adresse):
    faire_inscription(troupe.fiche_du_cadre)
    client = client_de(getattr(troupe, qui))
    vus = {}
    total = 0
    for combien in (2, 10, 50):
        peupler(troupe, combien - total)
        total = combien
        client.get(adresse)
        with CaptureQueriesContext(connection) as capture:
            assert client.get(adresse).status_code == 200
        vus[combien] = len(capture.captured_queries)

    # The first page reads as well the state of the journal, under which its lines are kept a minute.
    assert vus[2] == vus[10] == vus[50] <= 20 + (adresse == "/"), vus


def test_beyond_a_thousand_rows_the_list_says_more_than_and_stops_counting(
    troupe, drh, monkeypatch
):
    monkeypatch.setattr(listes, "COMPTE_MAX", 30)
    peupler(troupe, 32)

    reponse = drh.get(POSTES, {"page": "99"})

    assert reponse.context["compte"] == "plus de 30\u00a0postes"
    assert reponse.context["page"].number == 2
    assert len(titres(reponse)) == 5
