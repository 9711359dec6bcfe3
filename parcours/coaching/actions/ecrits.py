"""Notes and objectives: no journal, no mail."""

from __future__ import annotations

from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.refus import ActionImpossible, exiger
from parcours import verrous
from parcours.coaching import predicats
from parcours.coaching.actions.accompagnements import ou_ecrire
from parcours.models import NoteCoaching, NotePrivee, Objectif


def ecrire_note(*, acteur: Acteur, cadre: Cadre, texte: str) -> NoteCoaching:
    """A note, sealed before it is saved. No journal, no mail."""
    note = NoteCoaching(accompagnement=ou_ecrire(acteur, cadre), auteur=acteur.utilisateur)
    note.texte = texte_exige(texte, "Écrivez d’abord votre note.")
    note.save()
    return note


def modifier_note(*, acteur: Acteur, note: NoteCoaching, texte: str) -> NoteCoaching:
    """Its author corrects it."""
    note = verrous.note(note)
    exiger(predicats.refus_reprendre(acteur, note))
    note.texte = texte_exige(texte, "Une note ne se vide pas. Pour l’effacer, détruisez-la.")
    note.modifiee_le = timezone.now()
    note.save(update_fields=["scelle", "modifiee_le"])
    return note


def detruire_note(*, acteur: Acteur, note: NoteCoaching) -> None:
    """Its author destroys it, for good."""
    note = verrous.note(note)
    exiger(predicats.refus_reprendre(acteur, note))
    note.delete()


def ecrire_note_privee(*, acteur: Acteur, cadre: Cadre, texte: str) -> NotePrivee:
    """The coach's own, sealed. The person's own words have their page already."""
    accompagnement = ou_ecrire(acteur, cadre)
    exiger(predicats.refus_fixer(acteur, accompagnement.cadre))
    note = NotePrivee(accompagnement=accompagnement)
    note.texte = texte_exige(texte, "Écrivez d’abord votre note.")
    note.save()
    return note


def modifier_note_privee(*, acteur: Acteur, note: NotePrivee, texte: str) -> NotePrivee:
    note = verrous.note_privee(note)
    exiger(predicats.refus_reprendre_privee(acteur, note))
    note.texte = texte_exige(texte, "Une note ne se vide pas. Pour l’effacer, détruisez-la.")
    note.modifiee_le = timezone.now()
    note.save(update_fields=["scelle", "modifiee_le"])
    return note


def detruire_note_privee(*, acteur: Acteur, note: NotePrivee) -> None:
    note = verrous.note_privee(note)
    exiger(predicats.refus_reprendre_privee(acteur, note))
    note.delete()


def poser_objectif(*, acteur: Acteur, cadre: Cadre, texte: str) -> Objectif:
    objectif = Objectif(accompagnement=ou_ecrire(acteur, cadre), auteur=acteur.utilisateur)
    objectif.texte = texte_exige(texte, "Écrivez d’abord l’objectif.")
    objectif.save()
    return objectif


def cocher_objectif(*, acteur: Acteur, objectif: Objectif) -> Objectif:
    """Reached; or, said again, not yet. Either of the two."""
    ou_ecrire(acteur, objectif.accompagnement.cadre)
    objectif = verrous.objectif(objectif.pk)
    objectif.atteint_le = None if objectif.atteint_le else timezone.now()
    objectif.save(update_fields=["atteint_le"])
    return objectif


def texte_exige(texte: str, sinon: str) -> str:
    """What was typed, its lines ended in one way; `sinon` is told when there is nothing."""
    texte = texte.replace("\r\n", "\n").strip()
    if not texte:
        raise ActionImpossible(sinon)
    return texte
