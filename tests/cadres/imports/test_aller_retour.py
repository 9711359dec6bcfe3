"""Out to Excel and back, through the site: what was edited there, what changed here meanwhile."""

import io
import time
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from cadres.fiche.actions import modifier
from cadres.imports.actions import repondre_import
from cadres.models import Cadre, Candidature, ImportCadres
from cadres.recensement.personnes.cles import ENTETE_CLE
from cadres.recensement.resultat import Diagnostic
from collectivites.models import Direction, Poste
from tests import fabriques

COLONNES = (
    "poste",
    "anciennete",
    "categorie",
    "agents",
    "domaine",
    "statut",
    "echelon",
    "courriel",
)
COLONNES = (*COLONNES, "matricule", "profil", "cadre_emplois", "situation")
LETTRES = str.maketrans("0123456789", "ABCDEFGHIJ")


def exporter(client, format_="xlsx", **parametres):
    reponse = client.get(
        "/registre/exporter/", {"format": format_, "colonnes": ",".join(COLONNES), **parametres}
    )
    return b"".join(reponse.streaming_content)


def classeur(octets):
    feuille = load_workbook(io.BytesIO(octets)).active
    return feuille, {cellule.value: cellule.column for cellule in feuille[1]}


def changer(feuille, rangs, noms, colonne, valeur):
    """As in Excel: the cell of that column, on the rows of those people."""
    for ligne in feuille.iter_rows(min_row=2):
        if ligne[rangs["Nom"] - 1].value in noms:
            ligne[rangs[colonne] - 1].value = valeur


def renvoyer(deposer, octets, nom="registre.xlsx"):
    return deposer(SimpleUploadedFile(nom, octets))


def enregistrer(feuille):
    tampon = io.BytesIO()
    feuille.parent.save(tampon)
    return tampon.getvalue()


def diagnostic(importation):
    importation.refresh_from_db()
    return Diagnostic.depuis_json(importation.diagnostic)


@pytest.fixture
def siens(troupe):
    Cadre.objects.filter(collectivite=troupe.departement).delete()
    direction = Direction.objects.create(collectivite=troupe.departement, libelle="Finances")
    return [
        fabriques.faire_cadre(
            troupe.departement,
            "accord",
            nom=nom,
            prenom="Jeanne",
            civilite="F",
            matricule=f"0{rang}",
            courriel=f"j{rang}@loiret.example",
            grade="Attaché principal",
            echelon="4",
            statut="cdi",
            categorie="A",
            profil="experimente",
            nb_agents=12,
            encadrement=True,
            direction=direction,
            date_entree_poste=date(2019, 3, 1),
        )
        for rang, nom in enumerate(("Aubry", "Besson", "Carlier"), start=1)
    ]


@pytest.mark.parametrize("format_", ["xlsx", "csv", "ods"])
def test_the_export_sent_back_untouched_changes_nothing_and_adds_nobody(
    troupe, drh, deposer, siens, format_
):
    fabriques.faire_cadre(troupe.region, "accord", nom="Voisine")
    importation = renvoyer(deposer, exporter(drh, format_), f"registre.{format_}")
    lu = diagnostic(importation)
    assert (lu.nouveaux, lu.mis_a_jour, lu.conflits, lu.questions) == ((), (), (), ())
    assert (lu.a_corriger, lu.laissees) == ((), ())
    assert {i.fiche_id for i in lu.inchanges} == {c.pk for c in siens}
    page = drh.get(f"/recensements/{importation.pk}/").content.decode()
    assert "d’un autre employeur (Région" in page
    assert ENTETE_CLE not in page


def test_numbers_are_numbers_dates_are_dates_and_filters_are_on(drh, siens):
    feuille, rangs = classeur(exporter(drh))
    rang_d_aubry = next(
        ligne[0].row for ligne in feuille.iter_rows(min_row=2) if ligne[0].value == "Aubry"
    )
    ligne = {entete: feuille.cell(rang_d_aubry, rang).value for entete, rang in rangs.items()}
    assert (ligne["Agents encadrés"], ligne["Échelon"], ligne["Matricule"]) == (12, 4, "01")
    assert ligne["Dans le poste depuis le"].date() == date(2019, 3, 1)
    assert ligne["Civilité"] == "Madame"
    assert feuille.auto_filter.ref
    assert feuille.freeze_panes == "A2"
    assert feuille.column_dimensions[get_column_letter(rangs[ENTETE_CLE])].hidden


def test_a_text_that_looks_like_a_formula_stays_a_text(drh, siens):
    siens[0].poste.intitule = "=1+1"
    siens[0].poste.save()
    feuille, rangs = classeur(exporter(drh))
    cellules = [ligne[rangs["Poste occupé"] - 1] for ligne in feuille.iter_rows(min_row=2)]
    (formule,) = [cellule for cellule in cellules if cellule.value == "=1+1"]
    assert formule.data_type == "s"


