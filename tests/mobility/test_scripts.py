"""In production a script is served under a name that changes with what it holds."""

import importlib.util
import re
import subprocess
import sys
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
