"""Meetings in people's mail: what a mail is made of, and what two readers of calendars make of it."""

import email
import re
from datetime import UTC, date, datetime, timedelta
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from cadres.donnees_personnelles.effacement import anonymiser
from collectivites.communs.calendrier import minuit
from collectivites.models import Courriel
from collectivites.travaux.courriels import balayer_courriels, envoyer_courriel
from collectivites.travaux.reunions import inviter
from opportunites.postes.actions import demandes
from parcours.coaching.actions import rendez_vous as coaching
from parcours.models import PreferencesRappel, SuiviEtape
from parcours.programme.actions import inscriptions, promotions, suivis
from parcours.sessions import agenda
from parcours.sessions.actions import catalogue, immersions, places
from parcours.sessions.evenements import evenement, fichier
from tests.fabriques import (
    faire_cadre,
    faire_demande,
    faire_immersion,
    faire_inscription,
    faire_opportunite,
    faire_place,
    faire_prestation,
    faire_promotion,
    faire_session,
    il_y_a,
)
from tests.fabriques.coaching import faire_accompagnement
from tests.outils.smtp import facteur
from tests.parcours.agendas.lecteurs import suivre

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
ADRESSE = re.compile(rb"[\w.+-]+@[\w.-]+\.\w+")


@pytest.fixture
def session(troupe):
    faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))
    return faire_session(faire_prestation(troupe.region, intitule="Négocier"))


@pytest.fixture
def place(troupe, session):
    return places.inscrire_a_session(
        acteur=troupe.cadre, session=session, cadre=troupe.fiche_du_cadre
    )


def deplacer(troupe, session, **plus):
    debut = session.debut + timedelta(days=2)
    donnees = {"debut": debut, "fin": debut + timedelta(hours=3), "inscription_avant": debut}
    return catalogue.modifier_session(
        acteur=troupe.drh_region, session=session, donnees={**donnees, **plus}
    )


def envoyes(utilisateur):
    """The mails of somebody that hold a calendar, as they leave, in the order they were written."""
    siens = Courriel.objects.filter(utilisateur=utilisateur).exclude(agenda="").order_by("pk")
    mail.outbox = []
    for courriel in siens:
        envoyer_courriel(courriel.pk)
    return [
        email.message_from_bytes(message.message().as_bytes(linesep="\r\n"), policy=default)
        for message in mail.outbox
    ]


def agendas(messages):
    return [_agenda(message).get_content() for message in messages]


def _agenda(message):
    [partie] = [p for p in message.walk() if p.get_content_type() == "text/calendar"]
    return partie


# --- What a mail is made of ---------------------------------------------------------------------


def test_a_meeting_is_the_other_form_of_the_mail_and_says_the_method_that_it_holds(troupe, place):
    [message] = envoyes(troupe.cadre.utilisateur)

    assert message.get_content_type() == "multipart/alternative"
    texte, calendrier = message.iter_parts()
    assert (texte.get_content_type(), calendrier.get_content_type()) == (
        "text/plain",
        "text/calendar",
    )
    assert calendrier["Content-Type"].params["method"] == "REQUEST"
    assert calendrier.get_content_disposition() is None
    lu = Calendar.from_ical(calendrier.get_content())
    assert lu["method"] == "REQUEST"
    [evenement] = lu.walk("VEVENT")
    assert evenement["attendee"] == f"mailto:{message['To']}"
    assert (evenement["attendee"].params["PARTSTAT"], evenement["attendee"].params["RSVP"]) == (
        "NEEDS-ACTION",
        "FALSE",
    )
    assert evenement["dtstart"].params["TZID"] == "Europe/Paris"
    assert [fuseau["tzid"] for fuseau in lu.walk("VTIMEZONE")] == ["Europe/Paris"]
    assert "acceptez-la" in texte.get_content()
    assert b"\r\r\n" not in bytes(message)


def test_who_invites_is_a_mailbox_that_the_installation_chose(troupe, session, settings):
    settings.AGENDA_ORGANISATEUR = "agenda@metropole.example"
    places.inscrire_a_session(acteur=troupe.cadre, session=session, cadre=troupe.fiche_du_cadre)

    [message] = envoyes(troupe.cadre.utilisateur)

    [evenement] = Calendar.from_ical(agendas([message])[0]).walk("VEVENT")
    assert evenement["organizer"] == "mailto:agenda@metropole.example"


