"""Criteria after the list: what they would keep, what they may not speak of, whom they remove."""

import itertools
from collections import Counter
from datetime import date, datetime, time

import pytest
from django.contrib.messages import get_messages
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cadres.models import Cadre, Candidature, Critere
from cadres.registre.bornes import domaines_de
from cadres.registre.criteres import effets_arretes
from cadres.registre.criteres.conditions import (
    INCONNU,
    MANQUE,
    TENU,
    avec_etats,
    condition,
    ensemble,
    population,
)
from cadres.registre.criteres.effets import Compte, Effet, mesurer
from cadres.registre.criteres.interdits import motif_interdit
from collectivites.models import EntreeJournal
from tests import fabriques

URL = "/registre/criteres/"
Etat = Candidature.Etat


@pytest.fixture
def dgs(troupe, client_de):
    return client_de(troupe.dgs_departement)


@pytest.fixture
def liste(troupe):
    """Every combination of what a file may say, or not say."""
    valeurs = itertools.product(
        ("A", "B", ""),
        (fabriques.dans(-2000), fabriques.dans(-100), None),
        ((True, 12), (True, None), (False, None), (None, None)),
        ("F", "M", ""),
    )
    for n, (categorie, entree, (encadre, agents), civilite) in enumerate(valeurs):
        fabriques.faire_cadre(
            troupe.departement if n % 3 else troupe.region,
            "accord",
            categorie=categorie,
            date_entree_poste=entree,
            encadrement=encadre,
            nb_agents=agents,
            civilite=civilite,
            avec_compte=False,
            vise_promotion=bool(n % 2),
            statut="titulaire" if n % 5 else "",
        )


CRITERES = {
    "anciennete": ["3"],
    "categorie": ["A", "A+"],
    "encadrement": ["oui"],
    "agents": ["10"],
    "statut": ["titulaire"],
    "visee": ["vise_promotion"],
}


def conditions_de(acteur, criteres=None):
    return [condition(acteur, g, v) for g, v in (criteres or CRITERES).items()]


def test_the_database_counts_what_python_would(troupe, liste):
    acteur = troupe.drh_departement
    conditions = conditions_de(acteur)
    cadres = population(acteur, "")
    effets = mesurer(cadres, conditions)
    tous = list(avec_etats(cadres, conditions))
    for effet in effets[:-1]:
        compte = Counter(getattr(cadre, effet.condition.cle) for cadre in tous)
        assert effet.ensemble == Compte(compte[TENU], compte[MANQUE], compte[INCONNU])
        assert sum(c.total for c in effet.par_collectivite.values()) == len(tous)
    etats = [{getattr(cadre, c.cle) for c in conditions} for cadre in tous]
    attendu = Compte(
        tenus=sum(e == {TENU} for e in etats),
        manques=sum(MANQUE in e for e in etats),
        inconnus=sum(MANQUE not in e and INCONNU in e for e in etats),
    )
    assert effets[-1].ensemble == attendu
    assert attendu.tenus
    assert attendu.inconnus
    for groupe, nombre in zip(
        (TENU, MANQUE, INCONNU), (attendu.tenus, attendu.manques, attendu.inconnus), strict=True
    ):
        assert cadres.filter(ensemble(conditions)[groupe]).count() == nombre


def test_what_another_employer_does_not_read_stays_unknown(troupe, liste):
    acteur = troupe.drh_departement
    effet = mesurer(population(acteur, ""), conditions_de(acteur, {"statut": ["titulaire"]}))[0]
    region = effet.par_collectivite[troupe.region.pk]
    assert region.connus == 0
    assert region.inconnus


def test_one_query_whatever_the_number_of_cadres_and_criteria(troupe, dgs):
    comptes = []
    dgs.get(URL)  # the session, which slides, is written now
    for n in (1, 5, 40):
        for _ in range(n):
            fabriques.faire_cadre(troupe.departement, "accord")
        with CaptureQueriesContext(connection) as requetes:
            dgs.get(URL, {"essai": 1, "anciennete": 3, "categorie": "A", "encadrement": "oui"})
        comptes.append(len(requetes))
    assert comptes[0] == comptes[1] == comptes[2] <= 12


def test_the_page_says_who_falls_out_and_why(troupe, dgs):
    fabriques.faire_cadre(
        troupe.departement, "accord", nom="Récent", date_entree_poste=fabriques.dans(-100)
    )
    fabriques.faire_cadre(troupe.departement, "accord", nom="Vague", date_entree_poste=None)
    fabriques.faire_cadre(troupe.region, "informe", nom="Cachette", date_entree_poste=None)
    demande = {"essai": 1, "anciennete": 3}
    ecartes = dgs.get(URL, demande).content.decode()
    assert "Récent" in ecartes
    assert "Dans le poste depuis moins longtemps" in ecartes
    assert "Vague" not in ecartes
    inconnus = dgs.get(URL, {**demande, "voir": "inconnus"}).content.decode()
    assert "Vague" in inconnus
    assert "Date d’entrée dans le poste inconnue" in inconnus
    assert "Cachette" not in ecartes + inconnus
    assert Candidature.objects.filter(etat=Etat.ACCORD, cadre__nom="Récent").exists()


