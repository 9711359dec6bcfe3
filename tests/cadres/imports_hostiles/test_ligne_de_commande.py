"""`manage.py importer_cadres`, its answer and its exit codes."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from cadres.models import Cadre
from tests import fabriques
from tests.cadres.imports_hostiles.aide import HOSTILES
from tests.cadres.recensement.aide import EXEMPLES
from tests.outils.environnement import environnement

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


@pytest.mark.lourd
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
