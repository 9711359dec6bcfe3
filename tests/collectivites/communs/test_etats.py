"""`proposition.est_envoyee`: a property a state, that templates read."""

import pytest

from opportunites.models import Proposition
from parcours.models import Immersion, SuiviEtape


@pytest.mark.sans_base
def test_each_state_has_its_property():
    for etat in Proposition.Etat.values:
        proposition = Proposition(etat=etat)

        assert [e for e in Proposition.Etat.values if getattr(proposition, f"est_{e}")] == [etat]


@pytest.mark.sans_base
def test_what_the_class_says_itself_stays():
    assert Immersion(etat="realisee").est_accordee
    assert SuiviEtape(etat="faite").est_faite
