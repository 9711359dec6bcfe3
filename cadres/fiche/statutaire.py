"""Cadre d'emplois, grade and échelon as a form takes them: the very rules of the staff lists.

What the file already held is left alone: it may be older than the rules.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from cadres.models import Cadre
from cadres.recensement.champs.grades import (
    echelon_hors_grille,
    liste_grades,
    resoudre_grade,
)
from cadres.recensement.champs.lu import Lu
from cadres.recensement.champs.valeurs import lire_valeur

Valeurs = dict[str, Any]


def lire_la_situation(donnees: Valeurs, cadre: Cadre) -> tuple[Valeurs, dict[str, str]]:
    """(the values of the reference lists, what to say beside each field that is not in them)."""
    lues: Valeurs = {}
    refus: dict[str, str] = {}
    if _a_change(donnees, cadre, "cadre_emplois"):
        _garder("cadre_emplois", _lire("cadre_emplois", donnees["cadre_emplois"]), lues, refus)
    corps = str(lues.get("cadre_emplois", donnees.get("cadre_emplois") or ""))
    if _a_change(donnees, cadre, "grade") and "cadre_emplois" not in refus:
        grade, lu = resoudre_grade(donnees["grade"], corps, donnees.get("categorie") or "")
        if grade is None:
            _garder("grade", lu, lues, refus)
        else:
            lues["grade"] = grade.grade
            if not corps and grade.cadre_emplois:
                lues["cadre_emplois"] = grade.cadre_emplois
    if _a_change(donnees, cadre, "echelon"):
        _garder("echelon", _lire("echelon", donnees["echelon"]), lues, refus)
        grade_lu = lues.get("grade", donnees.get("grade") or "")
        if bornes := echelon_hors_grille(grade_lu, str(lues.get("echelon") or "")):
            refus["echelon"] = f"Ce grade n’a pas cet échelon : {bornes}."
    return lues, refus


def _a_change(donnees: Valeurs, cadre: Cadre, champ: str) -> bool:
    return bool(donnees.get(champ)) and donnees[champ] != getattr(cadre, champ)


def _lire(champ: str, texte: str) -> Lu:
    return lire_valeur(champ, texte.strip(), timezone.localdate())


def _garder(champ: str, lu: Lu, lues: Valeurs, refus: dict[str, str]) -> None:
    if lu.motif:
        conseil = f" : {lu.suggestion} ?" if lu.applicable else f" ({lu.suggestion})"
        refus[champ] = f"{lu.motif}{conseil if lu.suggestion else ''}"
    else:
        lues[champ] = lu.valeur or ""


def cadres_d_emplois() -> list[str]:
    """The reference names, for a form to offer."""
    return sorted({grade.cadre_emplois for grade in liste_grades()})


def grades() -> list[tuple[str, str]]:
    """(grade, its cadre d'emplois), for a form to offer."""
    return sorted({(grade.grade, grade.cadre_emplois) for grade in liste_grades()})
