"""The same person or two: answered by mouse on words, and at the keyboard; kept when read again."""

import re

import pytest
from playwright.sync_api import expect

from cadres.models import Cadre
from tests import fabriques

pytestmark = pytest.mark.lent

LISTE = """Matricule;Nom;Prénom;Courriel;Catégorie;Poste
;Vallier;Inès;ines.vallier@loiret.example;A;Directrice
;Wagner;Zoé;zoe.wagner@loiret.example;A;Juriste
"""


def sans_faute(page):
    fautes = page.temoin.lever()
    assert not fautes, "\n".join(fautes)


def test_the_same_person_or_two_by_mouse_and_keyboard(troupe, ouvrir, tmp_path):
    for nom, prenom in (("Vallier", "Inès"), ("Wagner", "Zoé")):
        fabriques.faire_cadre(
            troupe.departement,
            nom=nom,
            prenom=prenom,
            matricule="",
            courriel=f"{nom.lower()}.ancien@loiret.example",
        )
    fichier = tmp_path / "liste.csv"
    fichier.write_text(LISTE, encoding="utf-8")
    page = ouvrir(troupe.drh_departement)
    page.goto("/recensements/")
    page.get_by_label("Votre tableur").set_input_files(fichier)
    page.get_by_role("button", name="Lire le fichier").click()
    page.get_by_role("link", name="Voir le résultat").click()
    expect(page.get_by_role("heading", name=re.compile("Même personne"))).to_be_visible()
    page.get_by_text("C’est la même personne", exact=False).first.click()
    deux = page.get_by_role("radio", name=re.compile("Ce sont deux personnes")).last
    deux.focus()
    deux.press("Space")
    page.get_by_role("button", name="Enregistrer ces réponses").click()
    corps = page.get_by_role("main")
    expect(corps).to_contain_text("Il n’en manque aucune")
    expect(corps).not_to_contain_text("Même personne ou deux")
    page.get_by_text("Corriger la lecture des colonnes").click()
    page.get_by_role("button", name="Relire avec ces colonnes").click()
    expect(corps).not_to_contain_text("Même personne ou deux")
    page.get_by_role("button", name=re.compile("^Importer les")).click()
    page.get_by_role("link", name="Voir le résultat").click()
    expect(corps).to_contain_text("Import terminé")
    assert Cadre.objects.get(nom="Vallier").courriel == "ines.vallier@loiret.example"
    assert Cadre.objects.filter(nom="Wagner").count() == 2
    sans_faute(page)
