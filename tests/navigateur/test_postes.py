"""A yes, a no and their undoing on a telephone; a reserve and its arbitration."""

import re

import pytest
from playwright.sync_api import expect

from opportunites.models import Proposition, Reserve
from tests.fabriques import (
    faire_inscription,
    faire_opportunite,
    faire_proposition,
    faire_voeu,
)
from tests.navigateur.conftest import TELEPHONE


@pytest.fixture
def proposee(troupe):
    faire_inscription(troupe.fiche_du_cadre)
    opportunite = faire_opportunite(troupe.region)
    faire_voeu(troupe.fiche_du_cadre, opportunite)
    return faire_proposition(opportunite, troupe.fiche_du_cadre)


def sans_faute(page):
    assert not page.temoin.lever()


def relire(proposition):
    return Proposition.objects.get(pk=proposition.pk)


def test_accepting_then_taking_it_back_on_a_telephone(troupe, proposee, ouvrir):
    page = ouvrir(troupe.cadre, **TELEPHONE)
    page.goto(f"/propositions/{proposee.pk}/")
    page.get_by_role("link", name=re.compile("^Accepter")).tap()
    page.get_by_role("button", name="Confirmer mon accord").tap()
    expect(page.get_by_text("Votre accord est enregistré")).to_be_visible()
    assert relire(proposee).etat == "acceptee"

    page.goto(f"/propositions/{proposee.pk}/")
    page.get_by_role("link", name="revenir sur votre réponse").tap()
    expect(page.get_by_text("Le dossier de mobilité est abandonné")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Reprendre ma réponse").tap()

    expect(page.get_by_text("Votre réponse est reprise")).to_be_visible()
    assert relire(proposee).etat == "envoyee"
    sans_faute(page)


def test_refusing_with_a_private_reason_then_taking_it_back(troupe, proposee, ouvrir):
    page = ouvrir(troupe.cadre, **TELEPHONE)
    page.goto(f"/propositions/{proposee.pk}/")
    page.get_by_role("link", name=re.compile("^Refuser")).tap()
    page.get_by_label("Le lieu").check()
    page.get_by_role("button", name="Refuser ce poste").tap()
    expect(page.get_by_text("Il ne vous portera pas préjudice")).to_be_visible()
    assert relire(proposee).raison_du_refus.code == "lieu"

    page.get_by_role("link", name="revenir sur votre réponse").tap()
    page.get_by_role("button", name="Reprendre ma réponse").tap()

    expect(page.get_by_role("link", name=re.compile("^Accepter"))).to_be_visible()
    assert not hasattr(relire(proposee), "raison_du_refus")
    sans_faute(page)


def test_a_reserve_with_its_evidence_completed_then_arbitrated(troupe, proposee, ouvrir):
    drh, dgs = ouvrir(troupe.drh_departement), ouvrir(troupe.dgs_region)
    drh.goto(f"/propositions/{proposee.pk}/")
    drh.get_by_role("link", name="Déposer une réserve").click()
    drh.get_by_label("Calendrier").check()
    drh.get_by_label("Ce que le service perdrait ou risque").fill("Le budget se prépare.")
    drh.get_by_label(re.compile(r"^\s*Pièce")).set_input_files(
        {"name": "note.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 note"}
    )
    drh.get_by_role("button", name="Déposer la réserve").click()
    expect(drh.get_by_text("La réserve est déposée")).to_be_visible()
    reserve = Reserve.objects.get()

    dgs.goto("/")
    dgs.get_by_role("link", name=re.compile("^Arbitrer")).first.click()
    with dgs.expect_download() as telechargement:
        dgs.get_by_role("link", name=re.compile("^Télécharger la pièce")).click()
    assert telechargement.value.suggested_filename == "note.pdf"
    dgs.get_by_label(re.compile(r"^\s*Demander un complément")).check()
    dgs.get_by_label("Motif").fill("Combien de semaines ?")
    dgs.get_by_role("button", name="Arbitrer").click()
    expect(dgs.get_by_text("Le complément est demandé")).to_be_visible()

    drh.goto(f"/reserves/{reserve.pk}/")
    drh.get_by_role("link", name="Apporter le complément").click()
    drh.get_by_label("Votre complément").fill("Trois semaines.")
    drh.get_by_role("button", name="Transmettre le complément").click()
    expect(drh.get_by_text("Le complément est transmis")).to_be_visible()

    dgs.goto(f"/reserves/{reserve.pk}/")
    dgs.get_by_label(re.compile(r"^\s*Lever la réserve")).check()
    dgs.get_by_label("Motif").fill("La passation tient en trois semaines.")
    dgs.get_by_role("button", name="Arbitrer").click()
    expect(dgs.get_by_text("Votre arbitrage est enregistré")).to_be_visible()
    assert Reserve.objects.get().etat == "levee"
    sans_faute(drh)
    sans_faute(dgs)
