"""Which rows are people, and what the others are: totals, titles of blocks, repeated headings, pages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cadres.recensement.champs.noms import nom_valide
from cadres.recensement.champs.texte import cle, nettoyer, sans_mot, tronquer
from cadres.recensement.entetes.entete import est_entete_repete
from cadres.recensement.fichiers.cellules import COLONNES_MAX, Cellule, texte_brut
from cadres.recensement.fichiers.lecture import Classeur
from cadres.recensement.modeles import CHAMPS_COMPOSES, CHAMPS_IDENTITE, LigneIgnoree

_TOTAL = re.compile(
    r"(?:sous )?tota(?:l|ux)\b.*|effectifs? .*|nombre (?:de|d|total)\b.*|somme\b.*|moyenne\b.*"
)
_COMMENTAIRE = re.compile(
    r"(?:nb|n b|note|notes|nota|source|legende|attention|commentaire|remarque|mise a jour|extraction|fin"
    r"|donnees|etat|liste|arrete|situation au)\b.*"
)
_PAGE = re.compile(
    r"page (?:n )?\d+\b.*|.*\bpage \d+(?: (?:sur |de )?\d+)?|\d+ \d+ page|suite(?: .*)?"
    r"|(?:imprime|edite|edition|tire)\b.*|(?:ciril|sedit|cegid|eksae|carrus|berger levrault)\b.*"
)
_DIRECTION = r"direction|dir|dga|dgs|dgst|pole|departement|secretariat|cabinet|delegation|inspection|mission|dg"
_SERVICE_SEUL = r"sous direction|service|unite|bureau|cellule|site|agence|secteur|equipe"
#: A line that only names a direction or a service, above those of its people.
_SERVICE = re.compile(rf"(?:{_DIRECTION}|{_SERVICE_SEUL}|structure|entite|affectation)\b.*")
_SOUS = re.compile(rf"(?:{_SERVICE_SEUL})\b.*")
_LIBELLE = re.compile(
    rf"(?:{_DIRECTION}|{_SERVICE_SEUL}|structure|entite|affectation)(?: d affectation)?"
)
#: Other words that stand alone above people, and are no direction.
_PAS_UN_SERVICE = re.compile(
    r"(?:categorie|cat|filiere|agents?|titulaires?|stagiaires?|contractuels?|cadres?|hommes?|femmes?|statut"
    r"|confidentiel|provisoire|document|projet|version|diffusion|ne pas|annee|mois|periode|encadrants?)\b.*"
)
#: A line of the organisation chart that nobody holds.
_VACANT = re.compile(r"(?:postes? )?(?:vacante?s?|(?:a )?pourvoir|a recruter|recrutement)(?: .*)?")
_AUTOUR_DU_TITRE = re.compile(
    r"^(?:direction|service|structure|entité|entite|affectation|pôle|pole|dga)\s*:\s*(?=\S)"
    r"|^[A-Z]{0,3}\d{2,}\s*[-–:]\s*(?=\S)|\s*\(\s*\d+\s*(?:agents?|personnes?|cadres?)?\s*\)$|\s*:\s*\d*\s*(?:agents?)?$",
    re.IGNORECASE,
)
TITRE_MAX = 120  # characters of the title of a block


@dataclass(slots=True)
class Tri:
    """Rows of people with the title of their block ("" for none), and those left aside."""

    gardees: list[tuple[int, list[Cellule], str]] = field(default_factory=list)
    ignorees: list[LigneIgnoree] = field(default_factory=list)
    vides: int = 0  # rows that only hold blanks


@dataclass(slots=True)
class _Section:
    """The title that heads the rows being read: a service does not hide its direction."""

    titre: str = ""
    de_service: bool = False

    def ouvrir(self, titre: str) -> None:
        de_service = _SOUS.fullmatch(cle(titre)) is not None
        if de_service and self.titre and not self.de_service:
            return
        self.titre, self.de_service = titre, de_service

    def fermer(self, total: str) -> None:
        """A total ends its block, unless it is that of a service inside."""
        if not any(_SOUS.fullmatch(mot) for mot in cle(total).split()):
            self.titre, self.de_service = "", False


def trier(classeur: Classeur, positions: Mapping[int, str]) -> Tri:
    """Tell people from the rest. Nothing is dropped silently: each row is kept or counted."""
    tri = Tri()
    section = _Section()
    rangs = {champ: i for i, champ in positions.items()}
    nom, prenom = rangs.get("nom", COLONNES_MAX), rangs.get("prenom", COLONNES_MAX)
    for numero, cellules in classeur.donnees:
        repete = est_entete_repete(cellules, classeur.entete)
        if not repete and _est_mot(cellules, nom) and _est_mot(cellules, prenom):
            tri.gardees.append((numero, cellules, section.titre))  # nearly all rows
            continue
        textes = [(i, nettoyer(texte_brut(c))) for i, c in enumerate(cellules) if c is not None]
        pleins = [(i, t) for i, t in textes if t]
        if not pleins:
            tri.vides += 1
            continue
        titre = "" if repete else _titre(pleins, positions, fusion=numero in classeur.fusionnees)
        raison = "entete" if repete else "section" if titre else _raison(pleins, positions)
        if not raison:
            tri.gardees.append((numero, cellules, section.titre))
            continue
        if titre:
            section.ouvrir(titre)
        elif raison == "total":
            section.fermer(" ".join(t for _, t in pleins[:3]))
        contenu = tronquer(" · ".join(t for _, t in pleins[:3]), 80)
        tri.ignorees.append(LigneIgnoree(numero, raison, contenu))
    return tri


def _est_mot(cellules: Sequence[Cellule], rang: int) -> bool:
    cellule = cellules[rang] if rang < len(cellules) else None
    if not isinstance(cellule, str):
        return False
    texte = cellule.strip()
    return texte.isalpha() and texte.casefold() not in {"vacant", "vacante", "pourvoir"}


def _titre(pleins: Sequence[tuple[int, str]], positions: Mapping[int, str], *, fusion: bool) -> str:
    """The title of a block of people, "" for any other row: « DIRECTION DES FINANCES », alone."""
    if len(pleins) == 2 and _LIBELLE.fullmatch(cle(pleins[0][1])):
        indice, texte = pleins[1]  # « Direction : » then its name
        if positions.get(indice) != "prenom":
            return _nettoyer_titre(texte)
        return ""
    if len(pleins) != 1:
        return ""
    indice, texte = pleins[0][0], _nettoyer_titre(pleins[0][1])
    nu = cle(texte)
    if not texte or len(texte) > TITRE_MAX or "@" in texte or not any(c.isalpha() for c in texte):
        return ""
    if texte[0] in "*(•" or any(m.fullmatch(nu) for m in (_TOTAL, _PAGE, _COMMENTAIRE, _VACANT)):
        return ""
    if _SERVICE.fullmatch(nu):
        return texte
    if _PAS_UN_SERVICE.fullmatch(nu):
        return ""
    if fusion and len(nu.split()) <= 12:
        return texte
    champ = positions.get(indice, "")
    nommable = "direction" in positions.values() or champ in {
        "nom",
        "prenom",
        *CHAMPS_COMPOSES,
        "courriel",
    }
    court = len(nu.split()) <= 8 and not any(c.isdecimal() for c in texte)
    if not nommable and court and texte.isupper() and (" " in texte or len(texte) > 8):
        return texte
    return ""


def _nettoyer_titre(texte: str) -> str:
    for _ in range(2):  # a label, then a code
        texte = _AUTOUR_DU_TITRE.sub("", texte).strip()
    return texte


def _raison(pleins: Sequence[tuple[int, str]], positions: Mapping[int, str]) -> str:
    """Why a row is not a person: "total", "page", "commentaire"…, or "" when it may be one."""
    champs = {positions[i]: texte for i, texte in pleins if i in positions}
    compose = any(champ in champs for champ in CHAMPS_COMPOSES)
    identite = [champs[c] for c in ("nom", "prenom", *CHAMPS_COMPOSES) if c in champs]
    if identite and all(sans_mot(t) or _VACANT.fullmatch(cle(t)) for t in identite):
        return "vacant" if any(not sans_mot(t) for t in identite) else ""
    if ("nom" in champs and nom_valide(champs.get("prenom", ""))) or (compose and len(pleins) > 2):
        return ""
    if any(_TOTAL.fullmatch(cle(t)) for _, t in pleins[:3]):
        return "total"
    if len(pleins) <= 3 and any(_PAGE.fullmatch(cle(t)) for _, t in pleins):
        return "page"
    if not compose and not champs.keys() & CHAMPS_IDENTITE:
        return "commentaire"
    if len(pleins) == 1:
        texte = pleins[0][1]
        bavard = len(texte) > 40 or len(texte.split()) >= 5 or texte[0] in "*(•" or texte[-1] == ":"
        if bavard or _COMMENTAIRE.fullmatch(cle(texte)) or _SERVICE.fullmatch(cle(texte)):
            return "commentaire"
    return ""
