"""Rules shared by the forms, which say them beside the field, and by the actions, which hold them."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from collectivites.communs.calendrier import decaler
from collectivites.communs.typographie import (
    INSECABLE,
    MOIS,
    capitale,
    compter,
    date_texte,
    enumerer,
    heure_texte,
)

#: A cadre is reminded of an appointment this long before it.
RAPPEL = timedelta(days=7)


def quand_et_ou(quand: datetime, lieu: str = "") -> str:
    """« Mardi 23 mars 2027, 9 h 30, salle 204 »."""
    texte = f"{date_texte(quand, jour_semaine=True)}, {heure_texte(quand)}"
    return f"{capitale(texte)}{f', {lieu}' if lieu else ''}"


# --- Durations and dates of a session -------------------------------------------------------------


def duree_texte(minutes: int) -> str:
    """« 45 min », « 7 h », « 1 h 30 »."""
    heures, reste = divmod(minutes, 60)
    if not heures:
        return f"{reste}{INSECABLE}min"
    return f"{heures}{INSECABLE}h" + (f"{INSECABLE}{reste:02d}" if reste else "")


def plage_texte(debut: datetime, fin: datetime, *, journee_entiere: bool = False) -> str:
    """« mardi 23 mars 2027, de 9 h à 17 h », « du 23 au 24 mars 2027 », and across midnight."""
    premier, dernier = timezone.localdate(debut), timezone.localdate(fin)
    if journee_entiere:
        dernier -= timedelta(days=1)  # the end is the midnight that follows
        if premier == dernier:
            return f"{date_texte(premier, jour_semaine=True)}, toute la journée"
        return f"du {date_texte(premier)} au {date_texte(dernier)}"
    if premier == dernier:
        jour = date_texte(premier, jour_semaine=True)
        return f"{jour}, de {heure_texte(debut)} à {heure_texte(fin)}"
    return (
        f"du {date_texte(premier, jour_semaine=True)}, {heure_texte(debut)}, "
        f"au {date_texte(dernier, jour_semaine=True)}, {heure_texte(fin)}"
    )


def periode_texte(debut: date, fin: date) -> str:
    """« du 4 janvier au 26 mars 2027 », « du 1er au 12 mars 2027 »."""
    premier = date_texte(debut)
    if debut.year == fin.year:
        premier = premier.removesuffix(f"{INSECABLE}{debut.year}")
    if (debut.year, debut.month) == (fin.year, fin.month):
        premier = premier.removesuffix(f"{INSECABLE}{MOIS[debut.month - 1]}")
    return f"du {premier} au {date_texte(fin)}"


# --- Immersion: décret n° 2022-1043 du 22 juillet 2022, as it stood on 1 October 2026 -------------

IMMERSION_SOURCE = "décret n°\u00a02022-1043 du 22\u00a0juillet 2022"
#: Working days of one immersion, in a row or not.
IMMERSION_JOURS_MIN, IMMERSION_JOURS_MAX = 2, 10
IMMERSION_DUREE = f"{IMMERSION_JOURS_MIN} à {IMMERSION_JOURS_MAX}{INSECABLE}jours"
#: Working days over any period of so many years.
IMMERSION_CUMUL_MAX, IMMERSION_CUMUL_ANNEES = 20, 3
#: Asked so many months before it begins (IMMERSION_DEMANDE); less, if all agree.
IMMERSION_PREAVIS_MOIS = 3
#: Answered within so many months (IMMERSION_REPONSE).
IMMERSION_REPONSE_MOIS = 1


def cumul_maximal(jours: Iterable[date]) -> int:
    """The most days that any three years in a row hold."""
    ranges = sorted(jours)
    return max(
        (
            sum(decaler(fin, annees=-IMMERSION_CUMUL_ANNEES) < jour <= fin for jour in ranges)
            for fin in ranges
        ),
        default=0,
    )


def refus_de_jours(jours: list[date], deja: Iterable[date]) -> str | None:
    """Why these days cannot make an immersion, beside those already counted; or None."""
    if len(jours) < IMMERSION_JOURS_MIN or len(jours) > IMMERSION_JOURS_MAX:
        return (
            f"Une immersion dure de {IMMERSION_JOURS_MIN} à {IMMERSION_JOURS_MAX} jours ouvrés, "
            f"consécutifs ou non. Vos dates en comptent {len(jours)}."
        )
    deja = list(deja)
    if communs := sorted(set(jours) & set(deja)):
        return f"Une autre immersion occupe déjà le {date_texte(communs[0])}."
    cumul = cumul_maximal([*jours, *deja])
    if cumul > IMMERSION_CUMUL_MAX:
        return (
            f"Les immersions se limitent à {IMMERSION_CUMUL_MAX} jours sur "
            f"{IMMERSION_CUMUL_ANNEES} ans. Avec celle-ci, cela ferait "
            f"{compter(cumul, 'jour')}."
        )
    return None


def est_demandee_a_temps(debut: date, demandee: date) -> bool:
    """Three months ahead or more."""
    return decaler(demandee, mois=IMMERSION_PREAVIS_MOIS) <= debut


def reponse_attendue_le(demandee: date) -> date:
    return decaler(demandee, mois=IMMERSION_REPONSE_MOIS)


def jours_texte(jours: Iterable[date]) -> str:
    """« 8, 9 et 10 juin 2027 », « 30 juin et 1er juillet 2027 »."""
    par_mois: dict[tuple[int, int], list[str]] = {}
    for jour in sorted(jours):
        quantieme = "1er" if jour.day == 1 else str(jour.day)
        par_mois.setdefault((jour.year, jour.month), []).append(quantieme)
    return enumerer(
        [
            f"{enumerer(quantiemes)}{INSECABLE}{MOIS[mois - 1]}{INSECABLE}{annee}"
            for (annee, mois), quantiemes in par_mois.items()
        ]
    )
