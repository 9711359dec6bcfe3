"""The scene, and the browsers of every persona."""

import pytest

from tests.acces.matrice import PERSONAS
from tests.acces.scene import monter


@pytest.fixture
def scene(troupe):
    """One object of each kind: see `tests/acces/scene.py`."""
    return monter(troupe)


@pytest.fixture
def clients(troupe, client_de):
    """persona → their browser."""
    return {
        persona: client_de(getattr(troupe, nom) if nom else None)
        for persona, nom in PERSONAS.items()
    }
