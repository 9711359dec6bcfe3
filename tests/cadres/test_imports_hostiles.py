"""Bad input through the real upload view, swaps, interruptions, and the command line."""

import io
import json
import subprocess
import sys
import time
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as reglages
from hypothesis import strategies as st

from cadres import actions
from cadres.actions.purge import purger
from cadres.models import Cadre, ImportCadres
from collectivites.models import Poste, Tache, Utilisateur
from collectivites.taches import balayer_taches
from tests import fabriques
from tests.cadres.recensement.aide import EXEMPLES, FICHIERS, octets_xlsx, octets_zip

Etat = ImportCadres.Etat
ENTETES = "Matricule;Nom;Prénom;Courriel;Catégorie;Poste"


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


def dernier():
    return ImportCadres.objects.latest("pk")


# --- What is not a staff list -------------------------------------------------------------------


def bombe():
    """A workbook that unpacks to 200 MB."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 200_000_000)
    return sortie.getvalue()


HOSTILES = {
    "fruit": (b"Fruit;Prix\nPomme;2\n", "fruits.csv"),
    "image": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "cadres.csv"),
    "octets": (bytes(range(256)) * 40, "cadres.xlsx"),
    "html": (b"<html><body><table><tr><td>Nom</td></tr></table></body></html>", "cadres.xls"),
    "protege": ((FICHIERS / "protege.xlsx").read_bytes(), "cadres.xlsx"),
    "archive": (octets_zip({"a.txt": b"rien"}), "cadres.ods"),
}


@pytest.mark.parametrize("cas", [*HOSTILES, "bombe"])
def test_what_is_not_a_list_gets_a_sentence_in_seconds(drh, deposer, cas):
    octets, nom = HOSTILES.get(cas) or (bombe(), "cadres.xlsx")
    avant = Cadre.objects.count()
    debut = time.monotonic()
    assert deposer(octets, nom).status_code == 302
    assert time.monotonic() - debut < 5
    importation = dernier()
    assert (importation.etat, importation.contenu) == (Etat.ILLISIBLE, None)
    page = drh.get(f"/recensements/{importation.pk}/").content.decode()
    assert "Ce fichier n’a pas pu être lu" in page
    assert len(importation.resume["erreur"]) > 20
    assert Cadre.objects.count() == avant


def test_50_mb_are_refused_before_they_are_read(deposer, monkeypatch):
    def jamais(**_):
        raise AssertionError("the file was read")

    monkeypatch.setattr("cadres.actions.deposer_import", jamais)
    debut = time.monotonic()
    reponse = deposer(b"x" * 50_000_000, "gros.csv")
    assert reponse.status_code == 422
    assert "dépasse 20\u00a0Mo" in reponse.content.decode()
    assert time.monotonic() - debut < 5
    assert not ImportCadres.objects.exists()


def test_a_macro_workbook_is_read_without_its_macros_or_refused(drh, deposer):
    vrai = octets_xlsx([["Nom", "Prénom"], ["MARTIN", "Agathe"]])
    source, sortie = zipfile.ZipFile(io.BytesIO(vrai)), io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        for nom in source.namelist():
            archive.writestr(nom, source.read(nom))
        archive.writestr("xl/vbaProject.bin", b"macro")
    deposer(sortie.getvalue(), "cadres.xlsm")
    assert dernier().etat in {Etat.ILLISIBLE, Etat.DIAGNOSTIQUE}
    assert drh.get(f"/recensements/{dernier().pk}/").status_code == 200


def test_a_file_in_which_every_row_is_wrong_writes_nothing(drh, deposer):
    lignes = [f"A{n};Nom;Pré;pas-un-courriel;Z;Chef" for n in range(300)]
    deposer("\n".join((ENTETES, *lignes)).encode())
    importation = dernier()
    assert importation.etat == Etat.DIAGNOSTIQUE
    page = drh.get(f"/recensements/{importation.pk}/")
    assert page.status_code == 200
    assert "lignes à corriger" in page.content.decode()
    avant = Cadre.objects.count()
    drh.post(f"/recensements/{importation.pk}/confirmer/")
    assert Cadre.objects.count() == avant


@pytest.mark.lent
def test_10_000_rows_with_one_bad(drh, deposer, confirmer):
    lettres = "abcdefghij"

    def mot(n):
        return "".join(lettres[int(c)] for c in f"{n:05}")

    lignes = [
        f"A{n};Durand{mot(n)};Anne;a{n}@loiret.example;A;Cheffe de service" for n in range(10_000)
    ]
    lignes[5000] = "A5000;Durand;Anne;faux@;A;Cheffe"
    avant = Cadre.objects.count()
    debut = time.monotonic()
    deposer("\n".join((ENTETES, *lignes)).encode())
    importation = dernier()
    page = drh.get(f"/recensements/{importation.pk}/").content.decode()
    assert "faux@" in page
    assert Cadre.objects.count() == avant
    assert confirmer(importation).resume["nouveaux"] == 9_999
    assert time.monotonic() - debut < 60
    assert Cadre.objects.count() == avant + 9_999


@reglages(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    entete=st.lists(
        st.sampled_from(["Nom", "Prénom", "Courriel", "Matricule", "Catégorie", "Poste", "X", ""]),
        min_size=1,
        max_size=7,
    ),
    lignes=st.lists(st.lists(st.text(max_size=12), max_size=7), max_size=6),
    separateur=st.sampled_from([";", ",", "\t"]),
    codage=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_no_table_breaks_the_upload_page(drh, deposer, entete, lignes, separateur, codage):
    texte = "\n".join(separateur.join(ligne) for ligne in [entete, *lignes])
    octets = texte.encode(codage, errors="ignore")
    assert deposer(octets).status_code in {302, 422}
    if octets and (importation := ImportCadres.objects.order_by("pk").last()):
        assert drh.get(f"/recensements/{importation.pk}/").status_code in {200, 302}


# --- Swaps --------------------------------------------------------------------------------------


@pytest.fixture
def paire(troupe):
    return [
        fabriques.faire_cadre(
            troupe.departement,
            "informe",
            nom=nom,
            prenom="Anne",
            matricule=f"S{n}",
            courriel=f"s{n}@loiret.example",
        )
        for n, nom in enumerate(("Aubert", "Berger"))
    ]


def importer(deposer, confirmer, *lignes):
    deposer("\n".join((ENTETES, *lignes)).encode())
    return confirmer(dernier())


@pytest.mark.parametrize(
    ("lignes", "attendu"),
    [
        (
            ("S0;Aubert;Anne;s1@loiret.example;A;", "S1;Berger;Anne;s0@loiret.example;A;"),
            [("S0", "s1@loiret.example"), ("S1", "s0@loiret.example")],
        ),
        (
            ("S1;Aubert;Anne;s0@loiret.example;A;", "S0;Berger;Anne;s1@loiret.example;A;"),
            [("S1", "s0@loiret.example"), ("S0", "s1@loiret.example")],
        ),
    ],
    ids=["courriels", "matricules"],
)
def test_two_people_swap_in_one_file(paire, deposer, confirmer, lignes, attendu):
    importation = importer(deposer, confirmer, *lignes)
    assert importation.etat == Etat.CONFIRME
    assert importation.resume["mis_a_jour"] == 2
    for cadre, (matricule, courriel) in zip(paire, attendu, strict=True):
        cadre.refresh_from_db()
        assert (cadre.matricule, cadre.courriel) == (matricule, courriel)


def test_accounts_that_nobody_has_used_follow_the_swap(paire, deposer, confirmer):
    Utilisateur.objects.filter(cadre__in=paire).update(password="!")
    importer(
        deposer,
        confirmer,
        "S0;Aubert;Anne;s1@loiret.example;A;",
        "S1;Berger;Anne;s0@loiret.example;A;",
    )
    for cadre in paire:
        cadre.refresh_from_db()
        assert cadre.utilisateur.email == cadre.courriel


# --- Interruptions ------------------------------------------------------------------------------


def test_a_job_whose_server_restarted_is_said_to_be_interrupted(troupe, drh, deposer):
    deposer("\n".join((ENTETES, "A1;Aubert;Luc;l@loiret.example;A;Chef")).encode())
    importation = dernier()
    tache = importation.tache
    Tache.objects.filter(pk=tache.pk).update(
        etat=Tache.Etat.EN_COURS, finie_le=None, commencee_le=timezone.now()
    )
    assert balayer_taches() == 0  # it may be alive
    Tache.objects.filter(pk=tache.pk).update(commencee_le=timezone.now() - timedelta(hours=1))
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
from cadres import ecriture
from collectivites.taches import executer_tache
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
        contenu=contenu,
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
    Tache.objects.filter(pk=tache.pk).update(commencee_le=timezone.now() - timedelta(hours=1))
    assert balayer_taches() == 1
    # Confirmed again, it is written whole.
    with transaction.atomic():  # the job starts at the commit
        actions.confirmer_import(acteur=troupe.drh_departement, importation=importation, motifs={})
    assert Cadre.objects.filter(matricule__startswith="K").count() == 1200


def settings_url():
    import os

    return os.environ["DATABASE_URL"].rsplit("/", 1)[0] + "/" + connection.settings_dict["NAME"]


def environnement(url):
    import os

    return {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "mobility.settings_test",
        "TACHES_MODE": "immediat",
        "PYTHONPATH": str(settings.BASE_DIR),
    }


# --- The command line ---------------------------------------------------------------------------

FORMULE = "Une formule n’est pas acceptée ici"
#: file → what `importer_cadres --json` prints for an empty registre
ATTENDU = {
    "ville": (
        "ville.xlsx",
        28,
        [
            (34, "Date affectation", "31/02/2019", "Cette date n’existe pas"),
            (35, "Cat.", "Z", "Catégorie inconnue"),
            (35, "Courriel pro", "pas une adresse", "Ceci n’est pas une adresse électronique"),
            (36, "Matricule", '=HYPERLINK("http://127.0.0.1:9/x","cliquez")', FORMULE),
            (36, "Nom d'usage", "=1+1", FORMULE),
            (36, "Libellé poste", "@SUM(A1:A9)", FORMULE),
        ],
        ["Date de naissance", "Avis N+1"],
    ),
    "agglomeration": ("agglomeration.csv", 24, [], ["IFSE_MENSUELLE"]),
    "departement": ("departement.ods", 26, [], ["Volontaire"]),
    "region": ("region.xlsx", 34, [], []),
}


@pytest.fixture
def demarche_vierge(db):
    demarche = fabriques.faire_demarche(code="vierge")
    fabriques.faire_collectivites(demarche)
    return demarche


def lancer(fichier, code, *options, demarche="vierge"):
    sortie = io.StringIO()
    en_plus = ["--demarche", demarche] if demarche else []
    call_command(
        "importer_cadres",
        str(fichier),
        "--collectivite",
        code,
        "--json",
        *en_plus,
        *options,
        stdout=sortie,
    )
    return json.loads(sortie.getvalue())


@pytest.mark.parametrize("code", ATTENDU)
def test_the_four_files_from_the_command_line(demarche_vierge, code):
    nom, nouveaux, a_corriger, ecartees = ATTENDU[code]
    attendu = {
        "nouveaux": nouveaux,
        "mis_a_jour": 0,
        "inchanges": 0,
        "hors_public": 0,
        "a_corriger": [
            dict(zip(("ligne", "colonne", "valeur", "motif"), anomalie, strict=True))
            for anomalie in a_corriger
        ],
        "colonnes_ecartees": ecartees,
    }
    assert lancer(EXEMPLES / nom, code) == attendu
    assert not Cadre.objects.exists()
    assert lancer(EXEMPLES / nom, code, "--ecrire") == attendu
    assert Cadre.objects.filter(collectivite__code=code).count() == nouveaux
    encore = lancer(EXEMPLES / nom, code, "--ecrire")
    assert (encore["nouveaux"], encore["inchanges"]) == (0, nouveaux)
    assert encore["a_corriger"] == attendu["a_corriger"]


def test_the_demarche_is_asked_for_only_where_there_are_several(demarche_vierge):
    fichier = EXEMPLES / "region.xlsx"
    assert lancer(fichier, "region", demarche="")["nouveaux"] == 34
    autre = fabriques.faire_demarche(code="autre")
    fabriques.faire_collectivites(autre)
    for demarche in ("", "absente"):
        with pytest.raises(SystemExit) as fin:
            lancer(fichier, "region", demarche=demarche)
        assert fin.value.code == 2
    lancer(fichier, "region", "--ecrire", demarche="autre")
    assert set(Cadre.objects.values_list("collectivite__demarche__code", flat=True)) == {"autre"}


@pytest.mark.lent
def test_the_exit_codes_of_the_real_command(tmp_path):
    """A process of its own, on a database of its own: 0 for a diagnosis, 2 for no list at all."""
    base = f"sqlite:///{tmp_path}/essai.sqlite3"
    env = environnement(base)

    def manage(*arguments):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )

    assert manage("migrate", "--verbosity", "0").returncode == 0
    creer = (
        "from tests import fabriques as f; f.faire_collectivites(f.faire_demarche(code='seule'))"
    )
    assert manage("shell", "-c", creer).returncode == 0
    options = ["--collectivite", "region", "--json"]
    bon = manage("importer_cadres", str(EXEMPLES / "region.xlsx"), *options)
    assert bon.returncode == 0, bon.stderr
    assert json.loads(bon.stdout)["nouveaux"] == 34
    faux = Path(tmp_path) / "fruits.csv"
    faux.write_bytes(HOSTILES["fruit"][0])
    mauvais = manage("importer_cadres", str(faux), *options)
    assert mauvais.returncode == 2
    assert list(json.loads(mauvais.stdout)) == ["erreur"]