def test_an_invitation_holds_the_address_of_its_reader_and_of_who_invites_alone(
    troupe, session, settings
):
    """Whoever else is invited is in no mail but their own."""
    session.capacite = 4
    session.save()
    for cadre in (troupe.fiche_du_cadre, *(faire_cadre(troupe.region, "retenu") for _ in range(3))):
        faire_place(session, cadre)

    deplacer(troupe, session)

    adresses = set()
    for courriel in Courriel.objects.exclude(agenda=""):
        lues = {a.decode() for a in ADRESSE.findall(courriel.agenda.encode())}
        lues -= {a for a in lues if a.partition("@")[2] == "127.0.0.1"}
        assert lues == {courriel.destinataire, settings.AGENDA_ORGANISATEUR}
        adresses.add(courriel.destinataire)
    assert len(adresses) == 4


def test_a_uid_is_drawn_and_is_nobody_s_number(troupe, place):
    [courriel] = Courriel.objects.exclude(agenda="")

    assert str(place.uid_agenda) in courriel.agenda
    assert not re.search(rf"UID:\D*{place.pk}@", courriel.agenda)


def test_whoever_wants_no_invitation_has_a_file(troupe, session):
    PreferencesRappel.objects.create(utilisateur=troupe.cadre.utilisateur, invitations=False)
    places.inscrire_a_session(acteur=troupe.cadre, session=session, cadre=troupe.fiche_du_cadre)

    [message] = envoyes(troupe.cadre.utilisateur)

    assert message.get_content_type() == "multipart/mixed"
    jointe = _agenda(message)
    assert jointe.get_filename() == "rendez-vous.ics"
    assert jointe["Content-Type"].params["method"] == "PUBLISH"
    assert "ATTENDEE" not in jointe.get_content()
    assert "Le fichier joint" in next(message.iter_parts()).get_content()


def test_a_mail_holds_one_meeting():
    """RFC 5546, 3.2.2: a file of two events is two meetings, that no mail program would take."""
    jours = [date(2027, 3, 2), date(2027, 3, 4)]
    deux = [
        evenement(str(j), 0, "T", j, j + timedelta(1), lieu="", texte="", url="/", annule=False)
        for j in jours
    ]

    with pytest.raises(ValueError, match="one UID"):
        inviter(fichier(deux).decode(), "a@essais.example")


@pytest.mark.parametrize(
    ("quand", "ecrit"),
    [
        (datetime(2027, 3, 28, 1, 30, tzinfo=PARIS), "TZID=Europe/Paris:20270328T013000"),
        (datetime(2027, 3, 28, 3, 30, tzinfo=PARIS), "TZID=Europe/Paris:20270328T033000"),
        # Half past two comes twice that night.
        (datetime(2027, 10, 31, 2, 30, tzinfo=PARIS), ":20271031T003000Z"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), ":20271031T013000Z"),
    ],
)
def test_the_nights_when_the_hour_changes_are_read_as_they_were_meant(quand, ecrit):
    fin = quand.astimezone(UTC) + timedelta(hours=1)
    lui = evenement("n", 0, "T", quand, fin, lieu="", texte="", url="/", annule=False)
    texte = fichier([lui]).decode()
    assert f"DTSTART;{ecrit}" in texte or f"DTSTART{ecrit}" in texte

    [etat] = suivre([inviter(texte, "a@essais.example")])

    [(debut, fin, _)] = etat.values()
    assert (debut, fin - debut) == (quand.astimezone(UTC), timedelta(hours=1))


# --- From the first invitation to an empty calendar ---------------------------------------------


def vie_d_une_session(troupe):
    session = faire_session(faire_prestation(troupe.region))
    place = places.inscrire_a_session(
        acteur=troupe.cadre, session=session, cadre=troupe.fiche_du_cadre
    )
    yield
    deplacer(troupe, session)
    yield
    place.refresh_from_db()
    places.annuler_place(acteur=troupe.cadre, place=place)


def vie_d_une_session_annulee(troupe):
    session = faire_session(faire_prestation(troupe.region))
    places.inscrire_a_session(acteur=troupe.cadre, session=session, cadre=troupe.fiche_du_cadre)
    yield
    deplacer(troupe, session)
    yield
    catalogue.annuler_session(acteur=troupe.drh_region, session=session, motif="Neige.")


def vie_d_un_coaching(troupe):
    faire_accompagnement(troupe.fiche_du_cadre)
    acteur, debut = troupe.accompagnateur, il_y_a(-5)
    rendez_vous = coaching.fixer_rendez_vous(
        acteur=acteur, cadre=troupe.fiche_du_cadre, debut=debut, duree_minutes=60, malgre=True
    )
    yield
    rendez_vous = coaching.deplacer_rendez_vous(
        acteur=acteur,
        rendez_vous=rendez_vous,
        debut=debut + timedelta(days=1),
        duree_minutes=60,
        malgre=True,
    )
    yield
    coaching.annuler_rendez_vous(acteur=acteur, rendez_vous=rendez_vous)


