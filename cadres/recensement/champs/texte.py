"""Text: cleaning what a spreadsheet holds, keys for comparison, French typography of messages.

Nothing here is cached: most of these texts are names of persons.
"""

import re
import unicodedata

# Zero-width and directional marks that copy and paste leave in cells.
_INVISIBLES = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_CONTROLES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_ESPACES = re.compile(r"\s+")
_HORS_CLE = re.compile(r"[^a-z0-9+]+")
_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "ł": "l"}
)

VIDES = frozenset(
    {"", "-", "--", "—", "–", "/", ".", "?", "n/a", "na", "n.a.", "nc", "n.c.", "néant", "neant"}
    | {"sans objet", "non renseigné", "non renseigne", "#n/a", "null", "none", "(vide)"}
    | {"n/c", "ns", "nsp", "nr", "inconnu", "inconnue", "à compléter", "a completer", "à préciser"}
)
"""What people write in a cell to say that it is empty (lower case)."""


def nettoyer(texte: str) -> str:
    """NFC, no control or invisible character, single ordinary spaces, trimmed."""
    if texte.isascii() and texte.isprintable():
        return " ".join(texte.split()) if " " in texte else texte
    propre = _INVISIBLES.sub("", unicodedata.normalize("NFC", texte))
    propre = _CONTROLES.sub(" ", propre)
    return _ESPACES.sub(" ", propre).strip()


def cle(texte: str) -> str:
    """Comparison key: no accent, no case, no punctuation (but `+`, for A+), single spaces."""
    if texte.isascii():
        return _HORS_CLE.sub(" ", texte.lower()).strip()
    sans_ligature = texte.translate(_LIGATURES)
    decompose = unicodedata.normalize("NFKD", sans_ligature)
    nu = "".join(c for c in decompose if not unicodedata.combining(c)).casefold()
    return _HORS_CLE.sub(" ", nu).strip()


_PONCTUATION = re.compile(r"[-–—/.?*_…()\s]*")


def est_vide(texte: str) -> bool:
    return texte.lower() in VIDES or sans_mot(texte)


def sans_mot(texte: str) -> bool:
    """« ?? », « --- », « … »: a cell that somebody filled to say nothing."""
    return not texte[:1].isalnum() and _PONCTUATION.fullmatch(texte) is not None


def nombre_accents(texte: str) -> int:
    """How many letters carry a diacritic."""
    return sum(unicodedata.combining(c) > 0 for c in unicodedata.normalize("NFD", texte))


def tronquer(texte: str, maximum: int = 120) -> str:
    return texte if len(texte) <= maximum else texte[: maximum - 1] + "…"


def typographie(message: str) -> str:
    """French screen typography: U+00A0 before : ; ! ? % and inside « », curly apostrophes."""
    message = message.replace("'", "’").replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    return re.sub(r" ([:;!?%])", "\u00a0\\1", message)
