"""Who is admitted without a reason: cadres, or all agents of some categories and filières."""

import csv
from pathlib import Path

import pytest

from cadres.fiche.referentiels import DOSSIER, FILIERES
from cadres.recensement.personnes.public import PublicVise
from collectivites.mots import Filiere

CADRES = PublicVise()
AGENTS = PublicVise(agents=True)
B_ET_C = PublicVise(agents=True, categories=frozenset("BC"))
TECHNIQUE = PublicVise(agents=True, filieres=frozenset({"technique"}))


@pytest.mark.parametrize(
    ("public", "categorie", "cadre_emplois", "encadre", "admis"),
    [
        (CADRES, "A+", "", False, True),
        (CADRES, "", "", False, True),
        (CADRES, "B", "Rédacteur territorial", False, False),
        (CADRES, "C", "", True, True),
        (AGENTS, "C", "Adjoint technique territorial", False, True),
        (B_ET_C, "A", "", True, False),
        (B_ET_C, "A+", "", False, False),
        (B_ET_C, "C", "", False, True),
        (B_ET_C, "", "", False, True),
        (TECHNIQUE, "B", "Technicien territorial", False, True),
        (TECHNIQUE, "A", "Attaché territorial", True, False),
        (TECHNIQUE, "A", "Un cadre d’emplois que l’on ne connaît pas", False, True),
    ],
)
def test_who_is_admitted(public, categorie, cadre_emplois, encadre, admis):
    assert public.admet(categorie, cadre_emplois, encadre=encadre) is admis


def test_each_cadre_d_emplois_of_the_list_has_its_filière():
    with Path(DOSSIER / "grades.csv").open(encoding="utf-8") as lignes:
        connus = {ligne["cadre_emplois"] for ligne in csv.DictReader(lignes)}
    assert connus == set(FILIERES)
    assert set(FILIERES.values()) == set(Filiere.values)
