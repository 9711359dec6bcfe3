"""Régimes indemnitaires, and pay sheets at each of their states."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from collectivites.acteurs.acteur import Acteur
from opportunites.models import FicheRemuneration, GroupeIndemnitaire, Proposition, Regime
from opportunites.paie.actions import fiches
from opportunites.paie.calculs.saisie import SaisieAccueil, SaisieOrigine

ORIGINE: dict[str, Any] = {
    "grade": "Attaché principal",
    "echelon": "5",
    "ifse_bas": Decimal(1000),
    "cia_bas": Decimal(1200),
    "nbi": 0,
    "prime_resp": Decimal(0),
}
ACCUEIL: dict[str, Any] = {
    "voie": "MUTATION",
    "date_effet": date(2026, 12, 1),
    "ifse_bas": Decimal(1200),
    "cia_bas": Decimal(900),
    "nbi": 0,
    "prime_resp": Decimal(0),
}


def faire_regime(
    drh: Acteur, groupes: dict[str, tuple[int, int, int]] | None = None, **champs: Any
) -> Regime:
    """The délibération of the acteur's collectivité: group → IFSE minimum, indicatif, maximum."""
    regime = Regime.objects.create(
        collectivite=drh.collectivite,
        enregistre_par=drh.mandat,
        **{"deliberee_le": date(2025, 6, 26), "reference": "n° 2025-114", **champs},
    )
    for code, (bas, milieu, haut) in (groupes or {"A3": (6_000, 9_600, 14_400)}).items():
        GroupeIndemnitaire.objects.create(
            regime=regime,
            code=code,
            ifse_min=bas,
            ifse_indicatif=milieu,
            ifse_max=haut,
            cia_min=0,
            cia_max=2_000,
        )
    return regime


def ouvrir_fiche(drh: Acteur, proposition: Proposition) -> FicheRemuneration:
    return fiches.ouvrir_une_version(acteur=drh, proposition=proposition)


def remplir_fiche(
    fiche: FicheRemuneration,
    drh_origine: Acteur,
    drh_accueil: Acteur,
    origine: dict[str, Any] | None = None,
    accueil: dict[str, Any] | None = None,
) -> FicheRemuneration:
    """Both sides, in their order."""
    fiches.saisir_l_origine(
        acteur=drh_origine, fiche=fiche, saisie=SaisieOrigine(**{**ORIGINE, **(origine or {})})
    )
    fiches.saisir_l_accueil(
        acteur=drh_accueil, fiche=fiche, saisie=SaisieAccueil(**{**ACCUEIL, **(accueil or {})})
    )
    return FicheRemuneration.objects.get(pk=fiche.pk)


def faire_fiche_signee(
    proposition: Proposition, drh_origine: Acteur, drh_accueil: Acteur, **cotes: Any
) -> FicheRemuneration:
    """Signed by both."""
    fiche = remplir_fiche(ouvrir_fiche(drh_accueil, proposition), drh_origine, drh_accueil, **cotes)
    fiches.signer(acteur=drh_origine, fiche=fiche)
    return fiches.signer(acteur=drh_accueil, fiche=fiche)
