"""A gate, by mouse: from what is missing to passing it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from pilotage.cadrage.jalons import actions
from pilotage.models import PassageJalon
from tests import fabriques as f

pytestmark = pytest.mark.lent


def jour(decalage: int) -> str:
    return (timezone.localdate() + timedelta(days=decalage)).isoformat()


def test_a_dgs_gathers_what_is_missing_and_passes_the_launch(troupe, ouvrir, tmp_path):
    f.fermer_les_jalons(troupe.demarche)
    for collectivite in (troupe.ville, troupe.agglomeration, troupe.departement):
        f.faire_accord(collectivite)
        f.faire_cadre(collectivite, "recense")
    for dgs in (troupe.dgs_ville, troupe.dgs_agglomeration, troupe.dgs_departement):
        actions.s_engager(acteur=dgs)
    document = Path(tmp_path) / "deliberation.pdf"
    document.write_bytes(b"%PDF-1.4\n%%EOF\n")
    page = ouvrir(troupe.dgs_region)
    principal = page.get_by_role("main")

    # What is missing is listed, with whose it is and where to go.
    page.goto("/feuille-de-route/")
    page.get_by_role("link", name="Jalons", exact=True).click()
    expect(principal).to_contain_text("Lancement : trois conditions manquent")
    expect(page.get_by_role("button", name="Oui, franchir ce jalon")).to_have_count(0)

    # The élus agreed: the body, the day, the number, the document.
    page.get_by_role("link", name="Voir les élus : Accord des élus : Région").first.click()
    page.get_by_role("link", name="Enregistrer l’accord des élus").click()
    page.get_by_label("Instance").fill("Commission permanente")
    page.get_by_label("Date").fill(jour(-2))
    page.get_by_label("Numéro").fill("2026-217")
    page.get_by_label("Le document qui le porte").set_input_files(document)
    page.get_by_role("button", name="Enregistrer l’accord").click()
    expect(principal).to_contain_text("Les élus de chaque collectivité ont donné leur accord")

    # The DGS commits the collectivité: asked once more before it is written.
    page.get_by_role("link", name="Jalons", exact=True).click()
    expect(principal).to_contain_text("Lancement : deux conditions manquent")
    page.get_by_text("Engager ma collectivité", exact=True).click()
    page.get_by_role("button", name="Oui, l’engager").click()

    # One external action has a date.
    page.get_by_role("link", name="Ouvrir le plan de communication").first.click()
    page.get_by_role("link", name="Ajouter une action").first.click()
    page.get_by_label("Action", exact=True).fill("Conférence de presse de lancement")
    page.get_by_label("Public").select_option(label="Presse")
    page.get_by_label("Canal").fill("Hôtel de Région")
    page.get_by_label("Date").fill(jour(15))
    page.get_by_role("button", name="Enregistrer l’action").click()
    expect(principal).to_contain_text("Conférence de presse de lancement")

    # All is there: the gate is passed, and it is said who passed it.
    page.get_by_role("link", name="Jalons", exact=True).click()
    expect(principal).to_contain_text("Lancement : tout est réuni")
    page.get_by_text("Franchir ce jalon").first.click()
    page.get_by_role("button", name="Oui, franchir ce jalon").first.click()
    expect(principal).to_contain_text("La démarche est lancée")
    expect(principal).to_contain_text("Rose Carlier")
    assert PassageJalon.objects.filter(demarche=troupe.demarche, jalon="lancement").exists()
    fautes = page.temoin.lever()
    assert not fautes, "\n".join(fautes)
