"""What an acteur may do with a poste, a proposition, a reserve, a move.

`refus_x(acteur, objet)` gives the reason in French, or None when the act is possible: the same
answer draws the button and guards the act. A reason of type `Interdit` is a matter of right
(403); the others, of the state of things (a sentence, and back to the page).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cadres.models import Cadre, Candidature
from collectivites.erreurs import ActionImpossible
from collectivites.roles import Acte, Role
from collectivites.typographie import date_texte, heure_texte
from opportunites.models import (
    VOEUX_MAX,
    Demande,
    Mobilite,
    Opportunite,
    Proposition,
    Reserve,
)
from opportunites.models.proposition import Proposition as P
from opportunites.voies import obstacle

if TYPE_CHECKING:
    from collectivites.acteur import Acteur


class Interdit(str):
    """A refusal that no change of state would lift: the act is not the acteur's."""

    __slots__ = ()


RESERVE_A_L_ACCUEIL = Interdit("Cet acte revient à l’employeur du poste.")
RESERVE_AUX_PARTIES = Interdit("Cet acte revient aux deux employeurs concernés.")
RESERVE_AU_DGS = Interdit("Cette décision revient au DGS, ou à un DRH qui en a reçu délégation.")
RESERVE_AU_DRH = Interdit("Cet acte revient au DRH ou au DGS de l’employeur du poste.")
RESERVE_A_LA_PERSONNE = Interdit("La réponse n’appartient qu’à la personne.")

SANS_PREJUDICE = "Cela n’a aucune conséquence pour vous."
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


def exiger(refus: str | None) -> None:
    """Let the act go on, or stop it with its reason."""
    if isinstance(refus, Interdit):
        raise PermissionDenied(refus)
    if refus is not None:
        raise ActionImpossible(refus)


def exiger_droit(refus: str | None) -> None:
    """Stop only what the acteur has no right to: a page may say the rest itself."""
    if isinstance(refus, Interdit):
        raise PermissionDenied(refus)


# --- Postes open to the démarche ----------------------------------------------------------------


def est_l_accueil(acteur: Acteur, opportunite: Opportunite) -> bool:
    return acteur.est_employeur and (opportunite.poste.collectivite_id == acteur.collectivite.pk)


def _refus_rh_de_l_accueil(acteur: Acteur, opportunite: Opportunite) -> str | None:
    if not acteur.est_rh or not est_l_accueil(acteur, opportunite):
        return RESERVE_A_L_ACCUEIL
    return None


