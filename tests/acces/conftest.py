"""The scene, and the browsers of every persona: made once for the module, since each request of
the matrix is undone before the next."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.acces.matrice import PERSONAS
from tests.acces.scene import monter
from tests.fabriques.cadrage import NULLE_PART
from tests.troupe import reunir_la_troupe


@pytest.fixture(scope="module")
def troupe(decor, django_db_blocker):
    with django_db_blocker.unblock():
        return reunir_la_troupe()


@pytest.fixture(scope="module")
def scene(troupe, django_db_blocker):
    """One object of each kind: see `tests/acces/scene.py`."""
    with django_db_blocker.unblock():
        return monter(troupe)


@pytest.fixture(scope="module")
def clients(troupe, client_de, django_db_blocker):
    """persona → their browser."""
    with django_db_blocker.unblock():
        return {
            persona: client_de(getattr(troupe, nom) if nom else None)
            for persona, nom in PERSONAS.items()
        }


@pytest.fixture(scope="session", autouse=True)
def _deliberations():
    """The document that every agreement of the élus names: here it is read."""
    if not default_storage.exists(NULLE_PART):
        default_storage.save(NULLE_PART, ContentFile(b"%PDF-1.4\n%%EOF\n"))


@pytest.fixture(autouse=True)
def _annule(db):
    """What the test does is undone, even where the fixtures of the module say nothing of it."""