def test_what_changed_on_both_sides_is_shown_and_chosen(troupe, drh, deposer, confirmer, siens):
    feuille, rangs = classeur(exporter(drh))
    changer(feuille, rangs, {"Aubry", "Besson"}, "Échelon", 7)
    changer(feuille, rangs, {"Carlier"}, "Grade", None)
    modifier(acteur=troupe.drh_departement, cadre=siens[0], donnees={"echelon": "5"})
    importation = renvoyer(deposer, enregistrer(feuille))
    page = drh.get(f"/recensements/{importation.pk}/").content.decode()
    assert "Changées des deux côtés depuis l’export" in page
    assert "cellule vidée" in page
    (conflit,) = diagnostic(importation).conflits
    assert (conflit.exporte, conflit.actuel, conflit.fichier) == ("4", "5", "7")

    nom = f"conflit_{conflit.ligne}_echelon"
    drh.post(f"/recensements/{importation.pk}/repondre/", {nom: "fichier"})
    assert diagnostic(importation).conflits == ()
    confirmer(importation)
    assert [c.echelon for c in Cadre.objects.filter(pk__in=[s.pk for s in siens])] == [
        "7",
        "7",
        "4",
    ]
    assert Cadre.objects.get(pk=siens[2].pk).grade == "Attaché principal"


def test_the_answer_is_given_for_all_at_once_and_asked_again(troupe, drh, deposer, siens):
    feuille, rangs = classeur(exporter(drh))
    changer(feuille, rangs, {"Aubry", "Besson"}, "Échelon", 7)
    for cadre in siens[:2]:
        modifier(acteur=troupe.drh_departement, cadre=cadre, donnees={"echelon": "5"})
    importation = renvoyer(deposer, enregistrer(feuille))
    adresse = f"/recensements/{importation.pk}/repondre/"
    drh.post(adresse, {"tous": "registre"})
    lu = diagnostic(importation)
    assert (lu.conflits, lu.mis_a_jour) == ((), ())
    assert "Revoir ces réponses" in drh.get(f"/recensements/{importation.pk}/").content.decode()
    drh.post(adresse, {"revoir": "oui"})
    assert len(diagnostic(importation).conflits) == 2


def peupler(collectivite, combien):
    """So many people, in three statements."""
    postes = Poste.objects.bulk_create(
        Poste(collectivite=collectivite, intitule=f"Poste {n}") for n in range(combien)
    )
    cadres = []
    for n, poste in enumerate(postes):
        cadre = Cadre(
            collectivite=collectivite,
            nom=f"Nom{str(n).translate(LETTRES)}",
            prenom="Anne",
            matricule=f"{n:05}",
            courriel=f"a{n}@loiret.example",
            grade="Attaché",
            echelon="4",
            categorie="A",
            poste=poste,
        )
        cadre.recherche = cadre.calculer_recherche()
        cadres.append(cadre)
    Cadre.objects.bulk_create(cadres)
    Candidature.objects.bulk_create(Candidature(cadre=cadre) for cadre in cadres)
    return cadres


@pytest.mark.lent
@pytest.mark.parametrize("combien", [1_000, pytest.param(10_000, marks=pytest.mark.lourd)])
def test_ten_thousand_out_fifty_edited_five_changed_meanwhile(
    troupe, drh, deposer, confirmer, combien
):
    Cadre.objects.filter(collectivite=troupe.departement).delete()
    peupler(troupe.departement, combien)
    depart = time.process_time()
    feuille, rangs = classeur(exporter(drh))
    matricules = [f"{n:05}" for n in range(0, combien // 2, combien // 100)]
    for ligne in feuille.iter_rows(min_row=2):
        if ligne[rangs["Matricule"] - 1].value in matricules:
            ligne[rangs["Échelon"] - 1].value = 7
    for cadre in Cadre.objects.filter(matricule__in=matricules[:5]):
        modifier(acteur=troupe.drh_departement, cadre=cadre, donnees={"echelon": "5"})
    avant = dict(Cadre.objects.values_list("pk", "echelon"))

    importation = renvoyer(deposer, enregistrer(feuille))
    lu = diagnostic(importation)
    assert (len(lu.mis_a_jour), len(lu.conflits), lu.nb_inchangees) == (45, 5, combien - 50)
    assert (lu.nouveaux, lu.questions, lu.a_corriger) == ((), (), ())
    assert dict(Cadre.objects.values_list("pk", "echelon")) == avant  # nothing before the yes
    assert drh.get(f"/recensements/{importation.pk}/").status_code == 200

    confirmer(importation)
    apres = dict(Cadre.objects.values_list("pk", "echelon"))
    changes = {pk for pk, echelon in apres.items() if echelon != avant[pk]}
    assert len(changes) == 45
    assert {apres[pk] for pk in changes} == {"7"}
    assert time.process_time() - depart < 20  # seconds of work, a spreadsheet program's included


def test_answers_are_for_the_hr_direction_of_the_file_alone(troupe, deposer, siens, drh, client_de):
    importation = renvoyer(deposer, exporter(drh))
    autre = client_de(troupe.drh_region)
    assert autre.post(f"/recensements/{importation.pk}/repondre/", {}).status_code == 404
    with pytest.raises(PermissionDenied):
        repondre_import(
            acteur=troupe.drh_region,
            importation=ImportCadres.objects.get(pk=importation.pk),
            reponses={(2, "echelon"): "fichier"},
        )
