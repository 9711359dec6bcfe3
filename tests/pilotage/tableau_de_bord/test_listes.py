"""Each figure of one's own employer opens the list behind it: as many rows as it says."""

import html
import re

import pytest
from django.utils import timezone

from collectivites.communs.typographie import compter
from opportunites.dossier.actions.suivi import ouvrir_les_suivis
from opportunites.models import Mobilite, Suivi
from parcours.models import Promotion
from tests import fabriques
from tests.pilotage.tableau_de_bord.test_tableau_de_bord import URL, remplir

LIEN = re.compile(r'<a\s+href="(/pilotage/liste/[^"]+)"\s*>(.*?)</a>', re.DOTALL)


def liens_de(page: str) -> list[tuple[str, int]]:
    """(address, number) of each link to a list: « 18 effectives », « Voir les dossiers (3) », « 18 »."""
    return [
        (html.unescape(adresse), int(re.search(r"\d+", texte).group()))
        for adresse, texte in LIEN.findall(page)
    ]


@pytest.fixture
def scene(troupe):
    """Moves both ways, one of them inside an employer; somebody anonymised; the alarm."""
    remplir(troupe, 3)
    retour = fabriques.faire_cadre(troupe.region, "retenu", avec_compte=False)
    proposition = fabriques.faire_proposition(
        fabriques.faire_opportunite(troupe.ville), retour, "realisee"
    )
    fait = fabriques.faire_mobilite(proposition, "effective", date_effet=fabriques.dans(-9))
    ouvrir_les_suivis(fait)
    Suivi.objects.filter(mobilite=fait, mois=6, cote="accueil").update(
        en_poste=True,
        bilan="bien",
        renseigne_le=timezone.now(),
        renseigne_par=troupe.drh_ville.mandat,
    )
    engage = fabriques.faire_cadre(troupe.departement, "retenu", avec_compte=False)
    proposition = fabriques.faire_proposition(
        fabriques.faire_opportunite(troupe.ville), engage, "acceptee"
    )
    fabriques.faire_mobilite(proposition, "ouverte", date_effet=fabriques.dans(9))
    fabriques.faire_reserve(proposition, troupe.drh_departement, "deposee")
    perdu = fabriques.faire_cadre(troupe.region, "retenu", avec_compte=False)
    perdu.candidature.avancee = "acheve"
    perdu.candidature.save()
    fabriques.faire_inscription(
        perdu,
        fabriques.faire_promotion(troupe.demarche, nom="La longue"),
        "achevee",
        finie_le=fabriques.il_y_a(60),
    )
    fabriques.faire_opportunite(troupe.region, etat="pourvue")
    fabriques.faire_cadre(
        troupe.ville, "recense", avec_compte=False, anonymise_le=fabriques.il_y_a(1)
    )
    return troupe


def suivre(client, adresse: str, attendu: int) -> str:
    """The list behind a link says the number of the link, in its title and in its rows."""
    page = client.get(adresse)
    lue = page.context["liste"]
    assert lue.nombre == attendu, adresse
    assert sum(rang.combien for rang in lue.rangs) == attendu, adresse
    assert compter(attendu, lue.unite) in page.text, adresse
    return page.text


@pytest.mark.parametrize("qui", ["dgs_ville", "drh_region", "gestionnaire_departement"])
def test_each_link_opens_as_many_rows_as_the_figure_says(scene, client_de, qui):
    client = client_de(getattr(scene, qui))

    liens = liens_de(client.get(URL).text)

    ouvertes = {adresse.split("/")[3] for adresse, _ in liens}
    assert {
        "recenses",
        "recenses-ensemble",
        "volontaires-ensemble",
        "effectives-ensemble",
        "mobilites-effectives",
        "mobilites-engagees",
        "postes-ouverts",
        "postes-pourvus",
        "reserves",
        "suivis-6",
        "sans-proposition-ensemble",
    } <= ouvertes
    for adresse, nombre in liens:
        suivre(client, adresse, nombre)


@pytest.mark.parametrize("qui", ["dgs_ville", "drh_region"])
def test_a_promotion_and_a_period_narrow_the_figures_and_their_lists(scene, client_de, qui):
    client = client_de(getattr(scene, qui))
    promotion = Promotion.objects.filter(inscriptions__cadre__collectivite=scene.ville).first()
    annee = timezone.localdate().year
    for choix in (
        f"promotion={promotion.pk}",
        f"periode={annee}",
        f"promotion={promotion.pk}&periode={annee}",
    ):
        page = client.get(f"{URL}?{choix}").text
        entre = next(n for a, n in liens_de(page) if "en_parcours-ensemble" in a)
        assert entre == 3 if "promotion" in choix else entre >= 3
        filtres = [(a, n) for a, n in liens_de(page) if "?" in a]
        assert len(filtres) >= 5
        for adresse, nombre in filtres:
            suivre(client, adresse, nombre)


