"""What leaves the house: the same figures, without a number that would name somebody."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from collectivites.models import Collectivite
from pilotage.indicateurs import trajectoire as courbes
from pilotage.indicateurs.ensemble import Indicateurs
from pilotage.indicateurs.entonnoir import EtapeEntonnoir
from pilotage.indicateurs.matrice import Equilibre
from pilotage.indicateurs.refus import Refus
from pilotage.indicateurs.secret import (
    LignePubliee,
    TablePubliee,
    est_petit,
    publiable,
    publier_ligne,
    publier_table,
    serie_publiable,
)


@dataclass(frozen=True)
class EtapePubliee:
    """A step of the funnel: None wherever it reads « n.c. »."""

    code: str
    libelle: str
    ligne: LignePubliee
    part_femmes: int | None
    delai: float | None


@dataclass(frozen=True)
class Publication:
    """All that may be printed or handed over, as of `jour`: what leaves the house reads this alone.

    `trajectoire` bears only what may be told: points far enough apart, the last of the open files,
    nothing at all when its total is secret. `equilibre` is None when an adjective would tell what
    the numbers hide.
    """

    jour: date
    seuil: int
    collectivites: tuple[Collectivite, ...]
    trajectoire: courbes.Trajectoire
    effectives: int | None
    engagees: int | None
    matrice: TablePubliee
    equilibre: Equilibre | None
    etapes: tuple[EtapePubliee, ...]
    anciennete_avant: LignePubliee
    anciennete_apres: LignePubliee
    mediane_avant: float | None
    mediane_apres: float | None
    refus: Refus

    def etape(self, code: str) -> EtapePubliee:
        return next(e for e in self.etapes if e.code == code)


def publier(indicateurs: Indicateurs) -> Publication:
    """Hide what must be. No query."""
    seuil = indicateurs.demarche.seuil_secret
    t = indicateurs.trajectoire
    effectives = publiable(t.nb_effectives, seuil)
    # The open files are told beside the moves made: alone, they would be half of a total.
    engagees = None if effectives is None else publiable(t.nb_engagees, seuil)
    matrice = publier_table(indicateurs.matrice.cases, seuil)
    a = indicateurs.anciennete
    assez = a.effectif >= seuil
    return Publication(
        jour=indicateurs.jour,
        seuil=seuil,
        collectivites=indicateurs.matrice.collectivites,
        trajectoire=_trajectoire(t, effectives, engagees, seuil),
        effectives=effectives,
        engagees=engagees,
        matrice=matrice,
        equilibre=(
            indicateurs.matrice.equilibre
            if effectives is not None and indicateurs.matrice.total
            else None
        ),
        etapes=tuple(_etape(e, matrice, seuil) for e in indicateurs.entonnoir.etapes),
        anciennete_avant=publier_ligne(a.avant, seuil),
        anciennete_apres=publier_ligne(a.apres, seuil),
        mediane_avant=a.mediane_avant if assez else None,
        mediane_apres=a.mediane_apres if assez else None,
        refus=indicateurs.refus,  # its reasons are pooled as they are read
    )


def _trajectoire(
    t: courbes.Trajectoire, effectives: int | None, engagees: int | None, seuil: int
) -> courbes.Trajectoire:
    """The trajectory with the points that may be told, and no other."""
    if effectives is None:
        return replace(t, effectives=(), engagees=(), projection=None)
    if engagees is None:
        t = sans_engagees(t)
    return replace(t, effectives=serie_publiable(t.effectives, seuil), engagees=t.engagees[-1:])


def sans_engagees(t: courbes.Trajectoire) -> courbes.Trajectoire:
    """The same trajectory, silent on open files: neither they nor the projection may tell them."""
    recentes = sum(
        n - avant
        for (_, avant), (quand, n) in pairwise(((t.debut, 0), *t.effectives))
        if quand > t.jour - courbes.FENETRE
    )
    projection = courbes.projeter(t.nb_effectives, t.jour, t.fin, t.depart, t.jour, recentes)
    return replace(t, engagees=(), projection=projection)


def _etape(etape: EtapeEntonnoir, matrice: TablePubliee, seuil: int) -> EtapePubliee:
    """The last step counts the departures of the matrix: the two tables must hide alike."""
    if etape.code == "effectives":
        ligne = LignePubliee(matrice.lignes, matrice.total)
    else:
        ligne = publier_ligne(etape.par_collectivite, seuil)
    petits = est_petit(etape.femmes, seuil) or est_petit(etape.hommes, seuil)
    tu = petits or ligne.total is None
    return EtapePubliee(
        code=etape.code,
        libelle=etape.libelle,
        ligne=ligne,
        part_femmes=None if tu else etape.part_femmes,
        delai=None if ligne.total is None or est_petit(etape.total, seuil) else etape.delai,
    )
