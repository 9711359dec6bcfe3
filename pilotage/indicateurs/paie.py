"""Is pay the brake? The monthly differences of gross that both DRH signed, of yeses and of noes.

Family left out. A difference known between two bounds counts for its middle; one without an upper
bound counts for nothing. No small number is told, nor found again from those that are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from collectivites.communs.calendrier import fin_du_jour, minuit
from collectivites.models import Demarche
from opportunites.models import FicheRemuneration
from opportunites.mots import EtatProposition
from pilotage.indicateurs.secret import publier_table

#: Classes of the monthly difference, in euros: label, lower bound included, upper bound excluded.
CLASSES: tuple[tuple[str, int | None, int | None], ...] = (
    ("moins de −100", None, -100),
    ("de −100 à 0", -100, 0),
    ("de 0 à +100", 0, 100),
    ("+100 et plus", 100, None),
)


@dataclass(frozen=True)
class Reponses:
    """Those who gave one answer. None: too few to be told."""

    total: int | None
    classes: tuple[int | None, ...]
    mediane: int | None
    #: on a poste that pays less
    en_baisse: int | None


@dataclass(frozen=True)
class Paie:
    acceptees: Reponses
    refusees: Reponses

    @property
    def est_lisible(self) -> bool:
        return any(
            n for reponses in (self.acceptees, self.refusees) for n in (*reponses.classes, 0)
        )


def calculer(acceptees: list[Decimal], refusees: list[Decimal], seuil: int) -> Paie:
    """Both rows in one table, with its margins: what is hidden cannot be subtracted."""
    table = publier_table([par_classe(acceptees), par_classe(refusees)], seuil)
    return Paie(
        *(
            Reponses(
                table.lignes[rang],
                table.cases[rang],
                _mediane(ecarts, seuil),
                _somme_des_baisses(table.cases[rang]),
            )
            for rang, ecarts in enumerate((acceptees, refusees))
        )
    )


def par_classe(ecarts: Iterable[Decimal]) -> list[int]:
    """How many in each of `CLASSES`, before any secret: never shown as they are."""
    comptes = [0] * len(CLASSES)
    for ecart in ecarts:
        comptes[_classe(ecart)] += 1
    return comptes


def _classe(ecart: Decimal) -> int:
    return next(
        rang
        for rang, (_, bas, haut) in enumerate(CLASSES)
        if (bas is None or ecart >= bas) and (haut is None or ecart < haut)
    )


def _mediane(ecarts: list[Decimal], seuil: int) -> int | None:
    """To the ten euros, among twice the threshold at least: a median is somebody's figure."""
    if len(ecarts) < 2 * seuil:
        return None
    return round(int(median(ecarts)), -1)


def _somme_des_baisses(classes: tuple[int | None, ...]) -> int | None:
    """Of the classes under zero, when each of them is told."""
    baisses = [
        n
        for n, (_, _, haut) in zip(classes, CLASSES, strict=True)
        if haut is not None and haut <= 0
    ]
    return None if any(n is None for n in baisses) else sum(n or 0 for n in baisses)


def lire(demarche: Demarche, jusqu_au: date | None) -> Paie:
    """Read at the last published day: live, two readings would differ by one answer. One query, none
    before the first publication."""
    if jusqu_au is None:
        return calculer([], [], demarche.seuil_secret)
    return calculer(*ecarts_signes(demarche, jusqu_au), demarche.seuil_secret)


def ecarts_signes(
    demarche: Demarche, jusqu_au: date, depuis: date | None = None
) -> tuple[list[Decimal], list[Decimal]]:
    """Accepted, then refused: the last signed version of each proposition answered by `jusqu_au`, and
    from `depuis` on. What a closed batch would freeze is `par_classe` of each. One query."""
    acceptees: dict[int, Decimal] = {}
    refusees: dict[int, Decimal] = {}
    fiches = (
        FicheRemuneration.objects.signees()
        .filter(
            proposition__opportunite__poste__collectivite__demarche=demarche,
            proposition__etat__in=(
                EtatProposition.ACCEPTEE,
                EtatProposition.REALISEE,
                EtatProposition.REFUSEE,
            ),
            proposition__repondue_le__lte=fin_du_jour(jusqu_au),
            signee_origine_le__lte=fin_du_jour(jusqu_au),
            signee_accueil_le__lte=fin_du_jour(jusqu_au),
            ecart_brut_bas__isnull=False,
            ecart_brut_haut__isnull=False,
        )
        .order_by("version")
        .values_list("proposition_id", "proposition__etat", "ecart_brut_bas", "ecart_brut_haut")
    )
    if depuis is not None:
        fiches = fiches.filter(proposition__repondue_le__gte=minuit(depuis))
    for proposition, etat, bas, haut in fiches:
        assert bas is not None
        assert haut is not None
        ou = refusees if etat == EtatProposition.REFUSEE else acceptees
        ou[proposition] = (bas + haut) / 2
    return list(acceptees.values()), list(refusees.values())
