"""The table of cases: what each text makes of a route, one row a case, with its source."""

from datetime import date

import pytest

from opportunites.dossier.droit import delais, voies
from tests.fabriques import dans, faire_mobilite, faire_proposition

pytestmark = pytest.mark.django_db

#: case, statut, group shared, one employer, emploi fonctionnel, kind of host, inhabitants → open, shut
CAS = [
    ("CGFP L343-1", "titulaire", False, False, True, "ville", 120_000, "DETACHEMENT_EF", "MUTATION"),
    ("L343-1", "titulaire", False, False, True, "region", None, "DETACHEMENT_EF", "INTEGRATION_DIRECTE"),
    ("L343-1", "cdi", False, False, True, "ville", 40_001, "CONTRAT_CDD", "PORTABILITE_CDI"),
    ("L343-1", "cdi", False, False, True, "ville", 40_000, "", "CONTRAT_CDD"),
    ("L343-1", "cdd", False, False, True, "departement", 600_000, "CONTRAT_CDD", "MAD"),
    ("L5211-4-2", "titulaire", True, False, False, "ville", 1, "SERVICE_COMMUN", "AFFECTATION_INTERNE"),
    ("L512-23", "titulaire", True, True, False, "ville", 1, "AFFECTATION_INTERNE", "SERVICE_COMMUN"),
    ("L512-23", "titulaire", False, False, False, "ville", 1, "MUTATION", "AFFECTATION_INTERNE"),
    ("L412-6", "titulaire", False, False, False, "ville", 1, "MUTATION", "DETACHEMENT_EF"),
]  # fmt: skip


@pytest.fixture
def mobilite(scene):
    return faire_mobilite(
        faire_proposition(scene.opportunite, scene.cadre, "acceptee"), date_effet=dans(100)
    )


@pytest.mark.parametrize(
    ("source", "statut", "groupe", "un_seul", "fonctionnel", "genre", "population", "ouverte", "fermee"),
    CAS,
)  # fmt: skip
def test_route(
    mobilite, source, statut, groupe, un_seul, fonctionnel, genre, population, ouverte, fermee
):
    origine, accueil = mobilite.collectivite_origine, mobilite.collectivite_accueil
    if un_seul:
        mobilite.collectivite_accueil = accueil = origine
    accueil.code, accueil.population = genre, population
    for collectivite in (origine, accueil):
        collectivite.groupe_employeur = "GRP" if groupe else ""
    mobilite.cadre.statut = statut
    mobilite.poste_accueil.emploi_fonctionnel = fonctionnel

    codes = {v.code for v in voies.voies_possibles(mobilite)}

    assert not ouverte or ouverte in codes, source
    assert fermee not in codes, source


@pytest.mark.parametrize(
    ("effet", "designation", "jusqu_au"),
    [
        (date(2026, 1, 1), None, date(2026, 7, 1)),
        (date(2026, 1, 1), date(2026, 3, 28), date(2026, 9, 28)),
        (date(2026, 6, 1), date(2026, 3, 28), date(2026, 12, 1)),
    ],
)
def test_the_six_months_of_an_emploi_fonctionnel_run_again_at_each_designation(
    effet, designation, jusqu_au
):
    dates = delais.echeances_apres_effet("DETACHEMENT_EF", effet, designation)
    assert [e.quand for e in dates if "mettre fin aux fonctions" in e.libelle] == [jusqu_au]


@pytest.mark.parametrize(
    ("voie", "champ", "dit"),
    [
        ("MAD", "cet", "autorisation des deux employeurs"),
        ("MUTATION", "a_savoir", "durée minimale de services"),
        ("DETACHEMENT_LONG", "a_savoir", "durée minimale de services"),
        ("SERVICE_COMMUN", "effet", "mis à disposition de plein droit"),
        ("SERVICE_COMMUN", "effet", "avantages acquis"),
        ("DETACHEMENT_EF", "qui_decide", "L’employeur d’origine détache"),
        ("DETACHEMENT_EF", "a_savoir", "chaque désignation"),
        ("AFFECTATION_INTERNE", "a_savoir", "une même personne morale"),
    ],
)
def test_what_a_route_says(voie, champ, dit):
    assert dit in getattr(voies.toutes_les_voies()[voie], champ).replace("\u00a0", " ")


def test_the_month_of_publicity_is_regulatory():
    regle = delais.regles()["DVE_PUBLICITE"].texte
    assert "L313-4" not in regle
    assert "Partie réglementaire" in regle


def test_an_emploi_fonctionnel_is_warned_of(mobilite):
    mobilite.poste_accueil.emploi_fonctionnel = True
    assert "ni mutation, ni intégration directe" in " ".join(voies.precautions(mobilite))
