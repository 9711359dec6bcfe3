"""Appointments of the coaching: the cadre is told of each, the coach of what falls."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from cadres.fiche.verrous import verrouiller
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte, heure_texte
from collectivites.journal import journaliser
from collectivites.refus import ActionImpossible
from parcours.coaching import courriels as courriels_coaching
from parcours.coaching import predicats as droits_coaching
from parcours.coaching.actions.accompagnements import en_cours
from parcours.coaching.verrous import verrouiller_candidature
from parcours.models import RendezVousCoaching

Etat = RendezVousCoaching.Etat
#: What one tap says of an appointment.
PRESENCES: dict[str, str] = {"faite": Etat.TENU, "absent": Etat.ABSENT, "excuse": Etat.EXCUSE}
PRESENCES_DITES = {
    "faite": "présence notée",
    "absent": "absence notée",
    "excuse": "absence excusée",
}


def fixer_rendez_vous(
    *, acteur: Acteur, cadre: Cadre, debut: datetime, duree_minutes: int, lieu: str = ""
) -> RendezVousCoaching:
    """The coach gives a date; the cadre is told. A past date is only recorded."""
    cadre = verrouiller(cadre.pk)
    if not droits_coaching.accompagne(acteur, cadre):
        raise ActionImpossible("Cette personne ne vous est pas, ou plus, confiée.")
    _refuser_chevauchement(acteur, debut, duree_minutes)
    rendez_vous = RendezVousCoaching.objects.create(
        accompagnement=en_cours(cadre), debut=debut, duree_minutes=duree_minutes, lieu=lieu
    )
    _journal_rendez_vous(acteur, rendez_vous, "coaching.fixe", "fixé")
    courriels_coaching.annoncer_rendez_vous(rendez_vous)
    return rendez_vous


def deplacer_rendez_vous(
    *,
    acteur: Acteur,
    rendez_vous: RendezVousCoaching,
    debut: datetime,
    duree_minutes: int,
    lieu: str = "",
) -> RendezVousCoaching:
    """Another date or place. The same one again changes nothing."""
    rendez_vous = _le_rendez_vous(acteur, rendez_vous)
    if rendez_vous.etat != Etat.PREVU:
        raise ActionImpossible("Ce rendez-vous est passé ou annulé. Fixez-en un nouveau.")
    if (rendez_vous.debut, rendez_vous.duree_minutes, rendez_vous.lieu) == (
        debut,
        duree_minutes,
        lieu,
    ):
        return rendez_vous
    _refuser_chevauchement(acteur, debut, duree_minutes, sauf=rendez_vous.pk)
    rendez_vous.debut, rendez_vous.duree_minutes, rendez_vous.lieu = debut, duree_minutes, lieu
    rendez_vous.revision += 1
    rendez_vous.save(update_fields=["debut", "duree_minutes", "lieu", "revision"])
    _journal_rendez_vous(acteur, rendez_vous, "coaching.deplace", "déplacé")
    courriels_coaching.annoncer_rendez_vous(rendez_vous, deplace=True)
    return rendez_vous


def annuler_rendez_vous(*, acteur: Acteur, rendez_vous: RendezVousCoaching) -> RendezVousCoaching:
    """The hour is freed, the cadre is told."""
    rendez_vous = _le_rendez_vous(acteur, rendez_vous)
    if rendez_vous.etat != Etat.PREVU:
        raise ActionImpossible("Ce rendez-vous est déjà passé ou annulé.")
    rendez_vous.etat = Etat.ANNULE
    rendez_vous.revision += 1
    rendez_vous.save(update_fields=["etat", "revision"])
    _journal_rendez_vous(acteur, rendez_vous, "coaching.annule", "annulé")
    courriels_coaching.annoncer_rendez_vous(rendez_vous)
    return rendez_vous


def decliner_rendez_vous(*, acteur: Acteur, rendez_vous: RendezVousCoaching) -> RendezVousCoaching:
    """« Je ne pourrai pas venir »: the cadre frees the hour, the coach is told. No reason is asked."""
    rendez_vous = _verrouiller(rendez_vous)
    if not droits_coaching.peut_decliner(acteur, rendez_vous):
        raise ActionImpossible("Ce rendez-vous est passé, ou déjà annulé.")
    rendez_vous.etat = Etat.ANNULE
    rendez_vous.revision += 1
    rendez_vous.save(update_fields=["etat", "revision"])
    _journal_rendez_vous(acteur, rendez_vous, "coaching.decline", "annulé par la personne")
    courriels_coaching.prevenir_du_desistement(rendez_vous)
    courriels_coaching.annoncer_rendez_vous(rendez_vous, par_la_personne=True)
    return rendez_vous


def noter_rendez_vous(
    *, acteur: Acteur, rendez_vous: RendezVousCoaching, presence: str
) -> RendezVousCoaching:
    """Who came: one tap, from the day on. May be corrected."""
    if presence not in PRESENCES:
        raise ActionImpossible("Dites si la personne était présente, absente ou excusée.")
    rendez_vous = _le_rendez_vous(acteur, rendez_vous)
    if rendez_vous.etat == Etat.ANNULE:
        raise ActionImpossible("Ce rendez-vous est annulé.")
    if timezone.localdate(rendez_vous.debut) > timezone.localdate():
        raise ActionImpossible(
            f"Ce rendez-vous est prévu le {date_texte(rendez_vous.debut)}. "
            "Notez la présence ce jour-là."
        )
    if rendez_vous.etat == PRESENCES[presence]:
        return rendez_vous
    rendez_vous.etat = PRESENCES[presence]
    rendez_vous.save(update_fields=["etat"])
    _journal_rendez_vous(acteur, rendez_vous, "coaching.presence", PRESENCES_DITES[presence])
    return rendez_vous


def _verrouiller(rendez_vous: RendezVousCoaching) -> RendezVousCoaching:
    verrouiller_candidature(rendez_vous.accompagnement.cadre_id)
    return (
        RendezVousCoaching.objects.select_for_update(of=("self",))
        .select_related("accompagnement__cadre__candidature")
        .select_related("accompagnement__cadre__utilisateur")
        .select_related("accompagnement__cadre__collectivite__demarche")
        .select_related("accompagnement__accompagnateur__utilisateur")
        .get(pk=rendez_vous.pk)
    )


def _le_rendez_vous(acteur: Acteur, rendez_vous: RendezVousCoaching) -> RendezVousCoaching:
    rendez_vous = _verrouiller(rendez_vous)
    if not droits_coaching.peut_mener(acteur, rendez_vous):
        raise ActionImpossible("Ce rendez-vous est tenu par la personne qui accompagne.")
    return rendez_vous


def _refuser_chevauchement(
    acteur: Acteur, debut: datetime, duree_minutes: int, sauf: int | None = None
) -> None:
    """A coach is not in two places at once. Appointments of the past are only recorded."""
    if debut <= timezone.now():
        return
    fin = debut + timedelta(minutes=duree_minutes)
    for autre in RendezVousCoaching.objects.menes_par(acteur).a_venir():
        if autre.pk != sauf and autre.debut < fin and debut < autre.fin:
            raise ActionImpossible(
                f"Vous avez déjà un rendez-vous le {date_texte(autre.debut)}, de "
                f"{heure_texte(autre.debut)} à {heure_texte(autre.fin)}."
            )


def _journal_rendez_vous(
    acteur: Acteur, rendez_vous: RendezVousCoaching, acte: str, quoi: str
) -> None:
    cadre = rendez_vous.accompagnement.cadre
    quand = f"{date_texte(rendez_vous.debut)}, {heure_texte(rendez_vous.debut)}"
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=f"Rendez-vous de coaching du {quand}, {rendez_vous.duree} : {quoi}",
        objet=rendez_vous,
        collectivite=cadre.collectivite,
        cadre_ref=cadre.pk,
    )
