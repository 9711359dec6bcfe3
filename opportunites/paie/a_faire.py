"""What waits for a DRH about pay: its side of a sheet, then its signature."""

from __future__ import annotations

from django.urls import reverse

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from collectivites.travaux.attentes import Attente
from opportunites.communs.attentes import AU_PLUS, poste_et_employeur
from opportunites.models import FicheRemuneration
from opportunites.mots import EtatProposition
from opportunites.paie.predicats import a_signe, est_du_cote_de_l_accueil


def pour_l_employeur(acteur: Acteur) -> list[Attente]:
    """One query, for a DRH alone."""
    if not acteur.est(Role.DRH):
        return []
    fiches = (
        FicheRemuneration.objects.visibles_par(acteur)
        .a_signer()
        .filter(proposition__etat__in=(EtatProposition.ENVOYEE, EtatProposition.ACCEPTEE))
        .select_related("proposition__opportunite__poste__collectivite")
        .order_by("ouverte_le")[:AU_PLUS]
    )
    return [
        Attente(
            titre="Remplir une fiche de rémunération"
            if not _cote_rempli(acteur, fiche)
            else "Signer une fiche de rémunération",
            detail=poste_et_employeur(fiche.proposition.opportunite),
            url=reverse("opportunites:fiche_remuneration", args=[fiche.pk]),
            bouton="Ouvrir la fiche",
        )
        for fiche in fiches
        if not _cote_rempli(acteur, fiche) or (fiche.est_complete and not a_signe(acteur, fiche))
    ]


def _cote_rempli(acteur: Acteur, fiche: FicheRemuneration) -> bool:
    if fiche.est_interne:
        return fiche.est_complete
    if est_du_cote_de_l_accueil(acteur, fiche):
        return bool(fiche.saisie_accueil)
    return bool(fiche.saisie_origine)
