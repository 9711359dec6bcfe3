"""Who acts, in whose name: one person, several mandats, delegations that live and die."""

import pytest
from django.utils import timezone

from cadres.candidature.acteurs import acteur_de, acteur_du_mandat
from collectivites.acteurs.acteur import delegations_de
from collectivites.models import Delegation, Mandat
from collectivites.mots import Acte, Role
from tests import fabriques


def test_without_choice_the_oldest_mandat_speaks(troupe):
    acteur = acteur_de(troupe.dgs_ville.utilisateur)

    assert acteur.mandat == troupe.dgs_ville.mandat
    assert acteur.autres_mandats == (troupe.dgs_agglomeration.mandat,)


def test_the_chosen_mandat_speaks(troupe):
    acteur = acteur_de(troupe.dgs_ville.utilisateur, troupe.dgs_agglomeration.mandat.pk)

    assert acteur.collectivite == troupe.agglomeration
    assert acteur.autres_mandats == (troupe.dgs_ville.mandat,)


def test_somebody_else_s_mandat_is_not_a_choice(troupe):
    acteur = acteur_de(troupe.dgs_ville.utilisateur, troupe.dgs_region.mandat.pk)

    assert acteur.mandat == troupe.dgs_ville.mandat


def test_a_withdrawn_mandat_makes_no_acteur(troupe):
    assert acteur_de(troupe.ancien_drh) is None


def test_a_mandat_that_ends_while_one_is_logged_in_leaves_the_other_one(troupe):
    Mandat.objects.filter(pk=troupe.dgs_ville.mandat.pk).update(fin=fabriques.dans(-1))

    acteur = acteur_de(troupe.dgs_ville.utilisateur, troupe.dgs_ville.mandat.pk)

    assert acteur.mandat == troupe.dgs_agglomeration.mandat
    assert acteur.autres_mandats == ()


@pytest.mark.parametrize(
    ("debut", "fin", "vit"),
    [(0, 0, True), (0, None, True), (1, None, False), (-5, -1, False), (-5, 0, True)],
)
def test_a_mandat_runs_from_its_first_to_its_last_day_both_included(troupe, debut, fin, vit):
    mandat = fabriques.faire_mandat(
        Role.DRH,
        troupe.region,
        debut=fabriques.dans(debut),
        fin=None if fin is None else fabriques.dans(fin),
    )

    assert (acteur_de(mandat.utilisateur) is not None) is vit


@pytest.mark.parametrize(("jours", "vit"), [(-1, False), (0, True), (5, True), (6, False)])
def test_a_mandat_is_asked_of_another_day_than_today(troupe, jours, vit):
    mandat = fabriques.faire_mandat(
        Role.DRH, troupe.region, debut=fabriques.dans(10), fin=fabriques.dans(15)
    )

    assert (mandat in Mandat.objects.en_vigueur(fabriques.dans(10 + jours))) is vit


def test_a_closed_account_acts_no_more(troupe):
    personne = troupe.drh_ville.utilisateur
    personne.is_active = False
    personne.save()

    assert acteur_de(personne) is None


def test_a_cadre_acts_for_their_own_file(troupe):
    assert acteur_de(troupe.cadre.utilisateur).cadre_id == troupe.fiche_du_cadre.pk


def test_a_cadre_whose_file_is_elsewhere_has_no_file_here(troupe):
    mandat = fabriques.faire_mandat(Role.CADRE, troupe.region, troupe.cadre.utilisateur)

    assert acteur_du_mandat(mandat).cadre_id is None


@pytest.mark.parametrize(("nom", "requetes"), [("dgs_ville", 1), ("drh_ville", 2), ("cadre", 2)])
def test_resolving_costs_one_query_and_one_more_at_most(
    troupe, django_assert_num_queries, nom, requetes
):
    with django_assert_num_queries(requetes):
        acteur = acteur_de(getattr(troupe, nom).utilisateur)
        assert acteur.demarche
        assert acteur.libelle
        assert acteur.utilisateur.nom_complet


