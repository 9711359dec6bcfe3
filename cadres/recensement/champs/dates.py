"""Dates as HR files write them: eight forms understood, impossible ones explained."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from cadres.recensement.champs.texte import cle
from cadres.recensement.fichiers.cellules import depuis_serie

PLUS_ANCIENNE = date(1965, 1, 1)  # nobody has held the same poste for sixty years
ILLISIBLE = "Cette date ne se lit pas"
_SERIES = range(18_264, 65_000)  # serial numbers from 1950 to 2077
_MOIS = {
    nom: i
    for i, noms in enumerate(
        "janvier janv jan|fevrier fevr fev feb|mars mar|avril avr apr|mai may|juin jun|juillet juil jul"
        "|aout aou aug|septembre sept sep|octobre oct|novembre nov|decembre dec".split("|"),
        start=1,
    )
    for nom in noms.split()
}
_SEP = r"\s*[-/. \\_]\s*"
_JOUR = re.compile(rf"(\d{{1,2}}){_SEP}(\d{{1,2}}){_SEP}(\d{{4}}|\d{{2}})")
_ISO = re.compile(rf"(\d{{4}}){_SEP}(\d{{1,2}}){_SEP}(\d{{1,2}})")
_MOIS_ANNEE = re.compile(rf"(\d{{1,2}}){_SEP}(\d{{4}})")
_ANNEE_MOIS = re.compile(rf"(\d{{4}}){_SEP}(\d{{1,2}})")
_HEURE = re.compile(
    r"[ T]+(?:[àa-] ?)?\d{1,2}(?:[:h]\d{2}(:\d{2}(\.\d+)?)?( ?[ap]m)?(z|[+-]\d\d:?\d\d)?| ?h)$",
    re.IGNORECASE,
)
_RENVOI = re.compile(r"(?<=\d)\s*(?:\*+|\(\*?\d?\)|\(arrêté\)|\(arrete\))$")
#: What programs write when they hold no date: it is an empty cell.
_SANS_DATE = re.compile(
    r"0{1,2}[-/.]0{1,2}[-/.]0{4}|0{4}-00-00|j{1,2}[-/.]m{1,2}[-/.]a{2,4}|0{8}", re.IGNORECASE
)
_JAMAIS = (
    date(1900, 1, 1),
    date(1899, 12, 30),
    date(1899, 12, 31),
    date(9999, 12, 31),
    date(2999, 12, 31),
)
_EN_LETTRES = re.compile(r"(?:(\d{1,2})(?:er)? )?([a-z]+) (\d{4}|\d{2})")
_PREFIXE = re.compile(
    r"^(?:(?:depuis|le|du|a compter du|à compter du|a partir du|à partir du|au|en"
    r"|(?:lun|mar|mer|jeu|ven|sam|dim)\.(?=\s*\d)|(?:lun|mer|jeu|ven|sam|dim)(?=\s*\d)"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateLue:
    """`valeur`, or the reason why there is none. `mention`: how a vague date was understood."""

    valeur: date | None = None
    mention: str = ""  # "", "mois_seul", "annee_courte", "serie"
    motif: str = ""
    suggestion: str = ""
    applicable: bool = False


def _pivot(annee: int, aujourdhui: date) -> int:
    """A year in two digits: this century up to next year, else the last one."""
    return 2000 + annee if 2000 + annee <= aujourdhui.year + 1 else 1900 + annee


def _en_jour(annee: int, mois: int, jour: int) -> DateLue:
    try:
        return DateLue(date(annee, mois, jour))
    except ValueError:
        pass
    if 1 <= mois <= 12 and 1 <= annee <= 9998 and 28 < jour <= 31:
        dernier = date(annee, mois, calendar.monthrange(annee, mois)[1])
        suivant = dernier + timedelta(days=1)
        return DateLue(
            motif="Cette date n'existe pas", suggestion=f"{dernier:%d/%m/%Y} ou {suivant:%d/%m/%Y}"
        )
    if 12 < mois <= 31 and 1 <= jour <= 12:
        return _retournee(annee, mois, jour)
    return DateLue(motif="Cette date n'existe pas", suggestion="Écrire jour/mois/année")


def _retournee(annee: int, mois: int, jour: int) -> DateLue:
    try:
        inverse = date(annee, jour, mois)
    except ValueError:
        return DateLue(motif="Cette date n'existe pas", suggestion="Écrire jour/mois/année")
    return DateLue(
        motif="Le mois et le jour semblent inversés",
        suggestion=f"{inverse:%d/%m/%Y}",
        applicable=True,
    )


_MOIS_COURT = re.compile(rf"(\d{{1,2}}){_SEP}(\d{{2}})")
_O_POUR_ZERO = re.compile(r"(?=.*[oO])[\doO]{1,2}[-/.][\doO]{1,2}[-/.][\doO]{4}")
_DUREE = re.compile(r"\d+(?:[.,]\d+)? ?(?:ans?|annees?|mois)\b.*")
_ANNEE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_ENTIERE = re.compile(r"(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.]\d{4}(?!\d)")
_EN_TOUTES_LETTRES = re.compile(
    r"(?<!\d)\d{1,2}(?:er)?\s+[a-zéûà]+\.?\s+\d{4}(?!\d)", re.IGNORECASE
)
#: Where in the year a vague word falls: the month and day that are suggested.
_MOMENTS = {"fin": "31/12", "rentree": "01/09", "mi": "01/07", "ete": "01/07", "automne": "01/10"}


def _lire_texte(texte: str, aujourdhui: date) -> DateLue:
    if m := _ISO.fullmatch(texte):
        return _en_jour(int(m[1]), int(m[2]), int(m[3]))
    if m := _JOUR.fullmatch(texte):
        courte = len(m[3]) == 2
        annee = _pivot(int(m[3]), aujourdhui) if courte else int(m[3])
        lue = _en_jour(annee, int(m[2]), int(m[1]))
        return DateLue(lue.valeur, "annee_courte") if courte and lue.valeur else lue
    if m := _MOIS_ANNEE.fullmatch(texte):
        return _en_mois(int(m[2]), int(m[1]))
    if m := _ANNEE_MOIS.fullmatch(texte):
        return _en_mois(int(m[1]), int(m[2]))
    texte = texte.replace("°", "")  # « 1° mars 2019 »
    if m := re.fullmatch(r"(\d{5})[.,]0+", texte):
        texte = m[1]
    if texte.isdecimal() and texte.isascii():
        return _lire_chiffres(texte)
    if m := _MOIS_COURT.fullmatch(texte):
        return _mois_court(int(m[1]), int(m[2]), aujourdhui)
    if m := _O_POUR_ZERO.fullmatch(texte):
        lue = _lire_texte(re.sub("[oO]", "0", texte), aujourdhui)
        if lue.valeur:
            return DateLue(
                motif="La lettre O y tient la place d'un zéro",
                suggestion=f"{lue.valeur:%d/%m/%Y}",
                applicable=True,
            )
    lue = _lire_lettres(texte, aujourdhui)
    return lue if lue.valeur else _expliquer(texte, lue, aujourdhui)


def _mois_court(mois: int, annee: int, aujourdhui: date) -> DateLue:
    """« 09/21 » may be a month or a day: never guessed, but one click away."""
    lue = _en_mois(_pivot(annee, aujourdhui), mois)
    if lue.valeur is None or lue.valeur > aujourdhui:
        return DateLue(motif=ILLISIBLE, suggestion="Écrire jour/mois/année")
    return DateLue(
        motif="Cette date est ambiguë : l'année se donne en quatre chiffres",
        suggestion=f"{lue.valeur:%d/%m/%Y}",
        applicable=True,
    )


def _expliquer(texte: str, sinon: DateLue, aujourdhui: date) -> DateLue:
    """What may be offered for « fin 2018 », « 3 ans », « (01/03/2019) environ »."""
    if _DUREE.fullmatch(cle(texte)):
        return DateLue(
            motif="Ceci est une durée, qui vieillit",
            suggestion="Écrire la date d'arrivée dans le poste",
        )
    entieres = _ENTIERE.findall(texte)
    if len(entieres) == 1:
        jour, mois, annee = map(int, re.split(r"[-/.]", entieres[0]))
        lue = _en_jour(annee, mois, jour)
        if lue.valeur:
            return DateLue(
                motif="La date est entourée d'autres mots",
                suggestion=f"{lue.valeur:%d/%m/%Y}",
                applicable=True,
            )
    lettres = _EN_TOUTES_LETTRES.findall(texte)
    if len(lettres) == 1 and (lue := _lire_lettres(lettres[0], aujourdhui)).valeur:
        return DateLue(
            motif="La date est entourée d'autres mots",
            suggestion=f"{lue.valeur:%d/%m/%Y}",
            applicable=True,
        )
    annees = _ANNEE.findall(texte)
    if len(annees) == 1 and sinon.motif == ILLISIBLE and not re.search(r"[-/.]\S", texte):
        mot = next((jm for m, jm in _MOMENTS.items() if m in cle(texte).split()), "01/01")
        return DateLue(
            motif="Cette date est trop vague", suggestion=f"{mot}/{annees[0]}", applicable=True
        )
    return sinon


def _en_mois(annee: int, mois: int) -> DateLue:
    lue = _en_jour(annee, mois, 1)
    if lue.valeur is None:
        return DateLue(motif="Ce mois n'existe pas", suggestion="Écrire mois/année")
    return DateLue(lue.valeur, "mois_seul")


def _lire_chiffres(texte: str) -> DateLue:
    if len(texte) == 5 and int(texte) in _SERIES:
        serie = depuis_serie(int(texte), date_1904=False)
        return DateLue(serie, "serie") if serie else DateLue(motif=ILLISIBLE)
    if len(texte) == 8:
        if texte[:2] in {"19", "20"}:
            return _en_jour(int(texte[:4]), int(texte[4:6]), int(texte[6:]))
        return _en_jour(int(texte[4:]), int(texte[2:4]), int(texte[:2]))
    if len(texte) == 4 and 1900 <= int(texte) < 2100:
        return DateLue(
            motif="L'année seule ne suffit pas", suggestion=f"01/01/{texte}", applicable=True
        )
    return DateLue(motif=ILLISIBLE, suggestion="Écrire jour/mois/année")


def _lire_lettres(texte: str, aujourdhui: date) -> DateLue:
    m = _EN_LETTRES.fullmatch(cle(texte))
    if m is None or m[2] not in _MOIS:
        return DateLue(motif=ILLISIBLE, suggestion="Écrire jour/mois/année")
    courte = len(m[3]) == 2
    annee = _pivot(int(m[3]), aujourdhui) if courte else int(m[3])
    if m[1]:
        lue = _en_jour(annee, _MOIS[m[2]], int(m[1]))
        return DateLue(lue.valeur, "annee_courte") if courte and lue.valeur else lue
    return _en_mois(annee, _MOIS[m[2]])


def lire_date(valeur: str | date, aujourdhui: date, *, anciennes: bool = False) -> DateLue:
    """A past date, from a cell already typed or from text already cleaned.

    `anciennes`: whatever its century, to know what a column holds.
    """
    if isinstance(valeur, date):
        lue = DateLue(date(valeur.year, valeur.month, valeur.day))
    else:
        nu = _RENVOI.sub("", _PREFIXE.sub("", _HEURE.sub("", valeur))).strip()
        if _SANS_DATE.fullmatch(nu):
            return DateLue()
        lue = _lire_texte(nu, aujourdhui)
    if lue.valeur is None or anciennes:
        return lue
    if lue.valeur in _JAMAIS:
        return DateLue()
    if lue.valeur > aujourdhui:
        return DateLue(
            motif="Cette date est dans l'avenir", suggestion=_siecle(lue.valeur, aujourdhui)
        )
    if lue.valeur < PLUS_ANCIENNE:
        return DateLue(motif="Cette date est trop ancienne", suggestion="Vérifier l'année")
    return lue


def _siecle(valeur: date, aujourdhui: date) -> str:
    """For a typing slip such as 2091 or 2106, the advice is only to check."""
    if valeur.year - aujourdhui.year <= 2:
        return "Indiquer le poste tenu aujourd'hui, ou attendre la prise de poste"
    return "Vérifier l'année"
