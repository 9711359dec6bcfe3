"""A cell of the sheet is corrected in its place, under the rules of the whole form."""

import pytest
from django.utils.html import escape

from cadres.models import Cadre
from collectivites.models import EntreeJournal
from tests import fabriques

REGISTRE = "/registre/"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def cadre(troupe):
    return fabriques.faire_cadre(
        troupe.departement, nom="Alire", categorie="A", profil="experimente", avec_compte=False
    )


def cellule(cadre, colonne):
    return f"/registre/{cadre.pk}/cellule/{colonne}/"


def saisir(drh, cadre, colonne, **champs):
    saisie = {f"c{cadre.pk}-{nom}": valeur for nom, valeur in champs.items()}
    return drh.post(cellule(cadre, colonne), saisie, **HTMX)


def test_a_page_that_is_read_has_no_pencil_and_one_click_puts_them(cadre, drh):
    page = drh.get(REGISTRE).content.decode()
    assert "q-retouche" not in page
    assert "?collectivite=departement&amp;retouche=oui" in page
    assert cellule(cadre, "poste") in drh.get(REGISTRE, {"retouche": "oui"}).content.decode()


def test_only_ones_own_rows_are_corrected_and_what_is_told_is_not(troupe, cadre, drh, client_de):
    ailleurs = fabriques.faire_cadre(troupe.region, "accord", nom="Ailleurs")
    page = drh.get(REGISTRE, {"retouche": "oui"}).content.decode()
    assert "Ailleurs" in page
    assert cellule(ailleurs, "poste") not in page
    assert cellule(cadre, "situation") not in page
    assert drh.get(cellule(ailleurs, "poste")).status_code == 403
    assert drh.get(cellule(cadre, "situation")).status_code == 404
    dgs = client_de(troupe.dgs_departement).get(REGISTRE, {"retouche": "oui"}).content.decode()
    assert "q-retouche" not in dgs


@pytest.mark.parametrize(
    ("colonne", "champs", "lu"),
    [
        ("poste", {"poste": "Directrice des routes", "direction": "DGA Routes"}, "DGA Routes"),
        ("profil", {"profil": "haut_potentiel"}, "Haut potentiel"),
        ("domaine", {"domaine": "finances et controle de gestion"}, "Finances et contrôle"),
        ("agents", {"encadrement": "oui", "nb_agents": "17"}, "17"),
        ("matricule", {"matricule": "D-77"}, "D-77"),
        ("statut", {"statut": "stagiaire"}, "Stagiaire"),
        ("anciennete", {"date_entree_poste": "2020-03-02"}, "ans"),
    ],
)
def test_what_is_typed_is_in_the_file_and_in_the_cell(cadre, drh, colonne, champs, lu):
    reponse = saisir(drh, cadre, colonne, **champs)
    assert lu in reponse.content.decode()
    assert "Enregistré" in reponse.content.decode()
    ligne = EntreeJournal.objects.get(cadre_ref=cadre.pk, acte="cadre.modifie")
    assert set(ligne.details["champs"]) <= set(champs)


def test_a_colleague_who_corrects_another_field_meanwhile_loses_nothing(cadre, drh, monkeypatch):
    """The page was read before; only what the cell shows is written."""
    drh.get(cellule(cadre, "profil"), **HTMX)
    Cadre.objects.filter(pk=cadre.pk).update(matricule="NEUF")
    saisir(drh, cadre, "profil", profil="haut_potentiel")
    cadre.refresh_from_db()
    assert (cadre.matricule, cadre.profil) == ("NEUF", "haut_potentiel")


@pytest.mark.parametrize(
    ("colonne", "champs", "dit"),
    [
        ("domaine", {"domaine": "poterie"}, "Cette famille n’est pas dans la liste."),
        ("anciennete", {"date_entree_poste": "2999-01-01"}, "Cette date est à venir"),
        ("poste", {"poste": "", "direction": ""}, "Écrivez l’intitulé du poste occupé."),
        ("categorie", {"categorie": "C"}, "hors du public visé"),
        ("courriel", {"courriel": "sans arobase"}, "Écrivez une adresse complète"),
    ],
)
def test_the_form_refuses_here_what_it_refuses_there(cadre, drh, colonne, champs, dit):
    Cadre.objects.filter(pk=cadre.pk).update(encadrement=None)
    page = saisir(drh, cadre, colonne, **champs).content.decode()
    assert escape(dit) in page
    assert all(valeur in page for valeur in champs.values())
    assert not EntreeJournal.objects.filter(cadre_ref=cadre.pk).exists()


def test_changing_ones_mind_gives_the_cell_back(cadre, drh):
    lue = drh.get(cellule(cadre, "profil") + "?lire=oui", **HTMX).content.decode()
    assert "Expérimenté" in lue
    assert "<form" not in lue


def test_without_script_the_cell_has_its_page_and_the_list_comes_back_as_it_was(cadre, drh):
    origine = {"HTTP_REFERER": "http://testserver/registre/?q=alire&tri=-nom&retouche=oui"}
    page = drh.get(cellule(cadre, "profil"), **origine)
    assert "Profil, Dominique Alire" in page.content.decode()
    parametres = page.context["parametres"]
    saisie = {f"c{cadre.pk}-profil": "haut_potentiel", "parametres": parametres}
    reponse = drh.post(cellule(cadre, "profil"), saisie)
    assert reponse.url == "/registre/?q=alire&tri=-nom&retouche=oui"
