"""May this acteur, behind the wall, and if not, why: it draws the button and guards the act.

A right that is not the acteur's is an `Interdit`; a state of things is a plain sentence.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte, heure_texte
from collectivites.models import Mandat
from collectivites.mots import Role
from collectivites.refus import Interdit
from parcours.models import (
    Accompagnement,
    Bilan,
    CreneauCoaching,
    NoteCoaching,
    NotePrivee,
    RendezVousCoaching,
    Synthese,
)
from parcours.models.bilan import Choix

R = RendezVousCoaching.Etat

#: Free hours are shared: nobody holds more of them than this at once.
A_VENIR_MAX = 2

DECISION = "Seule la personne décide de qui lit ses notes."
PUBLICATION = "Seule la personne publie sa synthèse, une fois écrite."
RETRAIT = "Seule la personne retire sa synthèse."
DESISTEMENT = "Ce rendez-vous est passé, ou déjà annulé."

# --- Who is who -----------------------------------------------------------------------------------


def est_la_personne(acteur: Acteur, cadre: Cadre) -> bool:
    return acteur.role == Role.CADRE and acteur.cadre_id == cadre.pk


def accompagne(acteur: Acteur, cadre: Cadre) -> bool:
    """The coach of today, while the cadre's yes holds. Reads `candidature`: select it."""
    return (
        acteur.role == Role.ACCOMPAGNATEUR
        and cadre.accompagnateur_id == acteur.mandat.pk
        and cadre.collectivite_id not in acteur.employeurs
        and cadre.anonymise_le is None
        and cadre.candidature.oui_tient
    )


def refus_tenir_un_carnet(acteur: Acteur, cadre: Cadre) -> str | None:
    """What one writes for oneself needs neither a yes nor a coach."""
    if est_la_personne(acteur, cadre):
        return None
    return Interdit("Un carnet n’est tenu que par la personne à qui il est.")


# --- Notes and objectives -------------------------------------------------------------------------


def refus_ecrire(acteur: Acteur, cadre: Cadre) -> str | None:
    """Notes, objectives and synthesis: the two, while somebody accompanies."""
    if accompagne(acteur, cadre):
        return None
    if (
        est_la_personne(acteur, cadre)
        and cadre.accompagnateur_id is not None
        and cadre.candidature.oui_tient
    ):
        return None
    return Interdit("Ces écrits n’appartiennent qu’à la personne et à son accompagnateur.")


def refus_reprendre(acteur: Acteur, note: NoteCoaching) -> str | None:
    """Correct or destroy a note: its author, while they may write there.

    The cadre may always destroy their own. Reads `accompagnement.cadre.candidature`.
    """
    cadre = note.accompagnement.cadre
    if note.auteur_id == acteur.utilisateur.pk and (
        est_la_personne(acteur, cadre)
        or (note.accompagnement.fin is None and accompagne(acteur, cadre))
    ):
        return None
    return Interdit("Une note ne se reprend que par la personne qui l’a écrite.")


def refus_reprendre_privee(acteur: Acteur, note: NotePrivee) -> str | None:
    """The coach who wrote it, while they accompany. Reads `accompagnement.cadre.candidature`."""
    accompagnement = note.accompagnement
    if (
        accompagnement.fin is None
        and accompagnement.accompagnateur_id == acteur.mandat.pk
        and accompagne(acteur, accompagnement.cadre)
    ):
        return None
    return Interdit("Une note personnelle ne se reprend que par la personne qui l’a écrite.")


def refus_decider_des_notes(
    acteur: Acteur, accompagnement: Accompagnement, *, transmettre: bool
) -> str | None:
    """Pass on an earlier accompagnement's notes, or seal them: the cadre alone."""
    if not est_la_personne(acteur, accompagnement.cadre):
        return Interdit(DECISION)
    if accompagnement.fin is None:
        return DECISION
    if transmettre and accompagnement.cadre.accompagnateur_id is None:
        return "Personne ne vous accompagne aujourd’hui : rien à transmettre."
    return None


# --- Appointments. Reads `accompagnement.cadre.candidature` ---------------------------------------


def refus_fixer(acteur: Acteur, cadre: Cadre) -> str | None:
    """Give a date: the coach of today."""
    if not accompagne(acteur, cadre):
        return Interdit("Cette personne ne vous est pas, ou plus, confiée.")
    return None


def refus_mener(acteur: Acteur, rendez_vous: RendezVousCoaching) -> str | None:
    """Move, cancel or mark: the coach of this accompagnement."""
    accompagnement = rendez_vous.accompagnement
    if accompagnement.fin is not None or not accompagne(acteur, accompagnement.cadre):
        return Interdit("Ce rendez-vous est tenu par la personne qui accompagne.")
    return None


def refus_deplacer(acteur: Acteur, rendez_vous: RendezVousCoaching) -> str | None:
    if refus := refus_mener(acteur, rendez_vous):
        return refus
    if rendez_vous.etat != R.PREVU:
        return "Ce rendez-vous est passé ou annulé. Fixez-en un nouveau."
    return None


def refus_annuler(acteur: Acteur, rendez_vous: RendezVousCoaching) -> str | None:
    if refus := refus_mener(acteur, rendez_vous):
        return refus
    if rendez_vous.etat != R.PREVU:
        return "Ce rendez-vous est déjà passé ou annulé."
    return None


