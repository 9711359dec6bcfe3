"""10,000 rows with one bad: seconds, bounded memory, and about the time of reading the file.

Processor time: what else the machine does does not count."""

import time
import tracemalloc
from datetime import date

import pytest

from cadres.recensement.diagnostic import diagnostiquer
from cadres.recensement.fichiers.lecture import lire
from cadres.recensement.fichiers.tableur import ecrire_tableur
from tests.cadres.recensement.aide import JOUR

ENTETES = [
    "Matricule", "Civilité", "Nom d'usage", "Prénom", "Date de naissance", "Cat.", "Cadre d'emplois",
    "Grade", "Éch.", "Statut", "Date affectation", "Libellé poste", "Direction", "Nb agents encadrés", "Courriel pro",
]  # fmt: skip
LETTRES = str.maketrans("0123456789", "ABCDEFGHIJ")
MAUVAISE = 5_000


def agents(nombre: int) -> list[list[object]]:
    return [
        [
            f"{i:06}", "Mme", f"NOM{str(i).translate(LETTRES)}", "Élodie", date(1980, 1, 1), "Cat. A",
            "Attaché territorial", "ATTACHE PAL", i % 9 + 1, "TIT",
            "31/02/2019" if i == MAUVAISE else f"{i % 28 + 1:02}/03/20{i % 20:02}",
            f"Responsable {i}", "DGA Ressources", i % 50, f"agent{i}@ville.example.fr",
        ]
        for i in range(nombre)
    ]  # fmt: skip


@pytest.mark.lourd
@pytest.mark.parametrize("format_", ["xlsx", "ods"])
def test_10_000_lignes_dont_une_mauvaise(format_: str) -> None:
    octets = b"".join(ecrire_tableur(ENTETES, agents(10_000), format_))
    lectures, diagnostics = [], []
    for _ in range(2):
        debut = time.process_time()
        classeur = lire(octets, f"x.{format_}")
        milieu = time.process_time()
        diag = diagnostiquer(classeur, existants=[], aujourdhui=JOUR)
        lectures.append(milieu - debut)
        diagnostics.append(time.process_time() - milieu)
    assert len(diag.nouveaux) == 9_999
    assert [(a.ligne, a.colonne) for a in diag.a_corriger] == [(MAUVAISE + 2, "Date affectation")]
    rapport = (min(lectures) + min(diagnostics)) / min(lectures)
    assert rapport < 6, f"reading {min(lectures):.2f} s, diagnosis {min(diagnostics):.2f} s"


@pytest.mark.lourd
def test_la_memoire_reste_bornee() -> None:
    octets = b"".join(ecrire_tableur(ENTETES, agents(5_000), "xlsx"))
    tracemalloc.start()
    try:
        diagnostiquer(lire(octets, "x.xlsx"), existants=[], aujourdhui=JOUR)
        _, sommet = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert sommet < 60 * 1024 * 1024  # bytes, about 17 MB in fact
