"""The last seat of a session, asked for by several people at the same instant."""

import pytest

from parcours.apres.evaluation import actions as evaluations
from parcours.models import InscriptionSession, Participation, Urne
from parcours.sessions.actions import immersions
from parcours.sessions.actions import places as actions_places
from tests.courses.depart import courir, se_croiser
from tests.fabriques import (
    acteur_du_cadre,
    faire_cadre,
    faire_evaluation,
    faire_inscription,
    faire_place,
    faire_prestation,
    faire_promotion,
    faire_session,
)

pytestmark = [
    pytest.mark.course,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]
E = InscriptionSession.Etat


@pytest.fixture
def cadres(troupe):
    promotion = faire_promotion(troupe.demarche, places=60)
    lieux = (troupe.ville, troupe.agglomeration, troupe.departement, troupe.region)
    cadres = [faire_cadre(lieux[n % 4], "retenu") for n in range(12)]
    for cadre in cadres:
        faire_inscription(cadre, promotion)
    return cadres


def test_without_the_lock_the_second_is_refused_instead_of_waiting(troupe, cadres):
    """Both read a free seat. The database refuses to give it twice: nobody is on the list."""
    session = faire_session(faire_prestation(troupe.region), places=1)
    rencontre = se_croiser()

    def prendre_sans_verrou(numero):
        libre = not session.inscriptions.filter(place=1).exists()
        rencontre()
        InscriptionSession.objects.create(
            session=session,
            cadre=cadres[numero],
            etat=E.CONFIRMEE if libre else E.ATTENTE,
            place=1 if libre else None,
        )

    course = courir(2, prendre_sans_verrou)

    assert not course.fautes
    assert course.refus == ["Cette place vient d’être prise. Recommencez."]
    assert session.inscriptions.count() == 1


def test_the_last_seat_is_given_once_and_the_others_wait(troupe, cadres):
    session = faire_session(faire_prestation(troupe.region), places=1)
    acteurs = [acteur_du_cadre(cadre) for cadre in cadres]

    course = courir(
        12,
        lambda n: actions_places.inscrire_a_session(
            acteur=acteurs[n], session=session, cadre=cadres[n]
        ),
    )

    assert not course.fautes
    assert not course.refus
    assert session.inscriptions.filter(etat=E.CONFIRMEE).count() == 1
    assert session.inscriptions.filter(etat=E.ATTENTE).count() == 11


def test_seats_given_back_together_go_each_to_one_person(troupe, cadres):
    session = faire_session(faire_prestation(troupe.region), places=4)
    places = [faire_place(session, cadre) for cadre in cadres[:4]]
    for cadre in cadres[4:10]:
        faire_place(session, cadre, "attente")
    acteurs = [acteur_du_cadre(cadre) for cadre in cadres]

    course = courir(4, lambda n: actions_places.annuler_place(acteur=acteurs[n], place=places[n]))

    assert not course.fautes
    sieges = list(session.inscriptions.filter(place__isnull=False).values_list("place", flat=True))
    assert sorted(sieges) == [1, 2, 3, 4]
    assert session.inscriptions.filter(etat=E.ATTENTE).count() == 2


def test_two_requests_of_one_person_are_counted_together(troupe, cadres):
    """Ten days each on top of ten: the second would make thirty."""
    from datetime import timedelta

    from collectivites.communs.calendrier import jours_ouvres
    from collectivites.models import Collectivite
    from tests.fabriques import dans

    cadre = cadres[0]
    acteur = acteur_du_cadre(cadre)
    accueils = Collectivite.objects.filter(demarche=troupe.demarche).exclude(
        pk=cadre.collectivite_id
    )
    debuts = [dans(120), dans(180), dans(240)]
    jours = [jours_ouvres(d, d + timedelta(days=20))[:10] for d in debuts]

    course = courir(
        3,
        lambda n: immersions.demander_immersion(
            acteur=acteur,
            accueil=accueils[n],
            jours=jours[n],
            service="Service",
            lieu="",
            fonctions="f",
            motivation="m",
        ),
    )

    assert not course.fautes
    assert len(course.reussites) == 2
    assert "20 jours sur 3 ans" in course.refus[0].replace("\u00a0", " ")


# --- An urn ---------------------------------------------------------------------------------------


def test_an_urn_read_by_two_at_once_would_lose_an_answer(troupe):
    """Without its lock: both add to what they read, and the second writes over the first."""
    session = faire_session(faire_prestation(troupe.region))
    evaluation = faire_evaluation(session)
    rencontre = se_croiser()

    def mettre_sans_verrou(numero):
        urne = Urne.objects.get(evaluation=evaluation)
        lus = urne.lire()
        rencontre()
        urne.ecrire([*lus, {"choix": {}, "texte": str(numero)}])
        urne.save()

    courir(2, mettre_sans_verrou)

    assert len(Urne.objects.get().lire()) == 1


def test_each_who_answers_at_once_is_counted_once(troupe, cadres):
    """Twelve people, each from two tabs."""
    session = faire_session(faire_prestation(troupe.region), places=20)
    for cadre in cadres:
        faire_place(session, cadre, "present")
    evaluation = faire_evaluation(session)
    acteurs = [acteur_du_cadre(cadre) for cadre in cadres]

    course = courir(
        24,
        lambda n: evaluations.repondre(
            acteur=acteurs[n % 12],
            evaluation=evaluation,
            choix={"utile": 1 + n % 4, "annonce": 3, "organisation": 3},
        ),
    )

    assert not course.fautes
    assert len(course.reussites) == 12
    assert all("déjà répondu" in refus for refus in course.refus)
    assert len(Urne.objects.get().lire()) == Participation.objects.count() == 12
