"""The cadre's page, in each state a candidacy may be in: kind, clear, and true."""

from io import BytesIO

import pytest
from django.urls import reverse

from collectivites.mots import Role
from opportunites.models import Sollicitation
from parcours.models import SuiviEtape
from pilotage.fil import attendus
from tests.fabriques import (
    acteur_du_cadre,
    faire_acteur,
    faire_cadre,
    faire_inscription,
    faire_mobilite,
    faire_opportunite,
    faire_place,
    faire_prestation,
    faire_promotion,
    faire_proposition,
    faire_session,
    faire_voeu,
    il_y_a,
)
from tests.fabriques.coaching import faire_accompagnement, faire_coaching

pytestmark = pytest.mark.django_db
E = SuiviEtape.Etat


def page(client_de, cadre):
    reponse = client_de(acteur_du_cadre(cadre)).get(reverse("pilotage:mon_parcours"))
    assert reponse.status_code == 200
    return reponse.content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("etat", "phrase"),
    [
        ("informe", "Votre collectivité vous propose d’entrer dans la démarche."),
        ("sans_reponse", "Vous n’avez pas répondu, et c’est votre droit."),
        ("desaccord", "Vous avez dit non, et nous le respectons."),
        ("accord", "Vous avez dit oui, merci."),
        ("retenu", "Vous êtes retenue."),
        ("non_retenu", "Vous n’êtes pas retenue cette fois."),
        ("retire", "Vous vous êtes retirée de la démarche."),
    ],
)
def test_each_state_has_its_sentence_and_one_place_on_the_timeline(troupe, client_de, etat, phrase):
    contenu = page(client_de, faire_cadre(troupe.departement, etat))

    assert phrase in contenu
    assert contenu.count("vous êtes ici") == 1


def test_a_listed_cadre_with_an_account_reads_that_they_will_be_told(troupe, client_de):
    cadre = faire_cadre(troupe.departement, "recense", avec_compte=True)

    assert "Votre collectivité vous a recensée." in page(client_de, cadre)


def test_an_answer_due_comes_first(troupe, client_de):
    contenu = page(client_de, faire_cadre(troupe.departement, "informe"))

    assert "Une réponse est attendue de vous." in contenu
    assert reverse("cadres:ma_candidature") in contenu


@pytest.mark.parametrize(
    ("civilite", "mot"), [("F", "retenue"), ("M", "retenu"), ("", "retenu(e)")]
)
def test_words_agree_with_the_person(troupe, client_de, civilite, mot):
    cadre = faire_cadre(troupe.departement, "retenu", civilite=civilite)

    assert f"Vous êtes {mot}." in page(client_de, cadre)


def test_an_enrolled_cadre_sees_their_steps_and_the_next_appointment(troupe, client_de):
    inscription = faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))
    premiere, deuxieme, _ = inscription.suivis.all()
    SuiviEtape.objects.filter(pk=premiere.pk).update(etat=E.FAITE, quand=il_y_a(3))
    SuiviEtape.objects.filter(pk=deuxieme.pk).update(
        etat=E.PLANIFIEE, quand=il_y_a(-3), lieu="Salle 204"
    )

    contenu = page(client_de, troupe.fiche_du_cadre)

    assert "Vous êtes en parcours." in contenu
    assert "Salle 204" in contenu
    assert reverse("parcours:agenda_ics", args=[deuxieme.pk]) in contenu
    assert contenu.index("vous êtes ici") > contenu.index("Séminaire de lancement")
    assert contenu.count("vous êtes ici") == 1


def test_a_coaching_is_the_next_appointment_when_it_comes_first(troupe, client_de):
    inscription = faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))
    _, deuxieme, _ = inscription.suivis.all()
    SuiviEtape.objects.filter(pk=deuxieme.pk).update(etat=E.PLANIFIEE, quand=il_y_a(-5))
    rendez_vous = faire_coaching(faire_accompagnement(troupe.fiche_du_cadre), 3, lieu="Cabinet 3")

    contenu = page(client_de, troupe.fiche_du_cadre)

    assert contenu.count("Cabinet 3") == 1
    assert reverse("parcours:agenda_coaching", args=[rendez_vous.pk]) in contenu
    assert reverse("parcours:agenda_ics", args=[deuxieme.pk]) not in contenu
    rendez_vous.etat = "annule"
    rendez_vous.save()
    assert "Cabinet 3" not in page(client_de, troupe.fiche_du_cadre)