def test_under_a_filter_who_was_proposed_a_poste_stays_with_the_two_employers(scene, client_de):
    """All three of the promotion accepted: said, it would be said of each of them by name."""
    promotion = Promotion.objects.filter(inscriptions__cadre__collectivite=scene.ville).first()

    def etapes(qui):
        page = client_de(getattr(scene, qui)).get(f"{URL}?promotion={promotion.pk}")
        return {r["ligne"].etape.code: r["ligne"] for r in page.context["etapes_entonnoir"]}

    sienne, autre = etapes("dgs_ville"), etapes("dgs_agglomeration")
    for code in ("acheves", "proposes", "acceptees"):
        assert (sienne[code].total, autre[code].total) == (3, None)
        assert all(n is None for n, mienne in autre[code].cellules if not mienne)
        assert autre[code].femmes is autre[code].passage is autre[code].delai is None
    assert sienne["en_parcours"].total == autre["en_parcours"].total == 3


def test_an_unknown_choice_is_said_and_changes_nothing(scene, client_de):
    client = client_de(scene.dgs_ville)
    ailleurs = fabriques.faire_promotion(scene.autre_demarche)
    page = client.get(f"{URL}?promotion={ailleurs.pk}&periode=1789").text
    assert page.count("Ce choix n’existe pas dans cette démarche") == 2
    assert "Tolérance ±" in page


def test_a_list_names_only_whom_the_reader_may_read(scene, client_de):
    """Of others: who said yes and entered a promotion; not who was proposed a poste, nor who moved."""
    client = client_de(scene.dgs_departement)
    venus_de_la_ville = set(
        Mobilite.objects.filter(collectivite_origine=scene.ville).values_list(
            "cadre__nom", flat=True
        )
    )
    assert venus_de_la_ville
    for quoi in ("proposes", "acceptees", "effectives"):
        page = client.get(f"/pilotage/liste/{quoi}-ensemble/").text
        assert "que cette liste ne nomme pas" in page
        assert not any(nom in page for nom in venus_de_la_ville)
    page = client.get("/pilotage/liste/mobilites-effectives/").text
    assert "entre d’autres employeurs" in page
    assert not any(nom in page for nom in venus_de_la_ville)
    en_parcours = client.get("/pilotage/liste/en_parcours-ensemble/").text
    assert any(nom in en_parcours for nom in venus_de_la_ville)


def test_the_cells_and_the_margins_of_ones_own_employer_are_links(scene, client_de):
    liens = dict(liens_de(client_de(scene.dgs_ville).get(URL).text))
    region = scene.region.pk
    assert liens["/pilotage/liste/departs/"] == 3
    assert liens["/pilotage/liste/arrivees/"] == 1
    assert liens[f"/pilotage/liste/vers-{region}/"] == 3
    assert liens[f"/pilotage/liste/de-{region}/"] == 1
    assert "/pilotage/liste/recenses/" in liens


def test_the_list_of_another_employer_is_not_drawn_and_not_served(scene, client_de):
    """Ville to Région: neither is the Département's."""
    client = client_de(scene.dgs_departement)
    page = client.get(URL).text
    assert "/pilotage/liste/departs/" not in page
    page = client.get(f"/pilotage/liste/vers-{scene.ville.pk}/")
    assert page.context["liste"].rangs == []
    noms = {m.cadre.nom for m in Mobilite.objects.select_related("cadre")}
    assert not any(nom in page.text for nom in noms)


@pytest.mark.parametrize(
    "quoi", ["inconnu", "vers-0", "vers-x", "de-", "99", "suivis-7", "suivis-x", "inconnu-ensemble"]
)
def test_an_address_that_names_nothing_is_not_found(troupe, client_de, quoi):
    assert client_de(troupe.dgs_ville).get(f"/pilotage/liste/{quoi}/").status_code == 404


def test_another_demarche_is_not_an_employer_of_mine(troupe, client_de):
    ailleurs = troupe.etranger_dgs.collectivite.pk
    assert client_de(troupe.dgs_ville).get(f"/pilotage/liste/vers-{ailleurs}/").status_code == 404


def test_the_alarm_opens_its_own_people(troupe, client_de):
    promotion = fabriques.faire_promotion(troupe.demarche)
    for avancee in ("acheve", "acheve", "engagee"):
        cadre = fabriques.faire_cadre(troupe.ville, "retenu", avec_compte=False)
        cadre.candidature.avancee = avancee
        cadre.candidature.save()
        fabriques.faire_inscription(
            cadre, promotion, "achevee", finie_le=fabriques.il_y_a(7 * 8 + 1)
        )
    client = client_de(troupe.dgs_ville)
    assert "/pilotage/liste/sans-proposition/" in client.get(URL).text
    assert len(client.get("/pilotage/liste/sans-proposition/").context["liste"].rangs) == 2


# --- The balance to come ----------------------------------------------------------------------


def test_a_dgs_reads_the_balance_to_come_and_the_others_that_it_will_change(troupe, client_de):
    for _ in range(3):
        cadre = fabriques.faire_cadre(troupe.ville, "retenu", avec_compte=False)
        proposition = fabriques.faire_proposition(
            fabriques.faire_opportunite(troupe.region), cadre, "acceptee"
        )
        fabriques.faire_mobilite(proposition, "ouverte", date_effet=fabriques.dans(20))

    page = client_de(troupe.dgs_ville).get(URL).text.replace("\u00a0", " ")
    assert "La Ville sera à −3 le" in page
    assert "hors de la tolérance" in page
    page = client_de(troupe.drh_ville).get(URL).text
    assert "vont encore changer ces soldes" in page
    assert "sera à" not in page
