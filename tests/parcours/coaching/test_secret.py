"""Sealing: what is written opens with its key, for its person, and for nothing else."""

from base64 import urlsafe_b64encode
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from collectivites.garanties import secret
from parcours.models import NoteCoaching
from tests.fabriques.coaching import faire_accompagnement, faire_note

ANCIENNE, NEUVE = (urlsafe_b64encode(bytes([n]) * 32).decode() for n in (1, 2))


def test_what_is_sealed_opens_for_the_same_person_only():
    scelle = secret.sceller("Un doute, œuvre à suivre", pour="cadre 3")

    assert "doute" not in scelle
    assert secret.ouvrir(scelle, pour="cadre 3") == "Un doute, œuvre à suivre"
    with pytest.raises(secret.Illisible):
        secret.ouvrir(scelle, pour="cadre 4")


def test_the_same_text_is_never_sealed_twice_alike():
    assert secret.sceller("oui", pour="cadre 3") != secret.sceller("oui", pour="cadre 3")


@pytest.mark.parametrize("abime", ["", "pas un jeton", "gAAAAAB"])
def test_a_damaged_text_says_that_it_cannot_be_read(abime):
    with pytest.raises(secret.Illisible):
        secret.ouvrir(abime, pour="cadre 3")


@pytest.mark.parametrize("cles", [[], ["courte"], [ANCIENNE, "é"]])
def test_without_a_good_key_nothing_is_sealed_and_the_key_is_not_shown(settings, cles):
    settings.QUATUOR_CLES_COACHING = cles

    with pytest.raises(ImproperlyConfigured, match="QUATUOR_CLE_COACHING") as erreur:
        secret.sceller("oui", pour="cadre 3")
    assert "courte" not in str(erreur.value)


def test_the_check_of_the_site_refuses_a_bad_key(settings):
    settings.QUATUOR_CLES_COACHING = ["courte"]

    with pytest.raises(Exception, match="QUATUOR_CLE_COACHING"):
        call_command("check", stdout=StringIO(), stderr=StringIO())


def test_a_new_key_takes_over_from_the_old_one(troupe, settings):
    settings.QUATUOR_CLES_COACHING = [ANCIENNE]
    accompagnement = faire_accompagnement(troupe.fiche_du_cadre)
    faire_note(accompagnement, troupe.cadre.utilisateur, "Avant")

    settings.QUATUOR_CLES_COACHING = [NEUVE, ANCIENNE]
    assert NoteCoaching.objects.get().texte == "Avant"
    sortie = StringIO()
    call_command("renouveler_cle_coaching", stdout=sortie)

    settings.QUATUOR_CLES_COACHING = [NEUVE]
    assert sortie.getvalue().startswith("1 ")
    assert NoteCoaching.objects.get().texte == "Avant"


def test_a_lost_key_shows_a_sentence_and_no_crash(troupe, client_de, settings):
    settings.QUATUOR_CLES_COACHING = [ANCIENNE]
    faire_note(faire_accompagnement(troupe.fiche_du_cadre), troupe.cadre.utilisateur, "Avant")
    settings.QUATUOR_CLES_COACHING = [NEUVE]

    reponse = client_de(troupe.cadre).get("/mon-accompagnement/")

    assert "Ce texte ne peut plus être ouvert" in reponse.text


def test_the_clear_text_stays_neither_on_the_instance_nor_in_its_repr(troupe):
    note = faire_note(
        faire_accompagnement(troupe.fiche_du_cadre), troupe.cadre.utilisateur, "Mon secret"
    )

    assert note.texte == "Mon secret"
    assert "Mon secret" not in repr(note) + str(note.__dict__)
