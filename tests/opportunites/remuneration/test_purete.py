"""The package imports the standard library and itself, nothing else: neither Django nor any room."""

import ast
import sys
from pathlib import Path

import opportunites.remuneration

RACINE = Path(opportunites.remuneration.__file__).parent
PAQUET = "opportunites.remuneration"


def imports(fichier):
    for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
        if isinstance(noeud, ast.Import):
            yield from (alias.name for alias in noeud.names)
        elif isinstance(noeud, ast.ImportFrom):
            assert noeud.level == 0
            yield noeud.module


def test_le_calcul_de_la_paie_est_du_python_pur():
    modules = list(RACINE.rglob("*.py"))
    assert len(modules) > 20
    etrangers = {
        (fichier.name, nom)
        for fichier in modules
        for nom in imports(fichier)
        if not nom.startswith(f"{PAQUET}.") and nom.split(".")[0] not in sys.stdlib_module_names
    }
    assert not etrangers


def test_aucun_montant_n_est_un_flottant():
    for fichier in RACINE.rglob("*.py"):
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            assert not (isinstance(noeud, ast.Constant) and isinstance(noeud.value, float)), fichier
            assert not (isinstance(noeud, ast.Name) and noeud.id == "float"), fichier
