"""The acts of the journal: each declared in one place, with its label, and written somewhere."""

import ast
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from collectivites.mots import ActeJournal, actes_du_journal

SALLES = ("collectivites", "cadres", "parcours", "opportunites", "pilotage")


def arbres():
    """(path, syntax tree) of every module of the rooms, migrations aside."""
    for salle in SALLES:
        for chemin in sorted(Path(settings.BASE_DIR, salle).rglob("*.py")):
            if "migrations" not in chemin.parts:
                yield chemin.relative_to(settings.BASE_DIR), ast.parse(chemin.read_text())


SOURCES = dict(arbres())
ACTES = [acte for actes in ActeJournal.__subclasses__() for acte in actes]


def test_each_room_that_declares_acts_does_so_in_its_words():
    salles = {config.name for config in apps.get_app_configs()}

    for actes in ActeJournal.__subclasses__():
        salle, _, module = actes.__module__.partition(".")
        assert salle in salles
        assert (module in {"mots", "mots.actes"}, actes.__name__) == (True, "Actes")


def test_no_code_and_no_label_is_declared_twice():
    assert not [code for code, n in Counter(a.value for a in ACTES).items() if n > 1]
    assert not [label for label, n in Counter(str(a.label) for a in ACTES).items() if n > 1]


@pytest.mark.parametrize("acte", ACTES, ids=lambda acte: acte.value)
def test_an_act_has_a_label_of_its_own_and_fits_its_column(acte):
    libelle = str(acte.label)
    assert libelle[:1].isupper()
    # Django makes one up from the name of a member that was given none.
    assert libelle != acte.name.replace("_", " ").title()
    assert len(acte.value) <= 60


def test_no_source_writes_a_code_by_hand():
    """A member says it: a code that is typed again may be typed wrong, and has no label."""
    codes = actes_du_journal().keys()
    a_la_main = [
        f"{chemin}:{noeud.lineno} {noeud.value}"
        for chemin, arbre in SOURCES.items()
        if "mots" not in {chemin.stem, chemin.parent.name}
        for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.Constant) and noeud.value in codes
    ]
    assert a_la_main == []


@pytest.mark.parametrize("acte", ACTES, ids=lambda acte: acte.value)
def test_every_act_is_written_by_its_room(acte):
    salle = type(acte).__module__.partition(".")[0]
    assert any(
        isinstance(noeud, ast.Attribute) and noeud.attr == acte.name
        for chemin, arbre in SOURCES.items()
        if chemin.parts[0] == salle
        for noeud in ast.walk(arbre)
    ), f"{acte!r} is written nowhere"
