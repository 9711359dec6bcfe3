"""May this acteur, and if not, why."""

from __future__ import annotations

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.ecart import sert_un_employeur
from collectivites.mots import Role
from collectivites.refus import Interdit
from parcours.models import DemandeMentor, Inscription, PresenceReseau, Promotion
from parcours.mots import EtatDemandeMentor, EtatInscription

RESERVE = Interdit("Le réseau est tenu par les personnes qui suivent ou ont suivi un parcours.")
DEUX_ROLES = (
    "Vous servez aussi un employeur de la démarche : le réseau se tient hors de la vue des employeurs, "
    "sous quelque rôle que ce soit. Ce que vous y avez écrit reste à vous."
)
SANS_PROMOTION = "On entre dans le réseau de sa promotion : vous n’en suivez pas encore."
UN_A_LA_FOIS = "Vous avez déjà un mentor, ou une demande en attente : mettez-y fin d’abord."
DEJA_DEMANDE = "Vous avez déjà demandé à cette personne."
PAS_MENTOR = "Cette personne n’a pas dit qu’elle pouvait être votre mentor, ou ne le dit plus."


def promotion_de(cadre_id: int | None) -> Promotion | None:
    """The promotion in whose network the person stands: the latest that they did not give up. One query."""
    inscription = (
        Inscription.objects.filter(cadre=cadre_id)
        .exclude(etat=EtatInscription.INTERROMPUE)
        .select_related("promotion")
        .order_by("-promotion__date_debut", "-pk")
        .first()
    )
    return inscription.promotion if inscription else None


def refus_lire(acteur: Acteur) -> str | None:
    """A cadre who serves no employer. One query."""
    if acteur.role != Role.CADRE or acteur.cadre_id is None:
        return RESERVE
    return DEUX_ROLES if sert_un_employeur(acteur) else None


def refus_rejoindre(acteur: Acteur, cadre: Cadre, promotion: Promotion | None) -> str | None:
    """In the démarche, in a promotion. Reads `candidature`."""
    if refus := refus_lire(acteur):
        return refus
    if promotion is None or not cadre.candidature.oui_tient:
        return SANS_PROMOTION
    return None


def refus_quitter(acteur: Acteur, presence: PresenceReseau) -> str | None:
    """The person, at any time, under whatever hats they bear."""
    return None if acteur.cadre_id == presence.cadre_id else RESERVE


def refus_demander(acteur: Acteur, presence: PresenceReseau) -> str | None:
    """A cadre of a following promotion, one mentor at a time. Three queries."""
    if refus := refus_lire(acteur):
        return refus
    if not PresenceReseau.objects.mentors_pour(acteur).filter(pk=presence.pk).exists():
        return PAS_MENTOR
    siennes = list(
        DemandeMentor.objects.filter(cadre=acteur.cadre_id).values_list("presence", "etat")
    )
    if any(pk == presence.pk for pk, _ in siennes):
        return DEJA_DEMANDE
    if any(etat in DemandeMentor.VIVANTES for _, etat in siennes):
        return UN_A_LA_FOIS
    return None


def refus_repondre(acteur: Acteur, demande: DemandeMentor) -> str | None:
    """Whoever is asked, once. Reads `presence`."""
    if demande.presence.cadre_id != acteur.cadre_id:
        return RESERVE
    if demande.etat != EtatDemandeMentor.DEMANDEE:
        return "Vous avez déjà répondu à cette demande."
    return None


def refus_cesser(acteur: Acteur, demande: DemandeMentor) -> str | None:
    """Either of the two, as long as it lives. Reads `presence`."""
    if acteur.cadre_id not in {demande.cadre_id, demande.presence.cadre_id}:
        return RESERVE
    if demande.etat not in DemandeMentor.VIVANTES:
        return "Cette demande est déjà close."
    return None
