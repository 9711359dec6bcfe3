"""May this acteur, and if not, why: the same answer draws the button and guards the act.

A right that is not the acteur's is an `Interdit`; a state of things is a plain sentence.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from cadres.models import Cadre
from cadres.requetes import avec_le_oui
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import est_ouvre
from collectivites.communs.typographie import compter
from collectivites.models import Collectivite
from collectivites.mots import Role
from collectivites.refus import RESERVE_AUX_PARTIES, Interdit
from parcours.models import (
    Immersion,
    Inscription,
    InscriptionSession,
    OffreImmersion,
    Prestation,
    Session,
)
from parcours.mots import IMMERSIONS_VIVANTES
from parcours.regles import IMMERSION_PREAVIS_MOIS, est_demandee_a_temps, refus_de_jours

E = InscriptionSession.Etat

ORGANISATION = "Une session se change par la collectivité qui l’offre, avant qu’elle commence."
FEUILLE = "La feuille de cette session ne se remplit pas encore, ou plus."
HORS_PARCOURS = "Les sessions sont ouvertes aux cadres qui suivent un parcours."
OFFRE_AUX_CADRES = "Une offre d’immersion se demande par un cadre de la démarche."
DEMANDE_IMMERSION = "Une immersion se demande pendant son parcours."
CONVENTION = "La convention se signe après les deux accords, par l’employeur."

# --- Catalogue ------------------------------------------------------------------------------------


def refus_offrir(acteur: Acteur) -> str | None:
    """Any HR direction of the démarche."""
    if not acteur.est_rh:
        return Interdit("Le catalogue se remplit par les ressources humaines.")
    return None


def refus_editer(acteur: Acteur, prestation: Prestation) -> str | None:
    """The HR of the collectivité that offers it, or carries it for the firm. Reads `collectivite`."""
    if not _tient(acteur, prestation):
        return Interdit(f"Cette prestation est tenue par {prestation.collectivite.nom_court}.")
    return None


def refus_archiver(acteur: Acteur, prestation: Prestation) -> str | None:
    """Take it off the catalogue once no session is to come, or put it back. One query."""
    if refus := refus_editer(acteur, prestation):
        return refus
    if not prestation.est_archivee and (a_venir := prestation.sessions.a_venir().count()):
        return f"Il reste {compter(a_venir, 'session')} à venir. Tenez-les ou annulez-les d’abord."
    return None


def refus_ouvrir_session(acteur: Acteur, prestation: Prestation) -> str | None:
    if refus := refus_editer(acteur, prestation):
        return refus
    if prestation.est_archivee:
        return "Cette prestation est archivée : elle n’ouvre plus de session."
    return None


def _tient(acteur: Acteur, prestation: Prestation) -> bool:
    return acteur.est_rh and prestation.collectivite_id == acteur.collectivite.pk


# --- Sessions. Reads `session.prestation`: select it ----------------------------------------------


def refus_organiser_session(acteur: Acteur, session: Session) -> str | None:
    """Move, split or cancel it: the HR that offers it, until it begins."""
    if not _tient(acteur, session.prestation):
        return Interdit(ORGANISATION)
    if session.etat != Session.Etat.OUVERTE or session.est_commencee:
        return ORGANISATION
    return None


def refus_lire_la_liste(acteur: Acteur, session: Session) -> str | None:
    """The HR that offers it, and the accompagnateur who runs it: cancelled or not, they call back
    those who were enrolled."""
    if acteur.role == Role.ACCOMPAGNATEUR:
        sienne = session.animateur_id == acteur.mandat.pk
    else:
        sienne = _tient(acteur, session.prestation)
    if not sienne:
        return Interdit(
            "La feuille se tient par la collectivité qui offre la session, ou par qui l’anime."
        )
    return None


def refus_tenir_la_feuille(acteur: Acteur, session: Session) -> str | None:
    """Whoever reads the list, unless the session was cancelled."""
    if refus := refus_lire_la_liste(acteur, session):
        return refus
    return FEUILLE if session.etat == Session.Etat.ANNULEE else None


def refus_noter_presences(acteur: Acteur, session: Session) -> str | None:
    """From the day of the session on; may be corrected afterwards."""
    if refus := refus_tenir_la_feuille(acteur, session):
        return refus
    if timezone.localdate(session.debut) > timezone.localdate():
        return FEUILLE
    return None


# --- Places ---------------------------------------------------------------------------------------


def refus_demander_place(acteur: Acteur, session: Session, cadre: Cadre) -> str | None:
    """The person asks, or their HR for them, during their parcours. Two queries.

    Reads `session.prestation.collectivite`: select it.
    """
    if (
        not _est_des_siens(acteur, cadre)
        or session.prestation.collectivite.demarche_id != acteur.demarche.pk
    ):
        return Interdit("Chacun s’inscrit, ou est inscrit par sa propre collectivité.")
    if not Inscription.objects.suivies_par(cadre).exists():
        return HORS_PARCOURS
    if not session.est_inscriptible and not _se_complete(acteur, session):
        return "Les inscriptions à cette session sont closes."
    if session.inscriptions.filter(cadre=cadre).exclude(etat=E.ANNULEE).exists():
        return "Cette personne est déjà inscrite à cette session."
    return None


def refus_annuler_place(acteur: Acteur, place: InscriptionSession) -> str | None:
    """The person, or their HR, until the session begins. Reads `session`, `cadre`."""
    if not _est_des_siens(acteur, place.cadre):
        return Interdit("Une inscription s’annule par la personne, ou par sa propre collectivité.")
    if not place.est_vivante or place.session.est_commencee:
        return "Cette inscription ne s’annule plus."
    return None


def refus_lire_attestation(acteur: Acteur, place: InscriptionSession) -> str | None:
    """The person who came, and their own employer."""
    if place.cadre.collectivite_id != acteur.collectivite.pk:
        return Interdit("L’attestation est à la personne et à son employeur.")
    return None


def _se_complete(acteur: Acteur, session: Session) -> bool:
    """Begun, its sheet still open: an HR direction adds who came without being enrolled."""
    return acteur.est_rh and session.etat == Session.Etat.OUVERTE and session.est_commencee


def _est_des_siens(acteur: Acteur, cadre: Cadre) -> bool:
    """Oneself; for an HR direction, one of its own cadres."""
    if acteur.role == Role.CADRE:
        return cadre.pk == acteur.cadre_id
    return acteur.est_rh and cadre.collectivite_id == acteur.collectivite.pk


# --- Immersions -----------------------------------------------------------------------------------


def refus_demander_immersion(acteur: Acteur, cadre: Cadre | None) -> str | None:
    """The cadre, during their parcours. One query."""
    if acteur.role != Role.CADRE or cadre is None or cadre.pk != acteur.cadre_id:
        return Interdit(DEMANDE_IMMERSION)
    if not Inscription.objects.suivies_par(cadre).exists():
        return DEMANDE_IMMERSION
    return None


def refus_demander_sur_offre(
    acteur: Acteur, cadre: Cadre | None, offre: OffreImmersion
) -> str | None:
    """Any cadre of the démarche whose yes holds, of another employer, while a place is left. Three queries."""
    if acteur.role != Role.CADRE or cadre is None or cadre.pk != acteur.cadre_id:
        return Interdit(OFFRE_AUX_CADRES)
    if not Cadre.objects.filter(avec_le_oui(), pk=cadre.pk).exists():
        return "Dites d’abord oui à la démarche : l’accueil lira qui vous êtes."
    if refus := refus_de_lieu(cadre, offre.collectivite):
        return refus
    if offre.est_close or offre.est_passee:
        return "Cette offre ne se demande plus."
    tenues = offre.immersions.filter(etat__in=Immersion.ETATS_COMPTES)
    preneurs = list(tenues.values_list("cadre", flat=True))
    if cadre.pk in preneurs:
        return "Vous avez déjà demandé des jours de cette offre."
    if len(preneurs) >= offre.places:
        return "Toutes les places de cette offre sont prises."
    return None


def refus_montrer_immersion(acteur: Acteur, immersion: Immersion) -> str | None:
    """The person lets their employer know, while both may still answer."""
    if acteur.role != Role.CADRE or immersion.cadre_id != acteur.cadre_id:
        return Interdit("Seule la personne prévient son employeur.")
    if immersion.est_montree:
        return "Votre employeur est déjà prévenu."
    if not immersion.est_en_attente or immersion.debut <= timezone.localdate():
        return "Cette demande n’attend plus rien."
    return None


def refus_tenir_l_offre(acteur: Acteur, offre: OffreImmersion) -> str | None:
    """The HR direction of the employer that makes it. Reads `collectivite`."""
    if not acteur.est_rh or offre.collectivite_id != acteur.collectivite.pk:
        return Interdit(f"Cette offre est tenue par {offre.collectivite.nom_court}.")
    return None


def refus_de_jours_de_l_offre(offre: OffreImmersion, jours: list[date]) -> str | None:
    """Why these days, in order, are not among those that the service offers."""
    if jours and not (offre.debut <= jours[0] and jours[-1] <= offre.fin):
        return f"Le service accueille {offre.periode} : choisissez des jours de cette période."
    if len(jours) > offre.nb_jours:
        return (
            f"Le service accueille {compter(offre.nb_jours, 'jour')} par personne au plus. "
            f"Vos dates en comptent {len(jours)}."
        )
    return None


def refus_de_lieu(cadre: Cadre, accueil: Collectivite) -> str | None:
    """Why the person cannot go there. Reads `collectivite` of the cadre."""
    if accueil.demarche_id != cadre.collectivite.demarche_id:
        return "Choisissez une collectivité de la démarche."
    if accueil.pk == cadre.collectivite_id:
        return "Une immersion se fait chez un autre employeur que le vôtre."
    return None


def refus_de_dates(
    jours: list[date], deja: list[date], *, aujourdhui: date, delai_reduit: bool
) -> str | None:
    """Why these days, in order, cannot be asked for today. `deja`: those already counted."""
    if not all(map(est_ouvre, jours)) or (jours and jours[0] <= aujourdhui):
        return "Choisissez des jours ouvrés, à venir."
    if refus := refus_de_jours(jours, deja):
        return refus
    if not delai_reduit and not est_demandee_a_temps(jours[0], aujourdhui):
        return (
            f"Une immersion se demande {IMMERSION_PREAVIS_MOIS} mois avant. Plus près, il faut "
            "l’accord des deux employeurs : dites que vous le demandez."
        )
    return None


def refus_repondre_immersion(acteur: Acteur, immersion: Immersion) -> str | None:
    """The HR of either employer, once each."""
    if not acteur.est_rh:
        return RESERVE_AUX_PARTIES
    if immersion.collectivite_origine_id == acteur.collectivite.pk and immersion.est_montree:
        accord = immersion.accord_origine_le
    elif immersion.collectivite_accueil_id == acteur.collectivite.pk:
        # Until the employer knows, nothing is settled: the host may still take its yes back.
        accord = immersion.accord_accueil_le if immersion.est_montree else None
    else:
        return RESERVE_AUX_PARTIES
    if not immersion.est_en_attente or accord is not None:
        return "Cette demande n’attend plus de réponse de votre part."
    return None


def refus_accorder_immersion(acteur: Acteur, immersion: Immersion) -> str | None:
    """As for answering, before the first day."""
    if refus := refus_repondre_immersion(acteur, immersion):
        return refus
    if immersion.accord_accueil_le and acteur.collectivite.pk == immersion.collectivite_accueil_id:
        return "Votre accord est déjà donné. La personne n’a pas encore prévenu son employeur."
    if immersion.debut <= timezone.localdate():
        return "Le premier jour est passé : refusez, ou reportez."
    return None


def refus_signer(acteur: Acteur, immersion: Immersion) -> str | None:
    """The employer of the person records that the three have signed."""
    if not (acteur.est_rh and immersion.collectivite_origine_id == acteur.collectivite.pk):
        return Interdit(CONVENTION)
    return CONVENTION if immersion.etat != Immersion.Etat.ACCORDEE else None


def refus_constater(acteur: Acteur, immersion: Immersion) -> str | None:
    """Either employer says that it took place, once it is over: on its last day or after."""
    if not acteur.est_rh:
        return RESERVE_AUX_PARTIES
    if immersion.etat != Immersion.Etat.CONVENTION or immersion.fin > timezone.localdate():
        return "Une immersion se constate après son dernier jour."
    return None


def refus_annuler_immersion(acteur: Acteur, immersion: Immersion) -> str | None:
    """The person, until it begins."""
    if acteur.role != Role.CADRE or immersion.cadre_id != acteur.cadre_id:
        return Interdit("Une immersion s’annule par la personne qui l’a demandée.")
    if immersion.etat not in IMMERSIONS_VIVANTES or immersion.debut <= timezone.localdate():
        return "Cette immersion ne s’annule plus."
    return None
