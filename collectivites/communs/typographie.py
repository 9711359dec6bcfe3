"""French typography for screens, mails and PDFs: dates, numbers, euros, agreement, delays.

Spaces that must not break are U+00A0, never U+202F: the fonts that we ship do not have the
latter. Plain functions, without HTML; the template filters are in `templatetags/quatuor.py`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Protocol

from django.utils import timezone

from collectivites.communs.lexique import dire

INSECABLE = "\u00a0"
MOINS = "\u2212"
MOIS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
).split()
MOIS_COURTS = "janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.".split()
JOURS = "lundi mardi mercredi jeudi vendredi samedi dimanche".split()

EN_LETTRES = (
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
).split()

Nombre = int | float | Decimal | str
# Under this number of days, a delay is shown as near.
JOURS_PROCHES = 7


def sans_accents(texte: str) -> str:
    """Lower case, without accents or doubled spaces: how lists compare and search."""
    decompose = unicodedata.normalize("NFKD", texte.replace("’", "'"))
    nu = "".join(c for c in decompose if not unicodedata.combining(c))
    return " ".join(nu.lower().replace("œ", "oe").replace("æ", "ae").split())


def jour_de(valeur: date | datetime) -> date:
    """The local day of a date or of an aware datetime."""
    if isinstance(valeur, datetime):
        return (timezone.localtime(valeur) if timezone.is_aware(valeur) else valeur).date()
    return valeur


def date_texte(valeur: date | datetime, *, courte: bool = False, jour_semaine: bool = False) -> str:
    """« mercredi 31 mars 2027 », « 1er mars 2027 », « 1er sept. 2027 »."""
    jour = jour_de(valeur)
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    mois = (MOIS_COURTS if courte else MOIS)[jour.month - 1]
    debut = f"{JOURS[jour.weekday()]} " if jour_semaine else ""
    return f"{debut}{quantieme}{INSECABLE}{mois}{INSECABLE}{jour.year}"


def heure_texte(valeur: datetime) -> str:
    """« 9 h 30 », « 18 h »."""
    local = timezone.localtime(valeur) if timezone.is_aware(valeur) else valeur
    minutes = f"{INSECABLE}{local.minute:02d}" if local.minute else ""
    return f"{local.hour}{INSECABLE}h{minutes}"


def nombre_texte(valeur: Nombre, decimales: int = 0, *, signe: bool = False) -> str:
    """Thousands apart by U+00A0, decimal comma, a true minus; « +12 » when `signe`."""
    exact = Decimal(str(valeur)).quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP)
    texte = f"{abs(exact):,}".replace(",", INSECABLE).replace(".", ",")
    if exact < 0:
        return MOINS + texte
    return f"+{texte}" if signe and exact > 0 else texte


def euros_texte(valeur: Nombre, decimales: int = 2, *, signe: bool = False) -> str:
    """« 1 234,50 € »."""
    return f"{nombre_texte(valeur, decimales, signe=signe)}{INSECABLE}€"


def est_pluriel(valeur: Nombre) -> bool:
    """French plural starts at two: « 0 cadre », « 1,5 an », « 2 ans »."""
    try:
        return abs(Decimal(str(valeur))) >= 2
    except InvalidOperation:
        return False


def accorder(valeur: Nombre, formes: str) -> str:
    """The form that agrees: `"cadre"` (an s is added) or `"cheval,chevaux"`."""
    singulier, _, pluriel = dire(formes).partition(",")
    return (pluriel or f"{singulier}s") if est_pluriel(valeur) else singulier


class Genree(Protocol):
    """A person whose words agree with them."""

    @property
    def est_une_femme(self) -> bool: ...


def accorde(personne: Genree, masculin: str, feminin: str = "") -> str:
    """The word as it agrees with the person (an e is added); the masculine when it is not known."""
    return (feminin or f"{masculin}e") if personne.est_une_femme else masculin


#: What names a service names nobody's sex.
_SERVICE = re.compile(
    r"^(direction|secrétariat|cabinet|contrôle|mission|délégation)\b", re.IGNORECASE
)


def annoncer(intitule: str) -> str:
    """« Responsable du budget (F/H) »: a poste that is announced names a job, not who holds it."""
    if _SERVICE.match(intitule) or re.search(r"\b[FH] ?/ ?[FH]\b", intitule):
        return intitule
    return f"{intitule} (F/H)"


def compter(valeur: Nombre, formes: str) -> str:
    """« 3 cadres », « 1 cadre », « 0 cadre »."""
    return f"{nombre_texte(valeur)}{INSECABLE}{accorder(valeur, formes)}"


def en_lettres(nombre: int, *, feminin: bool = False) -> str:
    """« trois », « une », « 17 »: numbers up to sixteen are written out."""
    if nombre == 1:
        return "une" if feminin else "un"
    return EN_LETTRES[nombre] if 0 <= nombre < len(EN_LETTRES) else nombre_texte(nombre)


def compter_en_lettres(nombre: int, formes: str, *, feminin: bool = False) -> str:
    """« deux cadres », « aucune étape »."""
    if nombre == 0:
        return f"{'aucune' if feminin else 'aucun'} {accorder(0, formes)}"
    return f"{en_lettres(nombre, feminin=feminin)} {accorder(nombre, formes)}"


def enumerer(elements: list[str]) -> str:
    """« a, b et c »."""
    if len(elements) < 2:
        return "".join(elements)
    return f"{', '.join(elements[:-1])} et {elements[-1]}"


def cite(texte: str) -> str:
    """« texte », between quotation marks that do not break."""
    return f"«{INSECABLE}{texte}{INSECABLE}»"


def capitale(texte: str) -> str:
    """The first letter alone, raised."""
    return texte[:1].upper() + texte[1:]


def de(nom: str) -> str:
    """« de Paul Roy », « d’Hélène Florimont », « d’Yves », « de Yann »."""
    debut = sans_accents(nom)[:2].lower()
    elide = debut[:1] in "aeiouœh" or (debut[:1] == "y" and debut[1:] not in "aeiou")
    return f"d’{nom}" if debut and elide else f"de {nom}"


#: The first word of an institution's name that takes an article; « Orléans Métropole » takes none.
ARTICLES = {
    "ville": "la",
    "commune": "la",
    "région": "la",
    "métropole": "la",
    "communauté": "la",
    "département": "le",
    "conseil": "le",
    "agglomération": "l’",
}


def _article(nom: str) -> str | None:
    return ARTICLES.get(nom.partition(" ")[0].lower())


def avec_article(nom: str) -> str:
    """« la Ville d’Orléans », « le Département du Loiret », « Orléans Métropole »."""
    article = _article(nom)
    if article is None:
        return nom
    return f"{article}{nom}" if article.endswith("’") else f"{article} {nom}"


def de_avec_article(nom: str) -> str:
    """« de la Ville », « du Département », « de l’Agglomération », « d’Orléans Métropole »."""
    article = _article(nom)
    if article is None:
        return de(nom)
    return f"du {nom}" if article == "le" else f"de {avec_article(nom)}"


def est_masculin(nom: str) -> bool:
    """« le Département s’y est engagé », « la Région s’y est engagée »."""
    return _article(nom) == "le"


@dataclass(frozen=True)
class Delai:
    """Days left until a day: a text, and whether it is near or past."""

    jours: int

    @property
    def texte(self) -> str:
        if self.jours == 0:
            return "aujourd’hui"
        if self.jours < 0:
            return f"{compter(-self.jours, 'jour')} de retard"
        return compter(self.jours, "jour")

    @property
    def classe(self) -> str:
        if self.jours < 0:
            return "est-tard"
        return "est-proche" if self.jours <= JOURS_PROCHES else ""


def delai_avant(valeur: date | datetime, aujourdhui: date | None = None) -> Delai:
    return Delai((jour_de(valeur) - (aujourdhui or timezone.localdate())).days)
