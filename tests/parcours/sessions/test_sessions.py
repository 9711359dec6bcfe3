"""A session: moved, enlarged, split, cancelled; who came, and what they thought of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cadres.candidature.actions import retirer
from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from parcours.models import InscriptionSession, PreferencesRappel, Session
from parcours.sessions.actions import catalogue
from parcours.sessions.actions import places as actions_places
from tests.fabriques import (
    acteur_du_cadre,
    faire_inscription,
    faire_place,
    faire_promotion,
    faire_session,
    il_y_a,
)
from tests.parcours.sessions.aide import donnees, sinscrire

pytestmark = pytest.mark.django_db
E = InscriptionSession.Etat


# --- Moved, enlarged, split, cancelled ------------------------------------------------------------


def test_a_moved_session_keeps_everybody_and_moves_their_event(troupe, prestation, en_parcours):
    session = faire_session(prestation, places=1)
    place = sinscrire(en_parcours(troupe.ville), session)
    attente = sinscrire(en_parcours(troupe.region), session)
    plus_tard = session.debut + timedelta(days=3)

    catalogue.modifier_session(
        acteur=troupe.drh_region,
        session=session,
        donnees=donnees(session, debut=plus_tard, fin=plus_tard + timedelta(hours=2)),
    )

    place.refresh_from_db()
    attente.refresh_from_db()
    assert (place.etat, place.revision, attente.etat) == (E.CONFIRMEE, 1, E.ATTENTE)
    assert Courriel.objects.filter(objet__startswith="Session déplacée").count() == 2
    assert (
        "SEQUENCE:1"
        in Courriel.objects.get(
            objet__startswith="Session déplacée", utilisateur=place.cadre.utilisateur
        ).agenda
    )


def test_more_seats_take_in_those_who_wait(troupe, prestation, en_parcours):
    session = faire_session(prestation, places=1)
    for _ in range(3):
        sinscrire(en_parcours(troupe.ville), session)

    catalogue.modifier_session(
        acteur=troupe.drh_region, session=session, donnees=donnees(session, capacite=2)
    )

    assert session.inscriptions.filter(etat=E.CONFIRMEE).count() == 2
    assert not Courriel.objects.filter(objet__startswith="Session déplacée").exists()


def test_fewer_seats_than_people_is_refused_else_they_are_seated_again(
    troupe, prestation, en_parcours
):
    session = faire_session(prestation, places=3)
    places = [sinscrire(en_parcours(troupe.ville), session) for _ in range(3)]
    with pytest.raises(ActionImpossible, match="moins de places"):
        catalogue.modifier_session(
            acteur=troupe.drh_region, session=session, donnees=donnees(session, capacite=2)
        )
    actions_places.annuler_place(acteur=acteur_du_cadre(places[0].cadre), place=places[0])

    catalogue.modifier_session(
        acteur=troupe.drh_region, session=session, donnees=donnees(session, capacite=2)
    )

    sieges = session.inscriptions.filter(place__isnull=False).values_list("place", flat=True)
    assert sorted(sieges) == [1, 2]


def test_a_split_session_seats_those_who_waited(troupe, prestation, en_parcours):
    session = faire_session(prestation, places=1)
    places = [sinscrire(en_parcours(troupe.ville), session) for _ in range(3)]
    debut = session.debut + timedelta(days=7)

    seconde = catalogue.dedoubler_session(
        acteur=troupe.drh_region,
        session=session,
        debut=debut,
        fin=debut + timedelta(hours=3),
        lieu="Orléans",
        capacite=2,
        transferees=[places[0].pk, places[2].pk],
    )

    for place in places:
        place.refresh_from_db()
    assert [p.session_id for p in places] == [seconde.pk, session.pk, seconde.pk]
    assert {p.etat for p in places} == {E.CONFIRMEE}
    assert places[0].revision == 1
    assert Courriel.objects.filter(objet__startswith="Nouvelle date").count() == 2


def test_a_cancelled_session_tells_why_and_clears_the_calendars(troupe, prestation, en_parcours):
    session = faire_session(prestation, places=1)
    place = sinscrire(en_parcours(troupe.ville), session)
    sinscrire(en_parcours(troupe.region), session)

    catalogue.annuler_session(acteur=troupe.drh_region, session=session, motif="Salle inondée.")

    assert not session.inscriptions.exclude(etat=E.ANNULEE).exists()
    courriel = Courriel.objects.get(
        objet__startswith="Session annulée", utilisateur=place.cadre.utilisateur
    )
    assert "Salle inondée." in courriel.corps
    assert "METHOD:CANCEL" in courriel.agenda
    assert "SEQUENCE:1" in courriel.agenda
    with pytest.raises(ActionImpossible):
        sinscrire(en_parcours(troupe.ville), session)


def test_only_who_offers_it_changes_it(troupe, prestation):
    session = faire_session(prestation)
    with pytest.raises(PermissionDenied, match="collectivité qui l’offre"):
        catalogue.annuler_session(acteur=troupe.drh_ville, session=session, motif="x")


# --- Attendance -----------------------------------------------------------------------------------


def test_the_sheet_closes_the_session(troupe, prestation, en_parcours):
    session = faire_session(prestation, debut=il_y_a(1))
    venu = faire_place(session, en_parcours(troupe.ville))
    absent = faire_place(session, en_parcours(troupe.departement))

    actions_places.noter_feuille(
        acteur=troupe.drh_region,
        session=session,
        presences={venu.pk: "present", absent.pk: "absent"},
    )

    session.refresh_from_db()
    assert session.etat == Session.Etat.TENUE


def test_the_accompagnateur_who_runs_it_holds_the_sheet(troupe, prestation, en_parcours):
    session = faire_session(prestation, debut=il_y_a(1), animateur=troupe.accompagnateur.mandat)
    place = faire_place(session, en_parcours(troupe.ville))

    with pytest.raises(PermissionDenied):
        actions_places.noter_feuille(
            acteur=troupe.autre_accompagnateur,
            session=session,
            presences={place.pk: "present"},
        )
    assert (
        actions_places.noter_feuille(
            acteur=troupe.accompagnateur, session=session, presences={place.pk: "present"}
        )
        == 1
    )


def test_who_withdraws_after_a_session_is_counted_there_and_named_to_nobody_else(
    troupe, prestation, en_parcours, client_de
):
    fiche = troupe.fiche_du_cadre
    faire_inscription(fiche, faire_promotion(troupe.demarche))
    session = faire_session(prestation, debut=il_y_a(1), animateur=troupe.accompagnateur.mandat)
    faire_place(session, fiche)
    reste = faire_place(session, en_parcours(troupe.ville))

    retirer(acteur=troupe.cadre)

    page, feuille = (
        reverse(f"parcours:{n}", args=[session.pk]) for n in ("session", "feuille_session")
    )
    for acteur in (troupe.drh_region, troupe.accompagnateur):
        lu = client_de(acteur).get(page).content.decode()
        assert "1\u00a0personne compte dans les places sans être nommée" in lu
        assert fiche.nom not in lu + client_de(acteur).get(feuille).content.decode()
    assert fiche.nom in client_de(troupe.drh_departement).get(page).content.decode()

    actions_places.noter_feuille(
        acteur=troupe.accompagnateur, session=session, presences={reste.pk: "present"}
    )
    session.refresh_from_db()
    assert session.etat == Session.Etat.TENUE


def test_the_sheet_waits_for_the_day(troupe, prestation, en_parcours):
    session = faire_session(prestation)
    place = faire_place(session, en_parcours(troupe.ville))

    with pytest.raises(ActionImpossible, match="pas encore"):
        actions_places.noter_feuille(
            acteur=troupe.drh_region, session=session, presences={place.pk: "present"}
        )


# --- What is left of it ---------------------------------------------------------------------------


def test_what_is_done_is_in_the_journal(troupe, prestation, en_parcours):
    session = faire_session(prestation, places=1)
    cadre = en_parcours(troupe.ville)
    place = sinscrire(cadre, session)
    actions_places.annuler_place(acteur=acteur_du_cadre(cadre), place=place)

    lignes = EntreeJournal.objects.filter(cadre_ref=cadre.pk)
    assert {e.acte for e in lignes} == {"place.demandee", "place.annulee"}
    assert not any(cadre.nom in e.libelle for e in lignes)


@pytest.fixture
def courriel_d_inscription(troupe, prestation, en_parcours, django_capture_on_commit_callbacks):
    """Of somebody who takes meetings as meetings, or not."""

    def envoyer(*, invitations):
        cadre = en_parcours(troupe.ville)
        PreferencesRappel.objects.create(utilisateur=cadre.utilisateur, invitations=invitations)
        with django_capture_on_commit_callbacks(execute=True):
            sinscrire(cadre, faire_session(prestation))
        (message,) = mail.outbox
        return message

    return envoyer


def test_the_mail_is_a_meeting(courriel_d_inscription):
    message = courriel_d_inscription(invitations=True)

    assert message.attachments == []
    ((contenu, genre),) = message.alternatives
    assert genre == "text/calendar; method=REQUEST"
    assert f"mailto:{message.to[0]}" in contenu.replace("\r\n ", "")
    assert message.message()["Message-ID"].startswith("<courriel-")


def test_the_mail_carries_the_calendar_file(courriel_d_inscription):
    message = courriel_d_inscription(invitations=False)

    assert message.alternatives == []
    ((nom, contenu, genre),) = message.attachments
    assert nom == "rendez-vous.ics"
    assert genre == "text/calendar; method=PUBLISH"
    assert "BEGIN:VEVENT" in contenu
    assert message.message()["Message-ID"].startswith("<courriel-")