def refus_valider_besoin(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The DRH or the DGS of the host, once the need is described."""
    if not est_l_accueil(acteur, opportunite):
        return RESERVE_A_L_ACCUEIL
    if not acteur.est(Role.DGS, Role.DRH):
        return RESERVE_AU_DRH
    if opportunite.etat != Opportunite.Etat.BESOIN:
        return "Ce besoin est déjà validé, ou le poste n’est plus ouvert."
    return None


def refus_publier(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host; a need that is not validated yet, its DRH alone."""
    if refus := _refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat not in Opportunite.ETATS_INTERNES:
        return "Ce poste est déjà publié, ou n’est plus ouvert."
    if opportunite.etat == Opportunite.Etat.BESOIN and not acteur.est(Role.DRH):
        return "Le DRH ou le DGS valide d’abord ce besoin."
    return None


def refus_suivre_publicite(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host, from the validation of the need to the end."""
    if refus := _refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat == Opportunite.Etat.BESOIN:
        return "Validez d’abord le besoin."
    if opportunite.etat not in Opportunite.ETATS_VIVANTS:
        return "Ce poste n’est plus ouvert : il ne se modifie plus."
    return None


def refus_clore_aux_voeux(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host, while it is published."""
    if refus := _refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat != Opportunite.Etat.PUBLIEE:
        return "Ce poste n’est pas ouvert aux vœux."
    return None


def refus_rouvrir_aux_voeux(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host, while nobody has accepted the poste. One query."""
    if refus := _refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat != Opportunite.Etat.CLOSE:
        return "Ce poste n’est pas clos aux vœux."
    if est_acceptee(opportunite):
        return "Une personne a déjà accepté ce poste."
    return None


def refus_modifier_opportunite(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host, as long as the poste is open."""
    if refus := _refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat not in Opportunite.ETATS_VIVANTS:
        return "Ce poste n’est plus ouvert : il ne se modifie plus."
    return None


def refus_retirer_opportunite(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The HR direction of the host, unless somebody has accepted the poste. One query."""
    if refus := _refus_rh_de_l_accueil(acteur, opportunite):
        return refus
    if opportunite.etat not in Opportunite.ETATS_VIVANTS:
        return "Ce poste n’est plus ouvert."
    if est_acceptee(opportunite):
        return (
            "Une personne a accepté ce poste : il ne peut plus être retiré. Pour revenir en "
            "arrière, abandonnez d’abord sa mobilité, avec un motif."
        )
    return None


def est_acceptee(opportunite: Opportunite) -> bool:
    return opportunite.propositions.filter(etat=P.Etat.ACCEPTEE).exists()


# --- Vœux -----------------------------------------------------------------------------------------


def refus_exprimer_voeu(
    acteur: Acteur, opportunite: Opportunite, cadre: Cadre, deja: int
) -> str | None:
    """A retained cadre who has not taken a poste yet. `deja`: how many wishes they have."""
    if not acteur.est(Role.CADRE) or cadre.pk != acteur.cadre_id:
        return Interdit("Les vœux n’appartiennent qu’à la personne.")
    if opportunite.etat != Opportunite.Etat.PUBLIEE:
        return "Ce poste n’est plus ouvert : il ne peut plus être classé."
    if opportunite.poste.collectivite_id == cadre.collectivite_id:
        return "Ce poste est chez votre employeur : il se demande à votre DRH, hors de la démarche."
    if refus := refus_disponible(cadre):
        return refus
    if deja >= VOEUX_MAX:
        return f"Vous pouvez classer {VOEUX_MAX} postes au plus : retirez-en un d’abord."
    return None


def refus_disponible(cadre: Cadre) -> str | None:
    """Retained, and no move engaged. Reads `cadre.candidature`: select it."""
    if cadre.candidature.etat != Candidature.Etat.RETENU:
        return "Les vœux et les propositions sont ouverts aux cadres retenus."
    if cadre.candidature.avancee == Candidature.Avancee.ENGAGEE:
        return "Une proposition est déjà acceptée : une mobilité est en préparation."
    if cadre.candidature.avancee == Candidature.Avancee.EFFECTIVE:
        return "La mobilité est déjà effective."
    return None


# --- Propositions ---------------------------------------------------------------------------------


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


# --- Avis de l’accueil, demandes de rencontre -----------------------------------------------------


def refus_donner_avis(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The DRH or the DGS of the host, while the poste is open."""
    if not est_l_accueil(acteur, opportunite):
        return RESERVE_A_L_ACCUEIL
    if not acteur.est(Role.DGS, Role.DRH):
        return RESERVE_AU_DRH
    if not opportunite.est_ouverte:
        return "Ce poste n’est plus ouvert : les avis ne changent plus."
    return None


def refus_demander(acteur: Acteur, opportunite: Opportunite, cadre: Cadre) -> str | None:
    """A retained cadre without a move engaged, about a poste of another employer."""
    if not acteur.est(Role.CADRE) or cadre.pk != acteur.cadre_id:
        return Interdit("Une demande de rencontre n’appartient qu’à la personne.")
    if not opportunite.est_ouverte:
        return "Ce poste n’est plus ouvert."
    if opportunite.poste.collectivite_id == cadre.collectivite_id:
        return "Ce poste est chez votre employeur : parlez-en à votre DRH, hors de la démarche."
    return refus_disponible(cadre)


def refus_repondre_demande(acteur: Acteur, demande: Demande) -> str | None:
    """The HR direction of the host, once."""
    if refus := _refus_rh_de_l_accueil(acteur, demande.opportunite):
        return refus
    if demande.etat != Demande.Etat.DEPOSEE:
        return "Cette demande a déjà sa réponse, ou n’a plus d’objet."
    return None


# --- Engagements ----------------------------------------------------------------------------------


def refus_s_engager(acteur: Acteur) -> str | None:
    """The DGS or the DRH, for their own collectivité."""
    return None if acteur.est(Role.DGS, Role.DRH) else RESERVE_AU_DRH


# --- Réserves techniques --------------------------------------------------------------------------


def est_partie(acteur: Acteur, proposition: Proposition) -> bool:
    """An employer of one of the two sides."""
    return acteur.est_employeur and acteur.collectivite.pk in {
        proposition.collectivite_origine_id,
        proposition.opportunite.poste.collectivite_id,
    }


def refus_deposer_reserve(acteur: Acteur, proposition: Proposition) -> str | None:
    """The DRH of either side, from the sending until the move is effective."""
    if not acteur.est(Role.DRH) or not est_partie(acteur, proposition):
        return Interdit("Une réserve se dépose par la DRH de l’un des deux employeurs.")
    if proposition.etat not in {P.Etat.ENVOYEE, P.Etat.ACCEPTEE}:
        return "Une réserve se dépose sur une proposition envoyée ou acceptée, avant la mobilité."
    return None


def refus_deposer_reserve_sur(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """The same, from the move's file."""
    parties = {mobilite.collectivite_origine_id, mobilite.collectivite_accueil_id}
    if not acteur.est(Role.DRH) or acteur.collectivite.pk not in parties:
        return Interdit("Une réserve se dépose par la DRH de l’un des deux employeurs.")
    if mobilite.etat != Mobilite.Etat.OUVERTE:
        return "Ce dossier est clos."
    return None


def refus_arbitrer(acteur: Acteur, reserve: Reserve) -> str | None:
    """The DGS of either side (or under delegation), never whoever filed it, by the due date."""
    if not est_partie(acteur, reserve.proposition):
        return RESERVE_AUX_PARTIES
    if not acteur.peut(Acte.ARBITRER_RESERVE):
        return RESERVE_AU_DGS
    if reserve.deposee_par_id == acteur.mandat.pk:
        return Interdit("Vous avez déposé cette réserve : une autre personne doit l’arbitrer.")
    if reserve.etat not in Reserve.ETATS_OUVERTS:
        return "Cette réserve n’attend plus d’arbitrage."
    if reserve.echeance < timezone.localdate():
        return "Le délai d’arbitrage est passé : la réserve est caduque."
    return None


def refus_completer(acteur: Acteur, reserve: Reserve) -> str | None:
    """The DRH of the collectivité that filed it, once a DGS has asked for more."""
    if not acteur.est(Role.DRH) or acteur.collectivite.pk != reserve.collectivite_id:
        return Interdit("Le complément revient au DRH qui a déposé la réserve.")
    if reserve.etat != Reserve.Etat.COMPLEMENT:
        return "Aucun complément n’est demandé sur cette réserve."
    if reserve.echeance < timezone.localdate():
        return "Le délai d’arbitrage est passé : la réserve est caduque."
    return None


# --- Mobilités ------------------------------------------------------------------------------------


def _refus_rh_d_une_partie(acteur: Acteur, mobilite: Mobilite) -> str | None:
    parties = {mobilite.collectivite_origine_id, mobilite.collectivite_accueil_id}
    if not acteur.est_rh or acteur.collectivite.pk not in parties:
        return RESERVE_AUX_PARTIES
    if mobilite.etat != Mobilite.Etat.OUVERTE:
        return "Ce dossier est clos."
    return None


def refus_preparer(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """The HR direction of either side, while the file is open."""
    return _refus_rh_d_une_partie(acteur, mobilite)


def refus_abandonner(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """The HR direction of either side, while the file is open."""
    return _refus_rh_d_une_partie(acteur, mobilite)


def refus_rendre_effective(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """The HR direction of the host, from the date of effect on."""
    if not acteur.est_rh or acteur.collectivite.pk != mobilite.collectivite_accueil_id:
        return RESERVE_A_L_ACCUEIL
    if mobilite.etat != Mobilite.Etat.OUVERTE:
        return "Ce dossier est clos."
    if not mobilite.voie or mobilite.date_effet is None:
        return "Choisissez d’abord la voie statutaire et la date d’effet."
    if mobilite.date_effet > timezone.localdate():
        return (
            f"La mobilité prend effet le {date_texte(mobilite.date_effet)} : "
            "elle se constate à partir de ce jour."
        )
    return obstacle(mobilite, mobilite.date_effet)
