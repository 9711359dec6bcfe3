"""Calendar files read back by icalendar: created, moved, cancelled; the private feed."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from icalendar import Calendar

from collectivites.communs.calendrier import minuit
from parcours.coaching.actions import rendez_vous as actions_rendez_vous
from parcours.models import AbonnementAgenda, SuiviEtape
from parcours.regles import plage_texte
from parcours.sessions import agenda
from parcours.sessions.actions import abonnements, catalogue, places
from parcours.sessions.actions.abonnements import abonne_de
from tests.fabriques import (
    acteur_du_cadre,
    faire_immersion,
    faire_inscription,
    faire_place,
    faire_prestation,
    faire_promotion,
    faire_session,
    il_y_a,
)
from tests.fabriques.coaching import faire_accompagnement, faire_coaching

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


def lire(contenu):
    """The events of a file, which must parse and bear what RFC 5545 and 5546 ask."""
    calendrier = Calendar.from_ical(contenu)
    assert not calendrier.errors
    assert calendrier["version"] == "2.0"
    assert calendrier["prodid"]
    evenements = calendrier.walk("VEVENT")
    for evenement in evenements:
        assert not evenement.errors
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "ORGANIZER"} <= set(evenement)
    return calendrier, evenements


@pytest.fixture
def place(troupe):
    faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))
    session = faire_session(faire_prestation(troupe.region))
    return places.inscrire_a_session(
        acteur=troupe.cadre, session=session, cadre=troupe.fiche_du_cadre
    )


def test_moving_keeps_the_uid_and_raises_the_sequence(troupe, place):
    calendrier, (avant,) = lire(agenda.calendrier_place(place))
    assert calendrier["method"] == "PUBLISH"
    debut = place.session.debut + timedelta(days=2)
    session = place.session

    catalogue.modifier_session(
        acteur=troupe.drh_region,
        session=session,
        donnees={"debut": debut, "fin": debut + timedelta(hours=1), "inscription_avant": debut},
    )
    place.refresh_from_db()
    _, (apres,) = lire(agenda.calendrier_place(place))

    assert avant["uid"] == apres["uid"]
    assert apres["sequence"] > avant["sequence"]
    assert apres.decoded("dtstart") == debut.replace(microsecond=0)


def test_cancelling_keeps_the_uid_and_says_cancel(troupe, place):
    _, (avant,) = lire(agenda.calendrier_place(place))

    place = places.annuler_place(acteur=troupe.cadre, place=place)
    calendrier, (apres,) = lire(agenda.calendrier_place(place))

    assert calendrier["method"] == "CANCEL"
    assert (apres["status"], apres["uid"]) == ("CANCELLED", avant["uid"])
    assert apres["sequence"] > avant["sequence"]


def test_an_all_day_session_bears_days_and_a_night_one_instants(troupe, place):
    session = place.session
    session.debut, session.fin = minuit(date(2027, 3, 27)), minuit(date(2027, 3, 29))
    session.journee_entiere = True
    _, (evenement,) = lire(agenda.calendrier_place(place))
    assert evenement.decoded("dtstart") == date(2027, 3, 27)
    assert evenement.decoded("dtend") == date(2027, 3, 29)

    session.journee_entiere = False
    session.debut = datetime(2027, 3, 27, 23, tzinfo=PARIS)
    session.fin = datetime(2027, 3, 28, 4, tzinfo=PARIS)
    _, (evenement,) = lire(agenda.calendrier_place(place))
    debut, fin = (evenement.decoded(champ).astimezone(UTC) for champ in ("dtstart", "dtend"))
    duree = fin - debut
    assert duree == timedelta(hours=4), "that night, three o'clock comes after two"


@pytest.mark.parametrize(
    ("debut", "fin", "entiere", "texte"),
    [
        ((2027, 3, 23, 9), (2027, 3, 23, 17), False, "mardi 23 mars 2027, de 9 h à 17 h"),
        ((2027, 3, 23), (2027, 3, 24), True, "mardi 23 mars 2027, toute la journée"),
        ((2027, 3, 27), (2027, 3, 29), True, "du 27 mars 2027 au 28 mars 2027"),
        (
            (2027, 3, 23, 22),
            (2027, 3, 24, 2),
            False,
            "du mardi 23 mars 2027, 22 h, au mercredi 24 mars 2027, 2 h",
        ),
    ],
)
def test_a_span_in_words(debut, fin, entiere, texte):
    bornes = [datetime(*instant, tzinfo=PARIS) for instant in (debut, fin)]

    assert plage_texte(*bornes, journee_entiere=entiere).replace("\u00a0", " ") == texte


def test_an_immersion_has_one_event_a_run_of_days(troupe):
    jours = [date(2027, 3, 5), date(2027, 3, 8), date(2027, 3, 9)]
    immersion = faire_immersion(
        troupe.fiche_du_cadre,
        troupe.region,
        "accordee",
        jours=[jour.isoformat() for jour in jours],
    )

    calendrier, evenements = lire(agenda.calendrier_immersion(immersion))

    assert calendrier["method"] == "PUBLISH"
    bornes = [(e.decoded("dtstart"), e.decoded("dtend")) for e in evenements]
    assert bornes == [(jours[0], date(2027, 3, 6)), (jours[1], date(2027, 3, 10))]
    assert len({e["uid"] for e in evenements}) == 2


def test_an_appointment_of_the_programme_parses(troupe):
    inscription = faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))
    suivi = inscription.suivis.first()
    suivi.etat, suivi.quand = SuiviEtape.Etat.PLANIFIEE, il_y_a(-3)

    calendrier, _ = lire(agenda.calendrier(suivi))
    assert calendrier["method"] == "PUBLISH"
    suivi.etat = SuiviEtape.Etat.ANNULEE
    calendrier, _ = lire(agenda.calendrier(suivi))
    assert calendrier["method"] == "CANCEL"


# --- The private feed -----------------------------------------------------------------------------


def adresse(jeton):
    return reverse("parcours:flux_agenda", args=[jeton])


def test_the_feed_holds_one_s_own_dates_and_no_others(troupe, client, place):
    faire_place(place.session, troupe.fiche_de_l_autre_cadre)
    jeton = abonnements.creer_abonnement(acteur=troupe.cadre)

    reponse = client.get(adresse(jeton))

    assert reponse["Content-Type"].startswith("text/calendar")
    _, (evenement,) = lire(reponse.content)
    assert evenement["uid"].startswith(f"{place.uid_agenda}@")
    assert troupe.fiche_du_cadre.nom not in reponse.content.decode()
    assert troupe.fiche_du_cadre.nom.lower() not in adresse(jeton).lower()


def test_the_address_is_kept_nowhere_and_may_be_revoked(troupe, client, place):
    jeton = abonnements.creer_abonnement(acteur=troupe.cadre)
    assert jeton not in str(AbonnementAgenda.objects.values())
    assert abonne_de(jeton) == troupe.cadre.utilisateur

    nouveau = abonnements.creer_abonnement(acteur=troupe.cadre)
    assert client.get(adresse(jeton)).status_code == 404
    assert client.get(adresse(nouveau)).status_code == 200
    abonnements.revoquer_abonnement(acteur=troupe.cadre)
    assert client.get(adresse(nouveau)).status_code == 404


def test_the_feed_of_who_has_left_is_empty_or_closed(troupe, client, place):
    jeton = abonnements.creer_abonnement(acteur=troupe.cadre)
    troupe.cadre.utilisateur.is_active = False
    troupe.cadre.utilisateur.save()

    assert client.get(adresse(jeton)).status_code == 404


def test_a_cancelled_place_stays_in_the_feed_as_cancelled(troupe, client, place):
    places.annuler_place(acteur=troupe.cadre, place=place)

    _, (evenement,) = lire(
        client.get(adresse(abonnements.creer_abonnement(acteur=troupe.cadre))).content
    )

    assert evenement["status"] == "CANCELLED"


def test_the_accompagnateur_s_feed_holds_the_sessions_they_run(troupe, client, place):
    place.session.animateur = troupe.accompagnateur.mandat
    place.session.save()
    jeton = abonnements.creer_abonnement(acteur=troupe.accompagnateur)

    _, evenements = lire(client.get(adresse(jeton)).content)

    assert [e["uid"].split("@")[0] for e in evenements] == [str(place.session.uid_agenda)]


@pytest.mark.parametrize("qui", ["cadre", "accompagnateur"])
def test_a_coaching_is_once_in_the_feed_of_each_of_the_two(troupe, client, qui):
    rendez_vous = faire_coaching(faire_accompagnement(troupe.fiche_du_cadre), 3, lieu="Cabinet")
    jeton = abonnements.creer_abonnement(acteur=getattr(troupe, qui))

    contenu = client.get(adresse(jeton)).content
    _, (evenement,) = lire(contenu)
    assert evenement["uid"].startswith(f"{rendez_vous.uid_agenda}@")
    assert (evenement["summary"], evenement["location"]) == ("Rendez-vous", "Cabinet")
    texte = contenu.decode()
    assert troupe.fiche_du_cadre.nom not in texte
    assert troupe.accompagnateur.utilisateur.nom not in texte

    actions_rendez_vous.annuler_rendez_vous(acteur=troupe.accompagnateur, rendez_vous=rendez_vous)
    _, (apres,) = lire(client.get(adresse(jeton)).content)
    assert (apres["uid"], apres["status"]) == (evenement["uid"], "CANCELLED")
    assert apres["sequence"] > evenement["sequence"]


def test_a_coaching_is_in_nobody_else_s_feed(troupe, client):
    faire_coaching(faire_accompagnement(troupe.fiche_du_cadre), 3)

    for qui in ("autre_cadre", "autre_accompagnateur"):
        jeton = abonnements.creer_abonnement(acteur=getattr(troupe, qui))
        _, evenements = lire(client.get(adresse(jeton)).content)
        assert evenements == []


def test_the_address_is_shown_once(troupe, client_de):
    client = client_de(troupe.cadre)
    page = client.post(reverse("parcours:creer_agenda"))

    assert "/agenda/" in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "/agenda/" not in client.get(reverse("parcours:mon_agenda")).content.decode()
    assert acteur_du_cadre(troupe.fiche_du_cadre).utilisateur.abonnement_agenda.empreinte


def test_an_immersion_and_a_bilan_say_nothing_to_whoever_shares_the_calendar(troupe, client):
    inscription = faire_inscription(troupe.fiche_du_cadre)
    bilan = inscription.suivis.get(etape__nature="bilan")
    bilan.etat, bilan.quand = "planifiee", il_y_a(-3)
    bilan.save()
    faire_immersion(troupe.fiche_du_cadre, troupe.region, "accordee")
    jeton = abonnements.creer_abonnement(acteur=troupe.cadre)

    _, evenements = lire(client.get(adresse(jeton)).content)

    assert len(evenements) >= 2
    assert {str(e["class"]) for e in evenements} == {"PRIVATE"}
    lus = " ".join(
        str(e.get(champ, "")) for e in evenements for champ in ("summary", "description")
    )
    for mot in ("mmersion", "Bilan", troupe.region.nom_court):
        assert mot not in lus


def test_a_drh_has_a_feed_of_the_sessions_and_dates_that_they_organise(
    troupe, client, client_de, prestation
):
    session = faire_session(prestation)
    promotion = faire_promotion(troupe.demarche)
    promotion.etapes.filter(ordre=1).update(date_prevue=il_y_a(-5))
    page = client_de(troupe.drh_region).post(reverse("parcours:creer_agenda")).text
    assert "webcal://" in page
    jeton = abonnements.creer_abonnement(acteur=troupe.drh_region)

    contenu = client.get(adresse(jeton)).content
    _, evenements = lire(contenu)

    etape = promotion.etapes.get(ordre=1)
    uids = {e["uid"].split("@")[0] for e in evenements}
    assert uids == {str(session.uid_agenda), str(etape.uid_agenda)}
    assert session.prestation.intitule in contenu.decode()
