"""An emploi fonctionnel: its grid by population, its NBI, its prime; the index where no grid is known."""

from decimal import Decimal

import pytest
from django.urls import reverse

from collectivites.models import Collectivite
from opportunites.models import FicheRemuneration
from opportunites.paie.actions import fiches as actions
from opportunites.paie.calculs.fiche import calcul_de
from opportunites.paie.calculs.saisie import SaisieOrigine
from tests.fabriques import faire_opportunite, faire_poste, faire_proposition
from tests.fabriques.paie import ORIGINE, ouvrir_fiche


@pytest.fixture
def opportunite(troupe):
    """An emploi fonctionnel of a métropole of 290,000 inhabitants."""
    metropole = troupe.agglomeration
    metropole.population = 290_000
    metropole.save()
    poste = faire_poste(metropole, emploi_fonctionnel=True)
    return faire_opportunite(metropole, poste=poste)


@pytest.fixture
def fiche(scene, troupe, opportunite):
    ouverte = ouvrir_fiche(troupe.drh_agglomeration, faire_proposition(opportunite, scene.cadre))
    actions.saisir_l_origine(
        acteur=troupe.drh_departement, fiche=ouverte, saisie=SaisieOrigine(**ORIGINE)
    )
    return ouverte


@pytest.fixture
def remplir(fiche, troupe, client_de):
    def poster(**champs):
        donnees = {"voie": "DETACHEMENT_EF", "date_effet": "2026-12-01", "zone": "3", **champs}
        return client_de(troupe.drh_agglomeration).post(
            reverse("opportunites:saisir_fiche", args=[fiche.pk]), donnees
        )

    return poster


def relue():
    return FicheRemuneration.objects.select_related(
        "proposition__cadre", "proposition__collectivite_origine"
    ).get()


def test_the_host_chooses_emploi_and_echelon_without_any_index(remplir):
    assert remplir(emploi="DGST", echelon="2").status_code == 302

    calcul = calcul_de(relue())
    assert calcul.comparaison.accueil.situation.inm == 695
    assert calcul.passage.echelon_accueil.intitule == "Direction des services techniques, échelon 2"
    assert not [p for p in calcul.comparaison.prudences if "services techniques" in p]


def test_a_grid_of_an_old_version_is_computed_with_its_caution(remplir, troupe, client_de):
    assert remplir(emploi="DGS", echelon="5").status_code == 302

    page = client_de(troupe.drh_agglomeration).get(
        reverse("opportunites:fiche_remuneration", args=[relue().pk])
    )
    texte = page.content.decode().replace("\u00a0", " ")
    assert "Direction générale des services, échelon 5" in texte
    assert "à lire dans le décret en vigueur" in texte
    assert calcul_de(relue()).comparaison.accueil.situation.inm == 823


def test_the_nbi_of_direction_is_that_of_the_population(remplir):
    remplir(emploi="DGS", echelon="5")
    accueil = calcul_de(relue()).comparaison.accueil
    assert accueil.nbi == 80
    assert any("NBI de direction de 80 points" in p for p in accueil.prudences)


def test_another_nbi_is_kept_and_said(remplir):
    remplir(emploi="DGS", echelon="5", nbi="25")
    accueil = calcul_de(relue()).comparaison.accueil
    assert accueil.nbi == 25
    assert any("en donne 80 à cet emploi" in p for p in accueil.prudences)


def test_a_typed_index_stands_where_the_echelon_is_left_empty(remplir):
    assert remplir(emploi="DGS", inm="830").status_code == 302
    calcul = calcul_de(relue())
    assert calcul.comparaison.accueil.situation.inm == 830
    assert any("indice 830 saisi" in p for p in calcul.comparaison.prudences)


def test_a_chevron_is_told_by_its_index(remplir):
    assert remplir(emploi="DGS", echelon="6", inm="930").status_code == 302
    assert "chevron 2" in calcul_de(relue()).passage.echelon_accueil.intitule


