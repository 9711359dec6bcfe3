"""A diagnosis asks: the same person or two, one value for many rows, which sheet, which rows."""

import io

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from cadres.models import Cadre
from cadres.recensement.resultat import Diagnostic
from tests import fabriques
from tests.cadres.imports.aide import LIGNES, fichier, siens

ENTETE = "Matricule;Nom;Prénom;Courriel;Catégorie;Grade;Statut;Poste"


def csv(*lignes):
    return SimpleUploadedFile("c.csv", "\n".join((ENTETE, *lignes)).encode())


def lu(importation):
    importation.refresh_from_db()
    return Diagnostic.depuis_json(importation.diagnostic)


def page(client, importation):
    return client.get(f"/recensements/{importation.pk}/").content.decode().replace("\u00a0", " ")


def connue(troupe):
    return fabriques.faire_cadre(
        troupe.departement,
        "accord",
        nom="Vallier",
        prenom="Inès",
        matricule="",
        courriel="ines.ancien@loiret.example",
    )


MEME = ";VALLIER;Inès;ines.vallier@loiret.example;A;Attaché;Titulaire;Directrice"


def test_the_same_name_with_another_address_is_a_question_with_both_sides(troupe, drh, deposer):
    cadre = connue(troupe)
    importation = deposer(csv(MEME))
    texte = page(drh, importation)
    assert "Même personne ou deux personnes ?" in texte
    assert "ines.ancien@loiret.example" in texte
    assert "ines.vallier@loiret.example" in texte
    assert f'value="{cadre.pk}"' in texte
    assert lu(importation).nouveaux == ()


def test_unanswered_nothing_is_written(troupe, deposer, confirmer):
    connue(troupe)
    importation = confirmer(deposer(csv(MEME, "B1;Neuve;Ada;;A;;;Cheffe")))
    assert importation.resume["questions"] == 1
    assert Cadre.objects.filter(nom="Vallier").count() == 1
    assert Cadre.objects.get(nom="Vallier").courriel == "ines.ancien@loiret.example"


def test_the_same_person_is_updated_and_two_persons_are_two_files(troupe, drh, deposer, confirmer):
    cadre = connue(troupe)
    importation = deposer(csv(MEME))
    drh.post(f"/recensements/{importation.pk}/repondre/", {"qui_2": str(cadre.pk)})
    confirmer(importation)
    assert Cadre.objects.get(nom="Vallier").courriel == "ines.vallier@loiret.example"

    importation = deposer(csv(";VALLIER;Inès;autre@loiret.example;A;;;Juriste"))
    drh.post(f"/recensements/{importation.pk}/repondre/", {"qui_2": "autre"})
    confirmer(importation)
    assert Cadre.objects.filter(nom="Vallier").count() == 2


def test_an_answer_stays_when_the_file_is_read_again(troupe, drh, deposer):
    cadre = connue(troupe)
    importation = deposer(csv(MEME))
    drh.post(f"/recensements/{importation.pk}/repondre/", {"qui_2": str(cadre.pk)})
    colonnes = {
        f"colonne_{rang}": colonne["champ"]
        for rang, colonne in enumerate(importation.resume["colonnes"])
    }
    drh.post(f"/recensements/{importation.pk}/colonnes/", colonnes | {"colonne_5": ""})
    relu = lu(importation)
    assert relu.questions == ()
    assert [m.fiche_id for m in relu.mis_a_jour] == [cadre.pk]
    assert "grade" not in relu.colonnes


def test_a_record_of_somebody_else_is_not_an_answer(troupe, drh, deposer):
    connue(troupe)
    autre = fabriques.faire_cadre(troupe.region, "accord")
    importation = deposer(csv(MEME))
    drh.post(f"/recensements/{importation.pk}/repondre/", {"qui_2": str(autre.pk)})
    assert len(lu(importation).questions) == 1


def test_one_correction_serves_every_row_that_holds_the_same_value(troupe, drh, deposer):
    lignes = [f"S{n};Nom{chr(65 + n)};Ada;;A;;Statut maison;Cheffe" for n in range(3)]
    importation = deposer(csv(*lignes))
    assert "Corriger les 3 lignes semblables" in page(drh, importation)
    saisie = {"ligne": 2, "champ": "statut", "valeur": "Titulaire"}
    drh.post(f"/recensements/{importation.pk}/corriger/", saisie | {"partout": "oui"})
    assert {c.statut for c in lu(importation).nouveaux} == {"titulaire"}


