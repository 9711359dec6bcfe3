"""Who accompanies whom, who reads the notes after a change, and what is destroyed."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cadres.candidature import actions
from collectivites.models import Courriel
from parcours.coaching.actions import accompagnements, destruction, ecrits
from parcours.models import Accompagnement, NoteCoaching, Objectif, RendezVousCoaching
from tests.fabriques import faire_inscription
from tests.fabriques.coaching import (
    faire_bilan,
    faire_coaching,
    faire_note,
    faire_objectif,
    faire_synthese,
)
from tests.parcours.coaching.aide import changer, lisent

# --- Who accompanies whom -------------------------------------------------------------------------


def test_entrusting_somebody_opens_their_history(troupe):
    changer(troupe, None)
    changer(troupe, troupe.accompagnateur)

    ouvert = Accompagnement.objects.get()
    assert ouvert.accompagnateur == troupe.accompagnateur.mandat
    assert ouvert.fin is None


def test_another_coach_closes_one_accompagnement_and_opens_the_next(troupe, accompagnement):
    a_venir = faire_coaching(accompagnement, 3)
    changer(troupe, troupe.autre_accompagnateur)

    accompagnement.refresh_from_db()
    a_venir.refresh_from_db()
    assert accompagnement.motif_fin == "changement"
    assert a_venir.etat == "annule"
    assert Accompagnement.objects.get(fin=None).accompagnateur == troupe.autre_accompagnateur.mandat
    assert {c.utilisateur for c in Courriel.objects.all()} == {
        troupe.cadre.utilisateur,
        troupe.accompagnateur.utilisateur,
    }


def test_notes_follow_only_if_the_cadre_says_so_and_they_may_say_no_later(troupe, accompagnement):
    note = faire_note(accompagnement, troupe.accompagnateur.utilisateur, "Avant.")
    assert lisent(troupe, note) == {"cadre", "accompagnateur"}

    changer(troupe, troupe.autre_accompagnateur)
    assert lisent(troupe, note) == {"cadre"}

    accompagnements.decider_des_notes(
        acteur=troupe.cadre, accompagnement=accompagnement, transmettre=True
    )
    assert lisent(troupe, note) == {"cadre", "autre_accompagnateur"}

    accompagnements.decider_des_notes(
        acteur=troupe.cadre, accompagnement=accompagnement, transmettre=False
    )
    assert lisent(troupe, note) == {"cadre"}


def test_notes_passed_on_once_are_not_passed_on_to_the_next(troupe, accompagnement):
    note = faire_note(accompagnement, troupe.accompagnateur.utilisateur, "Avant.")
    changer(troupe, troupe.autre_accompagnateur)
    accompagnements.decider_des_notes(
        acteur=troupe.cadre, accompagnement=accompagnement, transmettre=True
    )

    changer(troupe, troupe.accompagnateur)

    assert lisent(troupe, note) == {"cadre"}


@pytest.mark.parametrize("qui", ["accompagnateur", "autre_accompagnateur", "drh_departement"])
def test_nobody_else_decides_of_the_notes(troupe, accompagnement, qui):
    changer(troupe, troupe.autre_accompagnateur)

    with pytest.raises(PermissionDenied):
        accompagnements.decider_des_notes(
            acteur=getattr(troupe, qui), accompagnement=accompagnement, transmettre=True
        )


def test_a_withdrawal_seals_the_notes_and_frees_the_hours(troupe, accompagnement):
    note = faire_note(accompagnement, troupe.accompagnateur.utilisateur, "Un doute.")
    a_venir = faire_coaching(accompagnement, 3)

    actions.retirer(acteur=troupe.cadre)

    a_venir.refresh_from_db()
    accompagnement.refresh_from_db()
    assert lisent(troupe, note) == {"cadre"}
    assert a_venir.etat == "annule"
    assert accompagnement.motif_fin == "retrait"
    with pytest.raises(PermissionDenied):
        ecrits.ecrire_note(
            acteur=troupe.accompagnateur, cadre=troupe.fiche_du_cadre, texte="Encore."
        )


def test_a_decision_not_to_retain_closes_the_door_at_once(troupe, accompagnement):
    note = faire_note(accompagnement, troupe.accompagnateur.utilisateur, "Un doute.")
    troupe.fiche_du_cadre.candidature.etat = "non_retenu"
    troupe.fiche_du_cadre.candidature.save()

    assert lisent(troupe, note) == {"cadre"}


def test_an_anonymised_cadre_has_no_readable_note(troupe, accompagnement):
    note = faire_note(accompagnement, troupe.accompagnateur.utilisateur, "Un doute.")
    troupe.fiche_du_cadre.anonymise_le = timezone.now()
    troupe.fiche_du_cadre.save()

    assert lisent(troupe, note) == set()


# --- Destruction ----------------------------------------------------------------------------------


def test_destroying_what_was_written_keeps_dates_and_attendance(troupe, accompagnement):
    moi = troupe.cadre.utilisateur
    faire_note(accompagnement, moi, "Un.")
    faire_objectif(accompagnement, moi, "Deux.")
    faire_synthese(accompagnement, moi, "Trois.")
    faire_coaching(accompagnement, -3, etat="tenu")
    faire_bilan(faire_inscription(troupe.fiche_du_cadre), "Quatre.")

    nombres = destruction.detruire_les_ecrits(cadre=troupe.fiche_du_cadre)

    assert nombres == {
        "notecoaching": 1,
        "noteprivee": 0,
        "objectif": 1,
        "synthese": 1,
        "bilan": 1,
        "sortie": 0,
        "carnet": 0,
    }
    assert not NoteCoaching.objects.exists()
    assert not Objectif.objects.exists()
    assert RendezVousCoaching.objects.count() == 1
