"""Grade and échelon to index, on a day; and the échelon a reclassement leads to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opportunites.remuneration.baremes.chargement import Entree
from opportunites.remuneration.baremes.lecture import PRUDENCE_MEMOIRE, Baremes
from opportunites.remuneration.baremes.schema import chevron as chevron_de
from opportunites.remuneration.erreurs import refuser
from opportunites.remuneration.textes import enumeration, jour


@dataclass(frozen=True)
class Echelon:
    """A line of a grid. `chevron` 1 to 3 within a letter (hors échelle), 0 otherwise."""

    cadre_emplois: str
    grade: str
    echelon: str
    chevron: int
    indice_brut: str
    inm: int
    debut: date
    source: str
    confiance: str
    note: str
    #: said in place of the common caution of what is from memory
    reserve: str = ""

    @property
    def prudence(self) -> str:
        return (self.reserve or PRUDENCE_MEMOIRE) if self.confiance == "M" else ""

    @property
    def intitule(self) -> str:
        chevron = f", chevron {self.chevron}" if self.chevron else ""
        return f"{self.grade}, échelon {self.echelon}{chevron}"


def grades(baremes: Baremes, ce_jour: date) -> list[str]:
    """In the order of the file, which is that of careers."""
    return list(dict.fromkeys(e.grade for e in _en_vigueur(baremes, ce_jour)))


def echelons(baremes: Baremes, grade: str, ce_jour: date) -> list[Echelon]:
    """The grid of a grade; refuses a grade that has none, or a day before the grids."""
    trouves = [e for e in _en_vigueur(baremes, ce_jour) if e.grade == grade]
    if trouves:
        return trouves
    if connus := grades(baremes, ce_jour):
        raise refuser(
            "grade", f"Aucune grille pour « {grade} » ; grades admis : {enumeration(connus)}."
        )
    raise refuser("date", f"Aucune grille indiciaire n’est enregistrée au {jour(ce_jour)}.")


def classement(
    baremes: Baremes, grade: str, echelon: str, ce_jour: date, *, chevron: int = 1
) -> Echelon:
    """The line of a grade and échelon; one that does not exist is refused, with those that do."""
    return choisir(echelons(baremes, grade, ce_jour), grade, echelon, chevron=chevron)


def choisir(grille: list[Echelon], intitule: str, echelon: str, *, chevron: int = 1) -> Echelon:
    """The line of an échelon in a grid that is not empty; refuses one that is not there."""
    memes = [e for e in grille if e.echelon == echelon]
    if not memes:
        admis = enumeration(list(dict.fromkeys(e.echelon for e in grille)))
        raise refuser(
            "echelon", f"« {intitule} » n’a pas d’échelon « {echelon} » ; admis : {admis}."
        )
    if len(memes) == 1:
        return memes[0]
    for ligne in memes:
        if ligne.chevron == chevron:
            return ligne
    admis = enumeration([str(e.chevron) for e in memes])
    raise refuser("chevron", f"Cet échelon n’a pas de chevron {chevron} ; admis : {admis}.")


def a_indice_egal_ou_superieur(baremes: Baremes, grade: str, inm: int, ce_jour: date) -> Echelon:
    """Where a reclassement leads: the first échelon at an equal or immediately higher index.

    Among the numbered échelons: nobody is reclassed as an élève, nor into an échelon spécial. From memory, as
    the texts of each cadre d'emplois decide: to be confirmed by the host's arrêté. Beyond the last échelon, the
    last one (the person then keeps the index, on a personal basis).
    """
    numerotes = [e for e in echelons(baremes, grade, ce_jour) if e.echelon.isdecimal()]
    grille = sorted(numerotes, key=lambda e: e.inm)
    for ligne in grille:
        if ligne.inm >= inm:
            return ligne
    return grille[-1]


def _en_vigueur(baremes: Baremes, ce_jour: date) -> list[Echelon]:
    return [_echelon(e) for e in baremes.grilles if e.vaut(ce_jour)]


def _echelon(entree: Entree) -> Echelon:
    assert entree.debut is not None
    brut = entree.texte("indice_brut")
    return Echelon(
        entree.texte("cadre_emplois"),
        entree.texte("grade"),
        entree.texte("echelon"),
        int(chevron_de(brut) or 0),
        brut,
        entree.entier("inm"),
        entree.debut,
        entree.source,
        entree.confiance,
        entree.texte("note"),
    )
