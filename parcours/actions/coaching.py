"""Coaching: who accompanies whom, appointments, and what is written behind the wall.

Locks: the candidature first, as everywhere in the parcours, then the row.
The journal says who accompanies, when one met, and that a synthesis was published: never a text.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cadres.models import Cadre, Candidature
from cadres.verrous import verrouiller
from collectivites.acteur import Acteur
from collectivites.erreurs import ActionImpossible
from collectivites.journal import journaliser
from collectivites.models import Mandat
from collectivites.typographie import date_texte, heure_texte
from parcours import courriels_coaching, droits_coaching
from parcours.models import (
    Accompagnement,
    Bilan,
    NoteCoaching,
    Objectif,
    RendezVousCoaching,
    Sortie,
    Synthese,
)

Etat = RendezVousCoaching.Etat
Fin = Accompagnement.Fin
#: What one tap says of an appointment.
PRESENCES: dict[str, str] = {"faite": Etat.TENU, "absent": Etat.ABSENT, "excuse": Etat.EXCUSE}
DERRIERE_LE_MUR = "Ces écrits n’appartiennent qu’à la personne et à son accompagnateur."
RELIRE = (
    "La synthèse a changé depuis que vous l’avez ouverte. Relisez-la, puis recommencez : "
    "rien n’a été perdu de ce qui était enregistré."
)


# --- Who accompanies whom -----------------------------------------------------------------------


def suivre_le_changement(*, cadre: Cadre, acteur: Acteur, **_: Any) -> None:
    """Receiver of `accompagnateur_change`: `Cadre.accompagnateur` has just moved."""
    _tenir_l_historique(cadre, Fin.CHANGEMENT if cadre.accompagnateur_id else Fin.TERME)


def sceller_apres_retrait(*, cadre: Cadre, acteur: Acteur, **_: Any) -> None:
    """Receiver of `cadre_retire`: hours are freed, and nobody but the person reads any more."""
    _fermer(cadre, Fin.RETRAIT)


def _tenir_l_historique(cadre: Cadre, motif: str) -> Accompagnement | None:
    """Make the history say what `cadre.accompagnateur` says; the open accompagnement, if any.

    The candidature is locked by the caller. Safe to repeat.
    """
    ouvert = (
        Accompagnement.objects.select_for_update(of=("self",))
        .filter(cadre=cadre, fin__isnull=True)
        .first()
    )
    if ouvert is not None and ouvert.accompagnateur_id == cadre.accompagnateur_id:
        ouvert.cadre = cadre
        return ouvert
    if ouvert is not None:
        _fermer(cadre, motif)
    if cadre.accompagnateur is None:
        return None
    return Accompagnement.objects.create(cadre=cadre, accompagnateur=cadre.accompagnateur)


def _fermer(cadre: Cadre, motif: str) -> None:
    """End the open accompagnement: appointments to come fall, notes are sealed for the coach."""
    ouvert = (
        Accompagnement.objects.select_for_update(of=("self",))
        .select_related("accompagnateur__utilisateur")
        .filter(cadre=cadre, fin__isnull=True)
        .first()
    )
    if ouvert is None:
        return
    ouvert.cadre = cadre
    ouvert.fin, ouvert.motif_fin = timezone.now(), motif
    ouvert.save(update_fields=["fin", "motif_fin"])
    annules = list(ouvert.rendez_vous.select_for_update().a_venir().order_by("debut", "pk"))
    for rendez_vous in annules:
        rendez_vous.accompagnement = ouvert
        rendez_vous.etat = Etat.ANNULE
        rendez_vous.revision += 1
        rendez_vous.save(update_fields=["etat", "revision"])
    courriels_coaching.liberer_accompagnateur(ouvert, annules)
    nouveau: Mandat | None = cadre.accompagnateur
    if motif == Fin.CHANGEMENT and nouveau is not None:
        courriels_coaching.annoncer_changement(ouvert, nouveau, annules)
    else:
        for rendez_vous in annules:
            courriels_coaching.annoncer_rendez_vous(rendez_vous)


def decider_des_notes(
    *, acteur: Acteur, accompagnement: Accompagnement, transmettre: bool
) -> Accompagnement:
    """The cadre passes on the notes of an earlier accompagnement to today's coach, or seals them."""
    cadre = verrouiller(accompagnement.cadre_id)
    accompagnement = Accompagnement.objects.select_for_update(of=("self",)).get(
        pk=accompagnement.pk
    )
    accompagnement.cadre = cadre
    if not droits_coaching.peut_decider_des_notes(acteur, accompagnement):
        raise ActionImpossible("Seule la personne décide de qui lit ses notes.")
    actuel = _tenir_l_historique(cadre, Fin.CHANGEMENT)
    if transmettre and actuel is None:
        raise ActionImpossible("Personne ne vous accompagne aujourd’hui : rien à transmettre.")
    accompagnement.transmis_a = actuel if transmettre else None
    accompagnement.decide_le = timezone.now()
    accompagnement.save(update_fields=["transmis_a", "decide_le"])
    journaliser(
        acteur=acteur,
        acte="coaching.notes_transmises" if transmettre else "coaching.notes_scellees",
        libelle="Notes d’un accompagnement précédent transmises au nouvel accompagnateur"
        if transmettre
        else "Notes d’un accompagnement précédent scellées",
        objet=accompagnement,
        collectivite=cadre.collectivite,
        cadre_ref=cadre.pk,
        reserve_a_la_personne=True,
    )
    return accompagnement


