"""Races on the registre: two DRH at once, a double confirmation, a double decision."""

import threading
import time

import pytest

from cadres.candidature import actions as actions_candidature
from cadres.fiche import actions as actions_fiche
from cadres.fiche import predicats
from cadres.imports import actions as actions_imports
from cadres.imports import ecriture
from cadres.imports.existants import fiches_existantes
from cadres.models import Cadre, Candidature, ImportCadres
from cadres.recensement.diagnostic import diagnostiquer
from cadres.recensement.fichiers.lecture import lire
from collectivites.models import Courriel, EntreeJournal
from tests import fabriques
from tests.courses.depart import courir

pytestmark = [
    pytest.mark.course,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]

ENTETES = "Matricule;Nom;Prénom;Courriel;Catégorie;Direction;Poste"
LETTRES = "abcdefghijklmnopqrst"
LIGNES = [
    f"A{n};Durand{LETTRES[n % 20]}{LETTRES[n // 20]};Anne;a{n}@loiret.example;A;Direction {n % 7};Cheffe de service"
    for n in range(200)
]


def importation(acteur):
    contenu = "\n".join((ENTETES, *LIGNES)).encode()
    diagnostic = diagnostiquer(lire(contenu, "cadres.csv"), existants=[])
    return ImportCadres.objects.create(
        collectivite=acteur.collectivite,
        mandat=acteur.mandat,
        nom_fichier="cadres.csv",
        etat=ImportCadres.Etat.DIAGNOSTIQUE,
        diagnostic=diagnostic.vers_json(),
    )


def test_ten_imports_of_the_same_list_add_each_person_once(troupe):
    acteurs = [troupe.drh_departement, troupe.gestionnaire_departement] * 5
    imports = [importation(acteur) for acteur in acteurs]
    course = courir(
        10, lambda i: actions_imports.ecrire_recensement(acteur=acteurs[i], importation=imports[i])
    )
    assert not course.fautes
    assert sorted(bilan["nouveaux"] for bilan in course.reussites) == [0] * 9 + [200]
    assert Cadre.objects.filter(matricule__startswith="A").count() == 200


def test_ten_confirmations_of_one_import_write_it_once(troupe):
    seul = importation(troupe.drh_departement)
    course = courir(
        10,
        lambda i: actions_imports.ecrire_recensement(
            acteur=troupe.drh_departement, importation=seul
        ),
    )
    assert not course.fautes
    assert (len(course.reussites), len(course.refus)) == (1, 9)
    assert Cadre.objects.filter(matricule__startswith="A").count() == 200
    assert EntreeJournal.objects.filter(acte="recensement.importe").count() == 1


@pytest.mark.parametrize("premier", ["la main", "la liste"])
def test_a_list_and_a_hand_on_the_same_file_lose_nothing_of_each_other(
    troupe, monkeypatch, premier
):
    """The one who reads first is held between reading and writing, until the other has come."""
    agent = fabriques.faire_cadre(troupe.departement, matricule="M1", nom="Avant", grade="")
    acteur = troupe.drh_departement
    liste = f"Matricule;Nom;Prénom;Grade\nM1;Avant;{agent.prenom};Attaché".encode()
    diagnostic = diagnostiquer(
        lire(liste, "l.csv"), existants=fiches_existantes(troupe.departement)
    )
    seul = ImportCadres.objects.create(
        collectivite=acteur.collectivite,
        mandat=acteur.mandat,
        nom_fichier="l.csv",
        etat=ImportCadres.Etat.DIAGNOSTIQUE,
        diagnostic=diagnostic.vers_json(),
    )
    a_lu = threading.Event()
    tenu, nom = (
        (predicats, "refus_modifier") if premier == "la main" else (ecriture, "suivre_adresses")
    )
    vrai = getattr(tenu, nom)

    def tenir(*args):
        a_lu.set()
        time.sleep(1)
        return vrai(*args)

    monkeypatch.setattr(tenu, nom, tenir)

    def geste(i):
        la_main = (i == 0) == (premier == "la main")
        if i:
            a_lu.wait(10)
        if la_main:
            return actions_fiche.modifier(acteur=acteur, cadre=agent, donnees={"domaine": "TEC02"})
        return actions_imports.ecrire_recensement(acteur=acteur, importation=seul)

    course = courir(2, geste)
    assert not course.fautes
    assert not course.refus
    agent.refresh_from_db()
    assert (agent.grade, agent.domaine) == ("Attaché", "TEC02")


def test_ten_clicks_on_inform_are_one_account_and_one_mail(troupe):
    cadre = fabriques.faire_cadre(troupe.departement)
    course = courir(
        10, lambda i: actions_candidature.informer(acteur=troupe.drh_departement, cadre=cadre)
    )
    assert not course.fautes
    assert Courriel.objects.count() == 1
    cadre.refresh_from_db()
    assert cadre.utilisateur.mandats.count() == 1


def test_a_withdrawal_beats_a_decision_taken_at_the_same_instant(troupe):
    cadre = fabriques.faire_cadre(troupe.departement, "accord")

    def decider(i):
        if i % 2:
            return actions_candidature.retenir(acteur=troupe.dgs_departement, cadre=cadre)
        return actions_candidature.retirer(acteur=fabriques.acteur_du_cadre(cadre))

    course = courir(10, decider)
    assert not course.fautes
    # However the race went, the person's withdrawal has the last word.
    assert Candidature.objects.get(cadre=cadre).etat == Candidature.Etat.RETIRE
