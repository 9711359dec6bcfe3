"""Statistical secrecy: no small number is published, nor can be found again from those that are.

A table with its totals is a circulation: a cell flows from its row to its column, a row's total
feeds the row, a column drains into its total, the grand total closes the loop; each node receives
what it gives. A hidden cell is found again by subtraction exactly when no other circulation agrees
with what is published, that is when no cycle passes through it in the residual graph of the hidden
cells. So: hide the small cells, then, as long as a hidden cell can be found, hide the cheapest
cells that close a cycle through it. Exact, and quick for tables of a few hundred cells.

Zeros are published: nobody is in them. A reader of the table is assumed to know all of this.
"""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

NON_COMMUNIQUE = "n.c."

Noeud = Hashable
Cle = Hashable


@dataclass(frozen=True)
class Arete:
    """A cell: how many go from `origine` to `extremite` (a row and a column, or their totals)."""

    origine: Noeud
    extremite: Noeud
    valeur: int


def est_petit(valeur: int, seuil: int) -> bool:
    """Whether a number would name somebody. Zero names nobody."""
    return 0 < valeur < seuil


def publiable(valeur: int, seuil: int) -> int | None:
    """A number on its own, or None when it must not be told."""
    return None if est_petit(valeur, seuil) else valeur


def masquer(aretes: Mapping[Cle, Arete], seuil: int) -> frozenset[Cle]:
    """The cells to hide: the small ones, and enough others that none can be found again."""
    masquees = {cle for cle, arete in aretes.items() if est_petit(arete.valeur, seuil)}
    while devinees := [cle for cle in _triees(masquees) if _chemin(aretes, masquees, cle) is None]:
        masquees |= _complement(aretes, masquees, devinees[0])
    return frozenset(masquees)


def _triees(cles: set[Cle]) -> list[Cle]:
    return sorted(cles, key=repr)


def _complement(aretes: Mapping[Cle, Arete], masquees: set[Cle], cle: Cle) -> set[Cle]:
    """The cheapest published cells that, once hidden, leave `cle` in doubt."""
    chemin = _chemin(aretes, set(aretes), cle, gratuites=masquees)
    if chemin is None:  # cannot be left in doubt: then nothing around it is told
        return set(aretes)
    return set(chemin) - masquees or set(aretes) - masquees


def _chemin(
    aretes: Mapping[Cle, Arete],
    ouvertes: set[Cle],
    cle: Cle,
    gratuites: set[Cle] | None = None,
) -> list[Cle] | None:
    """A cycle through `cle` in the residual graph of the `ouvertes`: the cells met, or None.

    A cell can always grow, and can shrink when it is not zero. The cost of a cell is its value
    (what the reader loses), nothing for the `gratuites`.
    """
    arete = aretes[cle]
    candidats = [_plus_court(aretes, ouvertes, cle, arete.extremite, arete.origine, gratuites)]
    if arete.valeur > 0:
        candidats.append(
            _plus_court(aretes, ouvertes, cle, arete.origine, arete.extremite, gratuites)
        )
    trouves = [c for c in candidats if c is not None]
    return min(trouves, key=lambda c: c[0])[1] if trouves else None


def _plus_court(
    aretes: Mapping[Cle, Arete],
    ouvertes: set[Cle],
    exclue: Cle,
    depart: Noeud,
    arrivee: Noeud,
    gratuites: set[Cle] | None,
) -> tuple[int, list[Cle]] | None:
    """Dijkstra's shortest path from `depart` to `arrivee`, never through `exclue`."""
    voisins: dict[Noeud, list[tuple[Noeud, Cle, int]]] = {}
    for cle in _triees(ouvertes - {exclue}):
        arete = aretes[cle]
        cout = 0 if gratuites is None or cle in gratuites else 1 + arete.valeur
        voisins.setdefault(arete.origine, []).append((arete.extremite, cle, cout))
        if arete.valeur > 0:
            voisins.setdefault(arete.extremite, []).append((arete.origine, cle, cout))
    file: list[tuple[int, int, Noeud, list[Cle]]] = [(0, 0, depart, [])]
    vus: set[Noeud] = set()
    ordre = 0
    while file:
        cout, _, noeud, chemin = heapq.heappop(file)
        if noeud == arrivee:
            return cout, chemin
        if noeud in vus:
            continue
        vus.add(noeud)
        for suivant, cle, ajout in voisins.get(noeud, ()):
            if suivant not in vus:
                ordre += 1
                heapq.heappush(file, (cout + ajout, ordre, suivant, [*chemin, cle]))
    return None


# --- Tables -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TablePubliee:
    """A table with its margins. A cell that does not exist (a diagonal) is None in both."""

    cases: tuple[tuple[int | None, ...], ...]
    lignes: tuple[int | None, ...]
    colonnes: tuple[int | None, ...]
    total: int | None


def publier_table(cases: Sequence[Sequence[int | None]], seuil: int) -> TablePubliee:
    """A table whose rows and columns add up to margins, and these to a grand total."""
    aretes: dict[Cle, Arete] = {
        ("case", i, j): Arete(("ligne", i), ("colonne", j), valeur)
        for i, ligne in enumerate(cases)
        for j, valeur in enumerate(ligne)
        if valeur is not None
    }
    for i, ligne in enumerate(cases):
        somme = sum(v or 0 for v in ligne)
        aretes["ligne", i] = Arete("lignes", ("ligne", i), somme)
    largeur = len(cases[0]) if cases else 0
    for j in range(largeur):
        somme = sum(ligne[j] or 0 for ligne in cases)
        aretes["colonne", j] = Arete(("colonne", j), "colonnes", somme)
    grand_total = sum(v or 0 for ligne in cases for v in ligne)
    aretes["total"] = Arete("colonnes", "lignes", grand_total)
    masquees = masquer(aretes, seuil)

    def lue(cle: Cle) -> int | None:
        return None if cle in masquees or cle not in aretes else aretes[cle].valeur

    return TablePubliee(
        tuple(tuple(lue(("case", i, j)) for j in range(largeur)) for i in range(len(cases))),
        tuple(lue(("ligne", i)) for i in range(len(cases))),
        tuple(lue(("colonne", j)) for j in range(largeur)),
        lue("total"),
    )
