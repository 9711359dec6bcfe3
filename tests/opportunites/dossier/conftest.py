"""A move from the Département to the Région, and the DRH of each side."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from tests.fabriques import dans, faire_mobilite, faire_proposition


@pytest.fixture(autouse=True)
def depots(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def mobilite(scene):
    """From the Département to the Région, by mutation, asked for ten days ago."""
    return faire_mobilite(
        faire_proposition(scene.opportunite, scene.cadre, "acceptee"),
        ouverte_le=timezone.now() - timedelta(days=20),
        voie="MUTATION",
        demande_recue_le=dans(-10),
        date_effet=dans(-10) + relativedelta(months=3),
    )


@pytest.fixture
def origine(scene):
    return scene.troupe.drh_departement


@pytest.fixture
def accueil(scene):
    return scene.troupe.drh_region
