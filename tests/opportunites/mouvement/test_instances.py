"""The reference instances, exactly."""

import json

import pytest

from opportunites.mouvement.explications import expliquer
from opportunites.mouvement.schema import lire
from opportunites.mouvement.solveur import resoudre
from tests.opportunites.mouvement.campagnes import INSTANCES

CLES = ("status", "moves", "cadre_score", "host_score", "imbalance", "balance")


@pytest.mark.parametrize("chemin", INSTANCES, ids=lambda c: c.stem)
@pytest.mark.parametrize("plafonds", [False, True], ids=["sans plafond", "plafonds"])
def test_chaque_instance_donne_la_solution_attendue(chemin, plafonds):
    """Their chains and rings happen to be within the caps: the same answer is due under them."""
    attendu = json.loads(chemin.read_text())["expected"]
    probleme = lire(chemin.read_bytes())
    resultat = resoudre(probleme if plafonds else probleme.sans_plafond())
    explications = expliquer(resultat)
    reponse = resultat.json(explications, [])
    assert {cle: reponse[cle] for cle in CLES} == {cle: attendu[cle] for cle in CLES}
    assert reponse["assignment"] == attendu["canonical"]
    for cadre, due in attendu["explanations"].items():
        assert {cle: explications[cadre][cle] for cle in due} == due
    assert explications.keys() == attendu["explanations"].keys()
    assert reponse["bound"] == attendu["moves"]
