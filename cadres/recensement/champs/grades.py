"""Grades, cadres d'emplois and échelons, against the reference list of `cadres/fiche/referentiels`.

`grades.csv`: categories A+, A, B and C with the names in use; `grilles.csv`: the pay grids of the
grades for which they are known, with the degree of confidence of each line (« V » = verified).
"""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from cadres.fiche.referentiels import DOSSIER as _DOSSIER
from cadres.recensement.champs.lu import Lu
from cadres.recensement.champs.statuts import est_fonctionnel
from cadres.recensement.champs.texte import cle

_MOTS_VIDES = frozenset(
    {"de", "du", "des", "d", "la", "le", "l", "les", "en", "et", "ou", "a", "e"}
    | {"ere", "re", "er", "eme", "ieme", "nde"}
)
_TERRITORIAL = re.compile(r"territor\w*|terr?\b|territ")
_ABREGES = {
    "att": "attache", "attach": "attache", "attachee": "attache", "attaches": "attache",
    "pal": "principal", "ppal": "principal", "pral": "principal", "princ": "principal",
    "princip": "principal", "prin": "principal", "pl": "principal", "principale": "principal",
    "pcpal": "principal", "prp": "principal", "pr": "principal", "ppale": "principal",
    "ppl": "principal", "pcp": "principal",
    "ing": "ingenieur", "ingen": "ingenieur", "inge": "ingenieur", "ingenieure": "ingenieur",
    "adm": "administrateur", "admin": "administrateur", "administratrice": "administrateur",
    "hc": "hors classe", "cl": "classe", "cla": "classe", "clas": "classe", "kl": "classe",
    "red": "redacteur", "redac": "redacteur", "redact": "redacteur", "redactrice": "redacteur",
    "tech": "technicien", "technicienne": "technicien", "techn": "technicien",
    "cheffe": "chef", "gal": "general", "gen": "general", "generale": "general",
    "sup": "superieur", "superieure": "superieur", "normal": "normale",
    "cons": "conseiller", "conseillere": "conseiller", "conservatrice": "conservateur",
    "directrice": "directeur", "dir": "directeur", "educatrice": "educateur",
    "animatrice": "animateur", "infirmiere": "infirmier", "assistante": "assistant",
    "professeure": "professeur", "adjointe": "adjoint", "puericulteur": "puericultrice",
    "1e": "1re", "1er": "1re", "1ere": "1re", "1ier": "1re", "1": "1re", "premiere": "1re", "i": "1re",
    "2eme": "2e", "2nd": "2e", "2nde": "2e", "2": "2e", "2de": "2e", "deuxieme": "2e", "ii": "2e",
    "seconde": "2e", "2ieme": "2e",
    "1cl": "1re", "2cl": "2e", "1c": "1re", "2c": "2e",
    "exc": "exceptionnelle", "except": "exceptionnelle", "except.": "exceptionnelle",
    "adj": "adjoint", "maitr": "maitrise", "conserv": "conservation", "ens": "enseignement",
    "enseign": "enseignement", "art": "artistique", "prof": "professeur", "norm": "normale",
    "psycho": "psychologue", "sf": "sage femme", "puer": "puericultrice", "infirm": "infirmier",
    "med": "medecin", "biblio": "bibliotheques", "pat": "patrimoine", "anim": "animateur",
    "lcl": "lieutenant colonel", "cdt": "commandant", "cne": "capitaine",
    "educ": "educateur", "bib": "bibliotheques", "bibliotheque": "bibliotheques",
    "patri": "patrimoine", "colonelle": "colonel", "commandante": "commandant",
    "capitaines": "capitaine", "lieutenante": "lieutenant", "medecins": "medecin",
}  # fmt: skip


_RANGS = frozenset(
    "principal 1re 2e classe hors normale exceptionnelle superieur general chef hc".split()
)
"""Words that rank a grade among those of its métier, and say nothing of the métier."""


@dataclass(frozen=True, slots=True)
class Grade:
    categorie: str
    cadre_emplois: str
    grade: str


