"""A cadre on a telephone: what is held, a correction, the copy, the withdrawal, the erasure."""

import pytest
from playwright.sync_api import expect

from cadres.donnees_personnelles.purge import purger
from cadres.models import Cadre, Candidature, DemandeCorrection

pytestmark = pytest.mark.lent

TELEPHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_my_data_on_a_telephone_until_nothing_is_left(troupe, ouvrir):
    page = ouvrir(troupe.cadre, **TELEPHONE)
    page.goto("/mes-donnees/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mes données")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    with page.expect_download() as recu:
        page.get_by_role("link", name="Tout télécharger, à lire").click()
    copie = recu.value.path().read_text(encoding="utf-8")
    assert "Pasquier" in copie
    assert "<script" not in copie

    page.get_by_role("link", name="Demander une correction").click()
    page.get_by_label("Ce qui est faux").select_option("poste")
    page.get_by_label("Ce qu’il faut écrire à la place").fill("Cheffe de service depuis mars.")
    page.get_by_role("button", name="Envoyer ma demande").click()
    expect(page.get_by_role("main")).to_contain_text("Réponse attendue")
    assert DemandeCorrection.objects.get().champ == "poste"

    page.get_by_role("link", name="Dire mes compétences").click()
    page.get_by_label("Fixer un cap et l’expliquer").select_option("4")
    page.get_by_role("button", name="Enregistrer mes compétences").click()
    expect(page.get_by_role("main")).to_contain_text("Expertise, transmission")

    page.get_by_role("link", name="Me retirer de la démarche").click()
    page.get_by_role("button", name="Me retirer maintenant").click()
    assert Candidature.objects.get(cadre=troupe.fiche_du_cadre).etat == "retire"
    page.goto("/mes-donnees/")
    page.get_by_role("link", name="Effacer mes données").click()
    page.get_by_role("button", name="Effacer mes données cette nuit").click()
    expect(page.get_by_role("main")).to_contain_text("effacées cette nuit")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    fautes = page.temoin.lever()
    assert not fautes, "\n".join(fautes)

    assert purger()["fiches"] == 1
    assert Cadre.objects.get(pk=troupe.fiche_du_cadre.pk).nom_complet == "Personne anonymisée"
    page.goto("/mes-donnees/")
    assert "/comptes/connexion/" in page.url
