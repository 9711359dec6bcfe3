"""Who may do what behind the wall. The same predicates draw the buttons and guard the acts."""

from __future__ import annotations

from cadres.models import Cadre, Candidature
from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from parcours.models import (
    Accompagnement,
    Inscription,
    NoteCoaching,
    RendezVousCoaching,
    Sortie,
    Synthese,
)

R = RendezVousCoaching.Etat


def est_la_personne(acteur: Acteur, cadre: Cadre) -> bool:
    return acteur.role == Role.CADRE and acteur.cadre_id == cadre.pk


def accompagne(acteur: Acteur, cadre: Cadre) -> bool:
    """The coach of today, while the cadre's yes holds. Reads `candidature`: select it."""
    return (
        acteur.role == Role.ACCOMPAGNATEUR
        and cadre.accompagnateur_id == acteur.mandat.pk
        and cadre.collectivite_id not in acteur.employeurs
        and cadre.anonymise_le is None
        and cadre.candidature.etat in Candidature.ETATS_PARTAGES
    )


def peut_ecrire(acteur: Acteur, cadre: Cadre) -> bool:
    """Notes, objectives and synthesis: the two, while somebody accompanies."""
    if accompagne(acteur, cadre):
        return True
    return (
        est_la_personne(acteur, cadre)
        and cadre.accompagnateur_id is not None
        and cadre.candidature.etat in Candidature.ETATS_PARTAGES
    )


def peut_reprendre(acteur: Acteur, note: NoteCoaching) -> bool:
    """Correct or destroy a note: its author, while they may write there.

    The cadre may always destroy their own. Reads `accompagnement.cadre.candidature`.
    """
    if note.auteur_id != acteur.utilisateur.pk:
        return False
    cadre = note.accompagnement.cadre
    return est_la_personne(acteur, cadre) or (
        note.accompagnement.fin is None and accompagne(acteur, cadre)
    )


def peut_mener(acteur: Acteur, rendez_vous: RendezVousCoaching) -> bool:
    """Move, cancel or mark: the coach of this accompagnement."""
    accompagnement = rendez_vous.accompagnement
    return accompagnement.fin is None and accompagne(acteur, accompagnement.cadre)


def peut_decliner(acteur: Acteur, rendez_vous: RendezVousCoaching) -> bool:
    """« Je ne pourrai pas venir »: the cadre, before it begins, while the accompagnement lasts."""
    accompagnement = rendez_vous.accompagnement
    return (
        rendez_vous.est_a_venir
        and accompagnement.fin is None
        and est_la_personne(acteur, accompagnement.cadre)
    )


def peut_decider_des_notes(acteur: Acteur, accompagnement: Accompagnement) -> bool:
    """Pass on an earlier accompagnement's notes, or seal them: the cadre alone."""
    return accompagnement.fin is not None and est_la_personne(acteur, accompagnement.cadre)


def peut_publier(acteur: Acteur, synthese: Synthese) -> bool:
    """The cadre alone, once there is something to read."""
    return (
        synthese.publiee_le is None
        and bool(synthese.scelle)
        and est_la_personne(acteur, synthese.accompagnement.cadre)
        and synthese.accompagnement.cadre.candidature.etat in Candidature.ETATS_PARTAGES
    )


def peut_depublier(acteur: Acteur, synthese: Synthese) -> bool:
    return synthese.publiee_le is not None and est_la_personne(
        acteur, synthese.accompagnement.cadre
    )


def peut_faire_son_bilan(acteur: Acteur, inscription: Inscription) -> bool:
    """The cadre, in a parcours that goes on or is complete."""
    return (
        est_la_personne(acteur, inscription.cadre)
        and inscription.etat != Inscription.Etat.INTERROMPUE
    )


def peut_dire_la_sortie(acteur: Acteur, inscription: Inscription) -> bool:
    """The HR of the employer: the parcours is complete, no move follows, nothing was said yet.

    Reads `cadre.candidature`: select it.
    """
    cadre = inscription.cadre
    return (
        acteur.est_rh
        and cadre.collectivite_id == acteur.collectivite.pk
        and inscription.etat == Inscription.Etat.ACHEVEE
        and cadre.candidature.etat == Candidature.Etat.RETENU
        and cadre.candidature.avancee == Candidature.Avancee.ACHEVE
        and not Sortie.objects.filter(inscription=inscription).exists()
    )