#: Several words at once, where one alone would mean something else.
_TOURNURES = tuple(
    (re.compile(motif), mis)
    for motif, mis in (
        (r"\bh c\b", "hc"),
        (r"\bsocio educ\b|\bsoc educ\b", "socio educatif"),
        (r"\badj adm(?:in)?\b", "adjoint administratif"),
        (r"\badj tech?n?\b", "adjoint technique"),
        (r"\badj anim\b", "adjoint animation"),
        (r"\bass cons(?:erv)?\b", "assistant conservation"),
        (r"\bass\b", "assistant"),
        (r"\b(agents?|de) m(?:aitr|tr)\b", r"\1 maitrise"),
        (r"\bsoins gen\b", "soins generaux"),
        (
            r"\bchef(?:fe)? (?:de )?serv(?:ice)? (?:de )?pm\b|\bcspm\b",
            "chef service police municipale",
        ),
        (r"\bconserv(?:ation)? patr?\b", "conservation patrimoine"),
    )
)
#: What exports add round a grade: its code, the échelon, the contract, the functional post.
_AUTOUR = re.compile(
    r"^\d{2,}\s|\s\d{3,}$|\s\d{1,2} ?(?:er|e|eme)? ech(?:elon)?$|\s(?:contractuel(?:le)?|titulaire|stagiaire"
    r"|cdi|cdd|detache[e]?(?: (?:sur |s )?(?:emploi fonctionnel|ef))?)$"
)


def _jetons(texte: str) -> tuple[str, ...]:
    """Words that matter, expanded, in alphabetical order: « ATTACHE PAL » = « Attaché principal »."""
    mots: list[str] = []
    nu = cle(texte)
    for _ in range(3):
        nu = _AUTOUR.sub("", nu)
    for motif, mis in _TOURNURES:
        nu = motif.sub(mis, nu)
    for mot in nu.split():
        if mot not in _MOTS_VIDES and not _TERRITORIAL.fullmatch(mot):
            mots += _ABREGES.get(mot, mot).split()
    uniques = set(mots)
    if uniques & {"1re", "2e"}:
        uniques.discard("classe")  # « rédacteur ppal 1 »
    return tuple(sorted(uniques))


def est_territorial(texte: str) -> bool:
    """It says so: only « Directeur territorial » needs the word."""
    return any(_TERRITORIAL.fullmatch(mot) for mot in cle(texte).split())


@cache
def _grades() -> dict[tuple[str, ...], tuple[Grade, ...]]:
    """Every name in use -> the grades that it may mean, the exact name first."""
    exacts: dict[tuple[str, ...], list[Grade]] = defaultdict(list)
    variantes: dict[tuple[str, ...], list[Grade]] = defaultdict(list)
    with (_DOSSIER / "grades.csv").open(encoding="utf-8", newline="") as fichier:
        for ligne in csv.DictReader(fichier):
            grade = Grade(ligne["categorie"], ligne["cadre_emplois"], ligne["grade"])
            exacts[_jetons(grade.grade)].append(grade)
            for variante in filter(None, ligne["variantes"].split("|")):
                variantes[_jetons(variante)].append(grade)
    noms = exacts.keys() | variantes.keys()
    return {
        nom: tuple(dict.fromkeys((*exacts.get(nom, ()), *variantes.get(nom, ())))) for nom in noms
    }


@cache
def liste_grades() -> tuple[Grade, ...]:
    """All grades known, in no particular order of rank."""
    return tuple(dict.fromkeys(g for grades in _grades().values() for g in grades))


@cache
def _cadres_emplois() -> dict[tuple[str, ...], str]:
    return {_jetons(g.cadre_emplois): g.cadre_emplois for g in liste_grades()}


@lru_cache(maxsize=8192)
def chercher_cadre_emplois(texte: str) -> str:
    """The reference name of a cadre d'emplois, "" when it is not known."""
    return _cadres_emplois().get(_jetons(texte), "")


@lru_cache(maxsize=8192)
def chercher_grades(texte: str) -> tuple[Grade, ...]:
    """The grades that a text may mean; several when the name is shared (« Hors classe »)."""
    return _grades().get(_jetons(texte), ())


@lru_cache(maxsize=8192)
def suggerer_grade(texte: str, cadre_emplois: str = "") -> str:
    """The nearest reference grade, "" when none is near."""
    noms = {
        g.grade: " ".join(_jetons(g.grade))
        for g in liste_grades()
        if cadre_emplois in {"", g.cadre_emplois}
    }
    return _proche(" ".join(_jetons(texte)), noms)


