"""An evaluation: asked at its days, answered once, counted when it is closed, or destroyed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from parcours.apres.evaluation import actions, rythme
from parcours.apres.evaluation.questions import questions
from parcours.models import Evaluation, Parole, Participation, Urne
from parcours.models.apres.evaluation import BULLETIN_TAILLE, PAROLE_MAX
from parcours.programme.a_faire import a_faire
from tests.fabriques import (
    acteur_du_cadre,
    dans,
    faire_cadre,
    faire_evaluation,
    faire_inscription,
    faire_place,
    faire_prestation,
    faire_promotion,
    faire_session,
    il_y_a,
    mettre_dans_l_urne,
)

pytestmark = pytest.mark.django_db
CHOIX = {"utile": 4, "annonce": 3, "organisation": 2}


@pytest.fixture
def session(troupe):
    return faire_session(faire_prestation(troupe.region), places=30, debut=il_y_a(3), etat="tenue")


@pytest.fixture
def venus(troupe, session):
    """Six people, the named cadre among them."""
    promotion = faire_promotion(troupe.demarche)
    cadres = [faire_cadre(troupe.ville, "retenu") for _ in range(5)]
    for cadre in cadres:
        faire_inscription(cadre, promotion)
    cadres.insert(2, troupe.fiche_du_cadre)
    for cadre in cadres:
        faire_place(session, cadre, "present")
    return cadres


@pytest.fixture
def evaluation(session, venus):
    return faire_evaluation(session)


def repondre(cadre, evaluation, choix=CHOIX, texte=""):
    actions.repondre(acteur=acteur_du_cadre(cadre), evaluation=evaluation, choix=choix, texte=texte)


def clore(evaluation):
    Evaluation.objects.filter(pk=evaluation.pk).update(ouverte_le=dans(-20), jusqu_au=dans(-1))
    actions.depouiller_les_closes()
    evaluation.refresh_from_db()


# --- Answering ------------------------------------------------------------------------------------


def test_an_answer_goes_into_the_urn_and_leaves_no_line(evaluation, venus):
    avant = EntreeJournal.objects.count()

    repondre(venus[0], evaluation, texte=" À refaire. ")

    assert Urne.objects.get().lire() == [{"choix": CHOIX, "texte": "À refaire."}]
    assert Participation.objects.get().cadre == venus[0]
    assert not Parole.objects.exists(), "nothing shows before the end"
    assert EntreeJournal.objects.count() == avant


def test_nobody_answers_twice(evaluation, venus):
    repondre(venus[0], evaluation)
    with pytest.raises(ActionImpossible, match="déjà répondu"):
        repondre(venus[0], evaluation)
    assert len(Urne.objects.get().lire()) == 1


def test_the_last_day_counts_and_the_next_does_not(evaluation, venus):
    Evaluation.objects.update(jusqu_au=timezone.localdate())
    evaluation.refresh_from_db()
    repondre(venus[0], evaluation)

    Evaluation.objects.update(jusqu_au=dans(-1))
    evaluation.refresh_from_db()
    with pytest.raises(ActionImpossible, match="close depuis le"):
        repondre(venus[1], evaluation)


def test_closed_while_somebody_was_typing(evaluation, venus):
    """The page was read before the clock passed: the row at hand still says that it is open."""
    Urne.objects.all().delete()
    with pytest.raises(ActionImpossible):
        repondre(venus[0], evaluation)
    assert not Participation.objects.exists()


def test_an_employer_does_not_answer(troupe, evaluation):
    with pytest.raises(PermissionDenied):
        actions.repondre(acteur=troupe.drh_region, evaluation=evaluation, choix=CHOIX)


# --- Closing --------------------------------------------------------------------------------------


def test_five_answers_are_counted_question_by_question(evaluation, venus):
    for rang, cadre in enumerate(venus[:5]):
        repondre(cadre, evaluation, CHOIX | {"utile": 3 + rang % 2}, texte=f"Parole {rang}")

    clore(evaluation)

    assert evaluation.reponses == 5
    assert evaluation.effectifs == {
        "utile": {"3": 3, "4": 2},
        "annonce": {"3": 5},
        "organisation": {"2": 5},
    }
    assert {p.texte for p in Parole.objects.all()} == {f"Parole {rang}" for rang in range(5)}
    assert not Urne.objects.exists()
    assert not Participation.objects.exists(), "who answered is forgotten"


def test_four_answers_are_destroyed_unread(evaluation, venus):
    for cadre in venus[:4]:
        repondre(cadre, evaluation, texte="Jamais lu")

    clore(evaluation)

    assert (evaluation.reponses, evaluation.effectifs) == (0, {})
    assert not Parole.objects.exists()
    assert not Urne.objects.exists()
    assert "détruites sans être lues" in EntreeJournal.objects.order_by("pk").last().libelle


def test_a_higher_threshold_of_the_demarche_holds(troupe, evaluation, venus):
    type(troupe.demarche).objects.filter(pk=troupe.demarche.pk).update(seuil_secret=7)
    for cadre in venus:
        repondre(cadre, evaluation)
    clore(evaluation)
    assert evaluation.reponses == 0


def test_the_last_day_is_not_counted_before_its_end(evaluation, venus):
    Evaluation.objects.update(jusqu_au=timezone.localdate())
    assert actions.depouiller_les_closes() == 0
    Evaluation.objects.update(ouverte_le=dans(-9), jusqu_au=dans(-1))
    assert actions.depouiller_les_closes() == 1
    assert actions.depouiller_les_closes() == 0


# --- When -----------------------------------------------------------------------------------------


def test_a_session_that_was_held_is_evaluated_for_two_weeks(session, venus):
    assert rythme.ouvrir_les_dues() == 1
    assert rythme.ouvrir_les_dues() == 0
    ouverte = Evaluation.objects.get()
    assert (ouverte.session, ouverte.jusqu_au) == (session, dans(13))


@pytest.mark.parametrize(("champs", "combien"), [({"etat": "ouverte"}, 0), ({}, 1)])
def test_the_sheet_is_closed_first(session, venus, champs, combien):
    type(session).objects.filter(pk=session.pk).update(**champs)
    assert rythme.ouvrir_les_dues() == combien


def test_four_people_are_not_asked_for_nothing(session, venus):
    session.inscriptions.filter(cadre__in=venus[:2]).update(etat="absent")
    assert rythme.ouvrir_les_dues() == 0


@pytest.mark.parametrize(
    ("jours", "natures"),
    [
        (0, set()),
        (1, {"promotion"}),
        (30, {"promotion"}),
        (31, set()),
    ],
)
def test_a_promotion_is_evaluated_the_day_after_its_end(troupe, jours, natures):
    promotion = faire_promotion(troupe.demarche, date_debut=dans(-200), date_fin=dans(-jours))
    for _ in range(5):
        faire_inscription(faire_cadre(troupe.ville, "retenu"), promotion, "achevee")
    rythme.ouvrir_les_dues()
    assert set(Evaluation.objects.values_list("nature", flat=True)) == natures


@pytest.mark.parametrize(("mois", "nature"), [(6, "six_mois"), (12, "douze_mois")])
def test_six_and_twelve_months_after(troupe, mois, nature):
    from collectivites.communs.calendrier import decaler

    fin = decaler(timezone.localdate(), mois=-mois) - timedelta(days=1)
    promotion = faire_promotion(troupe.demarche, date_debut=fin - timedelta(days=200), date_fin=fin)
    for etat in ["achevee"] * 5 + ["interrompue"]:
        faire_inscription(faire_cadre(troupe.ville, "retenu"), promotion, etat)
    rythme.ouvrir_les_dues()
    evaluation = Evaluation.objects.get()
    assert evaluation.nature == nature
    rythme.inviter()
    assert Courriel.objects.filter(cle__startswith="evaluation/invitation").count() == 5


def test_each_is_invited_once_then_reminded_once_if_they_are_silent(evaluation, venus):
    assert rythme.inviter() == 6
    assert rythme.inviter() == 0
    repondre(venus[0], evaluation)
    Evaluation.objects.update(jusqu_au=timezone.localdate() + rythme.RAPPEL)

    assert rythme.inviter() == 5
    assert rythme.inviter() == 0
    rappels = Courriel.objects.filter(cle__startswith="evaluation/rappel")
    assert venus[0].pk not in set(rappels.values_list("cadre_ref", flat=True))
    for courriel in Courriel.objects.filter(cle__startswith="evaluation/"):
        assert reverse("parcours:evaluer", args=[evaluation.pk]) in courriel.corps


def test_whoever_withdrew_is_not_asked(evaluation, venus, troupe):
    from cadres.candidature.actions import retirer

    retirer(acteur=troupe.cadre)
    assert rythme.inviter() == 5
    assert troupe.fiche_du_cadre.pk not in set(
        Courriel.objects.filter(cle__startswith="evaluation/").values_list("cadre_ref", flat=True)
    )


def test_it_waits_among_things_to_do_until_it_is_answered(troupe, evaluation, venus):
    titres = [attente.titre for attente in a_faire(troupe.cadre)]
    assert [t for t in titres if t.startswith("Évaluer")]
    repondre(troupe.fiche_du_cadre, evaluation)
    assert not [a for a in a_faire(troupe.cadre) if a.titre.startswith("Évaluer")]


# --- The page -------------------------------------------------------------------------------------


def page(evaluation):
    return reverse("parcours:evaluer", args=[evaluation.pk])


def test_the_form_is_answered_on_its_page(troupe, client_de, evaluation, venus):
    client = client_de(troupe.cadre)
    assert "Mettre dans l’urne" in client.get(page(evaluation)).text

    client.post(page(evaluation), CHOIX | {"texte": "Très concret.", "montrer": "on"})

    assert Urne.objects.get().lire()[0]["texte"] == "Très concret."
    relue = client.get(page(evaluation)).text
    assert "déjà répondu" in relue
    assert "Mettre dans l’urne" not in relue


@pytest.mark.parametrize(
    ("donnees", "phrase"),
    [
        ({"texte": "Sans la case"}, "cochez-la, ou effacez le texte"),
        ({"utile": ""}, "Choisissez une réponse."),
        ({"utile": "9"}, "Sélectionnez un choix valide"),
        ({"texte": "x" * (PAROLE_MAX + 1), "montrer": "on"}, f"{PAROLE_MAX}"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_is_lost(
    troupe, client_de, evaluation, venus, donnees, phrase
):
    reponse = client_de(troupe.cadre).post(page(evaluation), CHOIX | donnees)
    assert phrase in reponse.text
    assert donnees.get("texte", "") in reponse.text
    assert Urne.objects.get().lire() == []
    assert not Participation.objects.exists()


def test_too_late_gives_the_text_back(troupe, client_de, evaluation, venus):
    clore(evaluation)
    reponse = client_de(troupe.cadre).post(
        page(evaluation), CHOIX | {"texte": "Mes mots.", "montrer": "on"}
    )
    assert reponse.status_code == 200
    assert "close depuis le" in reponse.text
    assert "Mes mots." in reponse.text


def test_it_is_not_there_for_whoever_did_not_come(troupe, client_de, evaluation, venus):
    evaluation.session.inscriptions.filter(cadre=troupe.fiche_du_cadre).update(etat="absent")
    assert client_de(troupe.cadre).get(page(evaluation)).status_code == 404


def test_the_page_of_the_session_leads_to_it_until_it_is_answered(
    troupe, client_de, evaluation, venus
):
    adresse = reverse("parcours:session", args=[evaluation.session_id])
    client = client_de(troupe.cadre)
    assert page(evaluation) in client.get(adresse).text
    repondre(troupe.fiche_du_cadre, evaluation)
    assert page(evaluation) not in client.get(adresse).text


def test_my_data_say_that_i_answered_only_while_it_is_open(troupe, client_de, evaluation, venus):
    repondre(troupe.fiche_du_cadre, evaluation, texte="Un mot que rien ne rattache")
    client = client_de(troupe.cadre)
    avant = client.get(reverse("cadres:mes_donnees")).text
    assert "vous avez répondu" in avant
    assert "Un mot que rien ne rattache" not in avant
    clore(evaluation)
    assert "vous avez répondu" not in client.get(reverse("cadres:mes_donnees")).text


def test_the_clock_asks_as_many_questions_of_the_base_for_one_as_for_many(troupe, venus, session):
    def requetes():
        with CaptureQueriesContext(
            connection,
        ) as vues:
            list(rythme._sessions(timezone.localdate()))
        return len(vues)

    une = requetes()
    for _ in range(3):
        faire_session(faire_prestation(troupe.region), debut=il_y_a(2), etat="tenue")
    assert requetes() == une


def test_each_answer_weighs_the_same(evaluation):
    """The size of the urn tells how many answered, which who answered tells too; not who wrote."""
    mettre_dans_l_urne(evaluation, texte="")
    court = len(evaluation.urne.texte)
    evaluation.urne.ecrire([])
    mettre_dans_l_urne(evaluation, texte="😀" * PAROLE_MAX)
    assert len(evaluation.urne.texte) == court == BULLETIN_TAILLE


def test_every_question_has_its_closed_choices():
    for nature in Evaluation.Nature.values:
        cles = [q.cle for q in questions(nature)]
        assert len(cles) == len(set(cles))
        assert all({1, 2, 3, 4} <= {v for v, _ in q.choix} for q in questions(nature))
