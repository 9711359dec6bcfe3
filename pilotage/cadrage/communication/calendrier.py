"""The plan along a year: one line a public, one column a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from collectivites.communs.typographie import MOIS
from pilotage.models import ActionCommunication
from pilotage.mots import PublicVise


@dataclass(frozen=True)
class Annee:
    """`lignes`: (public, for each month its actions). `avant`, `apres`: the years that have some."""

    annee: int
    mois: tuple[str, ...]
    lignes: tuple[tuple[str, tuple[tuple[ActionCommunication, ...], ...]], ...]
    avant: int | None
    apres: int | None


def sur_l_annee(actions: list[ActionCommunication], annee: int) -> Annee:
    """The actions of one year, given up or not."""
    annees = sorted({a.jour.year for a in actions})
    siennes = [a for a in actions if a.jour.year == annee]
    lignes = tuple(
        (
            str(libelle),
            tuple(
                tuple(a for a in siennes if a.public == public and a.jour.month == mois)
                for mois in range(1, 13)
            ),
        )
        for public, libelle in PublicVise.choices
    )
    return Annee(
        annee,
        tuple(MOIS),
        lignes,
        max((a for a in annees if a < annee), default=None),
        min((a for a in annees if a > annee), default=None),
    )


def annee_lue(texte: str, actions: list[ActionCommunication], jour: date) -> int:
    """The year asked for; else this one."""
    demandee = int(texte) if texte.isdecimal() and len(texte) == 4 else jour.year
    annees = {a.jour.year for a in actions} | {jour.year}
    return demandee if demandee in annees else jour.year