def test_where_no_grid_is_known_the_form_says_so_beside_its_field(
    fiche, remplir, troupe, client_de
):
    page = client_de(troupe.drh_agglomeration).get(
        reverse("opportunites:saisir_fiche", args=[fiche.pk])
    )
    assert "Direction générale adjointe (grille non disponible" in page.content.decode()

    refusee = remplir(emploi="DGA")
    erreurs = refusee.context["formulaire"].errors
    assert list(erreurs) == ["inm"]
    assert "grille non disponible" in erreurs["inm"][0]
    assert remplir(emploi="DGA", inm="800").status_code == 302
    assert calcul_de(relue()).comparaison.accueil.nbi == 50


@pytest.mark.parametrize(
    ("champs", "fautif", "phrase"),
    [
        ({}, "inm", "Choisissez l’emploi fonctionnel"),
        ({"emploi": "DGS"}, "echelon", "Indiquez l’échelon"),
        ({"emploi": "DGS", "echelon": "12"}, "echelon", "n’a pas d’échelon"),
        (
            {"emploi": "DGS", "echelon": "5", "inm": "900"},
            "inm",
            "correspond à l’indice majoré 823",
        ),
        ({"emploi": "MAIRE"}, "emploi", "Sélectionnez un choix valide"),
        ({"emploi": "DGS", "echelon": "5", "prime_resp": "15.01"}, "prime_resp", "de 0 à 15"),
    ],
)
def test_bad_input_is_said_beside_its_field(remplir, champs, fautif, phrase):
    erreurs = remplir(**champs).context["formulaire"].errors
    assert list(erreurs) == [fautif]
    assert phrase in erreurs[fautif][0].replace("\u00a0", " ")


def test_fifteen_percent_is_allowed_and_counted_on_the_traitement(remplir):
    assert remplir(emploi="DGST", echelon="2", nbi="0", prime_resp="15").status_code == 302
    comparaison = calcul_de(relue()).comparaison
    lignes = {li.code: li.mois.accueil.bas for li in comparaison.lignes if li.mois}
    assert lignes["PRIME_RESP"] == (lignes["TIB"] * Decimal("0.15")).quantize(Decimal("0.01"))


def test_the_band_is_the_one_of_the_day_it_was_typed(remplir):
    remplir(emploi="DGST", echelon="2")
    Collectivite.objects.update(population=90_000)
    assert calcul_de(relue()).comparaison.accueil.situation.inm == 695


def test_another_poste_has_no_such_field(scene, troupe, client_de):
    fiche = ouvrir_fiche(troupe.drh_region, faire_proposition(scene.opportunite, scene.cadre))
    page = client_de(troupe.drh_region).get(reverse("opportunites:saisir_fiche", args=[fiche.pk]))
    assert "emploi" not in page.context["formulaire"].fields


def test_a_cadre_simulates_it_too(scene, opportunite, client_de):
    adresse = reverse("opportunites:simuler_la_paie", args=[opportunite.pk])
    donnees = {
        "inm": "655",
        "quotite": "100",
        "ifse": "1000",
        "cia": "0",
        "nbi": "0",
        "voie": "DETACHEMENT_EF",
        "emploi": "DGST",
        "ifse_propose": "1000",
        "cia_propose": "0",
        "nbi_propose": "0",
    }
    client = client_de(scene.troupe.cadre)

    sans = client.post(adresse, donnees)
    assert list(sans.context["formulaire"].errors) == ["echelon_accueil"]
    trop = client.post(adresse, {**donnees, "echelon_accueil": "2", "prime_resp_propose": "20"})
    assert list(trop.context["formulaire"].errors) == ["prime_resp_propose"]
    page = client.post(adresse, {**donnees, "echelon_accueil": "2", "prime_resp_propose": "0"})
    assert page.context["calcul"].comparaison.totaux.mois["brut"].ecart.bas == Decimal("196.91")
