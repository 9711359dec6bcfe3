"""The upload and the confirmation, by the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile


@pytest.fixture
def drh(troupe, client_de):
    return client_de(troupe.drh_departement)


@pytest.fixture
def deposer(drh, django_capture_on_commit_callbacks):
    def deposer(octets, nom="cadres.csv"):
        with django_capture_on_commit_callbacks(execute=True):
            return drh.post("/recensements/importer/", {"fichier": SimpleUploadedFile(nom, octets)})

    return deposer


@pytest.fixture
def confirmer(drh, django_capture_on_commit_callbacks):
    def confirmer(importation):
        with django_capture_on_commit_callbacks(execute=True):
            drh.post(f"/recensements/{importation.pk}/confirmer/")
        importation.refresh_from_db()
        return importation

    return confirmer