# --- Appointments -------------------------------------------------------------------------------


def fixer_rendez_vous(
    *, acteur: Acteur, cadre: Cadre, debut: datetime, duree_minutes: int, lieu: str = ""
) -> RendezVousCoaching:
    """The coach gives a date; the cadre is told. A past date is only recorded."""
    cadre = verrouiller(cadre.pk)
    if not droits_coaching.accompagne(acteur, cadre):
        raise ActionImpossible("Cette personne ne vous est pas, ou plus, confiée.")
    _refuser_chevauchement(acteur, debut, duree_minutes)
    rendez_vous = RendezVousCoaching.objects.create(
        accompagnement=_en_cours(cadre), debut=debut, duree_minutes=duree_minutes, lieu=lieu
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
    mots = {"faite": "présence notée", "absent": "absence notée", "excuse": "absence excusée"}
    _journal_rendez_vous(acteur, rendez_vous, "coaching.presence", mots[presence])
    return rendez_vous


# --- What is written behind the wall ------------------------------------------------------------


def ecrire_note(*, acteur: Acteur, cadre: Cadre, texte: str) -> NoteCoaching:
    """A note, sealed before it is saved. No journal, no mail."""
    note = NoteCoaching(accompagnement=_ou_ecrire(acteur, cadre), auteur=acteur.utilisateur)
    note.texte = _exige(texte, "Écrivez d’abord votre note.")
    note.save()
    return note


def modifier_note(*, acteur: Acteur, note: NoteCoaching, texte: str) -> NoteCoaching:
    """Its author corrects it."""
    note = _la_note(acteur, note)
    note.texte = _exige(texte, "Une note ne se vide pas. Pour l’effacer, détruisez-la.")
    note.modifiee_le = timezone.now()
    note.save(update_fields=["scelle", "modifiee_le"])
    return note


def detruire_note(*, acteur: Acteur, note: NoteCoaching) -> None:
    """Its author destroys it, for good."""
    _la_note(acteur, note).delete()


def poser_objectif(*, acteur: Acteur, cadre: Cadre, texte: str) -> Objectif:
    objectif = Objectif(accompagnement=_ou_ecrire(acteur, cadre), auteur=acteur.utilisateur)
    objectif.texte = _exige(texte, "Écrivez d’abord l’objectif.")
    objectif.save()
    return objectif


def cocher_objectif(*, acteur: Acteur, objectif: Objectif) -> Objectif:
    """Reached; or, said again, not yet. Either of the two."""
    _ou_ecrire(acteur, objectif.accompagnement.cadre)
    objectif = Objectif.objects.select_for_update(of=("self",)).get(pk=objectif.pk)
    objectif.atteint_le = None if objectif.atteint_le else timezone.now()
    objectif.save(update_fields=["atteint_le"])
    return objectif


def rediger_synthese(*, acteur: Acteur, cadre: Cadre, texte: str, revision: int) -> Synthese:
    """Save the common draft. `revision` is the one that the author was reading."""
    accompagnement = _ou_ecrire(acteur, cadre)
    synthese = (
        Synthese.objects.select_for_update(of=("self",))
        .filter(accompagnement=accompagnement)
        .first()
    ) or Synthese(accompagnement=accompagnement)
    synthese.accompagnement = accompagnement
    if synthese.publiee_le is not None:
        raise ActionImpossible("La synthèse est publiée : elle ne change plus.")
    if synthese.revision != revision:
        raise ActionImpossible(RELIRE)
    synthese.texte = _exige(texte, "Écrivez d’abord la synthèse.")
    synthese.revision += 1
    synthese.modifiee_le, synthese.modifiee_par = timezone.now(), acteur.utilisateur
    synthese.save()
    return synthese


def publier_synthese(*, acteur: Acteur, synthese: Synthese, revision: int) -> Synthese:
    """The cadre lets their own DRH and DGS read exactly what they have just read again."""
    synthese = _la_synthese(synthese)
    if not droits_coaching.peut_publier(acteur, synthese):
        raise ActionImpossible("Seule la personne publie sa synthèse, une fois écrite.")
    if synthese.revision != revision:
        raise ActionImpossible(RELIRE)
    cadre = synthese.accompagnement.cadre
    synthese.publiee_le, synthese.publiee_pour = timezone.now(), cadre.collectivite
    synthese.save(update_fields=["publiee_le", "publiee_pour"])
    _journal_synthese(acteur, synthese, "coaching.synthese_publiee", "publiée par la personne")
    return synthese


def depublier_synthese(*, acteur: Acteur, synthese: Synthese) -> Synthese:
    """It comes back behind the wall."""
    synthese = _la_synthese(synthese)
    if not droits_coaching.peut_depublier(acteur, synthese):
        raise ActionImpossible("Seule la personne retire sa synthèse.")
    synthese.publiee_le = synthese.publiee_pour = None
    synthese.save(update_fields=["publiee_le", "publiee_pour"])
    _journal_synthese(acteur, synthese, "coaching.synthese_retiree", "retirée par la personne")
    return synthese


# --- Destruction and rotation -------------------------------------------------------------------


def detruire_les_ecrits(*, cadre: Cadre) -> dict[str, int]:
    """Destroy all that was written behind the wall on a person, their bilans and the words of an
    exit; dates and attendance stay.

    For the retention rules, which write their own line of the journal. Returns how many rows went.
    """
    with transaction.atomic():
        nombres = {
            modele._meta.model_name or "": modele._default_manager.filter(
                accompagnement__cadre=cadre
            ).delete()[0]
            for modele in (NoteCoaching, Objectif, Synthese)
        }
        for modele in (Bilan, Sortie):
            lignes = modele._default_manager.filter(inscription__cadre=cadre)
            nombres[modele._meta.model_name or ""] = lignes.delete()[0]
        return nombres


def _en_cours(cadre: Cadre) -> Accompagnement:
    accompagnement = _tenir_l_historique(cadre, Fin.CHANGEMENT)
    assert accompagnement is not None, "the caller has checked that somebody accompanies"
    return accompagnement


def _ou_ecrire(acteur: Acteur, cadre: Cadre) -> Accompagnement:
    """Today's accompagnement, its cadre locked, if the acteur may write there."""
    cadre = verrouiller(cadre.pk)
    if not droits_coaching.peut_ecrire(acteur, cadre):
        raise ActionImpossible(DERRIERE_LE_MUR)
    return _en_cours(cadre)


def _exige(texte: str, sinon: str) -> str:
    texte = texte.replace("\r\n", "\n").strip()
    if not texte:
        raise ActionImpossible(sinon)
    return texte


def _verrouiller_candidature(cadre_id: int) -> None:
    list(
        Candidature.objects.select_for_update(of=("self",)).filter(cadre=cadre_id).values_list("pk")
    )


def _la_note(acteur: Acteur, note: NoteCoaching) -> NoteCoaching:
    _verrouiller_candidature(note.accompagnement.cadre_id)
    note = (
        NoteCoaching.objects.select_for_update(of=("self",))
        .select_related("accompagnement__cadre__candidature")
        .get(pk=note.pk)
    )
    if not droits_coaching.peut_reprendre(acteur, note):
        raise ActionImpossible("Une note ne se reprend que par la personne qui l’a écrite.")
    return note


def _la_synthese(synthese: Synthese) -> Synthese:
    _verrouiller_candidature(synthese.accompagnement.cadre_id)
    return (
        Synthese.objects.select_for_update(of=("self",))
        .select_related("accompagnement__cadre__candidature")
        .select_related("accompagnement__cadre__collectivite")
        .get(pk=synthese.pk)
    )


def _verrouiller(rendez_vous: RendezVousCoaching) -> RendezVousCoaching:
    _verrouiller_candidature(rendez_vous.accompagnement.cadre_id)
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
        libelle=f"Rendez-vous de coaching du {quand}, {rendez_vous.duree} : {quoi}",
        objet=rendez_vous,
        collectivite=cadre.collectivite,
        cadre_ref=cadre.pk,
    )


def _journal_synthese(acteur: Acteur, synthese: Synthese, acte: str, quoi: str) -> None:
    cadre = synthese.accompagnement.cadre
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=f"Synthèse de l’accompagnement {quoi}",
        objet=synthese,
        collectivite=cadre.collectivite,
        cadre_ref=cadre.pk,
    )
