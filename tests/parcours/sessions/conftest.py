"""A promotion that runs, a prestation of the région, and people in the parcours."""

import pytest

from tests.fabriques import faire_cadre, faire_inscription, faire_prestation, faire_promotion


@pytest.fixture
def promotion(troupe):
    return faire_promotion(troupe.demarche)


@pytest.fixture
def prestation(troupe):
    return faire_prestation(troupe.region)


@pytest.fixture
def en_parcours(promotion):
    def faire(collectivite):
        cadre = faire_cadre(collectivite, "retenu")
        faire_inscription(cadre, promotion)
        return cadre

    return faire
