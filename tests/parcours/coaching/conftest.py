"""The accompagnement of the cast: `cadre` and `accompagnateur`."""

import pytest

from tests.fabriques.coaching import (
    faire_accompagnement,
)


@pytest.fixture
def accompagnement(troupe):
    return faire_accompagnement(troupe.fiche_du_cadre)
