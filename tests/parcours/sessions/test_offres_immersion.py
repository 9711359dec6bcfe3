"""Offers of immersion: days that a service opens, places that are counted, an employer that learns of it
from the person alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from collectivites.communs.calendrier import jours_ouvres
from collectivites.models import Courriel, EntreeJournal, Mandat
from collectivites.mots import Role
from collectivites.refus import ActionImpossible
from parcours.models import Immersion, OffreImmersion
from parcours.mots import IMMERSIONS_COMPTEES
from parcours.sessions.a_faire import immersions_a_montrer
from parcours.sessions.actions import immersions as actions
from parcours.sessions.actions import offres
from pilotage.indicateurs.catalogue import INDICATEURS, relever
from tests.fabriques import dans, faire_cadre, faire_immersion, faire_offre_immersion, il_y_a

pytestmark = pytest.mark.django_db

E = Immersion.Etat


@pytest.fixture
def offre(troupe):
    return faire_offre_immersion(troupe.ville)


def demander(troupe, offre, acteur=None, nombre=3, debut=None, **champs):
    debut = debut or offre.debut
    return actions.demander_sur_offre(
        acteur=acteur or troupe.cadre,
        offre=offre,
        jours=jours_ouvres(debut, debut + timedelta(days=25))[:nombre],
        motivation="Voir avant de choisir.",
        **champs,
    )


def donnees(**champs):
    return {
        "service": "Réseau de lecture",
        "fonctions": "Un comité d’acquisition.",
        "domaine": "Médiathèque",
        "debut": dans(120).isoformat(),
        "fin": dans(180).isoformat(),
        "nb_jours": "4",
        "places": "2",
        "contact_nom": "Nora Vasseur",
        **champs,
    }


# --- What is offered ------------------------------------------------------------------------------


def test_an_hr_direction_offers_days_that_the_cadres_of_the_others_read(troupe, client_de):
    reponse = client_de(troupe.drh_ville).post(
        reverse("parcours:nouvelle_offre_immersion"), donnees()
    )
    offre = OffreImmersion.objects.get()

    assert reponse["Location"] == reverse("parcours:offre_immersion", args=[offre.pk])
    assert (offre.domaine, offre.places, offre.collectivite) == ("CIT04", 2, troupe.ville)
    page = client_de(troupe.cadre).get(reverse("parcours:offres_immersion")).text
    assert "Réseau de lecture" in page
    assert "Culture, patrimoine et lecture publique" in page
    assert "2 places libres" in page.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"nb_jours": "1"}, "nb_jours"),
        ({"nb_jours": "11"}, "nb_jours"),
        ({"places": "0"}, "places"),
        ({"places": "21"}, "places"),
        ({"fin": dans(119).isoformat()}, "fin"),
        ({"debut": il_y_a(9).date().isoformat(), "fin": dans(0).isoformat()}, "fin"),
        ({"domaine": "Poterie"}, "domaine"),
        ({"contact_nom": ""}, "contact_nom"),
    ],
)
def test_what_no_offer_may_be_is_said_at_its_field_and_loses_nothing(
    troupe, client_de, champs, dit
):
    page = client_de(troupe.drh_ville).post(
        reverse("parcours:nouvelle_offre_immersion"), donnees(**champs)
    )

    assert list(page.context["formulaire"].errors) == [dit]
    assert "Un comité d’acquisition." in page.text
    assert not OffreImmersion.objects.exists()


def test_an_offer_is_changed_closed_and_opened_again_by_its_employer_alone(troupe, offre):
    for autre in (troupe.drh_departement, troupe.cadre, troupe.dgs_ville):
        with pytest.raises(PermissionDenied):
            offres.clore_l_offre(acteur=autre, offre=offre)
    offre = offres.clore_l_offre(acteur=troupe.drh_ville, offre=offre)
    assert offre.est_close
    assert not OffreImmersion.objects.visibles_par(troupe.cadre).exists()
    with pytest.raises(ActionImpossible, match="ne se demande plus"):
        demander(troupe, offre)

    assert not offres.clore_l_offre(acteur=troupe.drh_ville, offre=offre).est_close
    assert demander(troupe, offre).etat == E.DEMANDEE


def test_places_already_asked_for_are_not_taken_back(troupe, offre):
    demander(troupe, offre)
    demander(troupe, offre, troupe.autre_cadre)

    with pytest.raises(ActionImpossible, match="gardez au moins autant"):
        offres.modifier_l_offre(acteur=troupe.drh_ville, offre=offre, donnees={"places": 1})
    with pytest.raises(IntegrityError), transaction.atomic():
        OffreImmersion.objects.update(places=1)


# --- Who asks -------------------------------------------------------------------------------------


def test_whoever_said_yes_asks_in_a_parcours_or_not_but_not_at_home(troupe, offre):
    with pytest.raises(ActionImpossible, match="Dites d’abord oui"):
        demander(troupe, offre, troupe.cadre_muet)
    chez_soi = faire_offre_immersion(troupe.departement)
    with pytest.raises(ActionImpossible, match="un autre employeur"):
        demander(troupe, chez_soi)

    assert demander(troupe, offre).offre == offre
    with pytest.raises(ActionImpossible, match="déjà demandé"):
        demander(troupe, offre)


@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({"nombre": 1}, "2 à 10 jours"),
        ({"nombre": 6}, "au plus"),
        ({"debut": dans(100)}, "choisissez des jours de cette période"),
        ({"debut": dans(198), "nombre": 5}, "choisissez des jours de cette période"),
    ],
)
def test_days_are_those_of_the_offer(troupe, offre, champs, message):
    with pytest.raises(ActionImpossible, match=message):
        demander(troupe, offre, **champs)


def test_three_months_ahead_or_asked_for(troupe):
    proche = faire_offre_immersion(troupe.ville, debut=dans(20), fin=dans(60))
    with pytest.raises(ActionImpossible, match="3 mois avant"):
        demander(troupe, proche)

    assert demander(troupe, proche, delai_reduit=True).delai_reduit


def test_more_people_than_places_are_told_so_and_a_refusal_gives_the_place_back(troupe):
    offre = faire_offre_immersion(troupe.ville, places=1)
    premiere = demander(troupe, offre)
    with pytest.raises(ActionImpossible, match="Toutes les places"):
        demander(troupe, offre, troupe.autre_cadre)

    actions.refuser_immersion(acteur=troupe.drh_ville, immersion=premiere, motif="Service fermé.")
    assert demander(troupe, offre, troupe.autre_cadre).etat == E.DEMANDEE


@pytest.mark.parametrize("etat", IMMERSIONS_COMPTEES)
def test_the_database_counts_the_places_whoever_writes(troupe, etat):
    offre = faire_offre_immersion(troupe.ville, places=1)
    faire_immersion(troupe.fiche_du_cadre, troupe.ville, etat, offre=offre)
    autre = faire_immersion(troupe.fiche_de_l_autre_cadre, troupe.ville, "annulee", offre=offre)

    with pytest.raises(IntegrityError), transaction.atomic():
        Immersion.objects.filter(pk=autre.pk).update(etat=E.DEMANDEE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Immersion.objects.filter(pk=autre.pk).update(collectivite_accueil=troupe.agglomeration)


# --- The employer knows when the person says so ---------------------------------------------------


def lu(client, *adresses):
    return " ".join(client.get(adresse).text for adresse in adresses)


def test_the_employer_reads_nothing_before_the_person_says_so(troupe, offre, client_de):
    immersion = demander(troupe, offre)
    actions.accorder_immersion(acteur=troupe.drh_ville, immersion=immersion)
    page = reverse("parcours:immersion", args=[immersion.pk])

    for siens in (troupe.drh_departement, troupe.dgs_departement):
        assert not Immersion.objects.visibles_par(siens).exists()
        assert not Immersion.objects.a_repondre_par(siens).exists()
        client = client_de(siens)
        assert client.get(page).status_code == 404
        vu = lu(
            client,
            reverse("parcours:immersions"),
            reverse("pilotage:journal"),
            reverse("pilotage:accueil"),
            reverse("cadres:fiche", args=[troupe.fiche_du_cadre.pk]),
        )
        assert offre.service not in vu
        assert "mmersion du" not in vu
    assert not Courriel.objects.filter(
        utilisateur__in=[
            troupe.drh_departement.utilisateur,
            troupe.dgs_departement.utilisateur,
        ]
    ).exists()
    assert EntreeJournal.objects.filter(
        acte="immersion.demandee", reserve_a_la_personne=True
    ).exists()


def test_the_host_says_yes_the_person_decides_then_the_employer_answers(troupe, offre, client_de):
    immersion = demander(troupe, offre)
    with pytest.raises(PermissionDenied):
        actions.accorder_immersion(acteur=troupe.drh_departement, immersion=immersion)
    actions.accorder_immersion(acteur=troupe.drh_ville, immersion=immersion)
    assert "Votre employeur n’en sait rien" in Courriel.objects.get(
        objet="L’accueil est d’accord pour votre immersion"
    ).corps.replace("\u00a0", " ")
    assert [a.bouton for a in immersions_a_montrer(troupe.cadre)] == ["Décider"]

    client = client_de(troupe.cadre)
    assert "Prévenir mon employeur" in lu(
        client, reverse("parcours:immersion", args=[immersion.pk])
    )
    client.post(reverse("parcours:montrer_immersion", args=[immersion.pk]))

    immersion.refresh_from_db()
    assert immersion.est_montree
    assert not immersions_a_montrer(troupe.cadre)
    assert Courriel.objects.filter(
        utilisateur=troupe.drh_departement.utilisateur, objet__startswith="Immersion demandée"
    ).exists()
    immersion = actions.accorder_immersion(acteur=troupe.drh_departement, immersion=immersion)
    assert immersion.etat == E.ACCORDEE
    pdf = client.get(reverse("parcours:convention_immersion", args=[immersion.pk]))
    assert pdf["Content-Type"] == "application/pdf"


def test_the_notice_and_the_month_run_from_the_day_the_employer_is_told(troupe):
    offre = faire_offre_immersion(troupe.ville, debut=dans(95), fin=dans(130))
    immersion = demander(troupe, offre)
    assert not immersion.delai_reduit
    Immersion.objects.update(debut=dans(80))

    immersion = actions.montrer_immersion(acteur=troupe.cadre, immersion=immersion)

    assert immersion.delai_reduit
    assert immersion.repondre_avant > timezone.localdate()


def test_an_employer_is_told_once_and_by_the_person_alone(troupe, offre):
    immersion = demander(troupe, offre)
    for autre in (troupe.autre_cadre, troupe.drh_ville):
        with pytest.raises(PermissionDenied):
            actions.montrer_immersion(acteur=autre, immersion=immersion)
    actions.montrer_immersion(acteur=troupe.cadre, immersion=immersion)
    with pytest.raises(ActionImpossible, match="déjà prévenu"):
        actions.montrer_immersion(acteur=troupe.cadre, immersion=immersion)


def test_the_host_may_take_its_yes_back_until_the_employer_knows(troupe, offre):
    immersion = demander(troupe, offre)
    actions.accorder_immersion(acteur=troupe.drh_ville, immersion=immersion)
    with pytest.raises(ActionImpossible, match="déjà donné"):
        actions.accorder_immersion(acteur=troupe.drh_ville, immersion=immersion)

    ecartee = actions.reporter_immersion(
        acteur=troupe.drh_ville, immersion=immersion, motif="Un départ imprévu."
    )
    assert ecartee.etat == E.REPORTEE


def test_giving_it_up_tells_the_employer_nothing_that_it_did_not_know(troupe, offre):
    immersion = demander(troupe, offre)
    actions.annuler_immersion(acteur=troupe.cadre, immersion=immersion)

    assert {c.utilisateur_id for c in Courriel.objects.filter(objet="Immersion annulée")} == {
        troupe.cadre.utilisateur.pk,
        troupe.drh_ville.utilisateur.pk,
    }


def test_whoever_serves_both_employers_reads_nothing_before_the_employer_knows(troupe, offre):
    Mandat.objects.create(
        utilisateur=troupe.drh_ville.utilisateur,
        collectivite=troupe.departement,
        role=Role.GESTIONNAIRE,
        debut=il_y_a(30).date(),
    )
    immersion = demander(troupe, offre)

    assert not Immersion.objects.visibles_par(troupe.drh_ville).exists()
    assert not Immersion.objects.a_repondre_par(troupe.drh_ville).exists()
    assert not Courriel.objects.filter(utilisateur=troupe.drh_ville.utilisateur).exists()
    actions.montrer_immersion(acteur=troupe.cadre, immersion=immersion)
    assert Immersion.objects.visibles_par(troupe.drh_ville).exists()


@pytest.mark.parametrize(
    "champs",
    [
        {"accord_origine_le": timezone.now(), "montree_le": None},
        {"offre": None, "montree_le": None},
    ],
)
def test_the_database_holds_that_the_person_speaks_first(troupe, offre, champs):
    immersion = demander(troupe, offre)

    with pytest.raises(IntegrityError), transaction.atomic():
        Immersion.objects.filter(pk=immersion.pk).update(**champs)


# --- Counted --------------------------------------------------------------------------------------


def test_immersions_done_are_counted_and_a_few_are_not_told(troupe):
    def lire():
        jour = timezone.localdate()
        return next(
            r.valeur
            for r in relever(troupe.demarche, jour)
            if r.indicateur.nom == "Immersions réalisées"
        )

    assert len({i.nom for i in INDICATEURS}) == len(INDICATEURS)
    for _ in range(4):
        faire_immersion(faire_cadre(troupe.region, "retenu"), troupe.ville, "realisee")
    assert lire() is None
    faire_immersion(faire_cadre(troupe.region, "retenu"), troupe.ville, "realisee")
    faire_immersion(faire_cadre(troupe.region, "retenu"), troupe.ville, "accordee")
    assert lire() == 5
