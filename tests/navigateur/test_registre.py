"""The registre at the keyboard: import, a correction on screen, live criteria, a bulk decision."""

import re

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from cadres.models import Cadre, Candidature, Critere
from collectivites.models import EntreeJournal
from tests import fabriques

pytestmark = pytest.mark.lent

LISTE = """Matricule;Nom;Prénom;Courriel;Catégorie;Poste;En poste depuis
D-9101;Valette;Yann;yann.valette@loiret.example;A;Chef de service;01/09/2020
D-9102;Wagner;Zoé;zoe.wagner@loiret.example;A+;Directrice;31/02/2021
"""


def sans_faute(page):
    fautes = page.temoin.lever()
    assert not fautes, "\n".join(fautes)


def test_a_list_is_imported_and_corrected_on_screen(troupe, ouvrir, tmp_path):
    fichier = tmp_path / "departement.csv"
    fichier.write_text(LISTE, encoding="utf-8")
    page = ouvrir(troupe.drh_departement)
    page.goto("/recensements/")
    page.get_by_label("Votre tableur").set_input_files(fichier)
    page.get_by_role("button", name="Lire le fichier").click()
    page.get_by_role("link", name="Voir le résultat").click()
    corps = page.get_by_role("main")
    expect(corps).to_contain_text("31/02/2021")
    page.locator(".q-corriger summary").first.press("Enter")
    champ = page.locator("form[action$='/corriger/'] input[name=valeur]:visible").first
    champ.fill("28/02/2021")
    champ.press("Enter")
    expect(corps).not_to_contain_text("31/02/2021")
    page.get_by_role("button", name=re.compile("^Importer les")).press("Enter")
    page.get_by_role("link", name="Voir le résultat").click()
    expect(corps).to_contain_text("Import terminé")
    page.goto("/registre/?q=wagner")
    expect(page.locator("#resultats")).to_contain_text("Wagner, Zoé")
    assert Cadre.objects.get(nom="Wagner").date_entree_poste.isoformat() == "2021-02-28"
    sans_faute(page)


def test_criteria_are_read_live_then_kept(troupe, ouvrir):
    for nom, jours in (("Ancien", -3000), ("Recent", -90)):
        fabriques.faire_cadre(
            troupe.departement, "accord", nom=nom, date_entree_poste=fabriques.dans(jours)
        )
    page = ouvrir(troupe.dgs_departement)
    page.goto("/registre/criteres/")
    effets = page.locator("#effets")
    expect(effets).to_contain_text("Aucun critère")
    page.get_by_label("Dans le poste depuis au moins (années)").fill("3")
    expect(effets).to_contain_text("Dans le poste depuis au moins 3\u00a0ans")
    expect(effets).to_contain_text("Recent, Dominique")
    expect(effets).not_to_contain_text("Ancien, Dominique")
    assert "anciennete=3" in page.url
    page.get_by_label("Un autre critère").fill("moins de 45 ans")
    expect(effets).to_contain_text("L131-1")
    page.get_by_role("button", name="Enregistrer ces critères").click()
    expect(page.get_by_role("main")).to_contain_text("inscrits au journal")
    assert {c.genre: c.valeurs for c in Critere.objects.all()} == {"anciennete": ["3"]}
    assert Candidature.objects.filter(cadre__nom="Recent", etat="accord").exists()
    sans_faute(page)


