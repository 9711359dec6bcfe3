"""What the moves have taught, all together: counts, never a name, never a small number."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from opportunites.models import Suivi

if TYPE_CHECKING:
    from collectivites.models import Demarche

FAVORABLES = {Suivi.Bilan.TRES_BIEN, Suivi.Bilan.BIEN}


@dataclass(frozen=True)
class Enseignements:
    """`None` stands for a number that would be too small to be told (« n.c. »)."""

    reponses: int
    seuil: int
    en_poste: int | None
    bien: int | None
    themes: list[tuple[str, int | None]]

    @property
    def est_publiable(self) -> bool:
        return self.reponses >= self.seuil


def lire(demarche: Demarche) -> Enseignements:
    """Every follow-up of the démarche that was filled in. One query."""
    lignes = Suivi.objects.filter(
        mobilite__collectivite_accueil__demarche=demarche, renseigne_le__isnull=False
    ).values_list("en_poste", "bilan", "themes")
    return agreger(list(lignes), demarche.seuil_secret)


def agreger(lignes: list[tuple[bool | None, str, list[str]]], seuil: int) -> Enseignements:
    """Pure. A part is told when it and its complement are both nil or large enough."""
    total = len(lignes)

    def dire(nombre: int) -> int | None:
        sensibles = [n for n in (nombre, total - nombre) if 0 < n < seuil]
        return None if sensibles or total < seuil else nombre

    themes = Counter(theme for _, _, choisis in lignes for theme in choisis)
    comptes = [(Suivi.Theme(code).label, themes[code]) for code in themes]
    return Enseignements(
        reponses=total,
        seuil=seuil,
        en_poste=dire(sum(bool(en_poste) for en_poste, _, _ in lignes)),
        bien=dire(sum(bilan in FAVORABLES for _, bilan, _ in lignes)),
        themes=[
            (libelle, dire(nombre))
            for libelle, nombre in sorted(comptes, key=lambda c: (-c[1], c[0]))
        ]
        if total >= seuil
        else [],
    )
