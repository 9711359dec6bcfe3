"""What matching the rows with the registre leaves to people: questions, conflicts, empty cells, absents."""

from dataclasses import dataclass

from cadres.recensement.modeles import LigneCadre, Valeur, afficher


@dataclass(frozen=True, slots=True)
class Reponse:
    """One side by side line of a question: what the file says, what the registre holds."""

    champ: str
    libelle: str
    fichier: str
    registre: str
    pareil: bool


@dataclass(frozen=True, slots=True)
class Candidat:
    """A record of the registre that may be the person of a row."""

    fiche_id: int | str
    nom: str
    prenom: str
    reponses: tuple[Reponse, ...]

    @property
    def nom_complet(self) -> str:
        return f"{self.prenom} {self.nom}"


@dataclass(frozen=True, slots=True)
class Question:
    """« Même personne ou deux personnes ? » Nothing is written of the row until somebody says."""

    cadre: LigneCadre
    raison: str  # "nom", "poste"
    candidats: tuple[Candidat, ...]


AUTRE_PERSONNE = ""
"""The answer « deux personnes » to a question; the other answers are the id of a record."""


@dataclass(frozen=True, slots=True)
class Conflit:
    """A cell changed in the file, and meanwhile in the registre: exported, now, theirs."""

    ligne: int
    fiche_id: int | str
    champ: str
    libelle: str
    exporte: Valeur
    actuel: Valeur
    fichier: Valeur

    @property
    def exporte_affiche(self) -> str:
        return afficher(self.champ, self.exporte)

    @property
    def actuel_affiche(self) -> str:
        return afficher(self.champ, self.actuel)

    @property
    def fichier_affiche(self) -> str:
        return afficher(self.champ, self.fichier)


@dataclass(frozen=True, slots=True)
class CelluleVidee:
    """An empty cell where the registre holds a value: the record keeps it, and this is said."""

    ligne: int
    fiche_id: int | str
    champ: str
    libelle: str
    avant: Valeur

    @property
    def avant_affiche(self) -> str:
        return afficher(self.champ, self.avant)


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody of the registre whom no row of the file speaks of."""

    fiche_id: int | str
    nom: str
    prenom: str
    poste: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class AutreEmployeur:
    """Rows of our export that belong to another employer: set aside, nothing of them is kept."""

    nom: str  # "" when only the row's key tells
    lignes: tuple[int, ...]
