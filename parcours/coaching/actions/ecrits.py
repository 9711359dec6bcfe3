"""Notes and objectives: no journal, no mail."""

from __future__ import annotations

from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.refus import ActionImpossible
from parcours.coaching import predicats as droits_coaching
from parcours.coaching.verrous import exige, ou_ecrire, verrouiller_candidature
from parcours.models import NoteCoaching, Objectif


def ecrire_note(*, acteur: Acteur, cadre: Cadre, texte: str) -> NoteCoaching:
    """A note, sealed before it is saved. No journal, no mail."""
    note = NoteCoaching(accompagnement=ou_ecrire(acteur, cadre), auteur=acteur.utilisateur)
    note.texte = exige(texte, "Écrivez d’abord votre note.")
    note.save()
    return note


def modifier_note(*, acteur: Acteur, note: NoteCoaching, texte: str) -> NoteCoaching:
    """Its author corrects it."""
    note = _la_note(acteur, note)
    note.texte = exige(texte, "Une note ne se vide pas. Pour l’effacer, détruisez-la.")
    note.modifiee_le = timezone.now()
    note.save(update_fields=["scelle", "modifiee_le"])
    return note


def detruire_note(*, acteur: Acteur, note: NoteCoaching) -> None:
    """Its author destroys it, for good."""
    _la_note(acteur, note).delete()


def poser_objectif(*, acteur: Acteur, cadre: Cadre, texte: str) -> Objectif:
    objectif = Objectif(accompagnement=ou_ecrire(acteur, cadre), auteur=acteur.utilisateur)
    objectif.texte = exige(texte, "Écrivez d’abord l’objectif.")
    objectif.save()
    return objectif


def cocher_objectif(*, acteur: Acteur, objectif: Objectif) -> Objectif:
    """Reached; or, said again, not yet. Either of the two."""
    ou_ecrire(acteur, objectif.accompagnement.cadre)
    objectif = Objectif.objects.select_for_update(of=("self",)).get(pk=objectif.pk)
    objectif.atteint_le = None if objectif.atteint_le else timezone.now()
    objectif.save(update_fields=["atteint_le"])
    return objectif


def _la_note(acteur: Acteur, note: NoteCoaching) -> NoteCoaching:
    verrouiller_candidature(note.accompagnement.cadre_id)
    note = (
        NoteCoaching.objects.select_for_update(of=("self",))
        .select_related("accompagnement__cadre__candidature")
        .get(pk=note.pk)
    )
    if not droits_coaching.peut_reprendre(acteur, note):
        raise ActionImpossible("Une note ne se reprend que par la personne qui l’a écrite.")
    return note
