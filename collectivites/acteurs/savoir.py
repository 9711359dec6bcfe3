"""The words of « Qui le saura »: who learns of an act, of what, and when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Lecteur(StrEnum):
    """As the access rules know people, seen from the cadre."""

    DGS = "dgs"
    DRH = "drh"
    GESTIONNAIRE = "gestionnaire"
    ACCOMPAGNATEUR = "accompagnateur"
    #: Of the poste, of the immersion: its DGS, DRH and gestionnaires.
    ACCUEIL = "accueil"
    #: The employers of the démarche that the act does not concern.
    AUTRES = "autres"


RH = frozenset({Lecteur.DRH, Lecteur.GESTIONNAIRE})
EMPLOYEUR = RH | {Lecteur.DGS}
ACCUEIL = frozenset({Lecteur.ACCUEIL})
AUTRES = frozenset({Lecteur.AUTRES, Lecteur.ACCUEIL})

DE_L_EMPLOYEUR = "Chez votre employeur, la direction générale et les ressources humaines"
AUSSITOT = "aussitôt"


@dataclass(frozen=True)
class Ligne:
    qui: str
    lecteurs: frozenset[Lecteur]
    quoi: str
    quand: str = AUSSITOT


@dataclass(frozen=True)
class Savoir:
    """`jamais`: what nobody learns, or who never does."""

    lignes: tuple[Ligne, ...]
    jamais: str

    @property
    def lecteurs(self) -> frozenset[Lecteur]:
        return frozenset().union(*(ligne.lecteurs for ligne in self.lignes))