def test_an_interrupted_parcours_says_why_and_what_remains(troupe, client_de):
    cadre = faire_cadre(troupe.departement, "retenu")
    inscription = faire_inscription(cadre)
    inscription.etat, inscription.finie_le = "interrompue", il_y_a(1)
    inscription.motif_fin = "Mission urgente."
    inscription.save()
    cadre.candidature.avancee = ""
    cadre.candidature.save()

    contenu = page(client_de, cadre)

    assert "Mission urgente." in contenu
    assert "Parcours interrompu" in contenu


def test_a_proposition_is_a_card_with_its_date(troupe, client_de):
    cadre = troupe.fiche_du_cadre
    faire_inscription(cadre, faire_promotion(troupe.demarche))
    opportunite = faire_opportunite(troupe.region)
    faire_voeu(cadre, opportunite)
    proposition = faire_proposition(opportunite, cadre)

    contenu = page(client_de, cadre)

    assert "Répondre à une proposition" in contenu
    assert f"#proposition-{proposition.pk}" in contenu
    assert f'id="proposition-{proposition.pk}"' in contenu
    assert reverse("opportunites:refuser", args=[proposition.pk]) in contenu


def test_open_postes_wait_for_a_ranking(troupe, client_de):
    cadre = troupe.fiche_du_cadre
    faire_inscription(cadre, faire_promotion(troupe.demarche))
    opportunite = faire_opportunite(troupe.region)
    faire_opportunite(troupe.departement)

    assert "1 poste ouvert" in page(client_de, cadre)
    faire_voeu(cadre, opportunite)
    contenu = page(client_de, cadre)
    assert "Rien n’est attendu de vous aujourd’hui." in contenu
    assert "1 poste classé" in contenu


def test_a_finished_parcours_without_a_proposition_is_said_kindly(troupe, client_de):
    cadre = faire_cadre(troupe.departement, "retenu", avancee="acheve")
    inscription = faire_inscription(cadre, etat="achevee")
    inscription.suivis.update(etat=E.FAITE, quand=il_y_a(3))

    contenu = page(client_de, cadre)

    assert "Votre parcours est achevé, bravo." in contenu
    assert "vous gardez le vôtre" in contenu


@pytest.mark.parametrize("etat", ["en_cours", "achevee"])
def test_whoever_accepted_a_poste_still_reads_the_session_where_they_hold_a_seat(
    troupe, client_de, etat
):
    cadre = faire_cadre(troupe.departement, "retenu", avancee="engagee")
    faire_inscription(cadre, etat=etat)
    session = faire_session(faire_prestation(troupe.departement))
    faire_place(session, cadre)

    contenu = page(client_de, cadre)

    assert session.prestation.intitule in contenu
    assert "place confirmée" in contenu
    assert "Choisir une session" not in contenu


def test_a_move_under_way_and_a_move_made(troupe, client_de):
    cadre = faire_cadre(troupe.departement, "retenu", avancee="engagee")
    faire_inscription(cadre, etat="achevee").suivis.update(etat=E.FAITE, quand=il_y_a(3))
    proposition = faire_proposition(faire_opportunite(troupe.region), cadre, etat="acceptee")
    mobilite = faire_mobilite(proposition)

    contenu = page(client_de, cadre)
    assert "Votre mobilité se prépare." in contenu
    assert mobilite.poste_accueil.intitule in contenu

    proposition.etat, proposition.close_le = "realisee", il_y_a(1)
    proposition.save()
    mobilite.delete()
    faire_mobilite(proposition, etat="effective")
    cadre.candidature.avancee = "effective"
    cadre.candidature.save()
    contenu = page(client_de, cadre)
    assert "Vous avez pris votre nouveau poste." in contenu
    assert contenu.count("vous êtes ici") == 1


def test_a_cadre_without_a_file_is_told_whom_to_ask(troupe, client_de):
    acteur = faire_acteur(Role.CADRE, troupe.ville)

    reponse = client_de(acteur).get(reverse("pilotage:mon_parcours"))

    assert "Aucun dossier n’est ouvert à votre nom" in reponse.content.decode()


@pytest.mark.parametrize("qui", ["drh_departement", "dgs_departement", "accompagnateur"])
def test_it_is_nobody_else_s_page(troupe, client_de, qui):
    assert client_de(getattr(troupe, qui)).get(reverse("pilotage:mon_parcours")).status_code == 403


