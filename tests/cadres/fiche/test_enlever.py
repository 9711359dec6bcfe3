"""« Retirer du recensement »: a person listed by mistake, whom nobody has told."""

import pytest
from django.core.exceptions import PermissionDenied

from cadres.fiche.enlever import enlever_du_recensement
from cadres.models import Cadre
from collectivites.models import Courriel, EntreeJournal, Poste
from collectivites.refus import ActionImpossible
from tests import fabriques


def test_the_file_and_its_poste_go_and_the_journal_keeps_no_name(troupe, client_de):
    cadre = fabriques.faire_cadre(troupe.departement, nom="Parerreur")
    client = client_de(troupe.drh_departement)
    adresse = f"/registre/{cadre.pk}/enlever/"
    assert "Retirer du recensement" in client.get(f"/registre/{cadre.pk}/").content.decode()
    assert "Retirer cette fiche" in client.get(adresse).content.decode()
    assert Cadre.objects.filter(pk=cadre.pk).exists()
    client.post(adresse)
    assert not Cadre.objects.filter(pk=cadre.pk).exists()
    assert not Poste.objects.filter(pk=cadre.poste_id).exists()
    ligne = EntreeJournal.objects.get(acte="cadre.enleve")
    assert "Parerreur" not in ligne.libelle + ligne.motif
    assert not Courriel.objects.exists()


@pytest.mark.parametrize("etat", ["informe", "accord", "retenu", "desaccord", "sans_reponse"])
def test_once_told_it_says_what_to_do_instead(troupe, client_de, etat):
    cadre = fabriques.faire_cadre(troupe.departement, etat)
    with pytest.raises(ActionImpossible, match="signalez son départ"):
        enlever_du_recensement(acteur=troupe.drh_departement, cadre=cadre)
    client = client_de(troupe.drh_departement)
    reponse = client.post(f"/registre/{cadre.pk}/enlever/", follow=True)
    assert "signalez son départ" in reponse.content.decode()
    assert Cadre.objects.filter(pk=cadre.pk).exists()


def test_only_the_hr_direction_of_the_employer_may(troupe):
    cadre = fabriques.faire_cadre(troupe.departement)
    for acteur in (troupe.drh_region, troupe.dgs_departement):
        with pytest.raises(PermissionDenied):
            enlever_du_recensement(acteur=acteur, cadre=cadre)


def test_a_poste_that_serves_elsewhere_stays(troupe):
    cadre = fabriques.faire_cadre(troupe.departement)
    fabriques.faire_opportunite(troupe.departement, poste=cadre.poste)
    enlever_du_recensement(acteur=troupe.drh_departement, cadre=cadre)
    assert Poste.objects.filter(pk=cadre.poste_id).exists()
