"""The person's own request: from their file or on paper, it starts the two months (CGFP L511-3)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from opportunites.dossier.actions import depart, points
from opportunites.dossier.droit import checklist
from opportunites.dossier.predicats import notification_impossible
from opportunites.models import Mobilite
from tests.fabriques import dans
from tests.opportunites.dossier.aide import preparer, refuser, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def sans_demande(mobilite):
    """Route and date are chosen; nobody has asked for anything yet."""
    Mobilite.objects.filter(pk=mobilite.pk).update(demande_recue_le=None, date_effet=dans(120))
    mobilite.refresh_from_db()
    checklist.mettre_a_jour(mobilite)
    return mobilite


def test_the_person_asks_from_their_file_and_the_two_months_run(scene, sans_demande, client_de):
    client = client_de(scene.troupe.cadre)
    page = client.get(url("mobilite", sans_demande.pk)).content.decode()
    assert "Faire ma demande de départ" in page
    assert (
        "une fois passés deux mois"
        in client.get(url("demander_le_depart", sans_demande.pk)).content.decode()
    )

    client.post(url("demander_le_depart", sans_demande.pk))

    sans_demande.refresh_from_db()
    assert sans_demande.demande_faite_le == sans_demande.demande_recue_le == dans(0)
    assert sans_demande.elements.get(code="DEMANDE_DEPART").est_fait
    assert Courriel.objects.filter(objet__startswith="Demande de départ").count() == 2
    lecteurs = EntreeJournal.objects.filter(acte="mobilite.demandee").values_list("collectivite")
    assert len(set(lecteurs)) == 2


def test_one_request_is_enough(scene, sans_demande):
    depart.demander_le_depart(acteur=scene.troupe.cadre, mobilite=sans_demande)
    with pytest.raises(ActionImpossible, match="Vous avez fait votre demande"):
        depart.demander_le_depart(acteur=scene.troupe.cadre, mobilite=sans_demande)


@pytest.mark.parametrize("qui", ["drh_region", "drh_departement", "autre_cadre"])
def test_nobody_asks_in_the_place_of_the_person(scene, sans_demande, qui):
    with pytest.raises(PermissionDenied):
        depart.demander_le_depart(acteur=getattr(scene.troupe, qui), mobilite=sans_demande)


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"voie": ""}, "choisir la voie et la date"),
        ({"voie": "MAD"}, "ne passe pas par une demande"),
        ({"voie": "SERVICE_COMMUN"}, "ne passe pas par une demande"),
        ({"demande_recue_le": dans(-3)}, "Votre employeur a daté"),
        ({"etat": "abandonnee"}, "clos"),
    ],
)
def test_when_there_is_nothing_to_ask(scene, sans_demande, champs, phrase):
    Mobilite.objects.filter(pk=sans_demande.pk).update(**champs)
    with pytest.raises(ActionImpossible, match=phrase):
        depart.demander_le_depart(acteur=scene.troupe.cadre, mobilite=sans_demande)


def test_the_point_of_the_list_is_ticked_by_the_request_alone(scene, sans_demande):
    point = sans_demande.elements.get(code="DEMANDE_DEPART")
    with pytest.raises(ActionImpossible, match="elle cochera ce point"):
        points.cocher(acteur=scene.troupe.cadre, element=point, fait=True)


def test_a_request_on_paper_is_dated_by_the_origin_and_leaves_the_list(sans_demande, origine):
    preparer(origine, sans_demande, demande_recue_le=dans(-2), date_effet=dans(120))

    assert sans_demande.demande_recue_le == dans(-2)
    assert not sans_demande.elements.filter(code="DEMANDE_DEPART").exists()


def test_nobody_dates_its_reception_before_it_was_made(scene, sans_demande, origine, accueil):
    depart.demander_le_depart(acteur=scene.troupe.cadre, mobilite=sans_demande)
    sans_demande.refresh_from_db()
    for acteur in (origine, accueil):
        for recue in (dans(-1), None):
            with pytest.raises(ActionImpossible, match="ne peut la précéder"):
                preparer(acteur, sans_demande, demande_recue_le=recue)


def test_the_letter_names_the_text_and_the_host(scene, sans_demande, client_de, monkeypatch):
    monkeypatch.setattr("collectivites.communs.pdf.produire", lambda html: html.encode())
    texte = (
        client_de(scene.troupe.cadre)
        .get(url("demande_de_depart", sans_demande.pk))
        .content.decode()
    )
    assert "L511-3" in texte
    assert sans_demande.collectivite_accueil.nom in texte


@pytest.mark.parametrize(
    ("notifie", "admis"),
    [(date(2026, 8, 30), False), (date(2026, 10, 31), True), (date(2026, 11, 1), False)],
)
def test_a_refusal_is_notified_until_the_anniversary_included(mobilite, notifie, admis):
    mobilite.demande_recue_le = date(2026, 8, 31)
    assert (notification_impossible(mobilite, notifie) is None) is admis


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"signataire": " "}, "Dites qui a signé"),
        ({"notifie_le": dans(1)}, "à venir"),
        ({"notifie_le": dans(-11)}, "ne peut la précéder"),
    ],
)
def test_a_refusal_bears_who_signed_it_and_when_it_was_notified(mobilite, origine, champs, phrase):
    with pytest.raises(ActionImpossible, match=phrase):
        refuser(origine, mobilite, **champs)
