"""Who may do what in the catalogue, the sessions and the immersions."""

from __future__ import annotations

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from parcours.models import Immersion, InscriptionSession, Prestation, Session

E = InscriptionSession.Etat


# --- Catalogue ------------------------------------------------------------------------------------


def peut_offrir(acteur: Acteur) -> bool:
    """Any HR direction of the démarche."""
    return acteur.est_rh


def peut_editer(acteur: Acteur, prestation: Prestation) -> bool:
    """The HR of the collectivité that offers it, or carries it for the firm."""
    return acteur.est_rh and prestation.collectivite_id == acteur.collectivite.pk


# --- Sessions. Reads `session.prestation`: select it ----------------------------------------------


def peut_organiser_session(acteur: Acteur, session: Session) -> bool:
    """Move, split or cancel it: the HR that offers it, until it begins."""
    return (
        peut_editer(acteur, session.prestation)
        and session.etat == Session.Etat.OUVERTE
        and not session.est_commencee
    )


def peut_tenir_la_feuille(acteur: Acteur, session: Session) -> bool:
    """The HR that offers it, and the accompagnateur who runs it."""
    if session.etat == Session.Etat.ANNULEE:
        return False
    if acteur.role == Role.ACCOMPAGNATEUR:
        return session.animateur_id == acteur.mandat.pk
    return peut_editer(acteur, session.prestation)


def peut_noter_presences(acteur: Acteur, session: Session) -> bool:
    """From the day of the session on; may be corrected afterwards."""
    commencee = timezone.localdate(session.debut) <= timezone.localdate()
    return commencee and peut_tenir_la_feuille(acteur, session)


def peut_annuler_place(acteur: Acteur, place: InscriptionSession) -> bool:
    """The person, or their HR, until the session begins. Reads `session`, `cadre`."""
    if not place.est_vivante or place.session.est_commencee:
        return False
    if acteur.role == Role.CADRE:
        return place.cadre_id == acteur.cadre_id
    return acteur.est_rh and place.cadre.collectivite_id == acteur.collectivite.pk


def peut_donner_son_avis(acteur: Acteur, place: InscriptionSession) -> bool:
    """Only who was there, and once."""
    return place.etat == E.PRESENT and place.cadre_id == acteur.cadre_id and place.avis is None


# --- Immersions -----------------------------------------------------------------------------------


def peut_repondre_immersion(acteur: Acteur, immersion: Immersion) -> bool:
    """The HR of either employer, once each."""
    if not (acteur.est_rh and immersion.est_en_attente):
        return False
    if immersion.collectivite_origine_id == acteur.collectivite.pk:
        return immersion.accord_origine_le is None
    return (
        immersion.collectivite_accueil_id == acteur.collectivite.pk
        and immersion.accord_accueil_le is None
    )


def peut_signer(acteur: Acteur, immersion: Immersion) -> bool:
    """The employer of the person records that the three have signed."""
    return (
        acteur.est_rh
        and immersion.etat == Immersion.Etat.ACCORDEE
        and immersion.collectivite_origine_id == acteur.collectivite.pk
    )


def peut_constater(acteur: Acteur, immersion: Immersion) -> bool:
    """Either employer says that it took place, once it is over."""
    return (
        acteur.est_rh
        and immersion.etat == Immersion.Etat.CONVENTION
        and immersion.fin <= timezone.localdate()
    )


def peut_annuler_immersion(acteur: Acteur, immersion: Immersion) -> bool:
    """The person, until it begins."""
    return (
        acteur.role == Role.CADRE
        and immersion.cadre_id == acteur.cadre_id
        and immersion.etat
        in {Immersion.Etat.DEMANDEE, Immersion.Etat.ACCORDEE, Immersion.Etat.CONVENTION}
        and immersion.debut > timezone.localdate()
    )


def peut_imprimer_convention(immersion: Immersion) -> bool:
    """Once both employers have agreed."""
    return immersion.etat in {
        Immersion.Etat.ACCORDEE,
        Immersion.Etat.CONVENTION,
        Immersion.Etat.REALISEE,
    }