def test_every_suggestion_is_taken_at_once(troupe, drh, deposer):
    lignes = [f"G{n};Nom{chr(65 + n)};Ada;;A;Ataché;;Cheffe" for n in range(2)]
    importation = deposer(csv(*lignes))
    assert "Appliquer toutes les suggestions" in page(drh, importation)
    drh.post(f"/recensements/{importation.pk}/suggestions/")
    assert {c.grade for c in lu(importation).nouveaux} == {"Attaché"}


def test_a_correction_stays_when_the_file_is_read_again(drh, deposer):
    importation = deposer(csv("K1;Nomade;Ada;;A;;Statut maison;Cheffe"))
    saisie = {"ligne": 2, "champ": "statut", "valeur": "CDI"}
    drh.post(f"/recensements/{importation.pk}/corriger/", saisie)
    drh.post(
        f"/recensements/{importation.pk}/colonnes/",
        {"colonne_0": "matricule"}
        | {
            f"colonne_{rang}": colonne["champ"]
            for rang, colonne in enumerate(importation.resume["colonnes"])
            if rang
        },
    )
    assert lu(importation).nouveaux[0].statut == "cdi"


def classeur_a_deux_feuilles():
    classeur = Workbook()
    ancienne, actuelle = classeur.active, classeur.create_sheet("Effectif 2026")
    ancienne.title = "Effectif 2025"
    for feuille, noms in ((ancienne, ("Ancien",)), (actuelle, ("Dupré", "Masquée"))):
        feuille.append(["Nom", "Prénom", "Poste"])
        for nom in noms:
            feuille.append([nom, "Ada", "Cheffe"])
    actuelle.row_dimensions[3].hidden = True
    classeur.active = 1
    tampon = io.BytesIO()
    classeur.save(tampon)
    return SimpleUploadedFile("effectifs.xlsx", tampon.getvalue())


def test_another_sheet_is_chosen_and_hidden_rows_are_left_out(drh, deposer):
    importation = deposer(classeur_a_deux_feuilles())
    texte = page(drh, importation)
    assert "Feuille lue : « Effectif 2026 »" in texte
    assert "1 ligne masquée dans le fichier" in texte
    assert [c.nom for c in lu(importation).nouveaux] == ["Dupré", "Masquée"]
    adresse = f"/recensements/{importation.pk}/relire/"
    drh.post(adresse, {"feuille": "Effectif 2026", "masquees": "sans"})
    assert [c.nom for c in lu(importation).nouveaux] == ["Dupré"]
    drh.post(adresse, {"feuille": "Effectif 2025"})
    assert [c.nom for c in lu(importation).nouveaux] == ["Ancien"]
    drh.post(adresse, {"feuille": "Feuille inventée"})
    assert [c.nom for c in lu(importation).nouveaux] == ["Ancien"]


def test_once_the_file_is_forgotten_the_page_says_so(drh, deposer):
    importation = deposer(classeur_a_deux_feuilles())
    cache.clear()
    assert "Redéposez-le pour le relire" in page(drh, importation)
    reponse = drh.post(f"/recensements/{importation.pk}/relire/", {"masquees": "sans"}, follow=True)
    assert "Redéposez-le pour le relire" in reponse.content.decode()


def test_who_is_absent_is_counted_with_a_departure_to_signal(troupe, drh, deposer, confirmer):
    confirmer(deposer(fichier(*LIGNES)))
    absent = siens(troupe).last()
    texte = page(drh, deposer(fichier(*LIGNES[:2])))
    assert "Absents de ce fichier" in texte
    assert f"/registre/{absent.pk}/depart/" in texte


def test_the_whole_diagnosis_is_a_file(drh, deposer):
    importation = deposer(fichier(*LIGNES))
    reponse = drh.get(f"/recensements/{importation.pk}/diagnostic.xlsx")
    assert reponse.status_code == 200
    assert "diagnostic-" in reponse["Content-Disposition"]


def test_the_list_of_imports_says_the_hour_and_the_counts(drh, deposer, confirmer):
    confirmer(deposer(fichier(*LIGNES)))
    texte = drh.get("/recensements/").content.decode().replace("\u00a0", " ")
    assert "3 nouveaux cadres" in texte
