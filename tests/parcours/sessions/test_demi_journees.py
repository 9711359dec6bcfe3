"""Sessions of several half-days, and what a DRH does around a session: several people, past, cancelled."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from collectivites.models import Courriel
from collectivites.refus import ActionImpossible
from parcours.models import InscriptionSession, Session
from parcours.sessions import agenda, documents
from parcours.sessions.actions import catalogue
from parcours.sessions.actions import places as actions
from parcours.sessions.forms import plages
from tests.fabriques import faire_place, faire_session, il_y_a

E = InscriptionSession.Etat


def deux_demi_journees(prestation, jours=-10):
    """At nine: one that goes over noon is signed twice, whatever the hour at which the test runs."""
    debut = timezone.localtime(il_y_a(jours)).replace(hour=9, minute=0)
    suite = debut + timedelta(days=1)
    trois_heures = timedelta(hours=3)
    return faire_session(
        prestation,
        places=5,
        debut=debut,
        fin=suite + trois_heures,
        plages=[[d.isoformat(), (d + trois_heures).isoformat()] for d in (debut, suite)],
    )


# --- Typed, one a line ----------------------------------------------------------------------------

PREMIERE = plages.lire("", avec=(timezone.make_aware(timezone.datetime(2027, 3, 23, 9)),) * 2)[0][0]
MATIN = (PREMIERE, PREMIERE + timedelta(hours=3))


@pytest.mark.parametrize(
    "ligne", ["24/03/2027 14:00-17:30", "24/03/2027 14h - 17h30", "24/03/2027 14:00 à 17:30"]
)
def test_a_half_day_is_read_as_it_is_typed(ligne):
    lues = plages.lire(ligne, avec=MATIN)

    assert plages.en_lignes(lues[1:]) == "24/03/2027 14:00-17:30"


@pytest.mark.parametrize(
    ("ligne", "dit"),
    [
        ("mardi prochain", "ne se lit pas"),
        ("31/02/2027 14:00-17:00", "n’existe pas"),
        ("24/03/2027 17:00-14:00", "finit avant"),
        ("23/03/2027 11:00-13:00", "se chevauchent"),
    ],
)
def test_a_line_that_is_no_half_day_says_so(ligne, dit):
    with pytest.raises(plages.Illisible, match=dit):
        plages.lire(ligne, avec=MATIN)


def test_one_ends_when_the_other_begins():
    assert len(plages.lire("23/03/2027 12:00-13:00", avec=MATIN)) == 2


# --- Lived ----------------------------------------------------------------------------------------


def test_the_page_the_calendar_and_the_sheet_say_each_half_day(troupe, prestation, en_parcours):
    session = deux_demi_journees(prestation)
    place = faire_place(session, en_parcours(troupe.region))

    assert session.quand.count(" de ") == 2
    assert agenda.calendrier_place(place).decode().count("BEGIN:VEVENT") == 2
    feuille = documents.render_feuille(session, [place])
    # Once each half-day for whoever is enrolled; the rest is for those who come without a seat.
    assert feuille.split("</tr>")[1].count('<td class="signature">') == 2


def test_between_two_half_days_one_is_free(troupe, prestation, en_parcours):
    cadre = en_parcours(troupe.region)
    session = faire_place(deux_demi_journees(prestation), cadre).session
    une_heure = timedelta(hours=1)
    soir, second_matin = session.debut + 6 * une_heure, session.debut + timedelta(days=1)

    assert actions.chevauchements(cadre.pk, soir, soir + une_heure) == []
    assert actions.chevauchements(cadre.pk, second_matin, second_matin + une_heure)


def test_who_missed_one_half_day_is_noted_present_but_for_it(
    troupe, prestation, en_parcours, client_de
):
    session = deux_demi_journees(prestation, jours=3)
    place = faire_place(session, en_parcours(troupe.region))

    client_de(troupe.drh_region).post(
        reverse("parcours:feuille_session", args=[session.pk]),
        {f"presence-{place.pk}": "present", f"manquee-{place.pk}-1": "on"},
    )

    place.refresh_from_db()
    assert (place.etat, place.plages_manquees) == (E.PRESENT, [1])


def test_who_missed_all_of_them_was_absent(troupe, prestation, en_parcours):
    session = deux_demi_journees(prestation, jours=3)
    place = faire_place(session, en_parcours(troupe.region))

    with pytest.raises(ActionImpossible, match="notez l’absence"):
        actions.noter_feuille(
            acteur=troupe.drh_region,
            session=session,
            presences={place.pk: E.PRESENT},
            manquees={place.pk: [0, 1]},
        )


# --- Around a session -----------------------------------------------------------------------------


def test_several_people_are_enrolled_at_once(troupe, prestation, en_parcours, client_de):
    session = faire_session(prestation, places=5)
    cadres = [en_parcours(troupe.region) for _ in range(3)]

    client_de(troupe.drh_region).post(
        reverse("parcours:inscrire_session", args=[session.pk]), {"cadres": [c.pk for c in cadres]}
    )

    assert session.inscriptions.filter(etat=E.CONFIRMEE).count() == 3


def test_one_who_is_expected_elsewhere_stops_all_of_them_and_is_named(
    troupe, prestation, en_parcours
):
    session, autre = faire_session(prestation), faire_session(prestation)
    pris, libre = en_parcours(troupe.region), en_parcours(troupe.region)
    faire_place(autre, pris)

    with pytest.raises(ActionImpossible, match=pris.nom):
        actions.inscrire_plusieurs(acteur=troupe.drh_region, session=session, cadres=[pris, libre])


def test_a_cancelled_session_keeps_its_list_for_its_organiser(
    troupe, prestation, en_parcours, client_de
):
    session = faire_session(prestation)
    cadre = en_parcours(troupe.departement)
    faire_place(session, cadre)
    catalogue.annuler_session(acteur=troupe.drh_region, session=session, motif="Grève.")
    adresse = reverse("parcours:session", args=[session.pk])

    assert cadre.nom_liste in client_de(troupe.drh_region).get(adresse).text
    assert cadre.nom_liste not in client_de(troupe.drh_ville).get(adresse).text


def test_a_past_session_is_recorded_with_who_came_and_nobody_is_written_to(
    troupe, prestation, en_parcours
):
    cadre = en_parcours(troupe.region)
    debut = il_y_a(9)
    donnees = {"debut": debut, "fin": debut + timedelta(hours=3), "inscription_avant": debut}
    with pytest.raises(ActionImpossible, match="passée"):
        catalogue.ouvrir_session(acteur=troupe.drh_region, prestation=prestation, donnees=donnees)

    session = catalogue.ouvrir_session(
        acteur=troupe.drh_region, prestation=prestation, donnees=donnees, deja_tenue=True
    )
    place = actions.inscrire_a_session(acteur=troupe.drh_region, session=session, cadre=cadre)
    actions.noter_feuille(
        acteur=troupe.drh_region, session=session, presences={place.pk: E.PRESENT}
    )

    session.refresh_from_db()
    assert session.etat == Session.Etat.TENUE
    assert not Courriel.objects.filter(utilisateur=cadre.utilisateur).exists()


def test_the_coach_is_offered_no_link_that_answers_403(troupe, prestation, en_parcours, client_de):
    session = faire_session(prestation, debut=il_y_a(3), animateur=troupe.accompagnateur.mandat)
    place = faire_place(session, en_parcours(troupe.departement), "present")

    page = client_de(troupe.accompagnateur).get(reverse("parcours:session", args=[session.pk]))

    assert place.cadre.nom_liste in page.text
    assert "Attestation" not in page.text
