"""Families of métiers: what is recognised, what is kept as it was written, which are near."""

import pytest
from django.db import IntegrityError, transaction

from collectivites.communs import metiers
from collectivites.models import Poste
from tests import fabriques


def test_the_lists_are_whole_and_agree():
    assert (len(metiers.FAMILLES), len(metiers.METIERS), len(metiers.CHAMPS)) == (27, 65, 6)
    assert set(metiers.METIERS.values()) <= set(metiers.FAMILLES)
    assert {f.confiance for f in metiers.FAMILLES.values()} == {"M"}
    assert all(metiers.reconnaitre(f.libelle) == code for code, f in metiers.FAMILLES.items())
    assert all(metiers.reconnaitre(titre) == code for titre, code in metiers.METIERS.items())


def test_no_code_of_the_cnfpt_is_said_that_nobody_has_verified():
    assert not any(f.code_cnfpt for f in metiers.FAMILLES.values() if f.confiance != "V")


@pytest.mark.parametrize(
    ("texte", "famille"),
    [
        ("ORG04", "Finances et contrôle de gestion"),
        ("finances et controle de gestion", "Finances et contrôle de gestion"),
        ("Directeur des finances", "Finances et contrôle de gestion"),
        ("FINANCES", "Finances et contrôle de gestion"),
        ("Numérique et systèmes d'information", "Numérique et systèmes d’information"),
        ("Petite enfance", "Enfance, famille, protection de l’enfance"),
        ("Enfance-famille", "Enfance, famille, protection de l’enfance"),
        ("Direction adjointe Enfance-famille", "Enfance, famille, protection de l’enfance"),
        ("Crèches", "Enfance, famille, protection de l’enfance"),
        ("PMI", "Santé publique et PMI"),
    ],
)
def test_a_family_is_recognised_however_it_is_called(texte, famille):
    assert metiers.dire(*metiers.lire(texte)) == famille
    assert metiers.lire(texte)[1] == ""


@pytest.mark.parametrize(
    "texte", ["Plongée", "Finances et ressources humaines", "Direction générale technique"]
)
def test_a_text_that_means_none_or_several_is_kept_as_it_is(texte):
    assert metiers.lire(f"  {texte} ") == (metiers.AUTRE, texte)
    assert metiers.dire(metiers.AUTRE, texte) == texte


def test_nothing_is_nothing():
    assert metiers.lire("  ") == ("", "")
    assert metiers.dire("", "") == ""
    assert metiers.trouver("  ") == []


@pytest.mark.parametrize(
    ("une", "autre", "attendue"),
    [
        ("SOC02", "SOC02", metiers.Proximite.MEME),
        ("SOC02", "SOC03", metiers.Proximite.PROCHE),
        ("SOC02", "TEC02", metiers.Proximite.AUTRE),
    ],
)
def test_two_families_of_one_champ_are_near(une, autre, attendue):
    assert metiers.proximite(une, autre) is attendue


@pytest.mark.parametrize(
    ("domaine", "autre"), [("AUTRE", ""), ("SOC02", "Petite enfance"), ("", "Petite enfance")]
)
def test_the_database_keeps_a_text_beside_the_others_alone(troupe, domaine, autre):
    poste = fabriques.faire_poste(troupe.ville, "Poste")

    with pytest.raises(IntegrityError), transaction.atomic():
        Poste.objects.filter(pk=poste.pk).update(domaine=domaine, domaine_autre=autre)


def test_the_database_knows_the_list(troupe):
    poste = fabriques.faire_poste(troupe.ville, "Poste")

    with pytest.raises(IntegrityError), transaction.atomic():
        Poste.objects.filter(pk=poste.pk).update(domaine="SOC99")
