"""What no column may hold, whatever its heading and whatever was chosen by hand: NIR, birth dates.

Told by the content: a heading may be wrong, and a choice in a list may be a slip.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from cadres.recensement.champs.dates import lire_date
from cadres.recensement.champs.texte import nettoyer
from cadres.recensement.fichiers.cellules import Cellule, Formule, Ligne, depuis_serie, texte_brut

NIR = (
    "Elle contient des numéros de sécurité sociale : leur usage est réservé par la loi (loi "
    "78-17, art. 30 ; décret 2019-341). Quatuor n'en lit et n'en garde aucun."
)
NAISSANCES = (
    "Elle contient des dates de naissance : l'âge ne peut pas être un critère (CGFP, art. "
    "L131-1). Quatuor n'en garde aucune."
)
ECHANTILLON = 300  # rows looked at, evenly spread
_PART = 0.5  # of the values that look like a NIR
_PART_DATES = 0.95
_MINEUR = 16  # years: who holds a poste is at least so old
_LONGTEMPS = 25  # years in a poste, when two rows only can tell
_ASSEZ = 3  # dates from which a column tells what it is
_BEAUCOUP = 10  # for a column that says by its heading that it is the arrival in the poste

# Sex, year, month, département, commune, order; then the key.
_NIR = re.compile(
    r"[1-478]\d\d(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d\d|2[AB])\d{3}\d{3}(\d\d)?", re.IGNORECASE
)
_BLANCS = re.compile(r"[\s.\-/]+")
_CHIFFRES = re.compile(r"\d")


def est_un_nir(texte: str) -> bool:
    """Thirteen signs in the form of a NIR, with the right key when it follows."""
    if len(texte) < 13 or not texte[0].isdecimal():
        return False
    m = _NIR.fullmatch(_BLANCS.sub("", texte))
    return m is not None and (m[1] is None or _cle_juste(m[0]))


def _cle_juste(nir: str) -> bool:
    corps = nir[:13].upper().replace("2A", "19").replace("2B", "18")
    return 97 - int(corps) % 97 == int(nir[13:])


def contient_un_nir(texte: str) -> bool:
    """A whole NIR, with its key, among other words."""
    if len(texte) < 15 or len(_CHIFFRES.findall(texte)) < 13:
        return False
    return any(
        est_un_nir(m[0]) and len(_BLANCS.sub("", m[0])) == 15 for m in _DEDANS.finditer(texte)
    )


_DEDANS = re.compile(r"(?<!\d)[1-478](?:[\s.-]?[\dAB]){14}(?!\d)", re.IGNORECASE)


def raison_du_contenu(
    lignes: Sequence[Ligne],
    indice: int,
    champ: str,
    aujourdhui: date,
    *,
    date_1904: bool = False,
    choisie: bool = False,
) -> str:
    """Why the values of a column forbid to keep it, "" when they do not.

    `choisie`: a hand gave the column its field; its heading then tells nothing.
    """
    pas = max(1, len(lignes) // ECHANTILLON)
    cellules = [c[indice] for _, c in lignes[::pas] if indice < len(c) and c[indice] is not None]
    valeurs = [c.valeur if isinstance(c, Formule) else c for c in cellules]
    textes = [nettoyer(texte_brut(v)) for v in valeurs]
    textes = [t for t in textes if t]
    nirs = [t for t in textes if est_un_nir(t)]
    if any(len(_BLANCS.sub("", t)) == 15 for t in nirs) or len(nirs) > _PART * len(textes):
        return NIR
    dates = [d for v in valeurs if (d := _jour(v, champ, aujourdhui, date_1904=date_1904))]
    if len(dates) < _PART_DATES * len(textes) or not dates:
        return ""
    return NAISSANCES if _des_naissances(dates, champ, aujourdhui, choisie=choisie) else ""


def _des_naissances(dates: Sequence[date], champ: str, aujourdhui: date, *, choisie: bool) -> bool:
    est_date = champ == "date_entree_poste"
    assez = _BEAUCOUP if est_date and not choisie else _ASSEZ
    if len(dates) < assez:
        if est_date and not choisie:
            return False
        return all(d < aujourdhui - timedelta(days=365 * _LONGTEMPS) for d in dates)
    seuil = aujourdhui - timedelta(days=365 * _MINEUR)
    return sum(d < seuil for d in dates) >= _PART_DATES * len(dates)


def _jour(valeur: Cellule, champ: str, aujourdhui: date, *, date_1904: bool) -> date | None:
    if isinstance(valeur, date):
        return date(valeur.year, valeur.month, valeur.day)
    if isinstance(valeur, int | float) and not isinstance(valeur, bool):
        if champ != "date_entree_poste":
            return None  # a matricule, a number of agents
        lue = depuis_serie(valeur, date_1904) if 8_000 < valeur < 60_000 else None
        return date(lue.year, lue.month, lue.day) if lue else None
    texte = nettoyer(texte_brut(valeur))
    if len(texte) < 6 or not any(c in texte for c in "/-. ") or not _CHIFFRES.search(texte):
        return None
    return lire_date(texte, aujourdhui, anciennes=True).valeur
