"""The pages of the catalogue, the sessions and the immersions, and the papers that leave them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collectivites.communs.calendrier import minuit
from parcours.models import Immersion, InscriptionSession, Prestation, Session
from parcours.sessions.views.catalogue import PAR_PAGE
from tests.fabriques import (
    dans,
    faire_cadre,
    faire_immersion,
    faire_inscription,
    faire_place,
    faire_prestation,
    faire_promotion,
    faire_session,
    il_y_a,
)

pytestmark = pytest.mark.django_db
E = InscriptionSession.Etat


@pytest.fixture
def promotion(troupe):
    promotion = faire_promotion(troupe.demarche)
    faire_inscription(troupe.fiche_du_cadre, promotion)
    faire_inscription(troupe.fiche_de_l_autre_cadre, promotion)
    return promotion


@pytest.fixture
def session(troupe, promotion):
    return faire_session(faire_prestation(troupe.departement, intitule="Module"))


def lien(nom, objet):
    return reverse(f"parcours:{nom}", args=[objet.pk])


def texte(reponse):
    return reponse.content.decode().replace("\u00a0", " ")


# --- The catalogue --------------------------------------------------------------------------------


def test_the_hr_offers_a_prestation_and_opens_a_session(troupe, client_de):
    client = client_de(troupe.drh_ville)
    champs = {
        "intitule": "Prendre la parole",
        "nature": "atelier",
        "format": "presence",
        "duree_minutes": 180,
    }
    client.post(reverse("parcours:nouvelle_prestation"), champs)
    prestation = Prestation.objects.get()
    assert prestation.collectivite == troupe.ville
    assert "offre déjà" in texte(client.post(reverse("parcours:nouvelle_prestation"), champs))

    jour = dans(30).isoformat()
    client.post(
        lien("nouvelle_session", prestation),
        {"debut": f"{jour}T09:00", "fin": f"{jour}T12:00", "capacite": 8},
    )
    session = Session.objects.get()
    assert session.inscription_avant == session.debut
    page = texte(client_de(troupe.autre_cadre).get(reverse("parcours:catalogue")))
    assert "Prendre la parole" in page
    assert "8 places libres sur 8" in page


def test_an_all_day_session_runs_from_midnight_to_midnight(troupe, client_de):
    prestation = faire_prestation(troupe.ville)
    jour = dans(30).isoformat()

    client_de(troupe.drh_ville).post(
        lien("nouvelle_session", prestation),
        {"debut": f"{jour}T09:00", "fin": f"{jour}T09:00", "capacite": 8, "journee_entiere": "on"},
    )

    assert Session.objects.get().quand.endswith("toute la journée")


def test_the_catalogue_has_pages_for_what_and_for_when(troupe, client_de):
    ecole = [
        faire_prestation(troupe.region, intitule=f"Module {n:02d}") for n in range(PAR_PAGE + 1)
    ]
    faire_prestation(troupe.region, intitule="Atelier", nature="atelier")
    for n in range(PAR_PAGE + 1):
        faire_session(ecole[0], debut=il_y_a(-10 - n))
    client, adresse = client_de(troupe.autre_cadre), reverse("parcours:catalogue")

    def offertes(page):
        return [p.intitule for p in page.context["page"]]

    premiere = client.get(adresse)
    assert (len(offertes(premiere)), len(premiere.context["sessions"])) == (PAR_PAGE, PAR_PAGE)
    assert f"Dates 1 à {PAR_PAGE} sur {PAR_PAGE + 1}" in texte(premiere)
    seconde = client.get(adresse, {"nature": "ecole", "page": 2, "dates": 2})
    assert offertes(seconde) == [ecole[-1].intitule]
    assert len(seconde.context["sessions"]) == 1
    # Another kind begins again at its first page, in both lists.
    autre = 'href="?nature=atelier"'
    assert autre in seconde.content.decode()
    assert offertes(client.get(adresse, {"nature": "atelier"})) == ["Atelier"]


def test_the_promotion_lists_the_sessions_of_its_period(troupe, client_de, promotion):
    prestation = faire_prestation(troupe.region, intitule="Conduire un projet")
    debut, fin = minuit(promotion.date_debut), minuit(promotion.date_fin)
    dedans = [
        faire_session(prestation, debut=debut + timedelta(hours=9)),
        faire_session(prestation, debut=fin + timedelta(hours=20)),
    ]
    faire_session(prestation, debut=debut - timedelta(days=1))
    faire_session(prestation, debut=fin + timedelta(days=1, hours=9))
    faire_session(prestation, debut=debut + timedelta(hours=33), etat="annulee", motif="x")
    ailleurs = faire_prestation(troupe.etranger_drh.collectivite)
    faire_session(ailleurs, debut=debut + timedelta(hours=9))

    page = client_de(troupe.drh_ville).get(reverse("parcours:promotion", args=[promotion.pk]))

    assert list(page.context["page_sessions"]) == dedans
    assert "Sessions du catalogue pendant la promotion" in texte(page)


def test_only_the_hr_of_the_offering_collectivite_edits(troupe, client_de, session):
    for nom, objet in (
        ("modifier_prestation", session.prestation),
        ("nouvelle_session", session.prestation),
        ("modifier_session", session),
        ("annuler_session", session),
        ("dedoubler_session", session),
        ("feuille_session", session),
        ("feuille_pdf", session),
    ):
        assert client_de(troupe.drh_region).get(lien(nom, objet)).status_code == 403, nom
        assert client_de(troupe.etranger_drh).get(lien(nom, objet)).status_code == 404, nom
        assert client_de(troupe.cadre).get(lien(nom, objet)).status_code == 403, nom


def test_what_is_archived_leaves_the_catalogue(troupe, client_de):
    prestation = faire_prestation(troupe.departement)
    client_de(troupe.drh_departement).post(lien("archiver_prestation", prestation))

    assert client_de(troupe.cadre).get(lien("prestation", prestation)).status_code == 404
    assert client_de(troupe.drh_departement).get(lien("prestation", prestation)).status_code == 200


# --- A place --------------------------------------------------------------------------------------


def test_a_cadre_enrols_then_gives_the_seat_back(troupe, client_de, session):
    client = client_de(troupe.cadre)
    assert "M’inscrire" in texte(client.get(lien("session", session)))

    page = texte(client.post(lien("sinscrire", session), follow=True))
    assert "Votre place est confirmée" in page
    place = InscriptionSession.objects.get()
    ics = client.get(lien("place_ics", place))
    assert ics["Content-Type"].startswith("text/calendar")
    page = texte(client.post(lien("annuler_place", place), follow=True))
    assert "L’inscription est annulée." in page
    assert client_de(troupe.autre_cadre).post(lien("annuler_place", place)).status_code == 404


def test_the_waiting_list_says_one_s_rank(troupe, client_de, promotion):
    session = faire_session(faire_prestation(troupe.region), places=1)
    faire_place(session, troupe.fiche_de_l_autre_cadre)

    page = texte(client_de(troupe.cadre).post(lien("sinscrire", session), follow=True))

    assert "Vous êtes sur la liste d’attente" in page
    assert "Rang 1" in page


def test_an_overlap_shows_before_one_enrols(troupe, client_de, session):
    autre = faire_session(faire_prestation(troupe.region, intitule="Autre"), debut=session.debut)
    faire_place(autre, troupe.fiche_du_cadre)
    client = client_de(troupe.cadre)

    page = texte(client.get(lien("session", session)))
    assert "À la même heure, vous avez déjà quelque chose." in page
    client.post(lien("sinscrire", session))
    assert not session.inscriptions.exists()
    client.post(lien("sinscrire", session), {"malgre": "1"})
    assert session.inscriptions.exists()


def test_the_drh_enrols_one_of_its_own(troupe, client_de, promotion):
    session = faire_session(faire_prestation(troupe.region))
    client = client_de(troupe.drh_departement)
    assert troupe.fiche_du_cadre.nom_liste in texte(client.get(lien("session", session)))

    client.post(lien("inscrire_session", session), {"cadres": [troupe.fiche_du_cadre.pk]})
    refus = client.post(
        lien("inscrire_session", session),
        {"cadres": [troupe.fiche_de_l_autre_cadre.pk]},
        follow=True,
    )

    assert session.inscriptions.get().cadre == troupe.fiche_du_cadre
    assert "Choisissez un cadre de votre collectivité" in texte(refus)


def test_another_employer_sees_how_many_come_and_not_who(troupe, client_de, session):
    faire_place(session, troupe.fiche_du_cadre)

    page = texte(client_de(troupe.drh_region).get(lien("session", session)))
    assert troupe.fiche_du_cadre.nom not in page
    assert "1 prise sur 2" in page
    assert troupe.fiche_du_cadre.nom in texte(
        client_de(troupe.drh_departement).get(lien("session", session))
    )


def test_attendance_in_two_taps(troupe, client_de, promotion):
    session = faire_session(faire_prestation(troupe.region), debut=il_y_a(1))
    place = faire_place(session, troupe.fiche_du_cadre)

    client_de(troupe.drh_region).post(lien("feuille_session", session), {"tous": "1"})

    place.refresh_from_db()
    assert place.etat == E.PRESENT
    assert "Vous étiez là" in texte(client_de(troupe.cadre).get(lien("session", session)))


def test_who_was_absent_has_no_certificate(troupe, client_de, promotion):
    session = faire_session(faire_prestation(troupe.region), debut=il_y_a(1))
    place = faire_place(session, troupe.fiche_du_cadre, "absent")

    assert client_de(troupe.cadre).get(lien("attestation", place)).status_code == 404


@pytest.mark.parametrize("nombre", [1, 5, 50])
@pytest.mark.parametrize("page", ["catalogue", "session", "feuille_session", "prestation"])
def test_the_queries_do_not_grow(troupe, client_de, promotion, page, nombre):
    prestation = faire_prestation(troupe.departement)
    session = faire_session(prestation, places=60)
    for _ in range(nombre):
        faire_place(session, faire_cadre(troupe.departement, "retenu"))
        faire_session(prestation)
    client = client_de(troupe.drh_departement)
    adresse = (
        reverse("parcours:catalogue")
        if page == "catalogue"
        else lien(page, prestation if page == "prestation" else session)
    )
    with CaptureQueriesContext(connection) as requetes:
        assert client.get(adresse).status_code == 200
    assert len(requetes) <= 12


# --- Immersions -----------------------------------------------------------------------------------


def test_a_cadre_asks_and_reads_what_is_wrong(troupe, client_de, promotion):
    client, adresse = client_de(troupe.cadre), reverse("parcours:nouvelle_immersion")
    champs = {
        "accueil": troupe.region.pk,
        "service": "Direction des lycées",
        "fonctions": "Tout",
        "motivation": "Voir",
        "debut": dans(20).isoformat(),
        "fin": dans(26).isoformat(),
        "semaine": ["0", "1", "2", "3", "4"],
    }

    assert "est à moins de 3 mois" in texte(client.post(adresse, champs))
    long = {**champs, "debut": dans(120).isoformat(), "fin": dans(170).isoformat()}
    assert "2 à 10 jours ouvrés" in texte(client.post(adresse, long))
    client.post(adresse, {**champs, "delai_reduit": "on"})
    assert Immersion.objects.get().delai_reduit


def test_both_hr_answer_in_the_browser(troupe, client_de, promotion):
    immersion = faire_immersion(troupe.fiche_du_cadre, troupe.region)
    adresse = lien("repondre_immersion", immersion)
    for drh in (troupe.drh_departement, troupe.drh_region):
        client = client_de(drh)
        assert "Répondre à une demande d’immersion" in texte(client.get("/"))
        client.post(adresse, {"reponse": "accord"})

    immersion.refresh_from_db()
    assert immersion.etat == Immersion.Etat.ACCORDEE
    client_de(troupe.drh_departement).post(
        lien("signer_immersion", immersion), {"signee_le": dans(0).isoformat()}
    )
    immersion.refresh_from_db()
    assert immersion.etat == Immersion.Etat.CONVENTION


def test_a_refusal_without_reason_is_not_taken(troupe, client_de, promotion):
    immersion = faire_immersion(troupe.fiche_du_cadre, troupe.region)
    page = client_de(troupe.drh_region).post(
        lien("repondre_immersion", immersion), {"reponse": "refus"}
    )

    assert "Dites pourquoi." in texte(page)


# --- The wall of attendance -----------------------------------------------------------------------


def test_the_dates_of_another_employer_s_people_are_folded(troupe, client_de, promotion):
    promotion.etapes.update(lieu="Lieu commun")
    page = texte(client_de(troupe.drh_region).get(lien("promotion", promotion)))
    siens = troupe.fiche_du_cadre.inscriptions.get()

    assert troupe.fiche_du_cadre.nom_liste in page
    assert lien("inscription", siens) not in page
    assert "des autres collectivités" in page
    assert "ne voit les dates et les présences que de ses cadres" in page
    assert client_de(troupe.drh_region).get(lien("inscription", siens)).status_code == 403


def test_the_file_of_another_employer_s_person_says_only_that_they_are_in(
    troupe, client_de, promotion
):
    adresse = reverse("cadres:fiche", args=[troupe.fiche_du_cadre.pk])

    ailleurs = texte(client_de(troupe.drh_region).get(adresse))
    assert "Ses dates et ses présences sont connues d’elle et de son employeur." in ailleurs
    assert "Entretien individuel" not in ailleurs
    assert "Entretien individuel" in texte(client_de(troupe.drh_departement).get(adresse))


# --- Mon parcours ---------------------------------------------------------------------------------


def test_the_next_appointment_may_be_a_session(troupe, client_de, session):
    faire_place(session, troupe.fiche_du_cadre)

    page = texte(client_de(troupe.cadre).get(reverse("pilotage:mon_parcours")))

    assert "Prochain rendez-vous" in page
    assert lien("session", session) in page
    assert "Annulez votre inscription" in page
