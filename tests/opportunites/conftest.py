"""A poste of the Région that a cadre of the Département, in a parcours, has ranked first."""

from types import SimpleNamespace

import pytest

from tests.fabriques import faire_inscription, faire_opportunite, faire_voeu


@pytest.fixture
def scene(troupe):
    fiche = troupe.fiche_du_cadre
    faire_inscription(fiche)
    opportunite = faire_opportunite(troupe.region)
    return SimpleNamespace(
        opportunite=opportunite, voeu=faire_voeu(fiche, opportunite), cadre=fiche, troupe=troupe
    )
