"""Seats of a session: asked for, waited for, kept for each collectivité, given back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from cadres.candidature.actions import retirer
from collectivites.models import Courriel
from collectivites.refus import ActionImpossible
from parcours import verrous
from parcours.models import InscriptionSession, Session, SuiviEtape
from parcours.programme.actions import inscriptions
from parcours.sessions.actions import catalogue
from parcours.sessions.actions import places as actions_places
from tests.fabriques import (
    acteur_du_cadre,
    dans,
    faire_cadre,
    faire_immersion,
    faire_inscription,
    faire_place,
    faire_promotion,
    faire_session,
    il_y_a,
)
from tests.parcours.sessions.aide import donnees, sinscrire

pytestmark = pytest.mark.django_db
E = InscriptionSession.Etat


# --- Asking for a seat ----------------------------------------------------------------------------


def test_the_last_seat_then_the_waiting_list(troupe, prestation, en_parcours):
    session = faire_session(prestation, places=1)
    premier, second = en_parcours(troupe.ville), en_parcours(troupe.region)

    assert sinscrire(premier, session).etat == E.CONFIRMEE
    assert sinscrire(second, session).etat == E.ATTENTE
    objets = list(Courriel.objects.order_by("pk").values_list("objet", flat=True))
    assert objets[0].startswith("Inscription confirmée")
    assert objets[1].startswith("Liste d’attente")


def test_a_seat_given_back_goes_to_the_next_who_is_told(troupe, prestation, en_parcours):
    session = faire_session(prestation, places=1)
    premier, second = en_parcours(troupe.ville), en_parcours(troupe.region)
    place, attente = sinscrire(premier, session), sinscrire(second, session)

    actions_places.annuler_place(acteur=acteur_du_cadre(premier), place=place)

    attente.refresh_from_db()
    assert (attente.etat, attente.place) == (E.CONFIRMEE, 1)
    courriel = Courriel.objects.get(objet__startswith="Une place s’est libérée")
    assert courriel.utilisateur == second.utilisateur
    assert f"/sessions/{session.pk}/" in courriel.corps
    assert "METHOD:REQUEST" in courriel.agenda
    annulation = Courriel.objects.get(objet__startswith="Inscription annulée")
    assert "METHOD:CANCEL" in annulation.agenda


def test_the_drh_enrols_its_own_and_nobody_else(troupe, prestation, en_parcours):
    session = faire_session(prestation)
    sien, autre = en_parcours(troupe.departement), en_parcours(troupe.ville)

    place = actions_places.inscrire_a_session(
        acteur=troupe.drh_departement, session=session, cadre=sien
    )
    assert place.est_assis
    assert "Votre direction des ressources humaines" in Courriel.objects.get().corps
    with pytest.raises(PermissionDenied, match="propre collectivité"):
        actions_places.inscrire_a_session(
            acteur=troupe.drh_departement, session=session, cadre=autre
        )


def test_sessions_are_for_those_in_a_parcours_and_before_the_deadline(
    troupe, prestation, en_parcours
):
    sans_parcours = faire_cadre(troupe.ville, "retenu")
    with pytest.raises(ActionImpossible, match="suivent un parcours"):
        sinscrire(sans_parcours, faire_session(prestation))
    close = faire_session(prestation, inscription_avant=il_y_a(1))
    with pytest.raises(ActionImpossible, match="closes"):
        sinscrire(en_parcours(troupe.ville), close)


def test_nobody_is_enrolled_twice(troupe, prestation, en_parcours):
    cadre, session = en_parcours(troupe.ville), faire_session(prestation)
    sinscrire(cadre, session)

    with pytest.raises(ActionImpossible, match="déjà inscrite"):
        sinscrire(cadre, session)


@pytest.mark.parametrize("genre", ["session", "etape", "immersion"])
def test_an_overlap_is_said_and_may_be_passed_over(troupe, prestation, en_parcours, genre):
    cadre, session = en_parcours(troupe.departement), faire_session(prestation)
    if genre == "session":
        faire_place(faire_session(prestation, debut=session.debut + timedelta(hours=2)), cadre)
    elif genre == "etape":
        cadre.inscriptions.get().suivis.filter(etape__ordre=2).update(
            etat=SuiviEtape.Etat.PLANIFIEE, quand=session.debut - timedelta(hours=1)
        )
    else:
        jour = timezone.localdate(session.debut)
        faire_immersion(
            cadre,
            troupe.region,
            "accordee",
            jours=[jour.isoformat(), (jour + timedelta(days=1)).isoformat()],
            nb_jours=2,
            debut=jour,
            fin=jour + timedelta(days=1),
        )

    with pytest.raises(actions_places.Chevauchement, match="À la même heure"):
        sinscrire(cadre, session)
    assert sinscrire(cadre, session, malgre_chevauchement=True).est_assis


def test_one_session_that_ends_when_the_other_begins_is_no_overlap(troupe, prestation, en_parcours):
    cadre, session = en_parcours(troupe.ville), faire_session(prestation)
    faire_place(faire_session(prestation, debut=session.fin), cadre)

    assert sinscrire(cadre, session).est_assis


# --- Fairness -------------------------------------------------------------------------------------


def test_seats_are_kept_for_each_collectivite_until_a_day(troupe, prestation, en_parcours):
    session = faire_session(prestation, places=4, places_gardees=1, gardees_jusquau=dans(2))
    deux = [sinscrire(en_parcours(troupe.ville), session) for _ in range(2)]
    autre = sinscrire(en_parcours(troupe.region), session)

    assert [p.etat for p in deux] == [E.CONFIRMEE, E.ATTENTE]
    assert autre.etat == E.CONFIRMEE


def test_after_that_day_they_go_to_those_who_wait(troupe, prestation, en_parcours):
    session = faire_session(prestation, places=4, places_gardees=1, gardees_jusquau=dans(0))
    attente = [sinscrire(en_parcours(troupe.ville), session) for _ in range(3)]
    assert [p.etat for p in attente] == [E.CONFIRMEE, E.ATTENTE, E.ATTENTE]
    assert catalogue.liberer_les_places_gardees() == 0

    Session.objects.update(gardees_jusquau=dans(-1))

    assert catalogue.liberer_les_places_gardees() == 2
    assert catalogue.liberer_les_places_gardees() == 0
    assert session.inscriptions.filter(etat=E.CONFIRMEE).count() == 3


def test_a_newcomer_never_passes_before_those_who_wait(troupe, prestation, en_parcours):
    session = faire_session(prestation, places=4, places_gardees=1, gardees_jusquau=dans(0))
    attente = [sinscrire(en_parcours(troupe.ville), session) for _ in range(4)]
    Session.objects.update(gardees_jusquau=dans(-1))  # the clock has not rung yet

    nouvelle = sinscrire(en_parcours(troupe.region), session)

    assert nouvelle.etat == E.ATTENTE
    for place in attente:
        place.refresh_from_db()
        assert place.etat == E.CONFIRMEE


def test_more_seats_kept_than_there_are_is_refused(troupe, prestation):
    session = faire_session(prestation, places=3)
    with pytest.raises(ActionImpossible, match="en demande 4"):
        catalogue.modifier_session(
            acteur=troupe.drh_region,
            session=session,
            donnees=donnees(session, places_gardees=1, gardees_jusquau=dans(3)),
        )


# --- Leaving the parcours -------------------------------------------------------------------------


def test_who_withdraws_frees_their_seats_and_immersions(troupe, prestation, en_parcours):
    faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))
    session = faire_session(prestation, places=1)
    sinscrire(troupe.fiche_du_cadre, session)
    attente = sinscrire(en_parcours(troupe.region), session)
    immersion = faire_immersion(troupe.fiche_du_cadre, troupe.region, "accordee")

    retirer(acteur=troupe.cadre)

    attente.refresh_from_db()
    immersion.refresh_from_db()
    assert attente.etat == E.CONFIRMEE
    assert immersion.etat == "annulee"
    assert session.inscriptions.get(cadre=troupe.fiche_du_cadre).etat == E.ANNULEE


def test_whoever_leaves_locks_their_sessions_by_key_whatever_their_dates(
    troupe, prestation, en_parcours, monkeypatch
):
    """Two people who leave at once, each with a seat in the same two sessions, do not embrace."""
    cadre = en_parcours(troupe.departement)
    tardive = faire_session(prestation, debut=il_y_a(-20))
    proche = faire_session(prestation, debut=il_y_a(-10))
    for session in (proche, tardive):
        faire_place(session, cadre)
    verrouillees, vrai = [], verrous.session
    monkeypatch.setattr(verrous, "session", lambda pk: verrouillees.append(pk) or vrai(pk))

    assert actions_places.liberer_les_places_de(acteur=troupe.drh_departement, cadre=cadre) == 2

    assert verrouillees == [tardive.pk, proche.pk]


def test_an_interrupted_parcours_frees_its_seats(troupe, prestation):
    inscription = faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))
    session = faire_session(prestation)
    sinscrire(troupe.fiche_du_cadre, session)

    inscriptions.interrompre(
        acteur=troupe.drh_departement, inscription=inscription, motif="Mission urgente"
    )

    assert not session.inscriptions.filter(place__isnull=False).exists()


# --- What the database holds, whatever the code does ----------------------------------------------


@pytest.mark.parametrize(
    "champs",
    [
        {"etat": "confirmee", "place": None},
        {"etat": "attente", "place": 2},
        {"etat": "confirmee", "place": 1},
    ],
)
def test_a_seat_is_numbered_and_held_once(troupe, prestation, en_parcours, champs):
    session = faire_session(prestation)
    faire_place(session, en_parcours(troupe.ville))
    autre = en_parcours(troupe.ville)

    with pytest.raises(IntegrityError), transaction.atomic():
        InscriptionSession.objects.create(session=session, cadre=autre, **champs)
