"""What the démarche already knows of a person's pay and of a poste's: enough to begin with.

An amount of a délibération is a range for its group; nothing here is an individual's pay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cadres.models import Cadre
from collectivites.models import Collectivite, Poste
from collectivites.mots import CodeCollectivite
from opportunites.models import GroupeIndemnitaire, Regime
from opportunites.paie.calculs.calcul import date_du_calcul
from opportunites.remuneration.baremes import grilles
from opportunites.remuneration.baremes.direction import grille as direction
from opportunites.remuneration.baremes.grilles import Echelon
from opportunites.remuneration.baremes.lecture import baremes
from opportunites.remuneration.erreurs import SaisieRefusee

MOIS = 12
CENTIME = Decimal("0.01")
_CHIFFRES = re.compile(r"\d+")


@dataclass(frozen=True)
class Regimes:
    """The régimes in force in the démarche. Read in two queries."""

    par_collectivite: dict[int, Regime]

    @classmethod
    def lire(cls, *collectivites: Collectivite) -> Regimes:
        regimes = (
            Regime.objects.en_vigueur()
            .filter(collectivite__in={c.pk for c in collectivites})
            .prefetch_related("groupes")
        )
        return cls({r.collectivite_id: r for r in regimes})

    def groupe(self, poste: Poste | None) -> GroupeIndemnitaire | None:
        regime = self.par_collectivite.get(poste.collectivite_id) if poste else None
        if regime is None or poste is None or not poste.groupe_ifse:
            return None
        return next((g for g in regime.groupes.all() if g.code == poste.groupe_ifse), None)

    def avantages(self, collectivite_id: int) -> dict[str, Decimal]:
        regime = self.par_collectivite.get(collectivite_id)
        return {c: Decimal(str(v)) for c, v in regime.avantages.items()} if regime else {}


def bornes(groupe: GroupeIndemnitaire | None) -> dict[str, Decimal | None]:
    """IFSE by month and CIA by year, as the délibération of the group bounds them."""
    if groupe is None:
        return dict.fromkeys(("ifse_bas", "ifse_haut", "cia_bas", "cia_haut"))
    ifse_connue, cia_connu = groupe.ifse_max is not None, groupe.cia_max is not None
    return {
        "ifse_bas": par_mois(groupe.ifse_min or Decimal(0)) if ifse_connue else None,
        "ifse_haut": par_mois(groupe.ifse_max),
        "cia_bas": (groupe.cia_min or Decimal(0)) if cia_connu else None,
        "cia_haut": groupe.cia_max,
    }


def par_mois(annuel: Decimal | None) -> Decimal | None:
    return None if annuel is None else (annuel / MOIS).quantize(CENTIME)


def echelon_de(cadre: Cadre, jour: date) -> Echelon | None:
    """The line of the grid that the registre's grade and échelon lead to; None: not in our grids."""
    echelon = _CHIFFRES.search(cadre.echelon)
    texte = echelon.group() if echelon else cadre.echelon.strip().lower()
    if not cadre.grade or not texte:
        return None
    try:
        return grilles.classement(baremes(), cadre.grade, texte, date_du_calcul(jour))
    except SaisieRefusee:
        return None


def est_contractuel(cadre: Cadre) -> bool:
    return cadre.statut in {Cadre.Statut.CDI, Cadre.Statut.CDD}


def de_la_personne(cadre: Cadre, jour: date) -> dict[str, Any]:
    """What the registre holds of a person, for a form. Reads `poste`: select it."""
    echelon = echelon_de(cadre, jour)
    return {
        "statut": "contractuel" if est_contractuel(cadre) else "titulaire",
        "categorie": (cadre.categorie or "A")[:1],
        "grade": echelon.grade if echelon else "",
        "echelon": echelon.echelon if echelon else "",
        "inm": echelon.inm if echelon else None,
        "nbi": cadre.poste.nbi_points if cadre.poste and not est_contractuel(cadre) else None,
        "prime_resp": _prime(cadre.poste),
        "quotite": 100,
        "zone": 3,
        "primes": 0,
    }


def du_poste(poste: Poste, groupe: GroupeIndemnitaire | None) -> dict[str, Any]:
    """What the host has said of its poste."""
    return {
        "nbi": poste.nbi_points,
        "prime_resp": _prime(poste),
        "zone": 3,
        "primes": 0,
        **bornes(groupe),
        **de_direction(poste),
    }


def de_direction(poste: Poste) -> dict[str, Any]:
    """What the grid of an emploi fonctionnel depends upon; nothing for another poste."""
    if not poste.emploi_fonctionnel:
        return {"employeur": "", "population": None}
    employeur = {
        CodeCollectivite.DEPARTEMENT: direction.DEPARTEMENT,
        CodeCollectivite.REGION: direction.REGION,
    }.get(CodeCollectivite(poste.collectivite.code), direction.COMMUNE)
    return {"employeur": employeur, "population": poste.collectivite.population}


def _prime(poste: Poste | None) -> Decimal | None:
    """Only an emploi fonctionnel bears one; how much, nobody has told."""
    return None if poste is None or poste.emploi_fonctionnel else Decimal(0)
