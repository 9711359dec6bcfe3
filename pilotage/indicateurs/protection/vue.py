"""The figures as one reader faces them: what they would have to be able to be, day by day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pilotage.indicateurs.protection.reseau import SANS_BORNE, TOUS, Arc, Cle, Reseau

#: The least that may be left of a printed figure for an employer that takes its own people away.
RESTE = 3
ECHANGES: Cle = ("echange", TOUS, TOUS)


def est_interieure(cle: Cle) -> bool:
    """How many went from one employer to another: never printed. An employer, who knows a third of them, must only not know the others."""
    return cle[0] == "echange" and cle != ECHANGES


class Lecture:
    """The arcs of one reader, day by day, in one of the two graphs. `entiers`: those of an outsider."""

    def __init__(
        self,
        jours: Sequence[list[Arc]],
        entiers: Sequence[list[Arc]],
        seuil: int,
        *,
        initie: bool,
    ) -> None:
        self.jours, self.seuil, self.initie = jours, seuil, initie
        self.valeurs = [{arc.cle: arc.valeur for arc in arcs} for arcs in jours]
        self.entiers = [{arc.cle: arc.valeur for arc in arcs} for arcs in entiers]

    def reseau(self, du: int, au: int) -> Reseau:
        """Moving the figures of the days from `du` to `au`, together, between those of the day
        before and of the day after."""
        bas: dict[Cle, int] = {}
        haut: dict[Cle, int] = {}
        for arc in self.jours[du]:
            hausse = self._hausse(arc, du, self.valeurs)
            suite = self._hausse(arc, au + 1, self.valeurs)
            plus_bas = min(v[arc.cle] for v in self.valeurs[du : au + 1])
            bas[arc.cle] = hausse if hausse is not None else libre(plus_bas)
            haut[arc.cle] = SANS_BORNE if suite is None else suite
        return Reseau(self.jours[du], bas, haut)

    def seul(self, du: int) -> dict[Cle, int]:
        """How far down those who stop at a step may go, when the later days make up for it."""
        return {arc.cle: libre(arc.valeur) for arc in self.jours[du] if not arc.croit}

    def besoins(self, du: int) -> Iterator[tuple[Cle, int, bool]]:
        """(figure, how far up it must be able to go, whether it is its change since the day before).
        Inner cells must only not be known."""
        for arc in self.jours[du]:
            hausse = self._hausse(arc, du, self.valeurs)
            du_jour = self._besoin(arc.valeur, self.entiers[du][arc.cle])
            depuis = self._besoin(hausse, self._hausse(arc, du, self.entiers))
            interieure = self.initie and est_interieure(arc.cle)
            if du_jour:
                yield arc.cle, 1 if interieure else du_jour, False
            if depuis:
                yield arc.cle, 1 if interieure else depuis, True

    def _besoin(self, valeur: int | None, entier: int | None) -> int:
        """How far up it must be able to go, at the least.

        For an outsider, a small figure may be at the threshold. For an employer, who takes its own
        people away, it may be RESTE, and is not known; what is left to it of a larger figure may be
        known when it is RESTE or more: that is nobody's figure.
        """
        if valeur is None or not 0 < valeur < self.seuil:
            return 0
        if not self.initie:
            return self.seuil - valeur
        reste = max(0, min(self.seuil, RESTE) - valeur)
        return max(1, reste) if valeur == entier else reste

    def _hausse(self, arc: Arc, jour: int, valeurs: Sequence[Mapping[Cle, int]]) -> int | None:
        """Since the day before; None when there is none, or when the figure may go down."""
        if not arc.croit or not 0 < jour < len(valeurs):
            return None
        ecart = valeurs[jour][arc.cle] - valeurs[jour - 1][arc.cle]
        return ecart if ecart >= 0 else None


def libre(valeur: int) -> int:
    """How far down: nobody is less than nobody, unless the two steps are not one in the other."""
    return valeur if valeur >= 0 else SANS_BORNE
