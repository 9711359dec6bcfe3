"""A pay sheet as it computes today, and as it was signed."""

from __future__ import annotations

from django.utils import timezone

from opportunites.models import FicheRemuneration
from opportunites.paie.calculs.calcul import Calcul, Noms, calculer_tout
from opportunites.paie.calculs.saisie import SaisieAccueil, SaisieOrigine
from opportunites.remuneration.baremes.lecture import baremes
from opportunites.remuneration.fiche import FicheFigee, figer


def calcul_de(fiche: FicheRemuneration, enfants: int = 0) -> Calcul:
    """What the two sides make together, at the barèmes of today. Reads `proposition`."""
    proposition = fiche.proposition
    return calculer_tout(
        SaisieOrigine.depuis_json(fiche.saisie_origine),
        SaisieAccueil.depuis_json(fiche.saisie_accueil),
        Noms(
            proposition.collectivite_origine.nom_court,
            proposition.opportunite.poste.collectivite.nom_court,
            proposition.cadre.cadre_emplois,
        ),
        timezone.localdate(),
        enfants=enfants,
    )


def figer_dans(fiche: FicheRemuneration) -> None:
    """Write on the object, unsaved, what is read today. Raises `SaisieRefusee`."""
    comparaison = calcul_de(fiche).comparaison
    gelee = figer(comparaison, baremes())
    fiche.resultat, fiche.empreinte = gelee.en_json(), gelee.empreinte
    ecart = comparaison.hors_famille.mois["brut"].ecart
    fiche.ecart_brut_bas, fiche.ecart_brut_haut = ecart.bas, ecart.haut


def figee(fiche: FicheRemuneration) -> FicheFigee | None:
    return FicheFigee.depuis_json(fiche.resultat) if fiche.resultat else None
