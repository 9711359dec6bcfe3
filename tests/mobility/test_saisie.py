"""docs/securite/saisie.md: what may be typed, said from the code (ASVS 5.0.0, 2.1)."""

import pytest

from scripts import saisie

pytestmark = pytest.mark.sans_base


def test_le_document_suit_les_formulaires_les_contraintes_et_les_constantes():
    assert saisie.DOCUMENT.read_text(encoding="utf-8") == saisie.document(), "scripts/saisie.py"


def test_il_dit_chaque_formulaire_chaque_contrainte_et_chaque_limite():
    document = saisie.DOCUMENT.read_text(encoding="utf-8")
    noms = [f"### {forme.__module__}.{forme.__qualname__}\n" for forme in saisie.formulaires()]

    assert len(noms) > 60
    assert all(nom in document for nom in noms)
    for dit in (
        "| courriel | Courriel professionnel | adresse de courriel |",
        "| cadres.Cadre |",
        "| Vœux d’une personne | 8 postes |",
    ):
        assert dit in document
