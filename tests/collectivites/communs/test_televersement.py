"""An uploaded list never lies in clear: neither in a temporary file, nor in the cache, nor in its row."""

import tempfile

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cadres.imports import actions, lecture
from cadres.models import ImportCadres
from collectivites.communs import televersement
from collectivites.garanties import secret

NIR = "2850445234567"
LISTE = f"Nom;Prénom;Catégorie;Emploi;NIR\nAubert;Luc;A;Chef;{NIR}\n".encode()


@pytest.fixture
def importation(troupe):
    return actions.deposer_import(acteur=troupe.drh_ville, nom_fichier="liste.csv", contenu=LISTE)[
        0
    ]


def test_la_liste_deposee_est_scellee_dans_sa_ligne(importation):
    garde = bytes(ImportCadres.objects.get(pk=importation.pk).contenu)

    assert NIR.encode() not in garde
    assert lecture.ouvrir_le_fichier(garde) == LISTE


def test_la_liste_lue_est_scellee_dans_le_cache_et_n_est_plus_dans_la_base(importation):
    actions.diagnostiquer_import(importation_id=importation.pk)
    importation.refresh_from_db()
    garde = cache.get(f"import-cadres:{importation.pk}")

    assert importation.contenu is None
    assert NIR.encode() not in garde
    assert NIR not in str(importation.diagnostic)
    assert lecture.fichier_garde(importation) == LISTE


def test_ce_qui_a_ete_scelle_pour_autre_chose_n_est_pas_une_liste():
    assert lecture.ouvrir_le_fichier(secret.sceller_octets(LISTE, pour="autre")) is None


def test_un_gros_fichier_ne_touche_aucun_disque(troupe, client_de, monkeypatch):
    def interdit(*args, **kwargs):
        raise AssertionError("a temporary file")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", interdit)
    gros = LISTE + b";;;;\n" * 800_000  # 4 MB: Django alone would write it to a file
    client = client_de(troupe.drh_ville)

    reponse = client.post(
        reverse("cadres:importer"), {"fichier": SimpleUploadedFile("liste.csv", gros)}
    )

    assert reponse.status_code == 302
    assert lecture.ouvrir_le_fichier(ImportCadres.objects.get().contenu) == gros


def test_un_fichier_trop_gros_est_dit_a_cote_de_son_champ(troupe, client_de, monkeypatch):
    monkeypatch.setattr(televersement, "GARDES_MAX", 1000)
    monkeypatch.setattr("cadres.imports.forms.TAILLE_MAX", 900)
    client = client_de(troupe.drh_ville)

    page = client.post(
        reverse("cadres:importer"), {"fichier": SimpleUploadedFile("liste.csv", b"x" * 5000)}
    ).content.decode()

    assert "dépasse" in page
