"""What the import handles: a clean row, an existing record, and the parts of a diagnosis.

Every dataclass is frozen. A diagnosis is built by `diagnostic`, and serialised by `serialisation`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

Valeur = str | int | bool | date | None

CHAMPS: dict[str, str] = {
    "matricule": "Matricule",
    "civilite": "Civilité",
    "nom": "Nom",
    "prenom": "Prénom",
    "nom_prenom": "Nom et prénom (une seule colonne)",
    "prenom_nom": "Prénom et nom (une seule colonne)",
    "courriel": "Courriel",
    "categorie": "Catégorie",
    "cadre_emplois": "Cadre d’emplois",
    "grade": "Grade",
    "echelon": "Échelon",
    "statut": "Statut",
    "date_entree_poste": "En poste depuis",
    "poste": "Poste occupé",
    "direction": "Direction",
    "encadrement": "Encadrement",
    "nb_agents": "Agents encadrés",
    "profil": "Profil",
    "domaine": "Famille de métiers",
    "visees": "Visées (une seule colonne)",
    "vise_promotion": "Visée : promotion",
    "vise_mobilite": "Visée : mobilité latérale",
    "vise_developpement": "Visée : développement",
    "collectivite": "Collectivité (employeur)",
    "cle": "Clé de l’export Quatuor",
}
"""The fields that a column may feed, with their French label."""

CHAMPS_COMPOSES = ("nom_prenom", "prenom_nom")
CHAMPS_IDENTITE = frozenset({"matricule", "nom", "prenom", "courriel", *CHAMPS_COMPOSES})
"""Who it is: names of persons, which are never cached."""
CHAMPS_NOMS = frozenset({"nom", "prenom", *CHAMPS_COMPOSES})
CHAMPS_EXIGES = CHAMPS_NOMS | {"matricule", "categorie", "date_entree_poste", "encadrement"}
"""What must be right for a person to be written: the others are left empty, and said."""
CHAMPS_VISEES = ("vise_promotion", "vise_mobilite", "vise_developpement")
CHAMPS_TUS = frozenset({"domaine", *CHAMPS_VISEES})
"""Compared only when the caller gave what the registre holds (`None` in a record: not told)."""


@dataclass(frozen=True, slots=True)
class LigneCadre:
    """A row of the file once understood. `ligne` is the spreadsheet's own row number."""

    ligne: int
    nom: str
    prenom: str
    matricule: str = ""
    civilite: str = ""  # "F", "M", ""
    courriel: str = ""
    categorie: str = ""  # "A+", "A", "B", "C", ""
    cadre_emplois: str = ""
    grade: str = ""
    echelon: str = ""
    statut: str = ""  # "titulaire", "stagiaire", "cdi", "cdd", ""
    date_entree_poste: date | None = None
    poste: str = ""
    direction: str = ""
    encadrement: bool | None = None
    nb_agents: int | None = None
    profil: str = ""  # "haut_potentiel", "experimente", ""
    domaine: str = ""
    vise_promotion: bool | None = None
    vise_mobilite: bool | None = None
    vise_developpement: bool | None = None
    #: The row's own key, as our export wrote it: never compared, never shown.
    cle: str = ""

    @property
    def joignable(self) -> bool:
        return bool(self.courriel)

    def valeurs(self) -> dict[str, Valeur]:
        return {champ: getattr(self, champ) for champ in CHAMPS_CADRE}


CHAMPS_CADRE: tuple[str, ...] = tuple(
    f.name for f in fields(LigneCadre) if f.name not in {"ligne", "cle"}
)