def _entretien(troupe):
    inscription = troupe.fiche_du_cadre.inscriptions.get(etat="en_cours")
    return inscription.suivis.get(etape__nature="entretien")


def vie_d_un_entretien(troupe):
    suivi = suivis.planifier(
        acteur=troupe.drh_departement, suivi=_entretien(troupe), quand=il_y_a(-5), lieu="Salle 2"
    )
    yield
    suivis.planifier(acteur=troupe.drh_departement, suivi=suivi, quand=il_y_a(-6), lieu="Salle 3")
    yield
    inscriptions.interrompre(
        acteur=troupe.drh_departement, inscription=suivi.inscription, motif="Départ."
    )


def vie_d_une_etape_retiree(troupe):
    etape = _entretien(troupe).etape
    promotions.fixer_etape(acteur=troupe.drh_region, etape=etape, quand=il_y_a(-5), lieu="Salle 2")
    yield
    promotions.fixer_etape(acteur=troupe.drh_region, etape=etape, quand=il_y_a(-7), lieu="Salle 2")
    yield
    promotions.retirer_etape(acteur=troupe.drh_region, etape=etape)


VIES = [
    vie_d_une_session,
    vie_d_une_session_annulee,
    vie_d_un_coaching,
    vie_d_un_entretien,
    vie_d_une_etape_retiree,
]


@pytest.mark.parametrize("vie", VIES, ids=lambda vie: vie.__name__)
def test_it_is_given_moved_then_taken_back_and_nothing_is_left(troupe, vie):
    faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))
    for _ in vie(troupe):
        pass

    messages = envoyes(troupe.cadre.utilisateur)
    fichiers = agendas(messages)

    methodes = [_agenda(m)["Content-Type"].params["method"] for m in messages]
    assert methodes == ["REQUEST", "REQUEST", "CANCEL"]
    assert [str(Calendar.from_ical(f)["method"]) for f in fichiers] == methodes
    donne, deplace, rien = suivre(fichiers)
    assert donne.keys() == deplace.keys()
    [(avant, _, une)], [(apres, _, deux)] = donne.values(), deplace.values()
    assert (apres > avant, deux > une) == (True, True)
    assert rien == {}
    assert int(Calendar.from_ical(fichiers[2]).walk("VEVENT")[0]["sequence"]) > deux


def test_the_coach_has_each_of_their_appointments_too(troupe):
    for _ in vie_d_un_coaching(troupe):
        pass

    messages = envoyes(troupe.accompagnateur.utilisateur)

    assert [len(etat) for etat in suivre(agendas(messages))] == [1, 1, 0]
    for message in messages:
        assert message["To"] == troupe.accompagnateur.utilisateur.email
        assert troupe.fiche_du_cadre.nom not in message.as_string()


def test_an_immersion_is_a_meeting_a_run_of_days(troupe):
    """A Friday, then Monday and Tuesday: two meetings, each in its mail; given up, none is left."""
    jours = [date(2027, 3, 5), date(2027, 3, 8), date(2027, 3, 9)]
    immersion = faire_immersion(
        troupe.fiche_du_cadre,
        troupe.region,
        "demandee",
        jours=[j.isoformat() for j in jours],
        nb_jours=3,
        debut=jours[0],
        fin=jours[-1],
    )
    for acteur in (troupe.drh_departement, troupe.drh_region):
        immersion = immersions.accorder_immersion(acteur=acteur, immersion=immersion)
    immersions.annuler_immersion(acteur=troupe.cadre, immersion=immersion)

    messages = envoyes(troupe.cadre.utilisateur)

    etats = suivre(agendas(messages))
    assert [len(etat) for etat in etats] == [1, 2, 1, 0]
    assert sorted(bornes[:2] for bornes in etats[1].values()) == [
        ("2027-03-05", "2027-03-06"),
        ("2027-03-08", "2027-03-10"),
    ]
    for message in messages:
        assert "mmersion" not in re.sub("URL:.*", "", _agenda(message).get_content())
        assert "CLASS:PRIVATE" in _agenda(message).get_content()
    assert "Les autres dates suivent" in next(messages[0].iter_parts()).get_content()
    assert [message["Subject"].replace("\u00a0", " ") for message in messages[1::2]] == [
        "En mission : 8 mars 2027",
        "En mission annulé : 8 mars 2027",
    ]