def test_without_criteria_everybody_is_kept(troupe, dgs):
    page = dgs.get(URL)
    assert page.context["tous"].ensemble.manques == 0
    assert page.context["voir"] == "gardes"


def test_the_partial_equals_the_full_reload(troupe, dgs, liste):
    for demande in ({}, {"essai": 1, "agents": 10, "voir": "inconnus", "page": 2}):
        entier = dgs.get(URL, demande).content.decode()
        partiel = dgs.get(URL, demande, headers={"HX-Request": "true"}).content.decode()
        assert partiel.strip() in entier


def test_dgs_and_drh_write_them_and_the_journal_tells(troupe, dgs, client_de):
    dgs.post("/registre/criteres/ecrire/", {"anciennete": "3", "categorie": ["A", "A+"]})
    assert {c.genre: c.valeurs for c in Critere.objects.all()} == {
        "anciennete": ["3"],
        "categorie": ["A+", "A"],
    } or {c.genre: sorted(c.valeurs) for c in Critere.objects.all()} == {
        "anciennete": ["3"],
        "categorie": ["A", "A+"],
    }
    drh = client_de(troupe.drh_departement)
    page = drh.get(URL)
    assert page.context["formulaire"]["anciennete"].value() == "3"
    assert len(page.context["conditions"]) == 2
    drh.post("/registre/criteres/ecrire/", {"anciennete": "5"})
    assert [c.valeurs for c in Critere.objects.all()] == [["5"]]
    lignes = EntreeJournal.objects.filter(acte="criteres.ecrits")
    assert lignes.count() == 2
    reponse = drh.post("/registre/criteres/ecrire/", {"anciennete": "5"})
    assert "déjà enregistrés" in " ".join(str(m) for m in get_messages(reponse.wsgi_request))
    assert lignes.count() == 2
    assert client_de(troupe.drh_region).get(URL).context["conditions"] == []


def test_a_gestionnaire_reads_and_does_not_write(troupe, client_de):
    client = client_de(troupe.gestionnaire_region)
    assert client.get(URL).status_code == 200
    assert "Enregistrer ces critères" not in client.get(URL).content.decode()
    assert client.post("/registre/criteres/ecrire/", {"anciennete": "5"}).status_code == 403


def test_nonsense_in_the_address_is_said_and_changes_nothing(dgs):
    page = dgs.get(URL, {"essai": 1, "anciennete": "-4", "categorie": "Z", "qui": "x", "voir": "y"})
    assert page.status_code == 200
    assert page.context["conditions"] == []
    assert "supérieure ou égale à 0" in page.content.decode()


@pytest.mark.parametrize(
    "texte",
    [
        "moins de 45 ans",
        "né avant 1975",
        "Âge",
        "date de naissance",
        "les femmes d’abord",
        "sexe",
        "mère de famille",
        "sans enfants",
        "congé maternité",
        "RQTH",
        "peu d’arrêts maladie",
        "absentéisme",
        "pas syndiqué",
        "nationalité",
        "apparence physique",
        "religion",
    ],
)
def test_what_the_law_forbids_is_refused_with_its_reason(dgs, texte):
    assert "L131-1" in motif_interdit(texte)
    page = dgs.get(URL, {"essai": 1, "autre": texte}).content.decode()
    assert "ne peut pas être un critère" in page
    assert "L131-1" in page


@pytest.mark.parametrize("cle", ["age", "sexe", "civilite", "enfants", "sante"])
def test_an_attempt_by_the_address_is_refused_too(dgs, cle):
    page = dgs.get(URL, {"essai": 1, cle: "1"})
    assert len(page.context["refus"]) == 1
    assert page.context["conditions"] == []


@pytest.mark.parametrize(
    "texte", ["parle allemand", "3 ans de management", "en poste depuis 25 ans", "permis bateau"]
)
def test_what_the_registre_cannot_measure_is_said_as_such(dgs, texte):
    page = dgs.get(URL, {"essai": 1, "autre": texte})
    assert "ne sait pas mesurer" in page.content.decode()


@pytest.mark.parametrize(
    ("femmes", "hommes", "alerte"),
    [
        (Compte(70, 30), Compte(90, 10), "femmes"),  # 70 % against 90 %: under four fifths
        (Compte(7, 3), Compte(9, 1), ""),  # the same rates, but chance makes as much of so few
        (Compte(80, 20), Compte(100, 0), ""),  # exactly four fifths
        (Compte(100, 0), Compte(70, 30), "hommes"),
        (Compte(0, 9), Compte(10, 0), ""),  # nine women: too few to say
        (Compte(2, 8, 50), Compte(10, 0), "femmes"),  # unknown files weigh nothing
        (Compte(0, 10), Compte(0, 10), ""),
    ],
)
def test_a_proxy_is_told_by_the_four_fifths_rule(femmes, hommes, alerte):
    texte = Effet(None, femmes=femmes, hommes=hommes).alerte
    assert (f"plus les {alerte}" in texte) if alerte else not texte


