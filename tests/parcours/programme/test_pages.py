"""The pages of the parcours: who opens them, what they show, what they cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from collectivites.models import EntreeJournal
from parcours.models import Inscription, Promotion, SuiviEtape
from tests.fabriques import dans, faire_cadre, faire_inscription, faire_promotion, il_y_a

pytestmark = pytest.mark.django_db
E = SuiviEtape.Etat


@pytest.fixture
def inscription(troupe):
    return faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))


@pytest.fixture
def adresses(inscription):
    """name -> address of every page, on the parcours of `troupe.cadre`."""
    suivi = inscription.suivis.get(etape__nature="entretien")
    etape, promotion = suivi.etape, inscription.promotion
    objets = {
        **dict.fromkeys(["promotion", "inscrire", "programme"], promotion),
        **dict.fromkeys(
            ["modifier_etape", "fixer_etape", "deplacer_etape", "retirer_etape", "presences"], etape
        ),
        **dict.fromkeys(["inscription", "achever", "interrompre"], inscription),
        **dict.fromkeys(["planifier", "marquer", "agenda_ics"], suivi),
    }
    return {nom: reverse(f"parcours:{nom}", args=[o.pk]) for nom, o in objets.items()}


LISIBLES = ("promotion", "inscrire", "programme", "modifier_etape", "fixer_etape")
LISIBLES += ("retirer_etape", "presences", "inscription", "interrompre", "planifier")


@pytest.mark.parametrize("page", LISIBLES)
def test_the_drh_opens_it_and_a_stranger_finds_nothing(troupe, client_de, adresses, page):
    assert client_de(troupe.drh_departement).get(adresses[page]).status_code == 200
    assert client_de(troupe.etranger_drh).get(adresses[page]).status_code == 404


@pytest.mark.parametrize("page", ["marquer", "achever", "deplacer_etape"])
def test_an_act_is_not_read_and_a_stranger_finds_nothing(troupe, client_de, adresses, page):
    assert client_de(troupe.drh_departement).get(adresses[page]).status_code == 405
    assert client_de(troupe.etranger_drh).post(adresses[page]).status_code == 404


@pytest.mark.parametrize(
    ("page", "qui", "statut"),
    [
        ("promotion", "dgs_region", 200),
        ("promotion", "cadre", 403),
        ("promotion", "accompagnateur", 403),
        ("inscription", "dgs_departement", 200),
        ("inscription", "accompagnateur", 200),
        ("inscription", "autre_accompagnateur", 404),
        ("inscription", "cadre", 403),
        ("inscrire", "dgs_departement", 403),
        ("programme", "dgs_departement", 403),
        ("planifier", "accompagnateur", 200),
        ("planifier", "autre_accompagnateur", 404),
        ("planifier", "dgs_departement", 403),
        ("planifier", "drh_region", 404),
        ("interrompre", "drh_region", 403),
        ("interrompre", "accompagnateur", 403),
        ("agenda_ics", "drh_departement", 403),
        ("agenda_ics", "autre_cadre", 404),
    ],
)
def test_who_reads_what(troupe, client_de, adresses, page, qui, statut):
    assert client_de(getattr(troupe, qui)).get(adresses[page]).status_code == statut


def test_an_empty_list_says_what_to_do_to_whoever_may_do_it(troupe, client_de):
    adresse = reverse("parcours:promotions")

    assert "Ouvrir une promotion" in client_de(troupe.dgs_ville).get(adresse).content.decode()
    assert "Ouvrir une promotion" not in client_de(troupe.drh_ville).get(adresse).content.decode()
    assert client_de(troupe.cadre).get(adresse).status_code == 403


def test_a_dgs_opens_a_promotion_and_reads_what_is_wrong(troupe, client_de):
    client, adresse = client_de(troupe.dgs_region), reverse("parcours:nouvelle_promotion")
    bonne = {"nom": "Promotion 1", "date_debut": dans(5), "date_fin": dans(100), "places": 12}

    assert client_de(troupe.drh_region).get(adresse).status_code == 403
    page = client.post(adresse, {**bonne, "date_fin": dans(1)}).content.decode()
    assert "Choisissez un jour après le premier." in page
    reponse = client.post(adresse, bonne, follow=True)
    assert "Séminaire de lancement" in reponse.content.decode()
    assert Promotion.objects.get().etapes.count() == 6
    assert "porte déjà ce nom" in client.post(adresse, bonne).content.decode()


def test_the_drh_enrols_by_ticking(troupe, client_de):
    promotion = faire_promotion(troupe.demarche, places=1)
    adresse = reverse("parcours:inscrire", args=[promotion.pk])
    autre = faire_cadre(troupe.departement, "retenu")
    client = client_de(troupe.drh_departement)

    page = client.get(adresse).content.decode()
    assert troupe.fiche_du_cadre.nom_liste in page
    assert troupe.fiche_de_l_autre_cadre.nom_liste not in page
    assert "Cochez au moins un cadre." in client.post(adresse).content.decode()
    trop = client.post(adresse, {"cadres": [troupe.fiche_du_cadre.pk, autre.pk]}).content.decode()
    assert "Il reste 1 place, et vous avez coché 2 cadres." in trop.replace("\u00a0", " ")
    client.post(adresse, {"cadres": [troupe.fiche_du_cadre.pk]})
    assert Inscription.objects.get().cadre == troupe.fiche_du_cadre
    assert "La promotion est complète" in client.get(adresse).content.decode()


def test_a_programme_is_adapted_in_the_browser(troupe, client_de):
    promotion = faire_promotion(troupe.demarche)
    client = client_de(troupe.drh_ville)
    adresse = reverse("parcours:programme", args=[promotion.pk])
    premiere = promotion.etapes.first()

    champs = {"nature": "ecole", "intitule": "Module 1", "duree_minutes": 60}
    client.post(adresse, {**champs, "apres": premiere.pk})
    nouvelle = promotion.etapes.get(intitule="Module 1")
    client.post(reverse("parcours:deplacer_etape", args=[nouvelle.pk]), {"sens": "monter"})
    client.post(
        reverse("parcours:modifier_etape", args=[nouvelle.pk]),
        {"intitule": "Module zéro", "duree_minutes": 90},
    )
    client.post(reverse("parcours:retirer_etape", args=[premiere.pk]))

    assert promotion.etapes.first().intitule == "Module zéro"
    assert not promotion.etapes.filter(pk=premiere.pk).exists()


def test_a_common_date_then_the_sheet_with_everybody_there(troupe, client_de, inscription):
    etape = inscription.promotion.etapes.first()
    client = client_de(troupe.drh_departement)

    quand = il_y_a(2).strftime("%Y-%m-%dT10:00")
    client.post(reverse("parcours:fixer_etape", args=[etape.pk]), {"quand": quand, "lieu": "Ici"})
    feuille = reverse("parcours:presences", args=[etape.pk])
    assert "Noter sa présence" in client.get(feuille).content.decode()
    client.post(feuille, {"tous": "1"})

    suivi = inscription.suivis.get(etape=etape)
    assert suivi.etat == E.FAITE
    client.post(feuille, {f"presence-{suivi.pk}": "excuse"})
    suivi.refresh_from_db()
    assert (suivi.etat, suivi.excusee) == (E.ABSENT, True)


def test_the_accompagnateur_notes_an_attendance_in_two_taps(troupe, client_de, inscription):
    suivi = inscription.suivis.get(etape__nature="entretien")
    SuiviEtape.objects.filter(pk=suivi.pk).update(etat=E.PLANIFIEE, quand=il_y_a(1))
    client, agenda = client_de(troupe.accompagnateur), reverse("parcours:accompagnements")

    page = client.get(agenda).content.decode()
    assert "Claire Pasquier" in page
    client.post(
        reverse("parcours:marquer", args=[suivi.pk]), {"presence": "faite"}, headers={"referer": ""}
    )

    suivi.refresh_from_db()
    assert suivi.etat == E.FAITE
    assert EntreeJournal.objects.filter(acte="etape.faite").count() == 1
    autre = client_de(troupe.autre_accompagnateur).get(agenda).content.decode()
    assert "Claire Pasquier" not in autre
    assert client_de(troupe.drh_departement).get(agenda).status_code == 403


def test_a_correction_of_an_attendance_is_chosen_before_it_is_done(troupe, client_de, inscription):
    """What is noted changes by a choice and a button, not under one press."""
    suivi = inscription.suivis.get(etape__nature="entretien")
    SuiviEtape.objects.filter(pk=suivi.pk).update(etat=E.FAITE, quand=il_y_a(1))

    page = client_de(troupe.drh_departement).get(
        reverse("parcours:inscription", args=[inscription.pk])
    )
    corriger = page.text.split("Ce qui est juste")[1].split("</form>")[0]

    assert 'type="radio"' in corriger
    assert "Enregistrer la correction" in corriger
    assert corriger.count('value="faite"') == 0
    assert "<button" in corriger
    assert 'name="presence"' not in corriger.split("<button")[1]


def test_an_appointment_is_given_in_the_browser_and_downloaded_by_its_owner(
    troupe, client_de, adresses, inscription
):
    assert client_de(troupe.cadre).get(adresses["agenda_ics"]).status_code == 404
    client = client_de(troupe.drh_departement)
    mauvaise = client.post(adresses["planifier"], {"quand": "2019-01-01T10:00", "lieu": ""})
    assert "Vérifiez l’année" in mauvaise.content.decode()

    quand = il_y_a(-4).strftime("%Y-%m-%dT10:00")
    client.post(adresses["planifier"], {"quand": quand, "lieu": "Salle 2"})

    fichier = client_de(troupe.cadre).get(adresses["agenda_ics"])
    assert fichier["Content-Type"].startswith("text/calendar")
    assert b"LOCATION:Salle 2" in fichier.content


def test_the_page_says_what_keeps_a_parcours_from_ending(troupe, client_de, adresses, inscription):
    client = client_de(troupe.drh_departement)
    reponse = client.post(adresses["achever"], follow=True, headers={"referer": ""})
    inscription.refresh_from_db()
    assert inscription.etat == Inscription.Etat.EN_COURS
    assert "Achever le parcours" not in client.get(adresses["inscription"]).content.decode()

    inscription.suivis.update(etat=E.FAITE, quand=il_y_a(1))
    assert "Achever le parcours" in client.get(adresses["inscription"]).content.decode()
    client.post(adresses["achever"])
    inscription.refresh_from_db()
    assert inscription.etat == Inscription.Etat.ACHEVEE
    assert reponse.status_code == 200


def test_a_parcours_is_interrupted_with_its_reason(troupe, client_de, adresses, inscription):
    client = client_de(troupe.drh_departement)

    assert client.post(adresses["interrompre"], {"motif": ""}).status_code == 200
    client.post(adresses["interrompre"], {"motif": "Départ à la retraite."})

    inscription.refresh_from_db()
    assert inscription.motif_fin == "Départ à la retraite."
    assert "Départ à la retraite." in client.get(adresses["inscription"]).content.decode()


def test_the_promotion_page_names_nobody_whose_yes_does_not_hold(troupe, client_de, inscription):
    adresse = reverse("parcours:promotion", args=[inscription.promotion_id])
    troupe.fiche_du_cadre.candidature.etat = "retire"
    troupe.fiche_du_cadre.candidature.retire_le = il_y_a(1)
    troupe.fiche_du_cadre.candidature.save()

    assert "Pasquier" not in client_de(troupe.drh_region).get(adresse).content.decode()


def test_the_promotion_page_shows_who_is_late_and_who_has_nothing(troupe, client_de, inscription):
    adresse = reverse("parcours:promotion", args=[inscription.promotion_id])
    fiche = faire_cadre(troupe.departement, "retenu", nom="Renaudin")
    autre = faire_inscription(fiche, inscription.promotion)
    faire_inscription(troupe.fiche_de_l_autre_cadre, inscription.promotion)
    premier = autre.suivis.first()
    SuiviEtape.objects.filter(pk=premier.pk).update(etat=E.PLANIFIEE, quand=il_y_a(2))
    client = client_de(troupe.drh_departement)

    assert "À noter" in client.get(adresse).content.decode()
    libres = client.get(adresse, {"voir": "libres"}).content.decode()
    assert "Pasquier" in libres
    assert "Renaud" not in libres
    assert "1 participant" in client.get(adresse).text.replace("\u00a0", " "), "another employer’s"
    retards = client.get(adresse, {"voir": "retard"}).content.decode()
    assert "Renaudin" in retards
    assert "Pasquier" not in retards


def _remplir(troupe, promotion, nombre):
    for n in range(nombre):
        cadre = faire_cadre(
            [troupe.departement, troupe.region][n % 2],
            "retenu",
            accompagnateur=troupe.accompagnateur.mandat,
        )
        inscription = faire_inscription(cadre, promotion)
        inscription.suivis.filter(etape__nature="entretien").update(
            etat=E.PLANIFIEE, quand=il_y_a(-1)
        )


@pytest.mark.parametrize(
    ("page", "qui"),
    [
        ("promotion", "drh_departement"),
        ("promotions", "dgs_ville"),
        ("presences", "drh_departement"),
        ("inscrire", "drh_departement"),
        ("programme", "drh_departement"),
        ("accompagnements", "accompagnateur"),
    ],
)
def test_a_page_costs_the_same_at_one_five_and_fifty_rows(troupe, client_de, page, qui):
    promotion = faire_promotion(troupe.demarche, places=100)
    sans = {"promotions", "accompagnements"}
    objet = promotion.etapes.get(nature="entretien") if page == "presences" else promotion
    adresse = reverse(f"parcours:{page}", args=[] if page in sans else [objet.pk])
    client, couts, fait = client_de(getattr(troupe, qui)), [], 0
    for total in (1, 5, 50):
        _remplir(troupe, promotion, total - fait)
        if page == "inscrire":
            for _ in range(total - fait):
                faire_cadre(troupe.departement, "retenu")
        if page == "promotions":
            for _ in range(total - fait):
                faire_promotion(troupe.demarche)
        fait = total
        with CaptureQueriesContext(
            connection,
        ) as requetes:
            reponse = client.get(adresse)
        couts.append(len(requetes))
        assert reponse.status_code == 200

    assert len(set(couts)) == 1
    assert couts[0] <= 15
    assert len(reponse.content) <= 130_000


def test_the_places_of_a_promotion_that_is_over_are_free_for_nobody(troupe, client_de):
    close = faire_promotion(troupe.demarche, date_debut=dans(-200), date_fin=dans(-2))
    client = client_de(troupe.drh_ville)
    page = client.get(reverse("parcours:promotion", args=[close.pk])).text
    assert "places libres" not in page
    assert "Close" in page
    assert "close" in client.get(reverse("parcours:promotions")).text