def test_a_session_that_loses_a_half_day_takes_it_out_of_calendars(troupe, session):
    matin = minuit(timezone.localdate() + timedelta(days=9)) + timedelta(hours=9)
    plages = [
        [(matin + timedelta(days=j)).isoformat(), (matin + timedelta(days=j, hours=3)).isoformat()]
        for j in range(3)
    ]
    session.plages, session.debut, session.inscription_avant = plages, matin, matin
    session.fin = matin + timedelta(days=2, hours=3)
    session.save()
    faire_place(session, troupe.fiche_du_cadre)
    place = session.inscriptions.get()
    fichiers = [
        inviter(fichier([e]).decode(), "a@essais.example") for e in agenda.evenements_place(place)
    ]

    fin = matin + timedelta(days=1, hours=3)
    deplacer(troupe, session, plages=plages[:2], debut=matin, fin=fin, inscription_avant=matin)

    etats = suivre(fichiers + agendas(envoyes(troupe.cadre.utilisateur)))
    assert [len(etat) for etat in etats] == [1, 2, 3, 3, 3, 2]


def test_a_conversation_is_in_both_calendars_and_leaves_both(troupe):
    demande = faire_demande(troupe.fiche_du_cadre, faire_opportunite(troupe.region))
    demandes.repondre_demande(
        acteur=troupe.drh_region,
        demande=demande,
        accord=True,
        reponse="Volontiers.",
        rendez_vous_le=il_y_a(-4),
        rendez_vous_lieu="02 38 00 00 00",
    )
    demande.refresh_from_db()
    demandes.retirer_demande(acteur=troupe.cadre, demande=demande)

    for acteur in (troupe.cadre, troupe.drh_region):
        messages = envoyes(acteur.utilisateur)
        fichiers = agendas(messages)
        assert [len(etat) for etat in suivre(fichiers)] == [1, 0]
        assert all("SUMMARY:Rendez-vous" in f for f in fichiers)
        assert all("CLASS:PRIVATE" in f for f in fichiers)
    assert troupe.fiche_du_cadre.nom not in "".join(
        c.corps for c in Courriel.objects.filter(utilisateur=troupe.drh_region.utilisateur)
    )


def test_who_withdraws_has_their_calendar_emptied(troupe):
    """The mail of the withdrawal says why; each appointment that falls leaves the calendar."""
    inscription = faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))
    suivis.planifier(acteur=troupe.drh_departement, suivi=_entretien(troupe), quand=il_y_a(-5))
    inscriptions.interrompre_apres_retrait(cadre=troupe.fiche_du_cadre, acteur=troupe.cadre)

    [_, dernier] = etats = suivre(agendas(envoyes(troupe.cadre.utilisateur)))

    assert (len(etats[0]), dernier) == (1, {})
    assert not inscription.suivis.filter(etat=SuiviEtape.Etat.PLANIFIEE).exists()


# --- What goes wrong ----------------------------------------------------------------------------


def test_one_address_refused_of_twenty_keeps_none_of_the_others(troupe, session, settings):
    """Refused for good: the nineteen have their mail once, whatever the clock does next."""
    session.capacite = 20
    session.save()
    for _ in range(20):
        faire_place(session, faire_cadre(troupe.region, "retenu"))
    deplacer(troupe, session)
    courriels = list(Courriel.objects.exclude(agenda="").order_by("pk"))
    assert len(courriels) == 20

    with facteur() as serveur:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", serveur.port
        serveur.refusees = {courriels[7].destinataire}
        for courriel in courriels:
            envoyer_courriel(courriel.pk)
        balayer_courriels()

    recus = [vers for vers, _ in serveur.recus]
    assert sorted(recus) == sorted({c.destinataire for c in courriels} - serveur.refusees)
    etats = dict(Courriel.objects.values_list("pk", "etat"))
    assert etats.pop(courriels[7].pk) == Courriel.Etat.ECHEC
    assert set(etats.values()) == {Courriel.Etat.ENVOYE}


def test_a_meeting_for_somebody_erased_since_goes_nowhere(troupe, place):
    [courriel] = Courriel.objects.exclude(agenda="")
    adresse = courriel.destinataire
    mail.outbox = []

    troupe.fiche_du_cadre.inscriptions.update(etat="interrompue", finie_le=timezone.now())
    anonymiser(troupe.fiche_du_cadre)
    envoyer_courriel(courriel.pk)
    catalogue.annuler_session(acteur=troupe.drh_region, session=place.session, motif="Neige.")

    assert mail.outbox == []
    assert not Courriel.objects.filter(destinataire=adresse).exists()