def test_the_warning_is_on_the_page(troupe, dgs):
    for civilite, agents in (("F", 2), ("M", 40)):
        for _ in range(12):
            fabriques.faire_cadre(
                troupe.departement, "accord", civilite=civilite, nb_agents=agents, avec_compte=False
            )
    texte = dgs.get(URL, {"essai": 1, "agents": 20}).content.decode()
    assert "Écarte nettement plus les femmes" in texte
    assert "Règle des quatre cinquièmes" in texte


def test_the_dgs_retains_from_the_page_and_comes_back_to_it(troupe, dgs):
    cadres = [fabriques.faire_cadre(troupe.departement, "accord") for _ in range(2)]
    choix = {"choix": [c.pk for c in cadres], "decision": "retenir", "depuis": "criteres"}
    apercu = dgs.post("/registre/decider/", choix)
    assert 'name="depuis" value="criteres"' in apercu.content.decode()
    reponse = dgs.post("/registre/decider/", {**choix, "confirme": "oui"})
    assert reponse.url == URL
    assert EntreeJournal.objects.filter(acte="cadre.retenu").count() == 2


def test_those_who_left_are_not_on_the_list(troupe):
    fabriques.faire_cadre(troupe.departement, "retire", nom="Parti")
    assert not population(troupe.drh_departement, "").filter(nom="Parti").exists()
    assert Cadre.objects.filter(nom="Parti").exists()


def test_the_families_offered_are_those_of_ones_own_cadres_in_order(troupe, dgs):
    for texte in ("Finances", "Archives", "Budget", "Zoologie", ""):
        fabriques.faire_cadre(troupe.departement, famille_de_metiers=texte)
    fabriques.faire_cadre(troupe.region, "accord", famille_de_metiers="Voirie")
    assert domaines_de(troupe.departement, 40) == ["AUTRE", "CIT04", "ORG04"]
    assert domaines_de(troupe.departement, 2) == ["AUTRE", "CIT04"]
    assert domaines_de(troupe.ville, 40) == []
    texte = dgs.get(URL).content.decode()
    assert "Culture, patrimoine et lecture publique" in texte
    assert "Infrastructures, voirie et réseaux" not in texte


def test_the_effects_on_a_long_list_are_kept_and_say_their_hour(troupe, client_de, monkeypatch):
    cache.clear()
    monkeypatch.setattr(effets_arretes, "SEUIL", 2)
    dgs, region = client_de(troupe.dgs_departement), client_de(troupe.dgs_region)
    for _ in range(4):
        fabriques.faire_cadre(troupe.departement, "accord", categorie="A")
    essai = {"essai": "1", "categorie": "A"}

    def gardes(client, **options):
        reponse = client.get(URL, {**essai, **options})
        return reponse.context["tous"].ensemble.tenus, bool(reponse.context["quand"])

    avant, dit = gardes(dgs)
    assert dit
    assert "ceux-ci sont de" in dgs.get(URL, essai).content.decode()
    fabriques.faire_cadre(troupe.departement, "recense", categorie="A")
    assert gardes(dgs) == (avant, True)
    assert gardes(dgs, categorie="B")[0] != avant  # other criteria are another question
    assert gardes(dgs, actualiser="oui") == (avant + 1, True)
    assert gardes(dgs) == (avant + 1, True)
    assert gardes(region)[0] != avant + 1  # another list, another figure

    monkeypatch.setattr(effets_arretes, "SEUIL", 5_000)
    cache.clear()
    assert gardes(dgs) == (avant + 1, False)


@pytest.mark.parametrize(
    ("recensement", "entree", "etat"),
    [
        (date(2025, 3, 1), date(2022, 3, 1), TENU),  # three years to the very day
        (date(2025, 3, 1), date(2022, 3, 2), MANQUE),
        (date(2024, 2, 29), date(2021, 2, 28), TENU),
        (date(2023, 2, 28), date(2020, 2, 29), MANQUE),
        (date(2025, 3, 1), date(2025, 3, 2), INCONNU),  # another poste since: that day is not told
        (date(2025, 3, 1), None, INCONNU),
    ],
)
def test_years_are_read_on_the_day_when_the_person_was_listed(troupe, recensement, entree, etat):
    """Waiting makes nobody fit, and a move made since makes nobody unfit."""
    cadre = fabriques.faire_cadre(troupe.departement, "accord", date_entree_poste=entree)
    midi = timezone.make_aware(datetime.combine(recensement, time(12)))
    Candidature.objects.filter(cadre=cadre).update(recense_le=midi)
    acteur = troupe.drh_departement
    lu = avec_etats(population(acteur, ""), conditions_de(acteur, {"anciennete": ["3"]}))
    assert lu.get(pk=cadre.pk).critere_anciennete == etat


def test_what_one_looks_like_is_named_as_such(dgs):
    page = dgs.get(URL, {"essai": 1, "autre": "bonne apparence"}).content.decode()
    assert "L’apparence physique ne peut pas être un critère." in page
