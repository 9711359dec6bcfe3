"""Names of persons: spaces, capitals, particles; and « Nom et prénom » in one cell."""

import re
import unicodedata
from itertools import pairwise

from cadres.recensement.champs.texte import cle, nettoyer

LONGUEUR_NOM = 100
_APOSTROPHES = re.compile("[’‘ʼ´`′]")
_TIRETS = re.compile(r"\s*[‐‑‒–—-]+\s*")
_MOT = re.compile(r"[^\s'-]+")
_PARTICULES = frozenset(
    "le la les de du des da das do dos di del della el al ben bel ait van von der den ter saint sainte st ste d l".split()
)
_CIVILITES = re.compile(r"(?:m|mr|mme|mlle|monsieur|madame|mademoiselle|dr)\.?\s+", re.IGNORECASE)


_CIVILITE_POINTEE = re.compile(
    r"(?:m\.|mr\.?|mme\.?|mlle\.?|monsieur|madame|mademoiselle)\s+(?=\S)", re.IGNORECASE
)
_NEE = re.compile(r"\W+n[ée]e?\.?\s+(?=[^\W\d_])", re.IGNORECASE)
_EPOUSE = re.compile(r"\W+(?:[ée]p\.?|[ée]pouse|ép)\s+(?=[^\W\d_])", re.IGNORECASE)


def _casse_mot(mot: str) -> str:
    return mot[0].upper() + mot[1:].lower() if mot else mot


def _redresser(nom: str) -> str:
    """« LE GOFF » -> « Le Goff », « D'ALMEIDA » -> « d'Almeida », « DUPONT-MARTIN » alike."""
    redresse = _MOT.sub(lambda m: _casse_mot(m.group()), nom)
    return re.sub(r"\bD'(?=\w)", "d'", redresse)


def nettoyer_nom(texte: str) -> str:
    """A name as it is shown; only names wholly in capitals or in small letters change case."""
    nom = _TIRETS.sub("-", _APOSTROPHES.sub("'", nettoyer(texte)))
    nom = re.sub(r"\s*'\s*", "'", nom).strip(" -'.,;")
    lettres = [c for c in nom if c.isalpha()]
    if len(lettres) > 1 and (nom.isupper() or nom.islower()):
        return unicodedata.normalize("NFC", _redresser(nom))
    return nom


def sans_civilite(texte: str) -> str:
    """« Mme DURAND » is DURAND; somebody called « M » keeps their name."""
    return _CIVILITE_POINTEE.sub("", texte, count=1) if " " in texte else texte


def deux_noms(texte: str) -> str:
    """The name in use of « MARTIN ép. DURAND » or « DURAND née MARTIN », "" for one name alone."""
    if " " not in texte:
        return ""
    if m := _NEE.search(texte):
        return texte[: m.start()].strip(" (,-")
    if m := _EPOUSE.search(texte):
        return texte[m.end() :].strip(" ),-")
    return ""


def nom_valide(nom: str) -> bool:
    """Letters of any script with spaces, hyphens, apostrophes and full stops; at least one letter."""
    if not any(c.isalpha() for c in nom) or len(nom) > LONGUEUR_NOM:
        return False
    return all(c in " -'." or unicodedata.category(c)[0] in "LM" for c in nom)


def cle_nom(nom: str, prenom: str) -> str:
    return f"{cle(nom)}|{cle(prenom)}"


def separer(texte: str, *, prenom_dabord: bool) -> tuple[str, str] | None:
    """(nom, prénom) of « DUPONT Marie », « Dupont, Marie », « Le Goff Anne »; None if unclear."""
    nom = (
        _CIVILITES.sub("", nettoyer(texte), count=1) if _CIVILITES.match(texte) else nettoyer(texte)
    )
    if nom.count(",") == 1:
        gauche, droite = (p.strip() for p in nom.split(","))
        return (droite, gauche) if prenom_dabord else (gauche, droite)
    mots = nom.split()
    capitales = [len(m) > 1 and m.isupper() for m in mots]
    if any(capitales) and not all(capitales):
        famille = " ".join(m for m, haut in zip(mots, capitales, strict=True) if haut)
        prenom = " ".join(m for m, haut in zip(mots, capitales, strict=True) if not haut)
        contigus = sum(a != b for a, b in pairwise(capitales)) == 1
        return (famille, prenom) if contigus else None
    return _separer_par_ordre(mots, prenom_dabord=prenom_dabord)


def _separer_par_ordre(mots: list[str], *, prenom_dabord: bool) -> tuple[str, str] | None:
    if len(mots) == 2:
        return (mots[1], mots[0]) if prenom_dabord else (mots[0], mots[1])
    if len(mots) < 3:
        return None
    if prenom_dabord:
        if all(cle(m) in _PARTICULES for m in mots[1:-1]):
            return " ".join(mots[1:]), mots[0]
        return None
    if all(cle(m) in _PARTICULES for m in mots[:-2]):
        return " ".join(mots[:-1]), mots[-1]
    return None