# --- Delegations ------------------------------------------------------------------------------


@pytest.fixture
def delegation(troupe):
    fabriques.faire_delegation(troupe.dgs_departement, troupe.drh_departement, Acte.RETENIR)
    return Delegation.objects.get()


def peut_retenir(troupe):
    return acteur_de(troupe.drh_departement.utilisateur).peut(Acte.RETENIR)


def test_a_dgs_may_take_every_act_of_a_dgs(troupe):
    assert all(troupe.dgs_ville.peut(acte) for acte in Acte)


def test_a_drh_may_take_the_acts_that_were_delegated_and_no_other(troupe, delegation):
    acteur = acteur_de(troupe.drh_departement.utilisateur)

    assert [acte for acte in Acte if acteur.peut(acte)] == [Acte.RETENIR]
    assert acteur.delegation_pour(Acte.RETENIR) == delegation


def test_a_delegation_lives_until_its_last_day_included(troupe, delegation):
    Delegation.objects.update(fin=fabriques.dans(0))

    assert peut_retenir(troupe)


def test_an_expired_delegation_is_dead(troupe, delegation):
    Delegation.objects.update(debut=fabriques.dans(-9), fin=fabriques.dans(-1))

    assert not peut_retenir(troupe)


def test_a_delegation_to_come_is_not_yet_alive(troupe, delegation):
    Delegation.objects.update(debut=fabriques.dans(1))

    assert not peut_retenir(troupe)


def test_a_revoked_delegation_is_dead(troupe, delegation):
    Delegation.objects.update(revoquee_le=timezone.now())

    assert not peut_retenir(troupe)


def test_a_delegation_dies_with_the_mandat_of_its_dgs(troupe, delegation):
    Mandat.objects.filter(pk=delegation.delegant_id).update(fin=fabriques.dans(-1))

    assert not peut_retenir(troupe)


def test_a_delegation_dies_with_the_account_of_its_dgs(troupe, delegation):
    troupe.dgs_departement.utilisateur.is_active = False
    troupe.dgs_departement.utilisateur.save()

    assert not peut_retenir(troupe)


def test_a_delegation_dies_with_the_mandat_of_its_drh(troupe, delegation):
    Mandat.objects.filter(pk=delegation.delegataire_id).update(fin=fabriques.dans(-1))
    retour = fabriques.faire_mandat(
        Role.DRH, troupe.departement, troupe.drh_departement.utilisateur, debut=fabriques.dans(0)
    )

    assert not acteur_du_mandat(retour).peut(Acte.RETENIR)


@pytest.mark.parametrize("qui", ["delegant_id", "delegataire_id", None])
@pytest.mark.parametrize(
    ("jours", "vit"), [(-11, False), (-10, True), (0, True), (10, True), (11, False)]
)
def test_a_delegation_lives_on_the_days_of_its_own_and_of_the_two_mandats(
    troupe, delegation, qui, jours, vit
):
    """Asked of another day than today: each of the three periods counts, first and last day in."""
    large = {"debut": fabriques.dans(-99), "fin": fabriques.dans(99)}
    etroit = {"debut": fabriques.dans(-10), "fin": fabriques.dans(10)}
    Delegation.objects.update(**(large if qui else etroit))
    for mandat in (delegation.delegant_id, delegation.delegataire_id):
        Mandat.objects.filter(pk=mandat).update(**large)
    if qui:
        Mandat.objects.filter(pk=getattr(delegation, qui)).update(**etroit)

    assert Delegation.objects.en_vigueur(fabriques.dans(jours)).exists() is vit


def test_a_delegation_of_one_collectivite_is_worth_nothing_in_another(troupe, delegation):
    ailleurs = fabriques.faire_mandat(Role.DRH, troupe.region, troupe.drh_departement.utilisateur)

    assert not acteur_du_mandat(ailleurs).peut(Acte.RETENIR)


def test_only_a_drh_receives_delegations(troupe):
    assert delegations_de(troupe.gestionnaire_region.mandat) == ()
