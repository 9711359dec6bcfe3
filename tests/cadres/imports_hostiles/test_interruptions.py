"""A server that restarts, a job that is killed: nothing half written."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cadres.donnees_personnelles.purge import purger
from cadres.imports import actions
from cadres.imports.lecture import sceller_le_fichier
from cadres.models import Cadre, ImportCadres
from collectivites.models import Poste, Tache
from collectivites.travaux.reprise import balayer_taches
from tests.cadres.imports_hostiles.aide import ENTETES, Etat, dernier, settings_url
from tests.outils.environnement import environnement


def test_a_job_that_killed_two_servers_is_said_to_be_interrupted(troupe, drh, deposer):
    deposer("\n".join((ENTETES, "A1;Aubert;Luc;l@loiret.example;A;Chef")).encode())
    importation = dernier()
    tache = importation.tache
    Tache.objects.filter(pk=tache.pk).update(
        etat=Tache.Etat.EN_COURS, finie_le=None, battue_le=timezone.now(), essais=2
    )
    assert balayer_taches() == 0  # it may be alive
    Tache.objects.filter(pk=tache.pk).update(battue_le=timezone.now() - timedelta(hours=1))
    assert balayer_taches() == 1
    page = drh.get(f"/taches/{tache.pk}/").content.decode()
    assert "redémarré" in page
    assert balayer_taches() == 0
    # The list itself still waits: it can be confirmed again.
    assert drh.get(f"/recensements/{importation.pk}/").status_code == 200


def test_the_bytes_of_a_list_that_was_never_read_do_not_stay(troupe):
    importation, tache = actions.deposer_import(
        acteur=troupe.drh_departement, nom_fichier="l.csv", contenu=b"Nom;Naissance"
    )
    Tache.objects.filter(pk=tache.pk).update(creee_le=timezone.now() - timedelta(hours=3))
    balayer_taches()
    purger()
    importation.refresh_from_db()
    assert (importation.etat, importation.contenu) == (Etat.ABANDONNE, None)


TUEE = """
import os, sys, time
import django
django.setup()
from cadres.imports import ecriture
from collectivites.travaux.taches import executer_tache
from pathlib import Path
vrai = ecriture._creer
def lent(*args, **kwargs):
    vrai(*args, **kwargs)
    Path(sys.argv[2]).write_text("moitié")
    time.sleep(60)
ecriture._creer = lent
executer_tache(sys.argv[1])
"""


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_a_job_killed_half_way_leaves_nothing_half_written(troupe, tmp_path, attendre):
    lettres = "abcdefghij"
    lignes = [
        f"K{n};Kil{''.join(lettres[int(c)] for c in str(n))};Anne;k{n}@loiret.example;A;Cheffe tuée"
        for n in range(1200)
    ]
    contenu = "\n".join((ENTETES, *lignes)).encode()
    importation = ImportCadres.objects.create(
        collectivite=troupe.departement,
        mandat=troupe.drh_departement.mandat,
        nom_fichier="k.csv",
        contenu=sceller_le_fichier(contenu),
    )
    with transaction.atomic():
        actions.diagnostiquer_import(importation_id=importation.pk)
    importation.refresh_from_db()
    tache = Tache.objects.create(
        nom="cadres.ecrire_recensement",
        libelle="Import",
        mandat=troupe.drh_departement.mandat,
        parametres={"importation": importation.pk, "motifs": {}},
    )
    url = settings_url()
    temoin = tmp_path / "temoin"
    processus = subprocess.Popen(
        [sys.executable, "-c", TUEE, str(tache.pk), str(temoin)],
        cwd=settings.BASE_DIR,
        env=environnement(url),
    )
    try:
        attendre(temoin.exists, 60)  # one batch is written, in a transaction that is still open
    finally:
        processus.kill()
        processus.wait()
    assert not Cadre.objects.filter(matricule__startswith="K").exists()
    assert not Poste.objects.filter(intitule="Cheffe tuée").exists()
    importation.refresh_from_db()
    assert importation.etat == Etat.DIAGNOSTIQUE
    Tache.objects.filter(pk=tache.pk).update(
        battue_le=timezone.now() - timedelta(hours=1), essais=2
    )
    assert balayer_taches() == 1
    # Confirmed again, it is written whole.
    with transaction.atomic():  # the job starts at the commit
        actions.confirmer_import(acteur=troupe.drh_departement, importation=importation, motifs={})
    assert Cadre.objects.filter(matricule__startswith="K").count() == 1200
