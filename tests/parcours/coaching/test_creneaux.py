"""Free hours: the coach opens them, a person picks one, nobody is in two places unawares."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from collectivites.communs.calendrier import est_ouvre, minuit
from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from parcours.coaching.actions import creneaux as actions
from parcours.coaching.actions import rendez_vous as actions_rendez_vous
from parcours.coaching.journee.alertes import AConfirmer
from parcours.models import CreneauCoaching, RendezVousCoaching
from tests.fabriques import dans, faire_place, faire_prestation, faire_session
from tests.fabriques.coaching import faire_coaching, faire_creneau
from tests.parcours.coaching.aide import changer, fixer


def ouvre(jours=7):
    """Ten o'clock on a working day."""
    jour = dans(jours)
    while not est_ouvre(jour):
        jour += timedelta(days=1)
    return minuit(jour) + timedelta(hours=10)


@pytest.fixture
def creneau(troupe, accompagnement):
    return faire_creneau(troupe.accompagnateur.mandat, debut=ouvre(), lieu="Salle 2")


def test_three_hours_in_a_row(troupe, accompagnement):
    actions.ouvrir_creneaux(acteur=troupe.accompagnateur, debut=ouvre(), nombre=3, duree_minutes=60)

    heures = [timezone.localtime(c.debut).hour for c in CreneauCoaching.objects.all()]
    assert heures == [10, 11, 12]


def test_two_free_hours_do_not_overlap(troupe, creneau):
    with pytest.raises(ActionImpossible, match="déjà ouvert un créneau"):
        actions.ouvrir_creneaux(
            acteur=troupe.accompagnateur,
            debut=creneau.debut + timedelta(minutes=30),
            nombre=1,
            duree_minutes=60,
        )


def test_the_person_picks_an_hour_and_both_are_told(troupe, creneau):
    rendez_vous = actions.prendre_creneau(acteur=troupe.cadre, creneau=creneau)

    assert (rendez_vous.debut, rendez_vous.lieu) == (creneau.debut, "Salle 2")
    destinataires = set(Courriel.objects.values_list("utilisateur", flat=True))
    assert destinataires == {troupe.cadre.utilisateur.pk, troupe.accompagnateur.utilisateur.pk}
    assert EntreeJournal.objects.filter(acte="coaching.fixe").count() == 1
    assert not CreneauCoaching.objects.visibles_par(troupe.cadre).exists()


def test_an_hour_taken_is_taken(troupe, creneau):
    CreneauCoaching.objects.update(rendez_vous=faire_coaching(accompagnement_de(troupe), 1))

    with pytest.raises(ActionImpossible, match="vient d’être pris"):
        actions.prendre_creneau(acteur=troupe.cadre, creneau=creneau)


def accompagnement_de(troupe):
    return troupe.fiche_du_cadre.accompagnements.get()


def test_nobody_holds_three_appointments_to_come(troupe, creneau):
    for jours in (20, 30):
        faire_coaching(accompagnement_de(troupe), jours)

    with pytest.raises(ActionImpossible, match="déjà 2 rendez-vous"):
        actions.prendre_creneau(acteur=troupe.cadre, creneau=creneau)


def test_a_person_of_another_coach_sees_no_hour_and_takes_none(troupe, creneau):
    changer(troupe, troupe.autre_accompagnateur)

    assert not CreneauCoaching.objects.visibles_par(troupe.cadre).exists()
    with pytest.raises(PermissionDenied):
        actions.prendre_creneau(acteur=troupe.cadre, creneau=creneau)


def test_given_up_by_the_person_the_hour_is_free_again(troupe, creneau):
    rendez_vous = actions.prendre_creneau(acteur=troupe.cadre, creneau=creneau)

    actions_rendez_vous.decliner_rendez_vous(acteur=troupe.cadre, rendez_vous=rendez_vous)

    assert CreneauCoaching.objects.visibles_par(troupe.cadre).get() == creneau


def test_cancelled_by_the_coach_the_hour_is_not_offered_again(troupe, creneau):
    rendez_vous = actions.prendre_creneau(acteur=troupe.cadre, creneau=creneau)

    actions_rendez_vous.annuler_rendez_vous(acteur=troupe.accompagnateur, rendez_vous=rendez_vous)

    assert not CreneauCoaching.objects.exists()


def test_on_the_person_s_session_the_coach_confirms_and_does_not_learn_which(
    troupe, accompagnement
):
    session = faire_session(faire_prestation(troupe.region, intitule="Secret"), debut=ouvre())
    faire_place(session, troupe.fiche_du_cadre)

    with pytest.raises(AConfirmer, match="déjà attendue ailleurs") as refus:
        fixer(troupe, debut=session.debut + timedelta(minutes=30), malgre=False)
    assert "Secret" not in refus.value.message
    fixer(troupe, debut=session.debut + timedelta(minutes=30))
    assert RendezVousCoaching.objects.count() == 1


def test_right_after_the_session_nothing_is_to_confirm(troupe, accompagnement):
    session = faire_session(faire_prestation(troupe.region), debut=ouvre())
    faire_place(session, troupe.fiche_du_cadre)

    fixer(troupe, debut=session.fin, malgre=False)


def test_christmas_is_not_taken_unnoticed(troupe, accompagnement):
    aujourdhui = timezone.localdate()
    noel = aujourdhui.replace(month=12, day=25)
    if noel <= aujourdhui:
        noel = noel.replace(year=noel.year + 1)
    debut = minuit(noel) + timedelta(hours=9)

    with pytest.raises(AConfirmer, match="Attention : le 25"):
        fixer(troupe, debut=debut, malgre=False)
    fixer(troupe, debut=debut)


def test_the_page_offers_a_box_to_go_on_and_keeps_what_was_typed(troupe, accompagnement, client_de):
    session = faire_session(faire_prestation(troupe.region), debut=ouvre())
    faire_place(session, troupe.fiche_du_cadre)
    adresse = reverse("parcours:nouveau_rendez_vous", args=[troupe.fiche_du_cadre.pk])
    saisie = {
        "debut": f"{timezone.localtime(session.debut):%Y-%m-%dT%H:%M}",
        "duree_minutes": "60",
        "lieu": "Salle 7",
    }

    page = client_de(troupe.accompagnateur).post(adresse, saisie).text
    assert "Garder cette date malgré cela" in page
    assert "Salle 7" in page
    reponse = client_de(troupe.accompagnateur).post(adresse, {**saisie, "malgre": "on"})

    assert reponse.status_code == 302
    assert RendezVousCoaching.objects.count() == 1


def test_a_video_link_begins_with_https(troupe, accompagnement, client_de):
    adresse = reverse("parcours:nouveau_rendez_vous", args=[troupe.fiche_du_cadre.pk])
    saisie = {"debut": f"{timezone.localtime(ouvre()):%Y-%m-%dT%H:%M}", "duree_minutes": "60"}

    page = client_de(troupe.accompagnateur).post(
        adresse, {**saisie, "lien_visio": "javascript:alert(1)"}
    )
    assert "https://" in page.text
    client_de(troupe.accompagnateur).post(
        adresse, {**saisie, "lien_visio": "https://visio.example/salle"}
    )

    assert RendezVousCoaching.objects.get().lien_visio == "https://visio.example/salle"
    assert (
        "Rejoindre la visioconférence"
        in client_de(troupe.cadre).get(reverse("parcours:mon_accompagnement")).text
    )
