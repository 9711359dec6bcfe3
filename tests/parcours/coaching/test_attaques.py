"""A hat is not a wall: somebody who serves the employer does not read its people's coaching."""

import pytest

from cadres.candidature import actions
from cadres.candidature.actions import accompagnateurs
from collectivites.mots import Role
from collectivites.refus import ActionImpossible
from parcours.models import NoteCoaching
from tests.fabriques import faire_mandat
from tests.fabriques.coaching import faire_accompagnement, faire_note

pytestmark = pytest.mark.django_db


def test_a_drh_does_not_make_themselves_the_coach_of_their_people(troupe):
    drh = troupe.drh_departement
    coach = faire_mandat(Role.ACCOMPAGNATEUR, troupe.region, drh.utilisateur)

    assert coach not in accompagnateurs(drh)
    with pytest.raises(ActionImpossible):
        actions.confier(acteur=drh, cadre=troupe.fiche_du_cadre, accompagnateur=coach)
    assert coach in accompagnateurs(troupe.drh_region)


def test_nor_does_a_coach_who_becomes_drh_go_on_reading(troupe, client_de):
    coach = troupe.accompagnateur
    cadre = troupe.fiche_du_cadre
    note = faire_note(faire_accompagnement(cadre), coach.utilisateur, "Doute de sa hiérarchie.")
    client = client_de(coach)
    adresse = f"/mes-accompagnements/{cadre.pk}/"
    assert "Doute de sa hiérarchie." in client.get(adresse).content.decode()

    faire_mandat(Role.DRH, troupe.departement, coach.utilisateur)

    assert "Doute de sa hiérarchie." not in client.get(adresse).content.decode()
    assert client.get(f"/notes/{note.pk}/").status_code == 404
    assert client.get(f"/accompagnements/{cadre.pk}/note/").status_code == 403
    assert NoteCoaching.objects.filter(pk=note.pk).exists()
