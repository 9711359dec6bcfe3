"""The rules that `make mutations` changes are found, wherever a move has put them."""

import importlib.util

import pytest
from django.conf import settings

chemin = settings.BASE_DIR / "scripts" / "mutations.py"
specification = importlib.util.spec_from_file_location("mutations", chemin)
mutations = importlib.util.module_from_spec(specification)
specification.loader.exec_module(mutations)


@pytest.mark.parametrize("salle", mutations.REGLES)
def test_each_pattern_finds_its_rules(salle):
    trouves = mutations.modules(salle, "")

    assert all((settings.BASE_DIR / module).is_file() for module in trouves)
    assert any(module.endswith("predicats.py") for module in trouves)


def test_a_name_that_no_rule_bears_stops_the_run():
    with pytest.raises(SystemExit, match="no rule of pilotage"):
        mutations.modules("pilotage", "absent")
