"""A rule of the démarche, by mouse: proposed by one DGS, in force when the others have agreed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from collectivites.models import Demarche
from pilotage.cadrage.regles.versions import poser_version

pytestmark = pytest.mark.lent


def test_a_rule_changes_once_the_dgs_of_the_four_have_agreed(troupe, ouvrir):
    poser_version(troupe.demarche)
    # Four employers; the one who directs two of them agrees for both.
    departement, region, ville = (
        ouvrir(dgs) for dgs in (troupe.dgs_departement, troupe.dgs_region, troupe.dgs_ville)
    )

    departement.goto("/regles/")
    departement.get_by_role("link", name=re.compile("Proposer un changement : .*bjectif")).click()
    departement.get_by_label(re.compile("obilités")).fill("40")
    departement.get_by_label("Pourquoi ?").fill("La première promotion a tardé.")
    departement.get_by_role("button", name="Proposer aux autres DGS").click()
    expect(departement.get_by_text("rien ne change avant leur accord")).to_be_visible()
    assert Demarche.objects.get(pk=troupe.demarche.pk).objectif_mobilites == 36

    for dgs, annonce in ((region, "D’autres sont encore attendus"), (ville, "Tous sont d’accord")):
        dgs.goto("/")
        dgs.get_by_role("main").get_by_role(
            "link", name=re.compile("Lire et répondre.*changement")
        ).first.click()
        expect(dgs.get_by_role("main")).to_contain_text("La première promotion a tardé.")
        dgs.get_by_role("button", name=re.compile("Donner mon accord")).click()
        expect(dgs.get_by_text(annonce)).to_be_visible()

    assert Demarche.objects.get(pk=troupe.demarche.pk).objectif_mobilites == 40
    departement.goto("/regles/")
    expect(departement.get_by_role("main")).to_contain_text("En vigueur")
    for page in (departement, region, ville):
        assert page.temoin.lever() == []
