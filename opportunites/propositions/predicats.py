"""Propositions and their answers: may this acteur?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from collectivites.communs.typographie import date_texte, heure_texte
from collectivites.mots import Acte, Role
from opportunites.models import (
    Opportunite,
    Proposition,
)
from opportunites.models.proposition import Proposition as P

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur

from collectivites.refus import (
    RESERVE_A_L_ACCUEIL,
    RESERVE_A_LA_PERSONNE,
    RESERVE_AU_DGS,
    SANS_PREJUDICE,
)
from opportunites.postes.predicats.postes import est_acceptee, est_l_accueil
from opportunites.postes.predicats.voeux import refus_disponible

#: What the person reads when they answer too late to a proposition in this state.
CLOSES = {
    P.Etat.ACCEPTEE: "Vous avez déjà accepté cette proposition.",
    P.Etat.REFUSEE: "Vous avez déjà refusé cette proposition.",
    P.Etat.REALISEE: "Cette mobilité est déjà effective.",
    P.Etat.EXPIREE: (
        "Le délai de réponse est passé : votre réponse n’a pas été enregistrée. " + SANS_PREJUDICE
    ),
    P.Etat.BROUILLON: "Cette proposition n’est pas encore envoyée.",
    P.Etat.VALIDEE: "Cette proposition n’est pas encore envoyée.",
}
RETIREES = {
    P.Retrait.POSTE_POURVU: (
        "Ce poste vient d’être accepté par une autre personne. Votre réponse n’a pas été "
        "enregistrée, et cela n’a pas de conséquence pour vous."
    ),
    P.Retrait.POSTE_RETIRE: (
        "L’employeur vient de retirer ce poste de la démarche. Votre réponse n’a pas été "
        "enregistrée. " + SANS_PREJUDICE
    ),
    P.Retrait.AUTRE_ACCEPTEE: "Vous avez déjà accepté une autre proposition.",
}
RETIREE = (
    "Cette proposition a été retirée : votre réponse n’a pas été enregistrée. " + SANS_PREJUDICE
)


def refus_proposer(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The host (HR or DGS), for a published poste that nobody has accepted. One query."""
    if not est_l_accueil(acteur, opportunite):
        return RESERVE_A_L_ACCUEIL
    if not opportunite.est_ouverte:
        return "Publiez d’abord ce poste : on ne propose qu’un poste ouvert."
    if est_acceptee(opportunite):
        return "Une personne a déjà accepté ce poste."
    return None


def refus_valider(acteur: Acteur, proposition: Proposition) -> str | None:
    """The DGS of the host, or under delegation."""
    if not est_l_accueil(acteur, proposition.opportunite):
        return RESERVE_A_L_ACCUEIL
    if not acteur.peut(Acte.VALIDER_PROPOSITION):
        return RESERVE_AU_DGS
    if proposition.etat != P.Etat.BROUILLON:
        return "Cette proposition est déjà validée, ou close."
    return None


def refus_envoyer(acteur: Acteur, proposition: Proposition) -> str | None:
    """The host, once validated, while the poste is open and the person available."""
    if not est_l_accueil(acteur, proposition.opportunite):
        return RESERVE_A_L_ACCUEIL
    if proposition.etat == P.Etat.BROUILLON:
        return "Le DGS doit d’abord valider cette proposition."
    if proposition.etat != P.Etat.VALIDEE:
        return "Cette proposition est déjà envoyée, ou close."
    if not proposition.opportunite.est_ouverte:
        return "Ce poste n’est plus ouvert."
    return refus_disponible(proposition.cadre)


def refus_retirer_proposition(acteur: Acteur, proposition: Proposition) -> str | None:
    """The host, as long as the person has not answered."""
    if not est_l_accueil(acteur, proposition.opportunite):
        return RESERVE_A_L_ACCUEIL
    if proposition.etat == P.Etat.ACCEPTEE:
        return "La personne a accepté : la proposition ne se retire plus."
    if proposition.etat not in {P.Etat.BROUILLON, P.Etat.VALIDEE, P.Etat.ENVOYEE}:
        return "Cette proposition est déjà close."
    return None


def refus_repondre(acteur: Acteur, proposition: Proposition) -> str | None:
    """The person alone, before the date, to the second."""
    if not acteur.est(Role.CADRE) or acteur.cadre_id != proposition.cadre_id:
        return RESERVE_A_LA_PERSONNE
    if proposition.etat == P.Etat.RETIREE:
        return RETIREES.get(P.Retrait(proposition.motif_retrait or "employeur"), RETIREE)
    if proposition.etat != P.Etat.ENVOYEE:
        return CLOSES[P.Etat(proposition.etat)]
    if proposition.est_tardive:
        assert proposition.repondre_avant is not None
        limite = proposition.repondre_avant
        return (
            f"Le délai de réponse est passé depuis le {date_texte(limite)}, "
            f"{heure_texte(limite)} : votre réponse n’a pas été enregistrée. {SANS_PREJUDICE}"
        )
    return None


def refus_accepter(acteur: Acteur, proposition: Proposition) -> str | None:
    """As for answering; and no other acceptance lives, of the person or of the poste. One query."""
    if refus := refus_repondre(acteur, proposition):
        return refus
    if not proposition.opportunite.est_ouverte:
        return RETIREES[P.Retrait.POSTE_RETIRE]
    if Proposition.objects.filter(cadre=proposition.cadre_id, etat=P.Etat.ACCEPTEE).exists():
        return RETIREES[P.Retrait.AUTRE_ACCEPTEE]
    return refus_disponible(proposition.cadre)


def refus_annuler_reponse(acteur: Acteur, proposition: Proposition) -> str | None:
    """The person alone, for 24 hours, as long as what they would go back to still stands.

    Two queries at most.
    """
    if not acteur.est(Role.CADRE) or acteur.cadre_id != proposition.cadre_id:
        return RESERVE_A_LA_PERSONNE
    limite = proposition.annulable_jusqu_a
    if limite is None:
        return "Il n’y a plus de réponse à reprendre : cette proposition a changé d’état."
    if limite <= timezone.now():
        return (
            f"Une réponse se reprend dans les 24 heures : c’était possible jusqu’au "
            f"{date_texte(limite)}, {heure_texte(limite)}."
        )
    if proposition.etat == P.Etat.ACCEPTEE:
        return None
    if not proposition.opportunite.est_ouverte:
        return "Ce poste n’est plus ouvert : votre refus ne peut plus être repris."
    if est_acceptee(proposition.opportunite):
        return (
            "Une autre personne a accepté ce poste entre-temps : votre refus ne peut plus être "
            "repris."
        )
    if Proposition.objects.filter(
        cadre=proposition.cadre_id,
        opportunite=proposition.opportunite_id,
        etat__in=P.ETATS_VIVANTS,
    ).exists():
        return "Ce poste vous est de nouveau proposé : répondez à la nouvelle proposition."
    return refus_disponible(proposition.cadre)


def refus_proposer_au_suivant(acteur: Acteur, proposition: Proposition) -> str | None:
    """As for proposing, after a no, a silence or a withdrawal; one proposition at a time."""
    if refus := refus_proposer(acteur, proposition.opportunite):
        return refus
    if proposition.est_vivante:
        return "Cette proposition attend encore sa réponse."
    if Proposition.objects.filter(
        opportunite=proposition.opportunite_id, etat__in=P.ETATS_VIVANTS
    ).exists():
        return "Une autre proposition de ce poste est déjà en cours."
    return None
