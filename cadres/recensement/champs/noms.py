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


_ETRANGERES = frozenset({"van", "von", "vander", "vanden", "ver", "zu"})
_SUITES = frozenset({"de", "der", "den", "het", "t", "zu", "la", "dem"})
#: « SAINT-EXUPÉRY (DE) », « TOUR (DE LA) », « ARTAGNAN, D' »: the particle, put back in front.
_PARTICULE_APRES = re.compile(
    r"^(?P<nom>[^(),]+?)\s*(?:\(\s*|,\s*)"
    r"(?P<particule>(?:(?:de|du|des|le|la|les|van|von|der|den|d'|l')\s*)+)\)?$",
    re.IGNORECASE,
)
_PARTICULE_NUE = re.compile(
    r"^(?P<nom>\S.*?)\s+(?P<particule>de l'|de la|du|des|de|d')$", re.IGNORECASE
)


#: « de SAINT-EXUPÉRY », « d'ARTAGNAN »: only the particle is in small letters.
_CAPITALES_APRES_PARTICULE = re.compile(
    r"(?:(?:[Dd]e|[Dd]u|[Dd]es|[Ll]a|[Ll]e|[Ll]es|[Vv]an|[Vv]on|der|den)\s+|[dDlL]')+[^a-zà-öø-ÿœ]{2,}"
)


def _casse_mot(mot: str) -> str:
    return mot[0].upper() + mot[1:].lower() if mot else mot


def _redresser(nom: str) -> str:
    """The usage of French administration for a name given in one case.

    « de » and « d' » in small letters, the article in capitals: « de La Rochefoucauld », « d'Artagnan »,
    « Du Bellay », « Le Goff ». What comes from elsewhere takes one capital: « Van der Meersch », « Da Silva ».
    """
    mots = nom.split(" ")
    redresses = []
    for rang, mot in enumerate(mots):
        petit = mot.lower()
        avant = mots[rang - 1].lower() if rang else ""
        suivi = rang + 1 < len(mots)
        noble = petit == "de" and suivi
        if noble or (petit in _SUITES and suivi and avant in _ETRANGERES):
            redresses.append(petit)
        else:
            redresses.append(_MOT.sub(lambda m: _casse_mot(m.group()), mot))
    redresse = " ".join(redresses)
    return re.sub(r"\bD'(?=\w)", "d'", redresse)


def particule_devant(nom: str) -> str:
    """« ROCHEFOUCAULD (DE LA) » as « DE LA ROCHEFOUCAULD »; any other name as it is."""
    if " " not in nom and "(" not in nom and "," not in nom:
        return nom
    m = _PARTICULE_APRES.match(nom) or _PARTICULE_NUE.match(nom)
    if m is None:
        return nom
    particule = m["particule"].strip()
    return particule + ("" if particule.endswith("'") else " ") + m["nom"].strip()


def nettoyer_nom(texte: str) -> str:
    """A name as it is shown; only names wholly in capitals or in small letters change case."""
    nom = _TIRETS.sub("-", _APOSTROPHES.sub("'", nettoyer(texte)))
    nom = particule_devant(re.sub(r"\s*'\s*", "'", nom)).strip(" -'.,;")
    lettres = [c for c in nom if c.isalpha()]
    if len(lettres) > 1 and (nom.isupper() or nom.islower()):
        return unicodedata.normalize("NFC", _redresser(nom))
    if _CAPITALES_APRES_PARTICULE.fullmatch(nom):
        return unicodedata.normalize("NFC", _redresser(nom.upper()))
    return nom


def plusieurs_prenoms(texte: str) -> str:
    """« Marie, Anne » as « Marie Anne »: none is lost, and no hyphen is invented."""
    if "," not in texte and "/" not in texte and ";" not in texte:
        return texte
    return " ".join(p for p in re.split(r"\s*[,;/]\s*", texte) if p)


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


_PARTICULE_AU_MILIEU = re.compile(
    r"^([^()]+?)\s*\(\s*((?:de|du|des|d'|la|le|van|von|der|den)(?:\s+(?:la|le|l'|der|den))?)\s*\)(.*)$",
    re.IGNORECASE,
)


def separer(texte: str, *, prenom_dabord: bool) -> tuple[str, str] | None:
    """(nom, prénom) of « DUPONT Marie », « Dupont, Marie », « Le Goff Anne »; None if unclear."""
    nom = (
        _CIVILITES.sub("", nettoyer(texte), count=1) if _CIVILITES.match(texte) else nettoyer(texte)
    )
    if nom.count(",") == 1 and not _PARTICULE_APRES.match(nom):
        gauche, droite = (p.strip() for p in nom.split(","))
        if not prenom_dabord and (deux := _par_capitales(gauche.split())):
            return deux[0], f"{deux[1]} {droite}"  # « DUPONT Marie, Anne »
        return (droite, gauche) if prenom_dabord else (gauche, droite)
    if "(" in nom and (m := _PARTICULE_AU_MILIEU.match(nom)):
        nom = f"{m[2].upper()} {m[1]}{m[3]}"  # « SAINT-EXUPÉRY (de) Antoine »
    mots = nom.split()
    capitales = [len(m) > 1 and m.isupper() for m in mots]
    if any(capitales) and not all(capitales):
        return _par_capitales(mots)
    return _separer_par_ordre(mots, prenom_dabord=prenom_dabord)


def _par_capitales(mots: list[str]) -> tuple[str, str] | None:
    """The name is what stands in capitals, with the particles just before it."""
    capitales = [len(m) > 1 and m.isupper() for m in mots]
    if all(capitales) or not any(capitales):
        return None
    for rang in range(len(mots) - 2, -1, -1):  # « de SAINT-EXUPÉRY Antoine »
        if capitales[rang + 1] and mots[rang].islower() and cle(mots[rang]) in _PARTICULES:
            capitales[rang] = True
    famille = " ".join(m for m, haut in zip(mots, capitales, strict=True) if haut)
    prenom = " ".join(m for m, haut in zip(mots, capitales, strict=True) if not haut)
    contigus = sum(a != b for a, b in pairwise(capitales)) == 1
    return (famille, prenom) if contigus else None


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
