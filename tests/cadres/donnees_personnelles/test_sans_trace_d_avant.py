"""What named a person before is forgotten with the rest: identifiers, reunions, imports to undo."""

import json

import pytest
from django.db import transaction

from cadres.donnees_personnelles.effacement import anonymiser
from cadres.fiche.fusion import reunir
from cadres.fiche.verrous import verrouiller
from cadres.models import AncienIdentifiant, Cadre, Fusion, ImportCadres
from collectivites.models import Courriel
from collectivites.travaux import courriels
from tests import fabriques
from tests.cadres.imports.aide import LIGNES, fichier

ANCIENNE = "odile.passee@loiret.example"


def oublier(cadre):
    with transaction.atomic():
        anonymiser(verrouiller(cadre.pk))


@pytest.fixture
def cadre(troupe):
    cadre = fabriques.faire_cadre(
        troupe.departement, "desaccord", nom="Quaternaire", prenom="Odile"
    )
    AncienIdentifiant.objects.create(
        cadre=cadre,
        nature="courriel",
        valeur=ANCIENNE,
        collectivite=troupe.region,
        jusqu_au=fabriques.dans(-10),
    )
    return cadre


def test_the_former_identifiers_go_and_the_mails_sent_there(troupe, cadre):
    courriels.deposer_texte(
        objet="Bonjour", corps="Odile", demarche=troupe.demarche, destinataire=ANCIENNE, cle="a"
    )
    oublier(cadre)
    assert not AncienIdentifiant.objects.exists()
    assert not Courriel.objects.filter(destinataire=ANCIENNE).exists()


def test_the_copy_of_a_file_made_one_goes(troupe, cadre):
    autre = fabriques.faire_cadre(troupe.departement, nom="Quaternaire", prenom="Odile")
    reunir(acteur=troupe.drh_departement, un=cadre, deux=autre)
    oublier(cadre)
    assert Fusion.objects.get().copie == {}


def test_an_import_that_wrote_on_the_person_holds_nothing_of_them(
    troupe, client_de, django_capture_on_commit_callbacks
):
    client = client_de(troupe.drh_departement)
    for envoyer in (
        lambda: client.post("/recensements/importer/", {"fichier": fichier(*LIGNES)}),
        lambda: client.post(f"/recensements/{ImportCadres.objects.latest('pk').pk}/confirmer/"),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            envoyer()
    importation = ImportCadres.objects.get()
    assert importation.ecrits
    oublier(Cadre.objects.get(matricule="A1"))
    importation.refresh_from_db()
    assert importation.ecrits == {}
    assert "ubr" not in json.dumps([importation.diagnostic, importation.corrections])
