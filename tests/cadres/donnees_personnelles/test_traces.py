"""Names found in what others wrote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadres.donnees_personnelles.traces import EFFACE, Traces

MOI = Traces(7, "Brémontel", "Anne-Lise", "00471", frozenset({"al.bremontel@loiret.example"}))


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ("Vu avec Anne-Lise Brémontel hier.", f"Vu avec {EFFACE} hier."),
        ("BRÉMONTEL, ANNE-LISE", EFFACE),
        ("Mme Brémontel part", f"{EFFACE} part"),
        ("écrire à AL.Bremontel@loiret.example.", f"écrire à {EFFACE}."),
        ("La rue Brémontel", "La rue Brémontel"),
        ("Anne-Lise Brémontelle", "Anne-Lise Brémontelle"),
    ],
)
def test_a_name_is_found_in_a_text(avant, apres):
    assert MOI.effacer(avant) == apres


def test_somebody_without_a_name_is_found_nowhere():
    assert Traces(1, "", "", "", frozenset()).effacer("Bonjour") == "Bonjour"


@given(st.text(), st.text(), st.text())
def test_no_name_breaks_the_search(nom, prenom, texte):
    Traces(1, nom, prenom, "", frozenset({nom} - {""})).effacer(texte)