def test_several_are_retained_from_the_criteria_without_a_mouse(troupe, ouvrir):
    for nom in ("Aaun", "Aadeux", "Aatrois"):
        fabriques.faire_cadre(troupe.departement, "accord", nom=nom)
    page = ouvrir(troupe.dgs_departement)
    page.goto("/registre/criteres/?qui=a_decider&essai=1")
    page.get_by_label("Sélectionner Aadeux, Dominique").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    barre = page.locator("#actions-registre")
    expect(barre).to_contain_text("2\u00a0cadres choisis")
    barre.get_by_role("button", name="Retenir", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Retenir 2\u00a0cadres")
    page.get_by_label("Un mot pour la personne").focus()
    page.keyboard.type("Bienvenue")
    page.get_by_role("button", name="Retenir 2\u00a0cadres").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("2\u00a0cadres retenus")
    page.wait_for_url("**/registre/criteres/")
    retenus = Candidature.objects.filter(etat="retenu", cadre__nom__startswith="Aa")
    assert set(retenus.values_list("cadre__nom", flat=True)) == {"Aadeux", "Aatrois"}
    assert EntreeJournal.objects.filter(acte="cadre.retenu", motif="Bienvenue").count() == 2
    sans_faute(page)


def test_a_view_is_kept_and_opened_again(troupe, ouvrir):
    page = ouvrir(troupe.drh_departement)
    page.goto("/registre/?categorie=A&tri=-nom")
    page.get_by_text("Mes vues", exact=True).first.click()
    page.get_by_label("Garder ce qui est affiché sous le nom").fill("Mes A")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("est gardée")
    page.goto("/registre/")
    page.get_by_text("Mes vues").first.click()
    page.get_by_role("link", name="Mes A").click()
    page.wait_for_url("**categorie=A**")
    expect(page.locator("#resultats")).to_contain_text("Catégorie")
    sans_faute(page)


def test_a_selection_lasts_over_pages_and_may_mean_all_that_were_found(troupe, ouvrir):
    for n in range(60):
        fabriques.faire_cadre(troupe.departement, nom=f"Lot-{n:02}")
    page = ouvrir(troupe.drh_departement)
    page.goto("/registre/?q=lot")
    barre = page.locator("#actions-registre")
    compte = barre.get_by_role("status")
    page.get_by_label("Sélectionner Lot-01, Dominique").focus()
    page.keyboard.press("Space")
    expect(compte).to_have_text("1\u00a0cadre choisi")
    page.get_by_role("link", name="Suivante").click()
    page.wait_for_url("**page=2**")
    page.get_by_label("Sélectionner Lot-30, Dominique").check()
    expect(compte).to_have_text("2\u00a0cadres choisis")
    page.reload()
    expect(compte).to_have_text("2\u00a0cadres choisis")
    expect(page.get_by_label("Sélectionner Lot-30, Dominique")).to_be_checked()
    barre.get_by_role("button", name="Informer").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Informer 2\u00a0cadres")
    expect(page.get_by_role("main")).to_contain_text("Lot-01, Dominique")
    page.go_back()
    tous = page.get_by_label("Choisir les 60 cadres trouvés, sur toutes les pages")
    tous.focus()
    page.keyboard.press("Space")
    expect(compte).to_have_text("60\u00a0cadres choisis")
    expect(page.get_by_label("Sélectionner Lot-25, Dominique")).to_be_checked()
    page.get_by_role("link", name="Précédente").click()
    expect(page.get_by_label("Sélectionner Lot-00, Dominique")).to_be_checked()
    # One row out of « all »: what is seen stays chosen. Then all again; other filters end it.
    page.get_by_label("Sélectionner Lot-00, Dominique").uncheck()
    expect(compte).to_have_text("24\u00a0cadres choisis")
    expect(tous).not_to_be_checked()
    tous.check()
    barre.get_by_role("button", name="Informer").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Informer 60\u00a0cadres")
    page.get_by_role("button", name="Envoyer 60\u00a0messages").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("60\u00a0cadres informés")
    assert Candidature.objects.filter(etat="informe", cadre__nom__startswith="Lot").count() == 60
    page.goto("/registre/?q=lot")
    expect(barre).to_be_hidden()
    sans_faute(page)


def test_by_mouse_a_cell_is_corrected_equals_ordered_again_and_two_changed_at_once(troupe, ouvrir):
    """On the words: « Modifier » in the cell, « Puis par », then the bar of several."""
    cadre = fabriques.faire_cadre(troupe.departement, nom="Cellule", categorie="A")
    fabriques.faire_cadre(troupe.departement, nom="Cellule-2", categorie="A")
    page = ouvrir(troupe.drh_departement)
    page.goto("/registre/?q=cellule&tri=categorie")
    page.locator(".q-filtrer > summary").click()
    bouton = page.get_by_role("button", name="Appliquer")
    expect(bouton).to_be_in_viewport(ratio=1)
    page.locator(".q-filtrer").get_by_text("A", exact=True).click()
    bouton.click()
    page.wait_for_url("**categorie=A**")
    assert "=&" not in page.url + "&"
    page.get_by_role("link", name="Modifier dans le tableau").click()
    lien = page.get_by_role("link", name="Modifier : poste occupé, Cellule, Dominique")
    lien.press("Enter")
    expect(page.locator("#resultats form:visible input[type=text]").first).to_be_focused()
    page.keyboard.type("Une erreur")
    page.keyboard.press("Escape")
    expect(lien).to_be_focused()
    lien.click()
    champ = page.locator("#resultats form:visible input[type=text]").first
    champ.fill("Cheffe de la cellule")
    page.locator("#resultats form:visible").get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#resultats")).to_contain_text("Cheffe de la cellule")
    cadre.refresh_from_db()
    assert cadre.poste.intitule == "Cheffe de la cellule"
    page.locator("summary", has_text="Puis par").click()
    page.locator("details.q-menu[open]").get_by_role("link", name="Dans le poste").click()
    page.wait_for_url("**puis=**")
    # Then two of them at once, by the bar: nothing is written before it is read again.
    page.get_by_label("Sélectionner Cellule, Dominique").click()
    page.get_by_label("Sélectionner Cellule-2, Dominique").click()
    page.locator("#actions-registre").get_by_role("button", name="Modifier", exact=True).click()
    page.get_by_label("Direction").fill("Direction de la mer")
    page.get_by_role("button", name="Voir qui change").click()
    cadre.refresh_from_db()
    assert cadre.direction is None or cadre.direction.libelle != "Direction de la mer"
    page.get_by_role("button", name="Modifier 2\u00a0fiches").click()
    expect(page.locator("#resultats")).to_contain_text("Direction de la mer")
    assert Cadre.objects.filter(direction__libelle="Direction de la mer").count() == 2
    sans_faute(page)


def test_the_sheet_goes_to_a_spreadsheet_and_back_by_a_real_file(troupe, ouvrir, tmp_path):
    """Exported by the button, one cell edited as in a spreadsheet, sent back: that cell, and no other."""
    cadres = [
        fabriques.faire_cadre(troupe.departement, nom=f"Retour-{n}", nb_agents=n + 1)
        for n in range(3)
    ]
    page = ouvrir(troupe.drh_departement)
    page.goto("/registre/?q=retour")
    page.get_by_text("Exporter ce qui est affiché").first.click()
    with page.expect_download() as attendu:
        page.locator("details.q-menu[open]").get_by_role("button", name="Excel (xlsx)").click()
    fichier = tmp_path / "registre.xlsx"
    attendu.value.save_as(fichier)
    classeur = load_workbook(fichier)
    feuille = classeur.active
    titres = {c.value: c.column for ligne in feuille.iter_rows(max_row=6) for c in ligne}
    ligne = next(c.row for r in feuille.iter_rows() for c in r if "Retour-1" in str(c.value))
    feuille.cell(ligne, titres["Poste occupé"]).value = "Cheffe du retour"
    classeur.save(fichier)

    page.goto("/recensements/")
    page.get_by_label("Votre tableur").set_input_files(fichier)
    page.get_by_role("button", name="Lire le fichier").click()
    page.get_by_role("link", name="Voir le résultat").click()
    expect(page.get_by_role("main")).to_contain_text("Cheffe du retour")
    assert Cadre.objects.filter(poste__intitule="Cheffe du retour").count() == 0
    page.get_by_role("button", name=re.compile("^Importer")).click()
    page.get_by_role("link", name="Voir le résultat").click()
    expect(page.get_by_role("main")).to_contain_text("Import terminé")
    lus = {c.nom: c.poste.intitule for c in Cadre.objects.filter(nom__startswith="Retour")}
    assert lus["Retour-1"] == "Cheffe du retour"
    assert [lus[c.nom] for c in (cadres[0], cadres[2])] == [
        c.poste.intitule for c in (cadres[0], cadres[2])
    ]
    assert Cadre.objects.filter(nom__startswith="Retour").count() == 3
    sans_faute(page)
