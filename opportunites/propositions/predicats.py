"""Propositions, their answers, and the réserves on them: may this acteur?"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from cadres.models import Cadre, Candidature
from cadres.prises import refus_du_jalon
from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.ecart import est_a_part, tenus_a_part
from collectivites.communs.typographie import date_texte, heure_texte
from collectivites.models import Mandat
from collectivites.mots import Acte, Role
from collectivites.refus import RESERVE_A_LA_PERSONNE, RESERVE_AU_DGS, RESERVE_AUX_PARTIES, Interdit
from opportunites.communs.parties import (
    RESERVE_A_L_ACCUEIL,
    est_l_accueil,
    est_partie,
    est_partie_au_dossier,
    refus_dossier_clos,
)
from opportunites.models import Mobilite, Opportunite, Proposition, Question, Reserve
from opportunites.mots import PROPOSITIONS_INTERNES, PROPOSITIONS_SANS_REPONSE
from opportunites.propositions.calendrier import JOURS_POUR_REPONDRE_MAX
from opportunites.propositions.liens import refus_du_lien

SANS_PREJUDICE = "Cela n’a aucune conséquence pour vous."
POSTE_FERME = "Ce poste n’est plus ouvert."
VALIDEUR_A_PART = Interdit(
    "Vous servez aussi l’employeur de cette personne : sans son accord, une autre personne valide."
)
DEJA_ACCEPTE = "Une personne a déjà accepté ce poste."
#: What the person reads when they answer too late to a proposition in this state.
CLOSES = {
    Proposition.Etat.ACCEPTEE: "Vous avez déjà accepté cette proposition.",
    Proposition.Etat.REFUSEE: "Vous avez déjà refusé cette proposition.",
    Proposition.Etat.REALISEE: "Cette mobilité est déjà effective.",
    Proposition.Etat.EXPIREE: (
        "Le délai de réponse est passé : votre réponse n’a pas été enregistrée. " + SANS_PREJUDICE
    ),
    Proposition.Etat.BROUILLON: "Cette proposition n’est pas encore envoyée.",
    Proposition.Etat.VALIDEE: "Cette proposition n’est pas encore envoyée.",
}
RETIREES = {
    Proposition.Retrait.POSTE_POURVU: (
        "Ce poste vient d’être accepté par une autre personne. Votre réponse n’a pas été "
        "enregistrée, et cela n’a pas de conséquence pour vous."
    ),
    Proposition.Retrait.POSTE_RETIRE: (
        "L’employeur vient de retirer ce poste de la démarche. Votre réponse n’a pas été "
        "enregistrée. " + SANS_PREJUDICE
    ),
    Proposition.Retrait.AUTRE_ACCEPTEE: "Vous avez déjà accepté une autre proposition.",
}
RETIREE = (
    "Cette proposition a été retirée : votre réponse n’a pas été enregistrée. " + SANS_PREJUDICE
)


def est_acceptee(opportunite: Opportunite) -> bool:
    return opportunite.propositions.filter(etat=Proposition.Etat.ACCEPTEE).exists()


def refus_disponible(cadre: Cadre) -> str | None:
    """Retained, and no move engaged. Reads `cadre.candidature`: select it."""
    if cadre.candidature.etat != Candidature.Etat.RETENU:
        return "Les vœux et les propositions sont ouverts aux cadres retenus."
    if cadre.candidature.avancee == Candidature.Avancee.ENGAGEE:
        return "Une proposition est déjà acceptée : une mobilité est en préparation."
    if cadre.candidature.avancee == Candidature.Avancee.EFFECTIVE:
        return "La mobilité est déjà effective."
    return None


def refus_proposer(acteur: Acteur, opportunite: Opportunite) -> str | None:
    """The host (HR or DGS), for a published poste that nobody has accepted. One query."""
    if not est_l_accueil(acteur, opportunite):
        return RESERVE_A_L_ACCUEIL
    if not opportunite.est_ouverte:
        return "Publiez d’abord ce poste : on ne propose qu’un poste ouvert."
    if est_acceptee(opportunite):
        return DEJA_ACCEPTE
    return None


def refus_valider(acteur: Acteur, proposition: Proposition) -> str | None:
    """The DGS of the host, or under delegation."""
    if not est_l_accueil(acteur, proposition.opportunite):
        return RESERVE_A_L_ACCUEIL
    if not acteur.peut(Acte.VALIDER_PROPOSITION):
        return RESERVE_AU_DGS
    if proposition.etat != Proposition.Etat.BROUILLON:
        return "Cette proposition est déjà validée, ou close."
    if proposition.accord_dgs != Proposition.Accord.OUI and est_a_part(
        acteur, proposition.collectivite_origine_id
    ):
        return VALIDEUR_A_PART
    return None


def dgs_a_part(proposition: Proposition) -> Mandat | None:
    """The DGS of the host, when they also serve the employer that the person would leave, or its
    group: the proposition is not shown to them before it is sent. Two queries at most."""
    accueil = proposition.opportunite.poste.collectivite_id
    dgs = Mandat.objects.en_vigueur().filter(collectivite=accueil, role=Role.DGS)
    a_part = tenus_a_part(proposition.collectivite_origine, accueil)
    trouve: Mandat | None = (
        dgs.filter(utilisateur__in=a_part.values("utilisateur"))
        .select_related("utilisateur", "collectivite")
        .first()
    )
    return trouve


def refus_demander_accord(acteur: Acteur, proposition: Proposition) -> str | None:
    """The HR direction of the host, of a proposition that its DGS may not see. Two queries at most."""
    if not acteur.est_rh or not est_l_accueil(acteur, proposition.opportunite):
        return RESERVE_A_L_ACCUEIL
    if proposition.etat != Proposition.Etat.BROUILLON:
        return "Cette proposition est déjà validée, ou close."
    if proposition.accord_dgs:
        return "La question est déjà posée à la personne."
    if dgs_a_part(proposition) is None:
        return "Le DGS peut lire cette proposition : il n’y a rien à demander."
    return None


def refus_repondre_accord(acteur: Acteur, proposition: Proposition) -> str | None:
    """The person alone, once, while it still has to be validated."""
    if not acteur.est(Role.CADRE) or acteur.cadre_id != proposition.cadre_id:
        return RESERVE_A_LA_PERSONNE
    if proposition.etat != Proposition.Etat.BROUILLON:
        return "Cette question n’a plus d’objet : la proposition a changé d’état."
    if proposition.accord_dgs != Proposition.Accord.DEMANDE:
        return "Vous avez déjà répondu à cette question."
    return None


def est_confident(acteur: Acteur, proposition: Proposition) -> bool:
    """Whether the acteur, of the host, reads what is between it and the person. One query."""
    if not est_l_accueil(acteur, proposition.opportunite):
        return False
    if acteur.est(Role.DGS) and proposition.accord_dgs == Proposition.Accord.OUI:
        return True
    return not est_a_part(acteur, proposition.collectivite_origine_id)


def refus_questionner(acteur: Acteur, proposition: Proposition) -> str | None:
    """The person, while their answer is awaited."""
    if refus := refus_repondre(acteur, proposition):
        return refus
    if proposition.questions.filter(repondue_le__isnull=True).exists():
        return "Votre question attend déjà sa réponse."
    return None


def refus_repondre_question(acteur: Acteur, question: Question) -> str | None:
    """The host, once."""
    if not est_l_accueil(acteur, question.proposition.opportunite):
        return RESERVE_A_L_ACCUEIL
    if question.repondue_le is not None:
        return "Cette question a déjà sa réponse."
    return None


def refus_modifier_textes(acteur: Acteur, proposition: Proposition) -> str | None:
    """The host, until it is sent."""
    if not est_l_accueil(acteur, proposition.opportunite):
        return RESERVE_A_L_ACCUEIL
    if proposition.etat not in PROPOSITIONS_INTERNES:
        return "Cette proposition est partie, ou close : son texte ne change plus."
    return None


def refus_envoyer(acteur: Acteur, proposition: Proposition) -> str | None:
    """The host, once validated, while the poste is open, the person available, and nothing before it
    awaited in its chain or its exchange."""
    if not est_l_accueil(acteur, proposition.opportunite):
        return RESERVE_A_L_ACCUEIL
    if proposition.etat == Proposition.Etat.BROUILLON:
        return "Le DGS doit d’abord valider cette proposition."
    if proposition.etat != Proposition.Etat.VALIDEE:
        return "Cette proposition est déjà envoyée, ou close."
    if not proposition.opportunite.est_ouverte:
        return POSTE_FERME
    return (
        refus_disponible(proposition.cadre)
        or refus_du_lien(proposition)
        or refus_du_jalon(acteur.demarche, "propositions")
    )


def limite_impossible(limite: datetime) -> str | None:
    """Why the answer cannot be awaited until then. The form says it beside the date."""
    maintenant = timezone.now()
    if limite <= maintenant:
        return "Choisissez une date à venir."
    if limite > maintenant + timedelta(days=JOURS_POUR_REPONDRE_MAX):
        return f"Choisissez une date dans les {JOURS_POUR_REPONDRE_MAX} jours."
    return None


def refus_retirer_proposition(acteur: Acteur, proposition: Proposition) -> str | None:
    """The host, as long as the person has not answered."""
    if not est_l_accueil(acteur, proposition.opportunite):
        return RESERVE_A_L_ACCUEIL
    if proposition.etat == Proposition.Etat.ACCEPTEE:
        return "La personne a accepté : la proposition ne se retire plus."
    if proposition.etat not in PROPOSITIONS_SANS_REPONSE:
        return "Cette proposition est déjà close."
    return None


def refus_repondre(acteur: Acteur, proposition: Proposition) -> str | None:
    """The person alone, before the date, to the second."""
    if not acteur.est(Role.CADRE) or acteur.cadre_id != proposition.cadre_id:
        return RESERVE_A_LA_PERSONNE
    if proposition.etat == Proposition.Etat.RETIREE:
        motif = proposition.motif_retrait or Proposition.Retrait.EMPLOYEUR
        return RETIREES.get(Proposition.Retrait(motif), RETIREE)
    if proposition.etat != Proposition.Etat.ENVOYEE:
        return CLOSES[Proposition.Etat(proposition.etat)]
    if proposition.est_tardive:
        assert proposition.repondre_avant is not None
        limite = proposition.repondre_avant
        return (
            f"Le délai de réponse est passé depuis le {date_texte(limite)}, "
            f"{heure_texte(limite)} : votre réponse n’a pas été enregistrée. {SANS_PREJUDICE}"
        )
    return None


def refus_accepter(acteur: Acteur, proposition: Proposition) -> str | None:
    """As for answering; and no other acceptance lives, of the person or of the poste. One query."""
    if refus := refus_repondre(acteur, proposition):
        return refus
    if not proposition.opportunite.est_ouverte:
        return RETIREES[Proposition.Retrait.POSTE_RETIRE]
    if Proposition.objects.filter(
        cadre=proposition.cadre_id, etat=Proposition.Etat.ACCEPTEE
    ).exists():
        return RETIREES[Proposition.Retrait.AUTRE_ACCEPTEE]
    return refus_disponible(proposition.cadre)


def refus_annuler_reponse(acteur: Acteur, proposition: Proposition) -> str | None:
    """The person alone, for 24 hours, as long as what they would go back to still stands.

    Two queries at most.
    """
    if not acteur.est(Role.CADRE) or acteur.cadre_id != proposition.cadre_id:
        return RESERVE_A_LA_PERSONNE
    limite = proposition.annulable_jusqu_a
    if limite is None:
        return "Il n’y a plus de réponse à reprendre : cette proposition a changé d’état."
    if limite <= timezone.now():
        return (
            f"Une réponse se reprend dans les 24 heures : c’était possible jusqu’au "
            f"{date_texte(limite)}, {heure_texte(limite)}."
        )
    if proposition.etat == Proposition.Etat.ACCEPTEE:
        return None
    if not proposition.opportunite.est_ouverte:
        return "Ce poste n’est plus ouvert : votre refus ne peut plus être repris."
    if est_acceptee(proposition.opportunite):
        return (
            "Une autre personne a accepté ce poste entre-temps : votre refus ne peut plus être "
            "repris."
        )
    if Proposition.objects.filter(
        cadre=proposition.cadre_id,
        opportunite=proposition.opportunite_id,
        etat__in=Proposition.ETATS_VIVANTS,
    ).exists():
        return "Ce poste vous est de nouveau proposé : répondez à la nouvelle proposition."
    return refus_disponible(proposition.cadre)


def refus_proposer_au_suivant(acteur: Acteur, proposition: Proposition) -> str | None:
    """As for proposing, after a no, a silence or a withdrawal; one proposition at a time."""
    if refus := refus_proposer(acteur, proposition.opportunite):
        return refus
    if proposition.est_vivante:
        return "Cette proposition attend encore sa réponse."
    # One that the acteur does not see is not told by a refusal either.
    siennes = Proposition.objects.visibles_par(acteur)
    if siennes.filter(
        opportunite=proposition.opportunite_id, etat__in=Proposition.ETATS_VIVANTS
    ).exists():
        return "Une autre proposition de ce poste est déjà en cours."
    return None


# --- Réserves --------------------------------------------------------------------------------------

RESERVE_A_UNE_DRH = Interdit("Une réserve se dépose par la DRH de l’un des deux employeurs.")
ARBITRAGE_PASSE = "Le délai d’arbitrage est passé : la réserve est caduque."


def refus_deposer_reserve(acteur: Acteur, proposition: Proposition) -> str | None:
    """The DRH of either side, from the sending until the move is effective."""
    if not acteur.est(Role.DRH) or not est_partie(acteur, proposition):
        return RESERVE_A_UNE_DRH
    if proposition.etat not in {Proposition.Etat.ENVOYEE, Proposition.Etat.ACCEPTEE}:
        return "Une réserve se dépose sur une proposition envoyée ou acceptée, avant la mobilité."
    return None


def refus_deposer_reserve_sur(acteur: Acteur, mobilite: Mobilite) -> str | None:
    """The same, from the move's file."""
    if not acteur.est(Role.DRH) or not est_partie_au_dossier(acteur, mobilite):
        return RESERVE_A_UNE_DRH
    return refus_dossier_clos(mobilite)


