"""Dates that the law computes, each with its rule. Pure: dates in, dates out.

The rules are the lines of `referentiels/delais.csv`. Three ways of counting, never mixed:

- months after an event: from a day to the day of the same number, or to the last day of a month
  that has none (31 December + 2 months = 28 or 29 February);
- a notice that is « décompté du lendemain »: its first day is the day after the notification, and
  the departure is possible on the day after its last day;
- a period that begins on a day ends on the eve of the same day, months or years later.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from dateutil.relativedelta import relativedelta

from opportunites.mots import Famille, Services, Voie

Unite = Literal["jours", "mois", "ans"]

_FICHIER = Path(__file__).resolve().parent / "referentiels" / "delais.csv"


@dataclass(frozen=True)
class Delai:
    """One legal delay. `confiance`: V, read in the text; M, from memory, to be checked."""

    code: str
    famille: str
    sens: str
    nombre: int
    unite: str
    libelle: str
    texte: str
    confiance: str

    @property
    def _duree(self) -> relativedelta:
        if self.unite == "jours":
            return relativedelta(days=self.nombre)
        return relativedelta(months=self.nombre * (12 if self.unite == "ans" else 1))

    def apres(self, evenement: date) -> date:
        """« De quantième à quantième »."""
        return evenement + self._duree

    def avant(self, evenement: date) -> date:
        return evenement - self._duree

    def dernier_jour(self, debut: date) -> date:
        """The last day of a period whose first day is `debut`."""
        terme = debut + self._duree
        # No such day in that month (31 January + 1 month): the month's last day is the period's.
        if self.unite != "jours" and terme.day < debut.day:
            return terme
        return terme - timedelta(days=1)


@dataclass(frozen=True)
class Echeance:
    """A date that was computed, with its rule."""

    quand: date
    libelle: str
    regle: str
    est_a_verifier: bool


@cache
def regles() -> dict[str, Delai]:
    with _FICHIER.open(encoding="utf-8", newline="") as fichier:
        return {
            ligne["code"]: Delai(
                code=ligne["code"],
                famille=ligne["famille"],
                sens=ligne["sens"],
                nombre=int(ligne["delai"]),
                unite=ligne["unite"],
                libelle=ligne["libelle"],
                texte=ligne["texte"],
                confiance=ligne["confiance"],
            )
            for ligne in csv.DictReader(fichier)
        }


# --- Titulaires: CGFP L511-3 ----------------------------------------------------------------------


def acceptation_tacite(reception: date) -> date:
    """Two months without an answer are a yes."""
    return regles()["SILENCE_ORIGINE"].apres(reception)


def est_acquise(reception: date, aujourdhui: date) -> bool:
    """Whether silence has become a yes: a refusal may still be notified on the anniversary itself."""
    return aujourdhui > acceptation_tacite(reception)


def depart_au_plus_tard(reception: date, *, six_mois: bool = False) -> date:
    """Three months after the request; six when the statut particulier says so."""
    return regles()["PREAVIS_STATUT" if six_mois else "PREAVIS_MOBILITE"].apres(reception)


def indemnite_due(titularisation: date, effet: date) -> bool:
    """Training paid by the origin is refunded within three years of the titularisation."""
    return effet < regles()["MUTATION_INDEMNITE"].apres(titularisation)


# --- Contractuels: décret 88-145, article 39 ------------------------------------------------------

#: seniority, as asked on the form → rule
PREAVIS_CONTRACTUEL: dict[str, str] = {
    Services.MOINS_6_MOIS: "DEMISSION_CT_1",
    Services.MOINS_2_ANS: "DEMISSION_CT_2",
    Services.DEUX_ANS: "DEMISSION_CT_3",
}


def fin_de_preavis(notification: date, tranche: str) -> date:
    """The last day of the notice, which starts on the day after the notification."""
    regle = regles()[PREAVIS_CONTRACTUEL[tranche]]
    return regle.dernier_jour(notification + timedelta(days=1))


# --- All the dates of a file ----------------------------------------------------------------------


def premier_jour(
    famille: str, reception: date, *, six_mois: bool = False, tranche: str = ""
) -> date | None:
    """The first day on which the person may leave without the origin's agreement on a date.

    None when no delay of the law frees them: the origin must agree (mise à disposition), or
    there is no other employer to leave.
    """
    if famille == Famille.COMMUN:
        return depart_au_plus_tard(reception, six_mois=six_mois)
    if famille == Famille.DEMISSION:
        return fin_de_preavis(reception, tranche or Services.DEUX_ANS) + timedelta(days=1)
    return None


def echeances_du_depart(
    famille: str,
    reception: date,
    *,
    six_mois: bool = False,
    tranche: str = "",
    repondue: bool = False,
) -> list[Echeance]:
    """What follows from a request received on `reception`, soonest first.

    Without `tranche`, the three notices of a contractuel are all shown. `repondue`: the origin has
    answered, and its silence would mean nothing any more.
    """
    dates = []
    for regle in regles().values():
        if famille != regle.famille:
            continue
        if regle.code == ("PREAVIS_MOBILITE" if six_mois else "PREAVIS_STATUT"):
            continue
        if repondue and regle.code == "SILENCE_ORIGINE":
            continue
        if regle.sens == "preavis":
            if tranche and PREAVIS_CONTRACTUEL[tranche] != regle.code:
                continue
            quand = regle.dernier_jour(reception + timedelta(days=1))
        elif regle.sens == "apres_demande":
            quand = regle.apres(reception)
        else:
            continue
        dates.append(_echeance(regle, quand))
    return sorted(dates, key=lambda e: e.quand)


#: route → rules that run from the date of effect
_APRES_EFFET: dict[str, tuple[str, ...]] = {
    Voie.MAD: ("MAD_MAX",),
    Voie.DETACHEMENT_LONG: ("DETACH_LONG", "REINTEG_DETACH"),
    Voie.DETACHEMENT_COURT: ("DETACH_COURT",),
    Voie.DETACHEMENT_EF: ("DETACH_LONG", "REINTEG_DETACH", "EF_MIN"),
}


def echeances_apres_effet(
    voie: str, effet: date, designation: date | None = None
) -> list[Echeance]:
    """What the route puts in the calendar once the person is there, soonest first.

    The six months of an emploi fonctionnel run again at each `designation` of the authority.
    """
    dates = []
    terme = None
    for code in _APRES_EFFET.get(voie, ()):
        regle = regles()[code]
        if regle.sens == "duree":
            quand = terme = regle.dernier_jour(effet)
        elif regle.sens == "avant_terme":
            assert terme is not None
            quand = regle.avant(terme)
        else:
            quand = regle.apres(max(effet, designation or effet))
        dates.append(_echeance(regle, quand))
    return sorted(dates, key=lambda e: e.quand)


def _echeance(regle: Delai, quand: date) -> Echeance:
    return Echeance(quand, regle.libelle, regle.texte, regle.confiance != "V")
