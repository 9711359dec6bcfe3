"""Amounts of a délibération, never of a person: the employers side by side, and the State's ceilings.

A ceiling is information, never a block: most are from memory, and only the Journal officiel settles them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from opportunites.remuneration.baremes.lecture import PRUDENCE_MEMOIRE, Baremes
from opportunites.remuneration.erreurs import Refus, SaisieRefusee
from opportunites.remuneration.textes import euros, insecables


@dataclass(frozen=True)
class LigneRegime:
    """What a collectivité deliberated for a group of its own, in euros a year. None: not said."""

    collectivite: str
    groupe: str
    minimum: Decimal | None
    maximum: Decimal | None
    indicatif: Decimal | None
    deliberee_le: date


@dataclass(frozen=True)
class Etendue:
    """From the lowest to the highest among the employers that said something."""

    bas: Decimal
    haut: Decimal

    @property
    def ecart(self) -> Decimal:
        return self.haut - self.bas


@dataclass(frozen=True)
class GroupeCompare:
    """One group in all employers. An employer that has no such line is absent, never at zero."""

    groupe: str
    lignes: tuple[LigneRegime, ...]
    absents: tuple[str, ...]
    minimum: Etendue | None
    maximum: Etendue | None
    indicatif: Etendue | None


def controler_regime(lignes: Sequence[LigneRegime]) -> None:
    """Refuses the lines of a spreadsheet that contradict themselves; `cle` is the rank of the line."""
    refus, vues = [], set()
    for rang, ligne in enumerate(lignes, start=1):
        montants = [m for m in (ligne.minimum, ligne.indicatif, ligne.maximum) if m is not None]
        if any(not m.is_finite() or m < 0 for m in montants):
            refus.append(Refus(str(rang), "Un montant délibéré est positif ou nul."))
        elif montants != sorted(montants):
            refus.append(
                Refus(str(rang), "Le minimum, l’indicatif et le maximum se suivent en croissant.")
            )
        if (ligne.collectivite, ligne.groupe) in vues:
            refus.append(
                Refus(str(rang), f"Le groupe {ligne.groupe} de {ligne.collectivite} se répète.")
            )
        vues.add((ligne.collectivite, ligne.groupe))
    if refus:
        raise SaisieRefusee(*refus)


def comparer_regimes(lignes: Sequence[LigneRegime]) -> list[GroupeCompare]:
    """Group by group, in the order of their names."""
    controler_regime(lignes)
    collectivites = list(dict.fromkeys(ligne.collectivite for ligne in lignes))
    return [
        _groupe(groupe, [ligne for ligne in lignes if ligne.groupe == groupe], collectivites)
        for groupe in sorted({ligne.groupe for ligne in lignes})
    ]


def _groupe(
    groupe: str, lignes: Sequence[LigneRegime], collectivites: Sequence[str]
) -> GroupeCompare:
    presents = {ligne.collectivite for ligne in lignes}
    return GroupeCompare(
        groupe,
        tuple(lignes),
        tuple(c for c in collectivites if c not in presents),
        _etendue(ligne.minimum for ligne in lignes),
        _etendue(ligne.maximum for ligne in lignes),
        _etendue(ligne.indicatif for ligne in lignes),
    )


def _etendue(montants: Iterable[Decimal | None]) -> Etendue | None:
    connus = [m for m in montants if m is not None]
    return Etendue(min(connus), max(connus)) if connus else None


def depassement_du_plafond(
    baremes: Baremes, cadre_emplois: str, groupe: int, ifse_annuelle: Decimal
) -> str:
    """A sentence when an IFSE passes the State's ceiling for that group, else nothing."""
    for ligne in baremes.tables["rifseep_plafonds"]:
        if ligne.cle != (cadre_emplois, groupe) or ifse_annuelle <= ligne.decimal("ifse_max"):
            continue
        prudence = f" ({PRUDENCE_MEMOIRE})" if ligne.confiance == "M" else ""
        return insecables(
            f"Cette IFSE dépasse le plafond de l’État pour le groupe {groupe}, "
            f"{euros(ligne.decimal('ifse_max'))} par an{prudence}. Source : {ligne.source}."
        )
    return ""
