"""Whom a démarche is for, as a staff list is sorted: cadres, or all agents by category and filière."""

from __future__ import annotations

from dataclasses import dataclass

from cadres.fiche.referentiels import FILIERES


@dataclass(frozen=True)
class PublicVise:
    """`agents`: not the cadres alone. `categories`, `filieres`: those that are meant; empty, all."""

    agents: bool = False
    categories: frozenset[str] = frozenset()
    filieres: frozenset[str] = frozenset()

    def admet(self, categorie: str, cadre_emplois: str, *, encadre: bool) -> bool:
        """What is not known excludes nobody. For cadres: A, A+, or whoever leads a team."""
        if not self.agents:
            return categorie not in {"B", "C"} or encadre
        niveau = categorie.rstrip("+")
        if niveau and self.categories and niveau not in self.categories:
            return False
        filiere = FILIERES.get(cadre_emplois, "")
        return not filiere or not self.filieres or filiere in self.filieres

    @property
    def hors(self) -> str:
        """What somebody is who is outside, in the words of the form."""
        if self.agents:
            return "catégorie ou filière que la démarche ne vise pas"
        return "catégorie B ou C, sans encadrement"
