"""Wishes: eight at most, ranked without holes, never shown to the present employer."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cadres.models import Candidature
from collectivites.models import EntreeJournal
from collectivites.refus import ActionImpossible
from opportunites.models import Voeu
from opportunites.postes.actions import voeux as actions
from tests.fabriques import faire_inscription, faire_opportunite, faire_voeu

pytestmark = pytest.mark.django_db


@pytest.fixture
def liste(troupe):
    """Eight wishes of the cadre, from 1 to 8: there is no free rank to swap through."""
    faire_inscription(troupe.fiche_du_cadre)
    return [faire_voeu(troupe.fiche_du_cadre, faire_opportunite(troupe.region)) for _ in range(8)]


def ordre(cadre):
    return list(Voeu.objects.filter(cadre=cadre).order_by("rang").values_list("pk", "rang"))


def test_a_cadre_adds_a_poste_after_the_others(scene, client_de):
    autre = faire_opportunite(scene.troupe.ville)

    reponse = client_de(scene.troupe.cadre).post(
        reverse("opportunites:exprimer_voeu", args=[autre.pk]), follow=True
    )

    assert "le 2e de vos vœux" in reponse.content.decode()
    assert Voeu.objects.get(opportunite=autre).rang == 2


def test_a_poste_is_ranked_once(scene):
    with pytest.raises(ActionImpossible, match="déjà dans vos vœux"):
        actions.exprimer_voeu(acteur=scene.troupe.cadre, opportunite=scene.opportunite)


def test_a_ninth_wish_is_refused(troupe, liste):
    with pytest.raises(ActionImpossible, match="8 postes au plus"):
        actions.exprimer_voeu(acteur=troupe.cadre, opportunite=faire_opportunite(troupe.ville))


def test_a_poste_of_ones_own_employer_is_not_ranked(scene):
    chez_soi = faire_opportunite(scene.troupe.departement)

    with pytest.raises(ActionImpossible, match="hors de la démarche"):
        actions.exprimer_voeu(acteur=scene.troupe.cadre, opportunite=chez_soi)


@pytest.mark.parametrize("avancee", ["engagee", "effective"])
def test_whoever_has_taken_a_poste_ranks_no_other(scene, avancee):
    Candidature.objects.filter(cadre=scene.cadre).update(avancee=avancee)

    with pytest.raises(ActionImpossible):
        actions.exprimer_voeu(
            acteur=scene.troupe.cadre, opportunite=faire_opportunite(scene.troupe.ville)
        )


def test_removing_closes_the_gap(troupe, liste, client_de):
    client_de(troupe.cadre).post(reverse("opportunites:retirer_voeu", args=[liste[2].pk]))

    restants = [v.pk for v in liste if v != liste[2]]
    assert ordre(troupe.fiche_du_cadre) == [(pk, rang) for rang, pk in enumerate(restants, 1)]


def test_a_full_list_is_reversed_and_keeps_its_keys(troupe, liste):
    envers = [v.pk for v in reversed(liste)]

    actions.classer_voeux(acteur=troupe.cadre, ordre=envers)

    assert ordre(troupe.fiche_du_cadre) == [(pk, rang) for rang, pk in enumerate(envers, 1)]
    assert {v.exprime_le for v in Voeu.objects.all()} == {v.exprime_le for v in liste}


def test_a_stale_list_is_no_error(troupe, liste):
    actions.classer_voeux(acteur=troupe.cadre, ordre=[999_999, liste[5].pk, liste[5].pk])

    premiers = [pk for pk, _ in ordre(troupe.fiche_du_cadre)]
    assert premiers == [liste[5].pk, *[v.pk for v in liste if v != liste[5]]]


@pytest.mark.parametrize(("bouton", "attendu"), [("monter", [1, 0, 2]), ("descendre", [0, 2, 1])])
def test_the_buttons_need_no_script(troupe, liste, client_de, bouton, attendu):
    client_de(troupe.cadre).post(
        reverse("opportunites:classer_voeux"), {bouton: liste[1].pk}, follow=True
    )

    premiers = [pk for pk, _ in ordre(troupe.fiche_du_cadre)][:3]
    assert premiers == [liste[n].pk for n in attendu]


def test_dragging_sends_the_whole_order(troupe, liste, client_de):
    envers = [v.pk for v in reversed(liste)]

    client_de(troupe.cadre).post(
        reverse("opportunites:classer_voeux"), {"ordre": ",".join(map(str, envers))}
    )

    assert [pk for pk, _ in ordre(troupe.fiche_du_cadre)] == envers


@pytest.mark.parametrize("envoi", [{"ordre": "a,b"}, {"monter": "x"}, {}, {"ordre": "²"}])
def test_nonsense_changes_nothing(troupe, liste, client_de, envoi):
    reponse = client_de(troupe.cadre).post(
        reverse("opportunites:classer_voeux"), envoi, follow=True
    )

    assert reponse.status_code == 200
    assert [pk for pk, _ in ordre(troupe.fiche_du_cadre)] == [v.pk for v in liste]


def test_a_wish_of_another_is_not_there(scene, client_de):
    adresse = reverse("opportunites:retirer_voeu", args=[scene.voeu.pk])

    assert client_de(scene.troupe.autre_cadre).post(adresse).status_code == 404
    assert client_de(scene.troupe.drh_region).post(adresse).status_code == 403


def test_who_sees_a_wish(scene):
    vus = {
        nom: Voeu.objects.visibles_par(getattr(scene.troupe, nom)).exists()
        for nom in (
            "cadre",
            "drh_region",
            "dgs_region",
            "drh_departement",
            "dgs_departement",
            "drh_ville",
            "accompagnateur",
            "autre_cadre",
        )
    }

    assert [nom for nom, vu in vus.items() if vu] == ["cadre", "drh_region", "dgs_region"]


def test_the_journal_tells_a_wish_to_the_person_alone(scene):
    troupe = scene.troupe
    actions.exprimer_voeu(acteur=troupe.cadre, opportunite=faire_opportunite(troupe.ville))

    lignes = EntreeJournal.objects.filter(acte="voeu.exprime")
    assert lignes.visibles_par(troupe.cadre).exists()
    for employeur in (troupe.drh_departement, troupe.dgs_departement, troupe.drh_ville):
        assert not lignes.visibles_par(employeur).exists()


def test_an_employer_has_no_wishes(scene):
    with pytest.raises(PermissionDenied):
        actions.exprimer_voeu(acteur=scene.troupe.drh_region, opportunite=scene.opportunite)


@pytest.mark.parametrize("nombre", [1, 5, 8])
def test_the_page_costs_the_same_for_any_number_of_wishes(
    troupe, client_de, nombre, django_assert_max_num_queries
):
    faire_inscription(troupe.fiche_du_cadre)
    for _ in range(nombre):
        faire_voeu(troupe.fiche_du_cadre, faire_opportunite(troupe.region))

    client = client_de(troupe.cadre)

    with django_assert_max_num_queries(10):
        reponse = client.get(reverse("opportunites:voeux"))

    assert reponse.status_code == 200