@lru_cache(maxsize=8192)
def suggerer_cadre_emplois(texte: str) -> str:
    noms = {nom: " ".join(jetons) for jetons, nom in _cadres_emplois().items()}
    return _proche(" ".join(_jetons(texte)), noms)


def _proche(cherche: str, noms: dict[str, str]) -> str:
    if not cherche:
        return ""
    metier = [m for m in cherche.split() if m not in _RANGS]
    proches = process.extract(cherche, noms, scorer=fuzz.token_sort_ratio, score_cutoff=70, limit=5)
    for jetons, _, nom in proches:
        # « principal 1re » alone would bring a technicien near to an adjoint technique.
        siens = [m for m in jetons.split() if m not in _RANGS]
        if any(process.extractOne(m, siens, scorer=fuzz.ratio, score_cutoff=75) for m in metier):
            return nom
    return ""


@cache
def _echelons() -> dict[str, frozenset[str]]:
    """Grade -> échelons of its grid, for the grids of which no line is from memory (« M »)."""
    echelons: dict[str, set[str]] = defaultdict(set)
    douteux: set[str] = set()
    with (_DOSSIER / "grilles.csv").open(encoding="utf-8", newline="") as fichier:
        for ligne in csv.DictReader(fichier):
            echelons[ligne["grade"]].add(ligne["echelon"])
            if ligne["confiance"].startswith("M"):
                douteux.add(ligne["grade"])
    return {g: frozenset(e) for g, e in echelons.items() if g not in douteux}


@lru_cache(maxsize=4096)
def echelon_hors_grille(grade: str, echelon: str) -> str:
    """Advice such as « de 1 à 10 » when the verified grid has no such échelon, else ""."""
    connus = _echelons().get(grade)
    if connus is None or echelon in connus or not echelon.isdecimal():
        return ""
    nombres = sorted(int(e) for e in connus if e.isdecimal())
    if int(echelon) in nombres:
        return ""
    return f"de {nombres[0]} à {nombres[-1]}" if nombres else ""


def resoudre_grade(texte: str, cadre_emplois: str, categorie: str) -> tuple[Grade | None, Lu]:
    """The one grade that a text means, given what else the row says; or why there is none."""
    candidats = chercher_grades(texte)
    if cadre_emplois:
        du_cadre = [g for g in candidats if g.cadre_emplois == cadre_emplois]
        if not du_cadre:
            du_cadre = [
                g
                for g in chercher_grades(f"{cadre_emplois} {texte}")
                if g.cadre_emplois == cadre_emplois
            ]
        if candidats and not du_cadre:
            proche = suggerer_grade(texte, cadre_emplois)
            motif = f"Ce grade n'est pas du cadre d'emplois « {cadre_emplois} »"
            return None, Lu(None, motif, proche, applicable=bool(proche))
        candidats = tuple(du_cadre)
    if len(candidats) > 1:
        candidats = _departager(candidats, texte, categorie)
    if len(candidats) == 1:
        return candidats[0], Lu()
    if candidats:
        noms = list(dict.fromkeys(g.grade for g in candidats))
        if len(noms) == 1:
            return Grade(candidats[0].categorie, "", noms[0]), Lu()
        return None, Lu(
            None, "Ce grade existe dans plusieurs cadres d'emplois", " ou ".join(noms[:4])
        )
    if est_fonctionnel(texte):
        motif = "Ceci est un emploi fonctionnel, pas un grade"
        return None, Lu(None, motif, "Le grade d'origine de la personne")
    proche = suggerer_grade(texte, cadre_emplois)
    return None, Lu(None, "Grade inconnu du référentiel", proche, applicable=bool(proche))


def _departager(candidats: tuple[Grade, ...], texte: str, categorie: str) -> tuple[Grade, ...]:
    if categorie:
        memes = tuple(g for g in candidats if g.categorie[0] == categorie[0])
        candidats = memes or candidats
    exacts = tuple(g for g in candidats if cle(g.grade) == cle(texte))
    if not exacts and est_territorial(texte):  # « DIR TERRITORIAL »
        exacts = tuple(g for g in candidats if est_territorial(g.grade))
    return exacts if len(exacts) == 1 else candidats
