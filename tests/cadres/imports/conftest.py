"""Depositing a list and confirming it, jobs included."""

import pytest

from cadres.models import ImportCadres


@pytest.fixture
def drh(troupe, client_de):
    return client_de(troupe.drh_departement)


@pytest.fixture
def deposer(drh, django_capture_on_commit_callbacks):
    def deposer(depot, client=drh):
        with django_capture_on_commit_callbacks(execute=True):
            reponse = client.post("/recensements/importer/", {"fichier": depot})
        assert reponse.status_code == 302, reponse.context["formulaire"].errors
        return ImportCadres.objects.latest("pk")

    return deposer


@pytest.fixture
def confirmer(drh, django_capture_on_commit_callbacks):
    def confirmer(importation, client=drh, **motifs):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(f"/recensements/{importation.pk}/confirmer/", motifs)
        importation.refresh_from_db()
        return importation

    return confirmer
