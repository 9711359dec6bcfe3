"""The DRH whose registre is read."""

import pytest


@pytest.fixture
def drh(troupe, client_de):
    return client_de(troupe.drh_departement)
