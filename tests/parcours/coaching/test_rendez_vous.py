"""Appointments of the coaching: fixed, moved, declined, marked, and in both calendars."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from parcours.coaching.actions import rendez_vous as actions_rendez_vous
from parcours.models import RendezVousCoaching
from tests.fabriques import il_y_a
from tests.fabriques.coaching import (
    faire_coaching,
)
from tests.parcours.coaching.aide import changer, fiche, fixer, lire_agenda

# --- Appointments ---------------------------------------------------------------------------------


def test_the_coach_gives_a_date_moves_it_and_cancels_it(troupe):
    rendez_vous = fixer(troupe)
    deplace = actions_rendez_vous.deplacer_rendez_vous(
        acteur=troupe.accompagnateur,
        rendez_vous=rendez_vous,
        debut=il_y_a(-5),
        duree_minutes=60,
        lieu="Salle 3",
        malgre=True,
    )
    actions_rendez_vous.annuler_rendez_vous(acteur=troupe.accompagnateur, rendez_vous=deplace)

    rendez_vous.refresh_from_db()
    assert (rendez_vous.etat, rendez_vous.revision) == ("annule", 3)
    assert Courriel.objects.filter(utilisateur=troupe.cadre.utilisateur).count() == 3
    assert EntreeJournal.objects.filter(acte__startswith="coaching.").count() == 3


def test_the_same_date_again_changes_nothing(troupe):
    rendez_vous = fixer(troupe)
    actions_rendez_vous.deplacer_rendez_vous(
        acteur=troupe.accompagnateur,
        rendez_vous=rendez_vous,
        debut=rendez_vous.debut,
        duree_minutes=90,
        lieu="Salle 2",
        malgre=True,
    )

    assert Courriel.objects.filter(utilisateur=troupe.cadre.utilisateur).count() == 1


def test_a_coach_is_not_in_two_places_at_once(troupe):
    fixer(troupe)

    with pytest.raises(ActionImpossible, match="déjà un rendez-vous"):
        fixer(troupe, debut=il_y_a(-3) + timedelta(minutes=60))
    fixer(troupe, debut=RendezVousCoaching.objects.get().fin)


def test_a_past_date_is_recorded_and_nobody_is_told(troupe):
    fixer(troupe, jours=-3)

    assert not Courriel.objects.exists()


@pytest.mark.parametrize(
    ("presence", "etat"), [("faite", "tenu"), ("absent", "absent"), ("excuse", "excuse")]
)
def test_attendance_is_noted_and_corrected(troupe, accompagnement, presence, etat):
    rendez_vous = faire_coaching(accompagnement, -1, etat="absent" if etat != "absent" else "tenu")

    note = actions_rendez_vous.noter_rendez_vous(
        acteur=troupe.accompagnateur, rendez_vous=rendez_vous, presence=presence
    )

    assert note.etat == etat


def test_attendance_is_not_noted_before_the_day(troupe, accompagnement):
    with pytest.raises(ActionImpossible, match="ce jour-là"):
        actions_rendez_vous.noter_rendez_vous(
            acteur=troupe.accompagnateur,
            rendez_vous=faire_coaching(accompagnement, 3),
            presence="faite",
        )


@pytest.mark.parametrize(
    "qui", ["autre_accompagnateur", "cadre", "drh_departement", "etranger_accompagnateur"]
)
def test_nobody_else_runs_the_appointments(troupe, accompagnement, qui):
    acteur, rendez_vous = getattr(troupe, qui), faire_coaching(accompagnement, -1)

    with pytest.raises(PermissionDenied):
        fixer(troupe, acteur=acteur)
    with pytest.raises(PermissionDenied):
        actions_rendez_vous.noter_rendez_vous(
            acteur=acteur, rendez_vous=rendez_vous, presence="faite"
        )


# --- « Je ne pourrai pas venir » ------------------------------------------------------------------


def test_the_cadre_frees_the_hour_and_the_coach_is_told(troupe, accompagnement):
    rendez_vous = faire_coaching(accompagnement, 3, lieu="Cabinet")
    revision = rendez_vous.revision

    actions_rendez_vous.decliner_rendez_vous(acteur=troupe.cadre, rendez_vous=rendez_vous)

    rendez_vous.refresh_from_db()
    assert (rendez_vous.etat, rendez_vous.revision) == ("annule", revision + 1)
    ligne = EntreeJournal.objects.get(acte="coaching.decline")
    assert (ligne.motif, ligne.details) == ("", {})
    assert "annulé par la personne" in ligne.libelle
    au_coach = Courriel.objects.get(utilisateur=troupe.accompagnateur.utilisateur)
    a_la_personne = Courriel.objects.get(utilisateur=troupe.cadre.utilisateur)
    for courriel in (au_coach, a_la_personne):
        methode, (evenement,) = lire_agenda(courriel.agenda)
        assert (methode, evenement["status"]) == ("CANCEL", "CANCELLED")
        assert evenement["uid"].startswith(f"{rendez_vous.uid_agenda}@")
        assert evenement["sequence"] == revision + 1
    # The hour serves somebody else.
    actions_rendez_vous.fixer_rendez_vous(
        acteur=troupe.accompagnateur,
        cadre=fiche(troupe),
        debut=rendez_vous.debut,
        duree_minutes=60,
    )


@pytest.mark.parametrize("qui", ["accompagnateur", "autre_cadre", "drh_departement"])
def test_nobody_declines_for_the_cadre(troupe, accompagnement, qui):
    rendez_vous = faire_coaching(accompagnement, 3)

    with pytest.raises(PermissionDenied):
        actions_rendez_vous.decliner_rendez_vous(
            acteur=getattr(troupe, qui), rendez_vous=rendez_vous
        )


@pytest.mark.parametrize(("jours", "etat"), [(-1, "prevu"), (3, "annule"), (-1, "tenu")])
def test_what_is_past_or_cancelled_is_not_declined(troupe, client_de, accompagnement, jours, etat):
    rendez_vous = faire_coaching(accompagnement, jours, etat=etat)
    adresse = f"/coaching/{rendez_vous.pk}/decliner/"
    client = client_de(troupe.cadre)

    with pytest.raises(ActionImpossible):
        actions_rendez_vous.decliner_rendez_vous(acteur=troupe.cadre, rendez_vous=rendez_vous)
    assert "Ce rendez-vous est passé, ou déjà annulé." in client.get(adresse, follow=True).text
    assert adresse not in client.get("/mon-accompagnement/").text


def test_the_button_asks_once_then_cancels(troupe, client_de, accompagnement):
    rendez_vous = faire_coaching(accompagnement, 3)
    adresse = f"/coaching/{rendez_vous.pk}/decliner/"
    client = client_de(troupe.cadre)

    for page in ("/mon-accompagnement/", "/mon-parcours/"):
        assert f'href="{adresse}"' in client.get(page).text
    assert client.get(adresse).status_code == 200
    rendez_vous.refresh_from_db()
    assert rendez_vous.etat == "prevu"
    assert client.post(adresse).status_code == 302
    rendez_vous.refresh_from_db()
    assert rendez_vous.etat == "annule"


# --- Calendar files -------------------------------------------------------------------------------


def test_planning_moving_and_cancelling_carry_the_same_event(troupe, accompagnement):
    rendez_vous = fixer(troupe, lieu="Cabinet")
    rendez_vous = actions_rendez_vous.deplacer_rendez_vous(
        acteur=troupe.accompagnateur,
        rendez_vous=rendez_vous,
        debut=rendez_vous.debut + timedelta(days=1),
        duree_minutes=60,
        lieu="Salle 3",
        malgre=True,
    )
    actions_rendez_vous.annuler_rendez_vous(acteur=troupe.accompagnateur, rendez_vous=rendez_vous)

    siens = Courriel.objects.filter(utilisateur=troupe.cadre.utilisateur).order_by("pk")
    fichiers = [lire_agenda(c.agenda) for c in siens]
    assert [methode for methode, _ in fichiers] == ["REQUEST", "REQUEST", "CANCEL"]
    evenements = [evenement for _, (evenement,) in fichiers]
    assert len({str(e["uid"]) for e in evenements}) == 1
    suites = [e["sequence"] for e in evenements]
    assert suites == sorted(set(suites))
    assert {str(e["summary"]) for e in evenements} == {"Rendez-vous"}
    assert [str(e["location"]) for e in evenements] == ["Cabinet", "Salle 3", "Salle 3"]
    assert not any("description" in e for e in evenements)


def test_a_change_of_coach_clears_both_calendars(troupe, accompagnement):
    for jours in (3, 5):
        faire_coaching(accompagnement, jours)

    changer(troupe, troupe.autre_accompagnateur)

    for acteur in (troupe.cadre, troupe.accompagnateur):
        fichiers = [
            lire_agenda(courriel.agenda)
            for courriel in Courriel.objects.filter(utilisateur=acteur.utilisateur)
        ]
        assert [(methode, len(evenements)) for methode, evenements in fichiers] == [
            ("CANCEL", 1)
        ] * 2


def test_whoever_is_no_longer_accompanied_has_their_calendar_cleared(troupe, accompagnement):
    rendez_vous = faire_coaching(accompagnement, 3)

    changer(troupe, None)

    courriel = Courriel.objects.get(utilisateur=troupe.cadre.utilisateur)
    methode, (evenement,) = lire_agenda(courriel.agenda)
    assert methode == "CANCEL"
    assert evenement["uid"].startswith(f"{rendez_vous.uid_agenda}@")
    assert "Une autre date" not in courriel.corps
