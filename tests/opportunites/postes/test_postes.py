"""Opening a poste to the démarche, publishing it, withdrawing it; and who sees it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from opportunites.models import Opportunite, Proposition
from opportunites.postes.actions import postes as actions
from tests.fabriques import (
    faire_cadre,
    faire_inscription,
    faire_opportunite,
    faire_poste,
    faire_proposition,
    faire_voeu,
)

pytestmark = pytest.mark.django_db


def donnees(**autres):
    return {"intitule": "Directrice de l’eau", "cadres_emplois": [], **autres}


def test_a_drh_describes_a_new_poste_and_publishes_it(troupe, client_de):
    client = client_de(troupe.drh_region)

    reponse = client.post(
        reverse("opportunites:nouvelle_opportunite") + "?poste=nouveau",
        {
            "intitule": "Directrice de l’eau",
            "cadres_emplois": ["Ingénieur territorial"],
            "nb_agents_encadres": 40,
            "jours_teletravail": 2,
            "emploi_fonctionnel": "on",
        },
    )
    opportunite = Opportunite.objects.get()
    client.post(reverse("opportunites:publier", args=[opportunite.pk]))
    opportunite.refresh_from_db()

    assert reponse.status_code == 302
    assert opportunite.poste.collectivite == troupe.region
    assert opportunite.poste.cadres_emplois == ["Ingénieur territorial"]
    assert opportunite.poste.emploi_fonctionnel
    assert opportunite.etat == Opportunite.Etat.PUBLIEE
    assert list(EntreeJournal.objects.order_by("pk").values_list("acte", flat=True)) == [
        "opportunite.ouverte",
        "opportunite.validee",
        "opportunite.publiee",
    ]


def test_an_existing_poste_is_opened_once(troupe):
    poste = faire_poste(troupe.region, "Directeur des archives")
    actions.ouvrir_opportunite(acteur=troupe.drh_region, poste=poste, donnees=donnees())

    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.ouvrir_opportunite(acteur=troupe.drh_region, poste=poste, donnees=donnees())


def test_a_poste_of_somebody_else_is_not_there(troupe, client_de):
    poste = faire_poste(troupe.departement)

    reponse = client_de(troupe.drh_region).get(
        reverse("opportunites:nouvelle_opportunite"), {"poste": poste.pk}
    )

    assert reponse.status_code == 404
    with pytest.raises(PermissionDenied):
        actions.ouvrir_opportunite(acteur=troupe.drh_region, poste=poste, donnees=donnees())


def test_a_dgs_does_not_open_postes(troupe):
    with pytest.raises(PermissionDenied):
        actions.ouvrir_opportunite(acteur=troupe.dgs_region, poste=None, donnees=donnees())


def test_the_choice_of_a_poste_says_whether_it_is_held_but_not_by_whom(troupe, client_de):
    faire_inscription(faire_cadre(troupe.region, "retenu", nom="Titulaire-Secret"))
    faire_poste(troupe.region, "Poste vacant")

    page = client_de(troupe.drh_region).get(reverse("opportunites:nouvelle_opportunite"))

    texte = page.content.decode()
    assert "Susceptible d’être vacant" in texte
    assert "Titulaire-Secret" not in texte


def test_a_draft_is_seen_by_its_employer_alone(troupe):
    brouillon = faire_opportunite(troupe.region, publiee=False)
    faire_inscription(troupe.fiche_du_cadre)
    vues = {
        nom: Opportunite.objects.visibles_par(getattr(troupe, nom)).filter(pk=brouillon.pk).exists()
        for nom in ("drh_region", "dgs_region", "drh_departement", "cadre", "etranger_drh")
    }

    assert vues == {
        "drh_region": True,
        "dgs_region": True,
        "drh_departement": False,
        "cadre": False,
        "etranger_drh": False,
    }


def test_a_cadre_outside_any_parcours_sees_no_poste(troupe, client_de):
    opportunite = faire_opportunite(troupe.region)

    reponse = client_de(troupe.cadre).get(
        reverse("opportunites:opportunite", args=[opportunite.pk])
    )

    assert reponse.status_code == 404


def test_withdrawing_closes_what_waited_and_tells_each_person(scene):
    troupe = scene.troupe
    autre = faire_cadre(troupe.departement, "retenu")
    envoyee = faire_proposition(scene.opportunite, scene.cadre)
    brouillon = faire_proposition(scene.opportunite, autre, "brouillon")

    closes = actions.retirer_opportunite(
        acteur=troupe.drh_region, opportunite=scene.opportunite, motif="Poste supprimé"
    )

    envoyee.refresh_from_db()
    brouillon.refresh_from_db()
    assert closes == 2
    assert envoyee.etat == brouillon.etat == Proposition.Etat.RETIREE
    assert envoyee.motif_retrait == Proposition.Retrait.POSTE_RETIRE
    # Whoever was never proposed anything is told nothing.
    assert Courriel.objects.filter(cadre_ref=scene.cadre.pk).count() == 1
    assert not Courriel.objects.filter(cadre_ref=autre.pk).exists()


def test_an_accepted_poste_is_not_withdrawn(scene):
    faire_proposition(scene.opportunite, scene.cadre, "acceptee")

    with pytest.raises(ActionImpossible, match="a accepté ce poste"):
        actions.retirer_opportunite(acteur=scene.troupe.drh_region, opportunite=scene.opportunite)


def test_the_host_reads_who_ranked_its_poste_and_nobody_else_does(scene, client_de):
    adresse = reverse("opportunites:opportunite", args=[scene.opportunite.pk])
    nom = scene.cadre.nom_complet

    assert nom in client_de(scene.troupe.drh_region).get(adresse).content.decode()
    for indiscret in (scene.troupe.drh_departement, scene.troupe.drh_ville):
        assert nom not in client_de(indiscret).get(adresse).content.decode()


@pytest.mark.parametrize("nombre", [1, 5, 50])
@pytest.mark.parametrize("qui", ["drh_region", "cadre"])
def test_the_list_costs_the_same_for_any_number_of_postes(
    scene, client_de, nombre, qui, django_assert_max_num_queries
):
    for _ in range(nombre):
        faire_voeu(scene.cadre, faire_opportunite(scene.troupe.region), 2) if not _ else (
            faire_opportunite(scene.troupe.region)
        )
    client = client_de(getattr(scene.troupe, qui))

    # Two of them say who would read a wish, for each employer of the page.
    with django_assert_max_num_queries(14):
        reponse = client.get(reverse("opportunites:opportunites"))

    assert reponse.status_code == 200


@pytest.mark.parametrize("nombre", [1, 5, 50])
def test_the_page_of_a_poste_costs_the_same_for_any_number_of_candidates(
    scene, client_de, nombre, django_assert_max_num_queries
):
    for _ in range(nombre):
        cadre = faire_cadre(scene.troupe.ville, "retenu")
        faire_voeu(cadre, scene.opportunite)
        faire_proposition(scene.opportunite, cadre)

    client = client_de(scene.troupe.drh_region)

    with django_assert_max_num_queries(14):
        reponse = client.get(reverse("opportunites:opportunite", args=[scene.opportunite.pk]))

    assert reponse.status_code == 200


def test_a_poste_of_another_demarche_is_not_there(scene, client_de):
    adresse = reverse("opportunites:opportunite", args=[scene.opportunite.pk])

    for etranger in ("etranger_dgs", "etranger_drh", "etranger_cadre"):
        assert client_de(getattr(scene.troupe, etranger)).get(adresse).status_code == 404


def test_only_the_hr_direction_of_the_host_publishes(troupe, client_de):
    brouillon = faire_opportunite(troupe.region, publiee=False)
    publiee = faire_opportunite(troupe.region)

    assert (
        client_de(troupe.drh_departement)
        .post(reverse("opportunites:publier", args=[brouillon.pk]))
        .status_code
        == 404
    )
    assert (
        client_de(troupe.drh_departement)
        .post(reverse("opportunites:retirer_opportunite", args=[publiee.pk]))
        .status_code
        == 403
    )
    assert (
        client_de(troupe.dgs_region)
        .post(reverse("opportunites:publier", args=[brouillon.pk]))
        .status_code
        == 403
    )


def test_the_host_corrects_an_open_poste(scene, client_de):
    adresse = reverse("opportunites:modifier_opportunite", args=[scene.opportunite.pk])
    client = client_de(scene.troupe.drh_region)

    assert client.get(adresse).status_code == 200
    client.post(adresse, {"intitule": "Directrice des forêts", "presentation": "Nouveau"})

    scene.opportunite.poste.refresh_from_db()
    scene.opportunite.refresh_from_db()
    assert scene.opportunite.poste.intitule == "Directrice des forêts"
    assert scene.opportunite.presentation == "Nouveau"
    assert client_de(scene.troupe.drh_ville).get(adresse).status_code == 403
