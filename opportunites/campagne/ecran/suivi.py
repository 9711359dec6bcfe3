"""Propositions that hang together, as the workshop follows them."""

from __future__ import annotations

from dataclasses import dataclass

from opportunites.campagne.ecran.composantes import lettre
from opportunites.models import Campagne, Ensemble, Maillon, Proposition

ACCORDEES = (Proposition.Etat.ACCEPTEE, Proposition.Etat.REALISEE)


@dataclass(frozen=True)
class EnsembleSuivi:
    ensemble: Ensemble
    repere: str
    maillons: list[Maillon]

    @property
    def rompu(self) -> bool:
        """Somebody said no, nothing in time, or the host withdrew, and something that lives hung on it:
        what comes after, in a chain; all the others, in an exchange."""
        morts = [m.ordre for m in self.maillons if _mort(m.proposition)]
        if not morts:
            return False
        boucle = self.ensemble.genre == Ensemble.Genre.BOUCLE
        return any(
            m.proposition.est_vivante and (boucle or m.ordre > morts[0]) for m in self.maillons
        )

    @property
    def accompli(self) -> bool:
        return all(
            m.proposition.etat in ACCORDEES for m in self.maillons if not _mort(m.proposition)
        )

    @property
    def titre(self) -> str:
        return f"{self.ensemble.get_genre_display()} {self.repere}"


def _mort(proposition: Proposition) -> bool:
    return not proposition.est_vivante and proposition.etat not in ACCORDEES


def suivre(campagne: Campagne) -> list[EnsembleSuivi]:
    """Those that still hold somebody: what a repair has moved elsewhere leaves empty rows. Two
    queries."""
    ensembles = (
        Ensemble.objects.filter(campagne=campagne, maillons__isnull=False)
        .distinct()
        .prefetch_related(
            "maillons__proposition__cadre",
            "maillons__proposition__opportunite__poste__collectivite",
        )
        .order_by("pk")
    )
    suivis = [EnsembleSuivi(e, "", list(e.maillons.all())) for e in ensembles]
    restent = [s for s in suivis if not all(_mort(m.proposition) for m in s.maillons)]
    return [EnsembleSuivi(s.ensemble, lettre(n), s.maillons) for n, s in enumerate(restent)]


def a_reparer(suivis: list[EnsembleSuivi]) -> bool:
    """Something that lives hangs on something that died."""
    return any(s.rompu for s in suivis)
