"""A DRH or a DGS gives colleagues their access, for a time or not, and ends it: no operator."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cadres.fiche.depart import signaler_depart
from collectivites.comptes.acces_des_collegues.actions import finir_un_acces, ouvrir_un_acces
from collectivites.models import Courriel, EntreeJournal, Mandat
from collectivites.mots import Role
from collectivites.refus import ActionImpossible
from tests.fabriques import dans

pytestmark = pytest.mark.django_db


def donner(acteur, **champs):
    valeurs = {
        "courriel": "nouvelle@loiret.example",
        "prenom": "Inès",
        "nom": "Garance",
        "role": "gestionnaire",
        "debut": dans(0),
    }
    return ouvrir_un_acces(acteur=acteur, **{**valeurs, **champs})


def test_a_drh_invites_a_gestionnaire_who_may_come_in(troupe):
    mandat = donner(troupe.drh_departement)

    assert Mandat.objects.en_vigueur().filter(pk=mandat.pk).exists()
    assert "/invitation/" in Courriel.objects.get(destinataire="nouvelle@loiret.example").corps
    assert EntreeJournal.objects.filter(acte="acces.ouvert").count() == 1


def test_an_interim_holds_from_its_day_to_its_day_included(troupe):
    mandat = donner(troupe.drh_departement, role="drh", debut=dans(2), fin=dans(9))

    def en_vigueur(jour):
        return Mandat.objects.en_vigueur(jour).filter(pk=mandat.pk).exists()

    assert [en_vigueur(dans(n)) for n in (1, 2, 9, 10)] == [False, True, True, False]


def test_a_drh_names_no_drh_without_an_end_and_a_dgs_does(troupe):
    with pytest.raises(ActionImpossible, match="jusqu’à quand"):
        donner(troupe.drh_departement, role="drh")
    donner(troupe.dgs_departement, role="drh")


@pytest.mark.parametrize("role", ["dgs", "cadre", "accompagnateur"])
def test_nobody_is_named_dgs_nor_coach_here(troupe, role):
    with pytest.raises(ActionImpossible):
        donner(troupe.drh_departement, role=role)


def test_the_last_drh_does_not_leave_without_a_successor(troupe):
    mien = troupe.drh_departement.mandat
    with pytest.raises(ActionImpossible, match="Personne d’autre ne serait DRH"):
        finir_un_acces(acteur=troupe.drh_departement, mandat=mien, fin=dans(10))
    # Not even when the successor leaves the very day before.
    donner(troupe.drh_departement, role="drh", fin=dans(10))
    with pytest.raises(ActionImpossible, match="Personne d’autre"):
        finir_un_acces(acteur=troupe.drh_departement, mandat=mien, fin=dans(10))

    Mandat.objects.filter(utilisateur__nom="Garance").update(fin=dans(11))
    finir_un_acces(acteur=troupe.drh_departement, mandat=mien, fin=dans(10))

    mien.refresh_from_db()
    assert mien.fin == dans(10)


def test_another_employer_ends_nothing_here(troupe):
    with pytest.raises(PermissionDenied):
        finir_un_acces(acteur=troupe.drh_region, mandat=troupe.drh_departement.mandat, fin=dans(3))


def test_a_drh_who_left_the_employer_loses_the_mandat_that_day(troupe):
    fiche = troupe.fiche_du_cadre
    Mandat.objects.create(
        utilisateur=fiche.utilisateur, collectivite=fiche.collectivite, role=Role.DRH
    )
    hier = timezone.localdate() - timedelta(days=1)
    Mandat.objects.filter(utilisateur=fiche.utilisateur).update(debut=dans(-30))

    signaler_depart(acteur=troupe.drh_departement, cadre=fiche, jour=hier, motif="depart")

    assert (
        not Mandat.objects.en_vigueur()
        .filter(utilisateur=fiche.utilisateur, role=Role.DRH)
        .exists()
    )


def test_the_page_lists_colleagues_and_says_what_refuses(troupe, client_de):
    client = client_de(troupe.drh_departement)
    page = client.get(reverse("collectivites:acces_direction")).text
    assert troupe.drh_departement.utilisateur.nom_complet in page

    reponse = client.post(
        reverse("collectivites:finir_acces", args=[troupe.drh_departement.mandat.pk]),
        {"fin": dans(5).isoformat()},
    )

    assert "Personne d’autre ne serait DRH" in reponse.text
