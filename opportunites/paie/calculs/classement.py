"""Where what was typed stands in a grid: that of a grade, or that of an emploi de direction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from opportunites.paie.calculs.saisie import SaisieAccueil, SaisiePoste
from opportunites.remuneration.baremes import grilles
from opportunites.remuneration.baremes.direction import grille as direction
from opportunites.remuneration.baremes.direction.grille import Direction
from opportunites.remuneration.baremes.grilles import Echelon
from opportunites.remuneration.baremes.lecture import Baremes
from opportunites.remuneration.erreurs import refuser


def dans_la_grille(
    saisie: SaisiePoste, grille: list[Echelon], intitule: str, cle_indice: str = "inm"
) -> Echelon:
    """The line of the grid; an index typed beside it must be its own, or that of one of its chevrons."""
    if not saisie.echelon:
        admis = ", ".join(dict.fromkeys(e.echelon for e in grille))
        raise refuser("echelon", f"Indiquez l’échelon de « {intitule} » : {admis}.")
    echelon = grilles.choisir(grille, intitule, saisie.echelon)
    if saisie.inm in {None, echelon.inm}:
        return echelon
    for ligne in grille:
        if ligne.echelon == saisie.echelon and ligne.inm == saisie.inm:
            return ligne
    raise refuser(
        cle_indice,
        f"{echelon.intitule} correspond à l’indice majoré {echelon.inm} : laissez ce champ vide, ou "
        "l’échelon, ou corrigez le grade.",
    )


def echelon_de_direction(
    saisie: SaisieAccueil, emploi: Direction, jour: date, baremes: Baremes
) -> Echelon | None:
    """None: the index that was typed stands alone, as it must where no grid is known."""
    grille = direction.echelons(baremes, emploi, jour)
    if not grille and saisie.inm is None:
        raise refuser(
            "inm_emploi",
            f"{emploi.intitule} : grille non disponible pour cet employeur, saisissez l’indice.",
        )
    if not grille or (not saisie.echelon and saisie.inm is not None):
        return None
    return dans_la_grille(saisie, grille, emploi.intitule, "inm_emploi")


def indice_tape(
    saisie: SaisieAccueil, emploi: Direction, echelon: Echelon | None
) -> tuple[str, ...]:
    """An index that no grid of ours confirms says whose word it is."""
    if echelon is not None or saisie.inm is None:
        return ()
    return (
        f"indice {saisie.inm} saisi pour cet emploi ({emploi.intitule.lower()}), sans échelon : "
        "aucune grille ne le confirme ici, à vérifier dans le décret de l’emploi",
    )


def avec_sa_nbi(
    saisie: SaisieAccueil, emploi: Direction, jour: date, baremes: Baremes
) -> tuple[SaisieAccueil, tuple[str, ...]]:
    """A text gives the NBI of an emploi de direction: what was not told is that; another one is said."""
    nbi = direction.nbi(baremes, emploi, jour)
    if nbi is None:
        return saisie, ()
    if saisie.nbi is not None and saisie.nbi != nbi.points:
        return saisie, (
            f"NBI de {saisie.nbi} points saisie ; {nbi.source} en donne {nbi.points} à cet emploi",
        )
    prudences = (
        (f"NBI de direction de {nbi.points} points : {nbi.prudence}",) if nbi.prudence else ()
    )
    return replace(saisie, nbi=nbi.points), prudences