def test_one_s_page_shows_nothing_of_another(troupe, client_de):
    faire_inscription(troupe.fiche_de_l_autre_cadre, faire_promotion(troupe.demarche))

    contenu = page(client_de, troupe.fiche_du_cadre)

    assert "Vous êtes retenue." in contenu


@pytest.mark.parametrize("combien", [1, 5, 50])
def test_fourteen_queries_whatever_there_is(
    troupe, client_de, combien, django_assert_max_num_queries
):
    cadre = troupe.fiche_du_cadre
    inscription = faire_inscription(cadre, faire_promotion(troupe.demarche))
    inscription.suivis.update(etat=E.PLANIFIEE, quand=il_y_a(-3))
    accompagnement = faire_accompagnement(cadre)
    for n in range(combien):
        faire_coaching(accompagnement, n + 1)
        opportunite = faire_opportunite(troupe.region)
        if n < 8:
            faire_voeu(cadre, opportunite)
        faire_proposition(opportunite, cadre)
    client = client_de(troupe.cadre)

    with django_assert_max_num_queries(14):
        client.get(reverse("pilotage:mon_parcours"))


@pytest.mark.parametrize(
    ("nombre", "phrase"),
    [
        (0, "Rien n’est attendu de vous aujourd’hui."),
        (1, "Une réponse est attendue de vous."),
        (2, "Deux réponses sont attendues de vous."),
    ],
)
def test_the_greeting_counts(nombre, phrase):
    assert attendus.phrase_attendus(nombre) == phrase


def test_a_move_asks_in_its_own_place():
    assert "À faire" in attendus.phrase_attendus(0, mobilite=True)
    assert attendus.phrase_attendus(1, mobilite=True) == attendus.phrase_attendus(1)


def test_a_host_that_asks_me_counts_among_the_answers_expected_as_in_what_to_do(troupe, client_de):
    """« Une réponse est attendue » beside « Deux choses à faire »: they said two numbers."""
    faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))
    Sollicitation.objects.create(
        opportunite=faire_opportunite(troupe.region),
        cadre=troupe.fiche_du_cadre,
        message="Et vous ?",
    )

    contenu = page(client_de, troupe.fiche_du_cadre)

    assert "Dire si un poste vous intéresserait" in contenu
    assert "Deux réponses sont attendues de vous" in contenu  # and to rank the postes that are open


def test_the_hours_of_the_programme_are_told_and_so_is_what_is_left(troupe, client_de):
    promotion = faire_promotion(troupe.demarche)
    cadre = troupe.fiche_du_cadre
    inscription = faire_inscription(cadre, promotion)
    suivis = list(inscription.suivis.select_related("etape").order_by("etape__ordre"))
    comptes = [s for s in suivis if not s.etape.est_immersion]
    for suivi, minutes in zip(comptes, [180, *[60] * len(comptes)], strict=False):
        suivi.etape.duree_minutes = minutes
        suivi.etape.save()
    premier = comptes[0]
    premier.etat, premier.quand = E.FAITE, il_y_a(3)
    premier.save()

    contenu = page(client_de, cadre)

    reste = len(comptes) - 1
    assert f"demande {3 + reste} h, hors immersion : 3 h faites, {reste} h devant vous." in contenu


def test_the_paper_says_what_was_done_and_nothing_that_is_private(troupe, client_de):
    from pypdf import PdfReader

    cadre = troupe.fiche_du_cadre
    promotion = faire_promotion(troupe.demarche)
    faire_inscription(cadre, promotion)
    faire_accompagnement(cadre)
    opportunite = faire_opportunite(troupe.region)
    faire_voeu(cadre, opportunite)
    faire_proposition(opportunite, cadre)
    session = faire_session(faire_prestation(troupe.ville), debut=il_y_a(9))
    faire_place(session, cadre, "present")

    reponse = client_de(troupe.cadre).get(reverse("pilotage:mon_parcours_pdf"))

    assert reponse["Content-Type"] == "application/pdf"
    texte = "".join(p.extract_text() for p in PdfReader(BytesIO(reponse.content)).pages)
    texte = " ".join(texte.split())
    assert promotion.nom in texte
    assert session.prestation.intitule in texte
    assert "Entretien individuel" in texte
    assert opportunite.poste.intitule not in texte
    assert "proposé" not in texte