def refus_noter(acteur: Acteur, rendez_vous: RendezVousCoaching) -> str | None:
    """Who came, from the day on. May be corrected."""
    if refus := refus_mener(acteur, rendez_vous):
        return refus
    if rendez_vous.etat == R.ANNULE:
        return "Ce rendez-vous est annulé."
    if timezone.localdate(rendez_vous.debut) > timezone.localdate():
        return (
            f"Ce rendez-vous est prévu le {date_texte(rendez_vous.debut)}. "
            "Notez la présence ce jour-là."
        )
    return None


def refus_decliner(acteur: Acteur, rendez_vous: RendezVousCoaching) -> str | None:
    """« Je ne pourrai pas venir »: the cadre, before it begins, while the accompagnement lasts."""
    accompagnement = rendez_vous.accompagnement
    if not est_la_personne(acteur, accompagnement.cadre):
        return Interdit(DESISTEMENT)
    if not rendez_vous.est_a_venir or accompagnement.fin is not None:
        return DESISTEMENT
    return None


def refus_de_creneau(
    accompagnateur: Mandat, debut: datetime, duree_minutes: int, sauf: int | None = None
) -> str | None:
    """A coach is not in two places at once. Appointments of the past are only recorded. One query."""
    if debut <= timezone.now():
        return None
    fin = debut + timedelta(minutes=duree_minutes)
    siens = RendezVousCoaching.objects.filter(
        accompagnement__accompagnateur=accompagnateur, accompagnement__fin__isnull=True
    )
    for autre in siens.a_venir():
        if autre.pk != sauf and autre.debut < fin and debut < autre.fin:
            return (
                f"Vous avez déjà un rendez-vous le {date_texte(autre.debut)}, de "
                f"{heure_texte(autre.debut)} à {heure_texte(autre.fin)}."
            )
    return None


# --- Free hours -----------------------------------------------------------------------------------


def refus_ouvrir_des_creneaux(acteur: Acteur) -> str | None:
    if acteur.role != Role.ACCOMPAGNATEUR:
        return Interdit("Un créneau s’ouvre par la personne qui accompagne.")
    return None


def refus_de_deux_creneaux(
    accompagnateur: Mandat, debut: datetime, duree_minutes: int
) -> str | None:
    """Free hours do not overlap, and are not offered for the past. One query."""
    if debut <= timezone.now():
        return "Choisissez une heure à venir."
    fin = debut + timedelta(minutes=duree_minutes)
    for autre in CreneauCoaching.objects.filter(accompagnateur=accompagnateur).libres():
        if autre.debut < fin and debut < autre.fin:
            return (
                f"Vous avez déjà ouvert un créneau le {date_texte(autre.debut)}, de "
                f"{heure_texte(autre.debut)} à {heure_texte(autre.fin)}."
            )
    return None


def refus_retirer_creneau(acteur: Acteur, creneau: CreneauCoaching) -> str | None:
    """Its coach, while nobody took it."""
    if acteur.role != Role.ACCOMPAGNATEUR or creneau.accompagnateur_id != acteur.mandat.pk:
        return Interdit("Un créneau se retire par la personne qui l’a ouvert.")
    if creneau.rendez_vous_id is not None:
        return "Ce créneau vient d’être pris : annulez le rendez-vous, ou déplacez-le."
    return None


def refus_prendre_creneau(
    acteur: Acteur, cadre: Cadre, creneau: CreneauCoaching, a_venir: int
) -> str | None:
    """One of the people entrusted to that coach. `a_venir`: the appointments that they hold."""
    if (
        not est_la_personne(acteur, cadre)
        or cadre.accompagnateur_id != creneau.accompagnateur_id
        or not cadre.candidature.oui_tient
    ):
        return Interdit("Ce créneau est ouvert par quelqu’un qui ne vous accompagne pas.")
    if not creneau.est_libre:
        return "Ce créneau vient d’être pris. Choisissez-en un autre."
    if a_venir >= A_VENIR_MAX:
        return (
            f"Vous avez déjà {A_VENIR_MAX} rendez-vous à venir. Prenez-en un autre quand le premier "
            "sera passé."
        )
    return None


# --- The synthesis and the bilan ------------------------------------------------------------------


def refus_rediger(acteur: Acteur, cadre: Cadre, synthese: Synthese | None) -> str | None:
    """The common draft, as long as it is one."""
    if refus := refus_ecrire(acteur, cadre):
        return refus
    if synthese is not None and synthese.publiee_le is not None:
        return "La synthèse est publiée : elle ne change plus."
    return None


def refus_publier(acteur: Acteur, synthese: Synthese) -> str | None:
    """The cadre alone, once there is something to read."""
    cadre = synthese.accompagnement.cadre
    if not est_la_personne(acteur, cadre):
        return Interdit(PUBLICATION)
    if synthese.publiee_le is not None or not synthese.scelle or not cadre.candidature.oui_tient:
        return PUBLICATION
    return None


def refus_depublier(acteur: Acteur, synthese: Synthese) -> str | None:
    if not est_la_personne(acteur, synthese.accompagnement.cadre):
        return Interdit(RETRAIT)
    return RETRAIT if synthese.publiee_le is None else None


def refus_de_bilan(bilan: Bilan, choix: Choix, *, remettre: bool) -> str | None:
    """Handed over, it is only replaced by a new version; and what is handed over says one thing."""
    if bilan.etat == Bilan.Etat.REMIS and not remettre:
        return "Votre bilan est remis. Remettez une nouvelle version."
    if remettre and not choix.maturite:
        return "Dites où vous en êtes, puis remettez votre bilan."
    return None
