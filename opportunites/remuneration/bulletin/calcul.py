"""One payslip: `calculer`. One month in which a CIA falls, alone: `calculer_le_mois`."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from opportunites.remuneration.baremes.lecture import Baremes
from opportunites.remuneration.baremes.lecture import baremes as ceux_du_paquet
from opportunites.remuneration.bulletin.contractuel import poser_contractuel
from opportunites.remuneration.bulletin.lignes import Bulletin, CumulRafp, Feuille
from opportunites.remuneration.bulletin.situation import Situation, Statut, controler
from opportunites.remuneration.bulletin.titulaire import poser_titulaire
from opportunites.remuneration.montants import ZERO


def calculer(
    situation: Situation,
    baremes: Baremes | None = None,
    *,
    projection: bool = False,
    cumul: CumulRafp | None = None,
) -> Bulletin:
    """The payslip of a month; raises `SaisieRefusee` with every input at fault.

    `projection`: a plafond that is not known yet is taken as the last one, with a caution on its lines.
    `cumul`: what the earlier months of the year, at the same employer, leave to this one.
    """
    return _calculer(situation, baremes or ceux_du_paquet(), projection, cumul)


@lru_cache(maxsize=1024)
def _calculer(
    situation: Situation, baremes: Baremes, projection: bool, cumul: CumulRafp | None
) -> Bulletin:
    """A sheet asks for about a hundred months, and for the same ones when it is read again: ten sheets are
    kept. What goes in and what comes out cannot be changed."""
    controler(situation, baremes)
    feuille = Feuille(situation, baremes, projection=projection, cumul=cumul)
    if situation.statut is Statut.CONTRACTUEL:
        poser_contractuel(feuille)
    else:
        poser_titulaire(feuille)
    return feuille.bulletin()


def calculer_le_mois(situation: Situation, baremes: Baremes | None = None) -> Bulletin:
    """A month alone, as if those before it in the year had been the same without the CIA paid at once.

    Only that CIA makes a difference: without one, every month is alike.
    """
    if not situation.cia_an:
        return calculer(situation, baremes)
    cumul = CumulRafp()
    for mois in range(1, situation.date.month):
        avant = replace(situation, date=situation.date.replace(month=mois, day=1), cia_an=ZERO)
        cumul = calculer(avant, baremes, cumul=cumul).cumul
    return calculer(situation, baremes, cumul=cumul)
