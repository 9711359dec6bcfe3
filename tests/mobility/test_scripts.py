"""In production a script is served under a name that changes with what it holds."""

import importlib
import importlib.util
import math
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings


def test_no_script_names_another_one():
    """Its page gives the name: a name written in a script would be another copy, of another day."""
    scripts = sorted((Path(settings.BASE_DIR) / "static" / "js").glob("*.js"))
    liens = [
        (script.name, lien)
        for script in scripts
        for lien in re.findall(
            r"""(?:from|import)\s*\(?\s*["'](\.[^"']+)""", script.read_text("utf-8")
        )
    ]

    assert scripts
    assert not liens


# --- The demo -----------------------------------------------------------------------------------


@pytest.fixture
def demo():
    chemin = Path(settings.BASE_DIR) / "scripts" / "demo.py"
    lieu = importlib.util.spec_from_file_location("demo_script", chemin)
    module = importlib.util.module_from_spec(lieu)
    lieu.loader.exec_module(module)
    return module


def test_a_new_demo_does_not_delete_the_base_of_one_that_is_served(demo, tmp_path):
    """Another process, as another window would: it lives on through `exec`, and dies with its lock."""
    base = tmp_path / "demo.sqlite3"
    base.write_text("ce qui s’y est fait")
    servir = (
        "import os, sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; import demo;"
        "v = demo.prendre(Path(sys.argv[2]), neuve=False);"
        "os.execv(sys.executable, [sys.executable, '-c', 'print(1, flush=True); input()'])"
    )
    commande = [sys.executable, "-c", servir, str(Path(demo.__file__).parent), str(tmp_path)]
    with subprocess.Popen(commande, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as serveur:
        assert serveur.stdout.readline() == b"1\n"
        with pytest.raises(demo.EncoreServie, match="Rien n’a été effacé"):
            demo.prendre(tmp_path, neuve=True)
        assert base.exists()
        demo.prendre(tmp_path, neuve=False).close()  # a second server may share it
        serveur.communicate(b"\n")
    demo.prendre(tmp_path, neuve=True).close()
    assert not base.exists()


# --- The load -----------------------------------------------------------------------------------


@pytest.fixture
def charge(monkeypatch):
    monkeypatch.syspath_prepend(Path(settings.BASE_DIR) / "scripts")
    return importlib.import_module("charge_foule")


def test_a_centile_is_one_of_the_durations_and_none_of_none(charge):
    cent = [float(n) for n in range(100, 0, -1)]
    assert (charge.centile(cent, 50), charge.centile(cent, 95)) == (50, 95)
    assert charge.centile([3.0], 95) == charge.centile([3.0], 1) == 3.0
    assert charge.centile([1.0, 2.0, 9.0], 95) == 9.0
    assert math.isnan(charge.centile([], 50))


@pytest.mark.parametrize("hote", ["192.0.2.7", "0.0.0.0", "::", "demo.example", "localhost", ""])
def test_a_load_aims_at_no_other_machine(charge, hote):
    with pytest.raises(charge.AutreMachine, match="ne vise que cette machine"):
        charge.Liaison(8000, hote=hote)
    assert charge.Liaison(8000).http.host == "127.0.0.1"


def test_the_crowd_is_of_every_role_and_of_cadres_mostly(charge):
    for combien in (10, 40, 200):
        roles = Counter(charge.foule(combien))
        assert roles.total() == combien
        assert set(roles) == set(charge.PARCOURS)
        assert roles.most_common(1)[0][0] == "cadre"


def test_a_load_stops_at_its_count_at_its_hour_and_when_told(charge):
    demain = time.monotonic() + 86_400
    bornes = charge.Bornes(2, demain, threading.Event())
    assert [bornes.encore() for _ in range(3)] == [True, True, False]
    assert not charge.Bornes(2, time.monotonic(), threading.Event()).encore()
    arret = threading.Event()
    arret.set()
    assert not charge.Bornes(2, demain, arret).encore()


def test_the_table_says_times_of_the_bare_view_and_counts_what_broke(charge):
    notre, nue = charge.Releve(), charge.Releve()
    nue.noter(("", charge.NUE), 0.002)
    notre.noter(("drh", "registre"), 0.030)
    notre.noter(("drh", "registre"), 0.050, "500 à /registre/")
    lignes = charge.tableau(notre, nue)
    assert "| drh, registre | 2 | 1 | 15.0 | 25.0 |" in lignes
    assert "| dgs, journal | 0 | 0 | — | — |" in lignes
    assert lignes[-1] == "| **ensemble** | 2 | 1 | 15.0 | 25.0 |"


def test_a_redirection_and_a_broken_connection_are_errors(charge):
    """An ended session leads to the login page, quickly: it is not a page served."""

    class Rompue:
        def demander(self, chemin):
            if chemin == "/":
                raise ConnectionResetError
            return 302, "ailleurs"

    releve = charge.Releve()
    assert charge.ouvrir(Rompue(), ("dgs", "accueil"), "/", releve) == ""
    assert charge.ouvrir(Rompue(), ("dgs", "journal"), "/journal/", releve) == ""
    assert releve.erreurs == {
        ("dgs", "accueil"): ["ConnectionResetError à /"],
        ("dgs", "journal"): ["302 à /journal/"],
    }
