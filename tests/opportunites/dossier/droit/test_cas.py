"""The table of cases: what each text makes of a route, one row a case, with its source."""

from datetime import date

import pytest
from django.conf import settings

from opportunites.dossier.droit import checklist, delais, voies
from opportunites.dossier.predicats import demande_impossible, notification_impossible
from opportunites.paie.voies import voies_pour
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

    mobilite.cadre.collectivite = origine
    mobilite.poste_accueil.collectivite = accueil
    codes = {v.code for v in voies.voies_possibles(mobilite)}

    assert not ouverte or ouverte in codes, source
    assert fermee not in codes, source
    # What a pay sheet may suppose is what the file of the move may choose.
    assert {code for code, _ in voies_pour(mobilite.cadre, mobilite.poste_accueil)} <= codes, source


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


@pytest.mark.parametrize(
    ("source", "recue", "notifie", "possible"),
    [
        ("L511-3 : la veille de l’anniversaire", date(2026, 1, 10), date(2026, 3, 9), True),
        ("L511-3 : l’anniversaire même", date(2026, 1, 10), date(2026, 3, 10), True),
        ("L511-3 : le lendemain, l’accord est acquis", date(2026, 1, 10), date(2026, 3, 11), False),
        ("L511-3 : 31 décembre, dernier jour de février", date(2025, 12, 31), date(2026, 2, 28), True),
        ("L511-3 : 31 décembre, 1er mars", date(2025, 12, 31), date(2026, 3, 1), False),
        ("L511-3 : le jour de la demande", date(2026, 1, 10), date(2026, 1, 10), True),
        ("L511-3 : avant la demande", date(2026, 1, 10), date(2026, 1, 9), False),
    ],
)  # fmt: skip
def test_until_when_a_refusal_is_notified(mobilite, source, recue, notifie, possible):
    mobilite.voie, mobilite.demande_recue_le = "MUTATION", recue
    assert (notification_impossible(mobilite, notifie) is None) is possible, source
    # The silence is a yes on the very day from which a refusal is late.
    assert delais.est_acquise(recue, notifie) is (notifie > delais.acceptation_tacite(recue))


#: who dates the reception, of a request made by the person or not → whether the law lets them
DATES = [
    ("L511-3 : l’accueil date seul", "accueil", False, False),
    ("L511-3 : la personne a demandé, l’accueil date", "accueil", True, True),
    ("L511-3 : l’origine date la lettre qu’elle a reçue", "origine", False, True),
]


@pytest.mark.parametrize(("source", "qui", "faite", "admis"), DATES)
def test_who_dates_the_request_of_the_person(scene, mobilite, source, qui, faite, admis):
    acteur = scene.troupe.drh_region if qui == "accueil" else scene.troupe.drh_departement
    mobilite.demande_recue_le, mobilite.demande_faite_le = None, dans(-2) if faite else None
    refus = demande_impossible(acteur, mobilite, "MUTATION", dans(-1))
    assert (refus is None) is admis, source


@pytest.mark.parametrize(
    ("source", "voie", "points"),
    [
        ("L511-3", "MUTATION", {"DEMANDE_DEPART"}),
        ("L511-3", "DISPONIBILITE", {"DISPONIBILITE_DEMANDE"}),
        ("L5211-4-2", "SERVICE_COMMUN", {"SERVICE_COMMUN_ACQUIS", "SERVICE_COMMUN_RADIATION"}),
        ("Décret 2004-878, article 9", "MAD", {"CET_MAD_ORIGINE", "CET_MAD_ACCUEIL"}),
        ("L412-6", "DETACHEMENT_EF", {"DELIBERATION_EF", "ARRETE_DETACHEMENT"}),
    ],
)
def test_what_the_list_asks_for(mobilite, source, voie, points):
    mobilite.voie, mobilite.demande_recue_le = voie, None
    assert points <= {m.code for m in checklist.modeles() if m.concerne(mobilite)}, source


def test_the_arrete_of_detachement_is_the_origins():
    (arrete,) = [m for m in checklist.modeles() if m.code == "ARRETE_DETACHEMENT"]
    assert arrete.cote == "origine"


def test_wherever_the_month_of_publicity_is_told_its_text_is_the_regulatory_one():
    """L313-4 asks for the publicity; how long is in the partie réglementaire."""
    fautifs = []
    for gabarit in (settings.BASE_DIR / "templates").rglob("*.html"):
        texte = gabarit.read_text()
        parle_du_mois = ".publicite }}" in texte or "un mois" in texte
        if "L313-4" in texte and parle_du_mois and "réglementaire" not in texte:
            fautifs.append(gabarit.name)
    assert not fautifs


def test_an_emploi_fonctionnel_is_warned_of(mobilite):
    mobilite.poste_accueil.emploi_fonctionnel = True
    assert "ni mutation, ni intégration directe" in " ".join(voies.precautions(mobilite))
