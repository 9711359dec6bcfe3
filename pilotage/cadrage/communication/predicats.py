"""The plan de communication and the shared words: who writes, who approves."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte
from collectivites.models import Collectivite, Demarche, Mandat
from collectivites.mots import ROLES_EMPLOYEUR, Role
from collectivites.refus import Interdit
from pilotage.models import ActionCommunication, ElementsDeLangage
from pilotage.models.communs import LECTEURS
from pilotage.mots import EtatCommunication

RESERVE_AUX_EMPLOYEURS = Interdit("Le plan de communication s’écrit par les employeurs.")
A_QUI_LA_PORTE = Interdit("Cette action revient à la collectivité qui la porte.")
#: One still speaks of the démarche after its last day; later, the year is wrong.
APRES_LA_FIN = timedelta(days=366)


def refus_ecrire(acteur: Acteur) -> str | None:
    """The services of the employers."""
    return None if acteur.est_employeur else RESERVE_AUX_EMPLOYEURS


def refus_modifier(acteur: Acteur, action: ActionCommunication) -> str | None:
    """Whoever carries it; a common one, any of the employers."""
    if refus := refus_ecrire(acteur):
        return refus
    if action.demarche_id != acteur.demarche.pk:
        return A_QUI_LA_PORTE
    if action.collectivite_id not in {None, acteur.collectivite.pk}:
        return A_QUI_LA_PORTE
    return None


def refus_porteur(
    acteur: Acteur, collectivite: Collectivite | None, responsable: Mandat | None
) -> str | None:
    """For oneself, or for all together; by somebody whose mandat lives there."""
    if collectivite is not None and collectivite.pk != acteur.collectivite.pk:
        return "Une action est portée par votre collectivité, ou par toutes ensemble."
    if responsable is None:
        return None
    jour = timezone.localdate()
    vit = responsable.debut <= jour and (responsable.fin is None or responsable.fin >= jour)
    if not vit or responsable.role not in ROLES_EMPLOYEUR:
        return "Cette personne n’a pas de mandat en cours dans la démarche."
    if responsable.collectivite.demarche_id != acteur.demarche.pk:
        return "Cette personne n’a pas de mandat en cours dans la démarche."
    if collectivite is not None and responsable.collectivite_id != collectivite.pk:
        return "Le responsable appartient à la collectivité qui porte l’action."
    return None


def refus_du_jour(demarche: Demarche, jour: date, etat: str) -> str | None:
    """A day of the démarche; that has come, for what is done."""
    if not demarche.date_debut <= jour <= demarche.date_fin + APRES_LA_FIN:
        return (
            f"La démarche va du {date_texte(demarche.date_debut)} au "
            f"{date_texte(demarche.date_fin)} : vérifiez l’année."
        )
    if etat == EtatCommunication.FAITE and jour > timezone.localdate():
        return "Une action ne peut pas être faite dans l’avenir."
    return None


def refus_rediger(acteur: Acteur, courante: ElementsDeLangage | None, texte: str) -> str | None:
    """Whoever reads the plan prepares the words; the DGS approve them."""
    if acteur.role not in LECTEURS | {Role.CABINET}:
        return RESERVE_AUX_EMPLOYEURS
    if not texte.strip():
        return "Écrivez les éléments de langage."
    if courante is not None and courante.texte == texte.strip():
        return "Ce texte est déjà celui de la version en cours."
    return None


def refus_approuver(
    acteur: Acteur, elements: ElementsDeLangage, *, est_courante: bool, deja: bool
) -> str | None:
    """A DGS, of the last version, once for each employer that they serve."""
    if not acteur.est(Role.DGS):
        return Interdit("Les éléments de langage sont approuvés par les DGS.")
    if elements.demarche_id != acteur.demarche.pk:
        return Interdit("Ces éléments de langage sont ceux d’une autre démarche.")
    if not est_courante:
        return "Une autre version l’a remplacée : c’est elle qui s’approuve."
    return "Votre collectivité a déjà approuvé cette version." if deja else None
