"""A year of pay: twelve payslips chained by the annual ceiling of the RAFP, with the months of the CIA."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from opportunites.remuneration.baremes.lecture import Baremes
from opportunites.remuneration.bulletin.calcul import calculer
from opportunites.remuneration.bulletin.lignes import Bulletin, CumulRafp
from opportunites.remuneration.bulletin.situation import Situation
from opportunites.remuneration.erreurs import refuser
from opportunites.remuneration.montants import ZERO
from opportunites.remuneration.textes import jour

MOIS = range(1, 13)


@dataclass(frozen=True)
class Annee:
    """The payslips of a calendar year, or of the months of it that one employer pays."""

    annee: int
    bulletins: tuple[Bulletin, ...]

    def montant(self, code: str) -> Decimal:
        return sum((b.montant(code) for b in self.bulletins), ZERO)


@dataclass(frozen=True)
class AnneeType:
    """A year of one situation: eleven months alike, and the one of the CIA, which closes the RAFP."""

    mois: Bulletin
    mois_du_cia: Bulletin

    def montant(self, code: str) -> Decimal:
        return 11 * self.mois.montant(code) + self.mois_du_cia.montant(code)


def annee_civile(
    situation: Situation,
    annee: int,
    cia: Mapping[date, Decimal] | None = None,
    baremes: Baremes | None = None,
    *,
    jours: Mapping[int, int] | None = None,
    projection: bool = False,
) -> Annee:
    """Month by month, each at the rates of its first day.

    `cia`: amount paid on each date, all of that year. `jours`: thirtieths paid in a month, 30 when absent; a
    month of none has no payslip, unless a CIA is paid in it.
    """
    versements = _par_mois(annee, cia or {})
    bulletins, cumul = [], CumulRafp()
    for mois in MOIS:
        presence = (jours or {}).get(mois, 30)
        if not presence and not versements.get(mois):
            continue
        du_mois = replace(
            situation,
            date=date(annee, mois, 1),
            jours=presence,
            cia_an=versements.get(mois, ZERO),
        )
        bulletin = calculer(du_mois, baremes, projection=projection, cumul=cumul)
        cumul = bulletin.cumul
        bulletins.append(bulletin)
    return Annee(annee, tuple(bulletins))


def annee_type(
    situation: Situation, cia: Decimal, baremes: Baremes | None = None, *, projection: bool = False
) -> AnneeType:
    """Twelve months at the rates of one day, the CIA of the year being paid with the last."""
    mois = calculer(replace(situation, cia_an=ZERO), baremes, projection=projection)
    onze = CumulRafp(11 * mois.cumul.accessoires, 11 * mois.cumul.plafond, 11 * mois.cumul.base)
    dernier = calculer(replace(situation, cia_an=cia), baremes, projection=projection, cumul=onze)
    return AnneeType(mois, dernier)


def _par_mois(annee: int, cia: Mapping[date, Decimal]) -> dict[int, Decimal]:
    versements: dict[int, Decimal] = {}
    for verse_le, montant in cia.items():
        if verse_le.year != annee:
            raise refuser(
                "cia_date",
                f"Le CIA est versé dans l’année {annee}, entre le 1er janvier et le 31 décembre ; "
                f"reçu : {jour(verse_le)}.",
            )
        versements[verse_le.month] = versements.get(verse_le.month, ZERO) + montant
    return versements
