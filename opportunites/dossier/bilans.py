"""What the moves teach all together, and what they leave uncovered: counts, never a name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Demarche
from opportunites.models import Mobilite, Suivi

FAVORABLES = {Suivi.Bilan.TRES_BIEN, Suivi.Bilan.BIEN}


@dataclass(frozen=True)
class Echeance:
    """The voices heard at six, or twelve months; `attendues`: those asked for by today, heard or not."""

    mois: int
    attendues: int
    reponses: int
    en_poste: int | None
    bien: int | None


@dataclass(frozen=True)
class Enseignements:
    """Never a small number: `None` stands for a number that would be too small to be told (« n.c. »)."""

    reponses: int
    seuil: int
    en_poste: int | None
    bien: int | None
    themes: list[tuple[str, int | None]]
    echeances: tuple[Echeance, ...] = ()

    @property
    def est_publiable(self) -> bool:
        return self.reponses >= self.seuil


#: (months, still there, how it goes, lessons); the last three are empty as long as nobody answered.
Ligne = tuple[int, bool | None, str, list[str]]


def enseignements(demarche: Demarche) -> Enseignements:
    """Every follow-up of the démarche that was filled in, or should be. One query."""
    jour = timezone.localdate()
    lignes = Suivi.objects.filter(
        Q(renseigne_le__isnull=False) | Q(echeance__lte=jour),
        mobilite__collectivite_accueil__demarche=demarche,
    ).values_list("mois", "en_poste", "bilan", "themes")
    return agreger(list(lignes), demarche.seuil_secret)


def agreger(lignes: list[Ligne], seuil: int) -> Enseignements:
    """Pure. A part is told when it and its complement are both nil or large enough."""
    rendues = [ligne for ligne in lignes if ligne[1] is not None]
    total = len(rendues)

    def dire(nombre: int, sur: int = total) -> int | None:
        sensibles = [n for n in (nombre, sur - nombre) if 0 < n < seuil]
        return None if sensibles or sur < seuil else nombre

    def par_echeance(compte: Callable[[Ligne], bool]) -> tuple[int | None, list[int | None]]:
        """The total, and the part of each date: not one that the other two would give."""
        nombres = [sum(compte(x) for x in rendues if x[0] == mois) for mois in Suivi.MOIS]
        bases = [sum(x[0] == mois for x in rendues) for mois in Suivi.MOIS]
        dits = [dire(n, sur) for n, sur in zip(nombres, bases, strict=True)]
        ensemble = dire(sum(nombres))
        tus = [rang for rang, n in enumerate(dits) if n is None and bases[rang]]
        if tus and ensemble is not None:
            dits = [None if sur else n for n, sur in zip(dits, bases, strict=True)]
            bas, haut = max(0, ensemble - bases[1]), min(bases[0], ensemble)
            if bas == haut:
                ensemble = None
        return ensemble, dits

    en_poste, postes = par_echeance(lambda ligne: bool(ligne[1]))
    bien, biens = par_echeance(lambda ligne: ligne[2] in FAVORABLES)
    themes = Counter(theme for *_, choisis in rendues for theme in choisis)
    comptes = [(Suivi.Theme(code).label, themes[code]) for code in themes]
    return Enseignements(
        reponses=total,
        seuil=seuil,
        en_poste=en_poste,
        bien=bien,
        themes=[
            (libelle, dire(nombre))
            for libelle, nombre in sorted(comptes, key=lambda c: (-c[1], c[0]))
        ]
        if total >= seuil
        else [],
        echeances=tuple(
            Echeance(
                mois,
                sum(x[0] == mois for x in lignes),
                sum(x[0] == mois for x in rendues),
                postes[rang],
                biens[rang],
            )
            for rang, mois in enumerate(Suivi.MOIS)
        ),
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
