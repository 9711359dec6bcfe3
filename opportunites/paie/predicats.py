"""Pay sheets and régimes indemnitaires: may this acteur?"""

from __future__ import annotations

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from collectivites.refus import Interdit
from opportunites.communs.parties import est_l_accueil, est_partie
from opportunites.models import FicheRemuneration, Proposition
from opportunites.mots import PROPOSITIONS_INTERNES, EtatProposition

RESERVE_AUX_DRH = Interdit("La fiche de rémunération revient aux DRH des deux employeurs.")
RESERVE_AU_DRH_DE_LA_COLLECTIVITE = Interdit(
    "Le régime indemnitaire s’enregistre par la DRH de la collectivité."
)
DEJA_SIGNEE = (
    "Cette version est signée par les deux DRH : elle ne change plus. Ouvrez une nouvelle version."
)


def est_drh_d_une_partie(acteur: Acteur, proposition: Proposition) -> bool:
    return acteur.est(Role.DRH) and est_partie(acteur, proposition)


def est_du_cote_de_l_accueil(acteur: Acteur, fiche: FicheRemuneration) -> bool:
    """Within one employer, its DRH has both sides: the host's is the one it opens first."""
    return est_l_accueil(acteur, fiche.proposition.opportunite)


def refus_ouvrir_une_version(acteur: Acteur, proposition: Proposition) -> str | None:
    """The DRH of either side, once it is sent and as long as it leads somewhere. One query."""
    if not est_drh_d_une_partie(acteur, proposition):
        return RESERVE_AUX_DRH
    if proposition.etat in PROPOSITIONS_INTERNES:
        return "La fiche s’ouvre une fois la proposition envoyée à la personne."
    if proposition.etat not in {EtatProposition.ENVOYEE, EtatProposition.ACCEPTEE}:
        return "Cette proposition est close : sa fiche ne change plus."
    if FicheRemuneration.objects.a_signer().filter(proposition=proposition).exists():
        return "Une version attend déjà ses signatures : complétez-la."
    return None


def refus_saisir(acteur: Acteur, fiche: FicheRemuneration) -> str | None:
    """Each DRH its own side, until both have signed. Reads `proposition`, its poste."""
    if not est_drh_d_une_partie(acteur, fiche.proposition):
        return RESERVE_AUX_DRH
    if fiche.est_signee:
        return DEJA_SIGNEE
    if fiche.proposition.etat not in {EtatProposition.ENVOYEE, EtatProposition.ACCEPTEE}:
        return "Cette proposition est close : sa fiche ne change plus."
    return None


def refus_signer(acteur: Acteur, fiche: FicheRemuneration) -> str | None:
    """The DRH of a side in person, once both sides are filled in."""
    if refus := refus_saisir(acteur, fiche):
        return refus
    if not fiche.est_complete:
        return "La fiche se signe une fois remplie par les deux DRH."
    if a_signe(acteur, fiche):
        return "Vous avez signé cette version : il manque la signature de l’autre DRH."
    return None


def a_signe(acteur: Acteur, fiche: FicheRemuneration) -> bool:
    """Whether the acteur's side has signed already; within one employer, both sides."""
    if acteur.collectivite.pk == fiche.proposition.opportunite.poste.collectivite_id:
        cote = fiche.signee_accueil_le
        if acteur.collectivite.pk == fiche.proposition.collectivite_origine_id:
            cote = fiche.signee_accueil_le and fiche.signee_origine_le
        return cote is not None
    return fiche.signee_origine_le is not None


def refus_enregistrer_un_regime(acteur: Acteur) -> str | None:
    return None if acteur.est(Role.DRH) else RESERVE_AU_DRH_DE_LA_COLLECTIVITE
