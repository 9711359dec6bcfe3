"""« Mon carnet »: what a cadre writes for themselves, and nobody else reads."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from collectivites.refus import ActionImpossible
from parcours.coaching.actions.carnet import ecrire_dans_mon_carnet
from parcours.coaching.actions.destruction import detruire_les_ecrits
from parcours.models import Carnet

SECRET = "Demander à Paul ce qu’il pense du poste."
ADRESSE = "/mon-carnet/"


@pytest.fixture
def moi(troupe, client_de):
    return client_de(troupe.cadre)


def test_it_is_written_read_again_and_emptied(troupe, moi):
    moi.post(ADRESSE, {"texte": SECRET, "revision": 0})
    page = moi.get(ADRESSE)
    assert SECRET in page.context["formulaire"]["texte"].value()
    assert "no-store" in page["Cache-Control"]

    moi.post(ADRESSE, {"texte": "  ", "revision": 1})

    assert not Carnet.objects.exists()


def test_nobody_else_reads_it_and_the_database_holds_no_word_of_it(troupe, moi):
    moi.post(ADRESSE, {"texte": SECRET, "revision": 0})

    autres = [
        nom
        for nom in vars(troupe)
        if hasattr(getattr(troupe, nom), "mandat") and getattr(troupe, nom) != troupe.cadre
    ]
    assert "accompagnateur" in autres
    assert "dgs_departement" in autres
    for nom in autres:
        assert not Carnet.objects.visibles_par(getattr(troupe, nom)).exists(), nom
    assert "Paul" not in Carnet.objects.values_list("scelle", flat=True)[0]


def test_nobody_writes_in_the_place_of_the_person(troupe):
    for nom in ("accompagnateur", "drh_departement", "autre_cadre"):
        with pytest.raises(PermissionDenied):
            ecrire_dans_mon_carnet(
                acteur=getattr(troupe, nom), cadre=troupe.fiche_du_cadre, texte="Non", revision=0
            )


def test_two_tabs_lose_nothing(troupe, moi):
    moi.post(ADRESSE, {"texte": "Le premier onglet.", "revision": 0})

    page = moi.post(ADRESSE, {"texte": "Le second onglet.", "revision": 0})

    assert page.status_code == 200
    assert "Le premier onglet." in page.text
    formulaire = page.context["formulaire"]
    assert formulaire["texte"].value() == "Le second onglet."
    moi.post(ADRESSE, {"texte": "Les deux.", "revision": formulaire["revision"].value()})
    assert Carnet.objects.get().texte == "Les deux."


def test_the_action_itself_refuses_what_was_overtaken(troupe):
    fait = {"acteur": troupe.cadre, "cadre": troupe.fiche_du_cadre}
    ecrire_dans_mon_carnet(**fait, texte="Un", revision=0)
    with pytest.raises(ActionImpossible, match="entre-temps"):
        ecrire_dans_mon_carnet(**fait, texte="Deux", revision=0)


def test_it_is_among_their_data_and_goes_with_them(troupe, moi):
    moi.post(ADRESSE, {"texte": SECRET, "revision": 0})
    assert SECRET in moi.get(reverse("cadres:lire_mes_donnees")).text

    detruire_les_ecrits(cadre=troupe.fiche_du_cadre)

    assert not Carnet.objects.exists()
