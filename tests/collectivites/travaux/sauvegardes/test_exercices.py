"""The drills that an operator makes, with real processes: a backup of the demo put back in an installation
that has just been made, and one of each released version, put back by today's code.

`temoins/` keeps the archives of the versions. A new one: `QUATUOR_TEMOIN=0.2.0 pytest -n0 -m lourd` on this
file, on the commit of the release.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from collectivites.travaux.sauvegardes.archive import nouvelle_cle

pytestmark = [pytest.mark.lourd, pytest.mark.lent]

TEMOINS = Path(__file__).parent / "temoins"
CLE = TEMOINS / "cle-d-essai.txt"
NOUVELLE_VERSION = os.environ.get("QUATUOR_TEMOIN")
#: What may differ from one installation to another; the rest would be inherited from the suite's.
ECARTES = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE")


def manage(var, *commande, **environnement):
    """What the command says; its end is asserted."""
    fait = subprocess.run(
        [sys.executable, "manage.py", *map(str, commande)],
        cwd=settings.BASE_DIR,
        env={
            **{cle: valeur for cle, valeur in os.environ.items() if cle not in ECARTES},
            "QUATUOR_DEMO": "1",
            "QUATUOR_VAR": str(var),
            **environnement,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert fait.returncode == 0, fait.stdout + fait.stderr
    return fait.stdout


def test_a_demo_is_saved_and_lives_again_elsewhere(tmp_path):
    ici, ailleurs = tmp_path / "ici", tmp_path / "ailleurs"
    publique = nouvelle_cle(tmp_path / "cle.txt")
    manage(ici, "migrate", "--verbosity", 0)
    manage(ici, "demo")
    manage(ici, "sauvegarder", tmp_path / "gardees", QUATUOR_SAUVEGARDE_POUR=publique)
    (archive,) = (tmp_path / "gardees").iterdir()

    # The keys are no part of a backup: they are kept apart.
    ailleurs.mkdir()
    for cle in ici.glob("cle_*"):
        shutil.copy(cle, ailleurs)
    dit = manage(ailleurs, "restaurer", archive, "--cle", tmp_path / "cle.txt")

    assert "tels qu’au" in dit
    manage(ailleurs, "migrate", "--check")
    manage(ailleurs, "verifier_journal")
    compte = "from cadres.models import Cadre; print(Cadre.objects.count())"
    assert manage(ailleurs, "shell", "-c", compte) == manage(ici, "shell", "-c", compte)


@pytest.mark.parametrize("archive", sorted(TEMOINS.glob("*.age")), ids=lambda chemin: chemin.name)
def test_a_released_version_is_put_back_by_today_s_code(archive, tmp_path):
    cles = {
        "SECRET_KEY": settings.SECRET_KEY,
        "QUATUOR_CLE_COACHING": settings.QUATUOR_CLES_COACHING[0],
        "QUATUOR_CLE_JOURNAL": settings.QUATUOR_CLES_JOURNAL[0],
    }
    manage(tmp_path, "restaurer", archive, "--cle", CLE, **cles)
    manage(tmp_path, "migrate", "--verbosity", 0, **cles)

    manage(tmp_path, "migrate", "--check", **cles)
    manage(tmp_path, "verifier_journal", **cles)
    lus = manage(
        *(tmp_path, "shell", "-c"),
        "from parcours.models import NoteCoaching; print(NoteCoaching.objects.first().texte)",
        **cles,
    )
    assert lus.strip()


def test_one_version_at_least_is_kept():
    assert list(TEMOINS.glob("*.age"))


@pytest.mark.skipif(not NOUVELLE_VERSION, reason="writes the archive of a release: QUATUOR_TEMOIN")
def test_this_version_is_kept(tmp_path):
    """One object of each kind, as the walk of every page has them, in a base made by the migrations."""
    cles = {
        "SECRET_KEY": settings.SECRET_KEY,
        "QUATUOR_CLE_COACHING": settings.QUATUOR_CLES_COACHING[0],
        "QUATUOR_CLE_JOURNAL": settings.QUATUOR_CLES_JOURNAL[0],
    }
    manage(tmp_path, "migrate", "--verbosity", 0, **cles)
    manage(
        *(tmp_path, "shell", "-c"),
        "from tests.acces.scene import monter; from tests.troupe import reunir_la_troupe\n"
        "monter(reunir_la_troupe())",
        **cles,
    )
    publique = CLE.read_text().split()[2]
    manage(tmp_path, "sauvegarder", tmp_path / "gardees", "--pour", publique, **cles)
    (archive,) = (tmp_path / "gardees").iterdir()
    archive.rename(TEMOINS / f"{NOUVELLE_VERSION}.tar.gz.age")