@dataclass(frozen=True, slots=True)
class FicheExistante:
    """What the registre of the same collectivité already holds on one cadre."""

    id: int | str
    nom: str
    prenom: str
    matricule: str = ""
    civilite: str = ""
    courriel: str = ""
    categorie: str = ""
    cadre_emplois: str = ""
    grade: str = ""
    echelon: str = ""
    statut: str = ""
    date_entree_poste: date | None = None
    poste: str = ""
    direction: str = ""
    encadrement: bool | None = None
    nb_agents: int | None = None
    profil: str = ""
    #: None: the caller does not say, nothing is compared.
    domaine: str | None = None
    vise_promotion: bool | None = None
    vise_mobilite: bool | None = None
    vise_developpement: bool | None = None
    #: What named the person before a mobility: recognised, never written back.
    anciens_matricules: tuple[str, ...] = ()
    anciens_courriels: tuple[str, ...] = ()
    #: The HR direction said that the person left: a list writes nothing about them any more.
    partie: bool = False
    #: …by a mobility of the démarche: they are another employer's now, and nothing else is told.
    ailleurs: bool = False


@dataclass(frozen=True, slots=True)
class ColonneLue:
    """One column of the file and what becomes of it; `champ` is "" when it is not kept."""

    colonne: str
    champ: str
    exemple: str = ""
    code: str = ""  # "", "minimisation", "inconnue", "double", "secours", "choix", "quatuor"
    raison: str = ""


@dataclass(frozen=True, slots=True)
class ColonneEcartee:
    colonne: str
    code: str
    raison: str


@dataclass(frozen=True, slots=True)
class Changement:
    champ: str
    libelle: str
    avant: Valeur
    apres: Valeur

    @property
    def avant_affiche(self) -> str:
        return afficher(self.champ, self.avant)

    @property
    def apres_affiche(self) -> str:
        return afficher(self.champ, self.apres)


@dataclass(frozen=True, slots=True)
class MiseAJour:
    cadre: LigneCadre
    fiche_id: int | str
    changements: tuple[Changement, ...]


@dataclass(frozen=True, slots=True)
class Inchange:
    cadre: LigneCadre
    fiche_id: int | str


@dataclass(frozen=True, slots=True)
class Anomalie:
    """One value to correct, or left empty. `applicable`: the suggestion may replace it as it is."""

    ligne: int
    champ: str
    colonne: str
    valeur: str
    motif: str
    suggestion: str = ""
    applicable: bool = False
    #: What could be read of whose row it is, for the screen: « Dupont Marie ».
    qui: str = ""


@dataclass(frozen=True, slots=True)
class LigneRejetee:
    """The kept raw values of a row that is not written, so that it can be corrected."""

    ligne: int
    valeurs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Doublon:
    ligne: int
    premiere: int


@dataclass(frozen=True, slots=True)
class LigneIgnoree:
    ligne: int
    raison: str  # "total", "commentaire", "entete", "vacant", "section", "page"
    contenu: str


@dataclass(frozen=True, slots=True)
class FeuillePossible:
    """A sheet that could be read as a staff list, for the page where another is chosen."""

    nom: str
    nb_lignes: int  # rows below its heading that hold something
    active: bool  # the one that the workbook opens on
    masquee: bool
    lue: bool


@dataclass(frozen=True, slots=True)
class Avertissement:
    code: str
    message: str
    lignes: tuple[int, ...]


_LIBELLES_VALEURS = {
    "civilite": {"F": "Madame", "M": "Monsieur"},
    "statut": {"titulaire": "Titulaire", "stagiaire": "Stagiaire", "cdi": "CDI", "cdd": "CDD"},
    "profil": {"haut_potentiel": "Haut potentiel", "experimente": "Expérimenté"},
}


def afficher(champ: str, valeur: Valeur) -> str:
    """A typed value as French text; the text is understood again by the import."""
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return "Oui" if valeur else "Non"
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    texte = str(valeur)
    return _LIBELLES_VALEURS.get(champ, {}).get(texte, texte)


def libelle_colonne(colonnes: Mapping[str, str], champ: str) -> str:
    """The heading under which the user knows a field. `colonnes`: field -> heading in the file."""
    if champ in colonnes:
        return colonnes[champ]
    if champ in {"nom", "prenom"}:
        for compose in CHAMPS_COMPOSES:
            if compose in colonnes:
                return colonnes[compose]
    return CHAMPS[champ]
