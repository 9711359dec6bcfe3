"""What the moves teach all together, and what they leave uncovered: counts, never a name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Demarche
from opportunites.models import Mobilite, Suivi

FAVORABLES = {Suivi.Bilan.TRES_BIEN, Suivi.Bilan.BIEN}


@dataclass(frozen=True)
class Enseignements:
    """Never a small number: `None` stands for a number that would be too small to be told (« n.c. »)."""

    reponses: int
    seuil: int
    en_poste: int | None
    bien: int | None
    themes: list[tuple[str, int | None]]

    @property
    def est_publiable(self) -> bool:
        return self.reponses >= self.seuil


def enseignements(demarche: Demarche) -> Enseignements:
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


def equipes_sans_plan(acteur: Acteur) -> int:
    """Teams of the acteur's collectivité that a move under way leaves without a replacement plan.
    The plan is the affair of the origin alone: nobody counts those of the others. One query."""
    return (
        Mobilite.objects.visibles_par(acteur)
        .sans_plan()
        .filter(collectivite_origine=acteur.collectivite)
        .count()
    )
