"""The form and the staff lists read cadre d'emplois, grade and échelon by the same rules."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cadres.fiche.forms import CadreForm
from cadres.imports.existants import fiches_existantes
from cadres.models import Cadre, ImportCadres
from cadres.recensement.diagnostic import diagnostiquer
from cadres.recensement.fichiers.lecture import lire
from tests import fabriques

BASE = {"prenom": "Ada", "nom": "Nouvelle", "poste": "Cheffe", "origine": "recensement"}


def formulaire(troupe, cadre=None, **valeurs):
    return CadreForm(BASE | valeurs, acteur=troupe.drh_departement, instance=cadre)


def lu_par_un_import(troupe, **valeurs):
    entetes = {"cadre_emplois": "Cadre d'emplois", "grade": "Grade", "echelon": "Échelon"}
    colonnes = {"Nom": "Nouvelle", "Prénom": "Ada", "Catégorie": "A"} | {
        entetes[champ]: valeur for champ, valeur in valeurs.items()
    }
    texte = ";".join(colonnes) + "\n" + ";".join(colonnes.values())
    return diagnostiquer(
        lire(texte.encode(), "c.csv"), existants=fiches_existantes(troupe.departement)
    )


@pytest.mark.parametrize(
    ("saisie", "refuses"),
    [
        ({"grade": "Attaché hors classe", "cadre_emplois": "Ingénieur territorial"}, {"grade"}),
        ({"grade": "Chef des chefs"}, {"grade"}),
        ({"cadre_emplois": "Corps inventé"}, {"cadre_emplois"}),
        ({"grade": "Attaché", "echelon": "14"}, {"echelon"}),
        ({"grade": "Attaché", "echelon": "douze et demi"}, {"echelon"}),
        ({"grade": "Attaché", "echelon": "4"}, set()),
        ({"grade": "att pal", "cadre_emplois": "attaché"}, set()),
    ],
)
def test_what_the_form_refuses_the_import_leaves_and_the_other_way_round(troupe, saisie, refuses):
    form = formulaire(troupe, categorie="A", **saisie)
    form.is_valid()
    assert form.errors.keys() & saisie.keys() == refuses
    diag = lu_par_un_import(troupe, **saisie)
    assert {a.champ for a in (*diag.laissees, *diag.a_corriger)} == refuses


def test_the_form_writes_the_names_of_the_reference_lists(troupe):
    form = formulaire(troupe, categorie="A", grade="ATTACHE PPAL")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["grade"] == "Attaché principal"
    assert form.cleaned_data["cadre_emplois"] == "Attaché territorial"


def test_what_the_file_already_held_is_left_alone(troupe):
    cadre = fabriques.faire_cadre(
        troupe.departement, grade="Grade d’avant", cadre_emplois="Corps d’avant", echelon="99"
    )
    form = formulaire(
        troupe, cadre, grade="Grade d’avant", cadre_emplois="Corps d’avant", echelon="99"
    )
    assert form.is_valid(), form.errors


def test_grades_and_cadres_d_emplois_are_offered(troupe, client_de):
    page = client_de(troupe.drh_departement).get("/registre/nouveau/").content.decode()
    assert 'list="grades"' in page
    assert '<option value="Attaché principal">Attaché territorial</option>' in page
    assert 'list="cadres-emplois"' in page


def test_the_domaine_and_the_aims_come_by_a_staff_list(
    troupe, client_de, django_capture_on_commit_callbacks
):
    client = client_de(troupe.drh_departement)
    texte = (
        "Matricule;Nom;Prénom;Poste;Domaine de métier;Visée : promotion;Visée : mobilité latérale\n"
        "V1;Nouvelle;Ada;Cheffe;finances;oui;non\n"
    )
    depot = SimpleUploadedFile("c.csv", texte.encode())
    for envoyer in (
        lambda: client.post("/recensements/importer/", {"fichier": depot}),
        lambda: client.post(f"/recensements/{ImportCadres.objects.latest('pk').pk}/confirmer/"),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            envoyer()
    cadre = Cadre.objects.get(matricule="V1")
    assert cadre.famille_de_metiers == "Finances et contrôle de gestion"
    assert (cadre.vise_promotion, cadre.vise_mobilite, cadre.vise_developpement) == (
        True,
        False,
        False,
    )