def refus_arbitrer(acteur: Acteur, reserve: Reserve) -> str | None:
    """The DGS of either side (or under delegation), never whoever filed it, by the due date."""
    if not est_partie(acteur, reserve.proposition):
        return RESERVE_AUX_PARTIES
    if not acteur.peut(Acte.ARBITRER_RESERVE):
        return RESERVE_AU_DGS
    # The person, not the mandat: some serve two employers.
    if reserve.deposee_par.utilisateur_id == acteur.utilisateur.pk:
        return Interdit("Vous avez déposé cette réserve : une autre personne doit l’arbitrer.")
    if reserve.etat not in Reserve.ETATS_OUVERTS:
        return "Cette réserve n’attend plus d’arbitrage."
    if reserve.echeance < timezone.localdate():
        return ARBITRAGE_PASSE
    return None


def refus_completer(acteur: Acteur, reserve: Reserve) -> str | None:
    """The DRH of the collectivité that filed it, once a DGS has asked for more."""
    if not acteur.est(Role.DRH) or acteur.collectivite.pk != reserve.collectivite_id:
        return Interdit("Le complément revient au DRH qui a déposé la réserve.")
    if reserve.etat != Reserve.Etat.COMPLEMENT:
        return "Aucun complément n’est demandé sur cette réserve."
    if reserve.echeance < timezone.localdate():
        return ARBITRAGE_PASSE
    return None
