"""A poste that somebody still holds: they are never put out of it by the arrival of another."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from cadres.fiche.actions import changer_de_poste, modifier
from cadres.fiche.depart import annuler_depart, signaler_depart
from cadres.models import Cadre
from collectivites.models import EntreeJournal
from collectivites.refus import ActionImpossible
from opportunites.dossier.actions import mobilites as actions
from opportunites.models import Mobilite
from pilotage.accueil.a_faire import attentes_de
from tests.fabriques import (
    dans,
    faire_cadre,
    faire_mobilite,
    faire_opportunite,
    faire_proposition,
    faire_voeu,
)

pytestmark = pytest.mark.django_db


def partir_vers(cadre, poste, **champs):
    """An open move, due: the origin has agreed on today."""
    opportunite = faire_opportunite(poste.collectivite, poste=poste)
    faire_voeu(cadre, opportunite)
    return faire_mobilite(
        faire_proposition(opportunite, cadre, "acceptee"),
        **{
            "voie": "MUTATION",
            "date_effet": dans(0),
            "ouverte_le": timezone.now() - timedelta(days=100),
            "demande_recue_le": dans(-99),
            **champs,
        },
    )


@pytest.fixture
def titulaire(troupe):
    return faire_cadre(troupe.region, "retenu", prenom="Odile", nom="Tenace")


@pytest.fixture
def arrivee(troupe, titulaire):
    return partir_vers(troupe.fiche_du_cadre, titulaire.poste)


def constater(troupe, mobilite):
    return actions.rendre_effective(acteur=troupe.drh_region, mobilite=mobilite)


def poste_de(cadre):
    return Cadre.objects.get(pk=cadre.pk).poste_id


def test_the_arrival_waits_for_a_holder_who_stays(troupe, titulaire, arrivee):
    avant = poste_de(arrivee.cadre)

    with pytest.raises(ActionImpossible, match="signalez ce départ dans le registre") as refus:
        constater(troupe, arrivee)

    assert str(refus.value.message).startswith("Odile Tenace tient encore ce poste")
    assert poste_de(titulaire) == arrivee.poste_accueil_id
    assert poste_de(arrivee.cadre) == avant
    assert Mobilite.objects.get(pk=arrivee.pk).etat == "ouverte"


def test_the_registre_itself_puts_nobody_out(troupe, titulaire, arrivee):
    with pytest.raises(ActionImpossible, match="encore tenu"):
        changer_de_poste(
            acteur=troupe.drh_region,
            cadre=arrivee.cadre,
            poste=titulaire.poste,
            date_effet=dans(0),
        )


def test_the_host_reads_who_holds_the_poste_and_what_to_do(troupe, arrivee, client_de):
    adresse = reverse("opportunites:mobilite", args=[arrivee.pk])
    page = client_de(troupe.drh_region).get(adresse).content.decode()

    assert "Ce poste est encore tenu" in page
    assert "Odile Tenace" in page
    assert "Constater la mobilité" not in page
    attente = attentes_de(troupe.drh_region)[0]
    assert attente.titre == "Libérer un poste, puis constater"
    assert "que tient encore Odile Tenace" in attente.detail


@pytest.mark.parametrize("qui", ["drh_departement", "cadre", "dgs_departement"])
def test_nobody_else_reads_the_name_of_the_holder(troupe, arrivee, client_de, qui):
    acteur = getattr(troupe, qui)
    client = client_de(acteur)
    adresse = reverse("opportunites:mobilite", args=[arrivee.pk])

    page = client.get(adresse)
    essai = client.post(reverse("opportunites:rendre_effective", args=[arrivee.pk]))

    assert page.status_code == 200
    assert "Tenace" not in page.content.decode()
    assert essai.status_code == 403
    assert "Tenace" not in essai.content.decode()
    assert not any("Tenace" in a.detail for a in attentes_de(acteur))


def test_a_departure_that_is_signalled_frees_the_poste(troupe, titulaire, arrivee):
    signaler_depart(acteur=troupe.drh_region, cadre=titulaire, jour=dans(0), motif="retraite")

    constater(troupe, arrivee)

    assert poste_de(arrivee.cadre) == arrivee.poste_accueil_id
    assert poste_de(titulaire) is None
    ligne = EntreeJournal.objects.get(acte="cadre.poste_libere")
    assert ligne.cadre_ref == titulaire.pk


def test_a_departure_taken_back_holds_the_poste_again(troupe, titulaire, arrivee):
    signaler_depart(acteur=troupe.drh_region, cadre=titulaire, jour=dans(0), motif="retraite")
    annuler_depart(acteur=troupe.drh_region, cadre=titulaire)

    with pytest.raises(ActionImpossible, match="tient encore ce poste"):
        constater(troupe, arrivee)


def test_another_poste_in_the_file_of_the_holder_frees_it(troupe, titulaire, arrivee):
    modifier(
        acteur=troupe.drh_region,
        cadre=titulaire,
        donnees={"poste": "Chargée de projet", "date_entree_poste": dans(0)},
    )

    constater(troupe, arrivee)

    assert poste_de(arrivee.cadre) == arrivee.poste_accueil_id
    assert poste_de(titulaire) not in {None, arrivee.poste_accueil_id}


@pytest.mark.parametrize(
    ("champs", "message"),
    [
        ({}, "à constater d’abord, par son employeur d’accueil"),
        ({"date_effet": dans(9)}, "sa propre mobilité prend effet le"),
        ({"voie": "", "date_effet": None}, "n’a encore ni voie ni date"),
        ({"reponse_origine": "refus"}, "n’est pas acquise"),
    ],
)
def test_the_holder_s_own_move_comes_first(troupe, titulaire, arrivee, champs, message):
    partir_vers(titulaire, faire_cadre(troupe.ville, "retenu").poste, **champs)

    with pytest.raises(ActionImpossible, match=message):
        constater(troupe, arrivee)


def test_once_the_holder_has_moved_the_poste_is_free(troupe, titulaire, arrivee):
    autre = faire_opportunite(troupe.departement)
    depart = faire_mobilite(
        faire_proposition(autre, titulaire, "acceptee"),
        voie="MUTATION",
        date_effet=dans(0),
        demande_recue_le=dans(-99),
    )

    actions.rendre_effective(acteur=troupe.drh_departement, mobilite=depart)
    constater(troupe, arrivee)

    assert poste_de(titulaire) == autre.poste_id
    assert poste_de(arrivee.cadre) == arrivee.poste_accueil_id


@pytest.fixture
def retour(arrivee, titulaire):
    """The other half of an exchange."""
    return partir_vers(titulaire, arrivee.cadre.poste)


def test_an_exchange_takes_effect_at_once_for_both(troupe, titulaire, arrivee, retour, client_de):
    client = client_de(troupe.drh_region)
    page = client.get(reverse("opportunites:mobilite", args=[arrivee.pk])).content.decode()
    assert "constate l’échange en entier" in page

    reponse = client.post(reverse("opportunites:rendre_effective", args=[arrivee.pk]))

    assert "L’échange est effectif" in str(next(iter(get_messages(reponse.wsgi_request))))
    assert poste_de(arrivee.cadre) == arrivee.poste_accueil_id
    assert poste_de(titulaire) == retour.poste_accueil_id
    assert set(Mobilite.objects.values_list("etat", flat=True)) == {"effective"}
    assert not EntreeJournal.objects.filter(acte="cadre.poste_libere").exists()
    lues = EntreeJournal.objects.visibles_par(troupe.drh_departement)
    assert lues.filter(acte="mobilite.effective").count() == 2
    with pytest.raises(ActionImpossible, match="Ce dossier est clos"):
        actions.rendre_effective(acteur=troupe.drh_departement, mobilite=retour)


def test_an_exchange_waits_for_the_later_of_its_dates(troupe, titulaire, arrivee, retour):
    Mobilite.objects.filter(pk=retour.pk).update(date_effet=dans(1))

    with pytest.raises(ActionImpossible, match="sa propre mobilité prend effet le"):
        constater(troupe, arrivee)

    assert poste_de(titulaire) == arrivee.poste_accueil_id


def test_in_a_ring_of_three_an_employer_reads_nothing_of_the_move_of_others(
    troupe, titulaire, arrivee
):
    """Département → Région → Ville → Département: the Région is no party to the last."""
    tiers = faire_cadre(troupe.ville, "retenu")
    vers_la_ville = partir_vers(titulaire, tiers.poste)
    vers_le_departement = partir_vers(tiers, arrivee.cadre.poste)
    ensemble = (arrivee, vers_la_ville, vers_le_departement)

    constater(troupe, arrivee)

    for mobilite in ensemble:
        assert poste_de(mobilite.cadre) == mobilite.poste_accueil_id
    lues = {
        qui: set(
            EntreeJournal.objects.visibles_par(getattr(troupe, qui))
            .filter(acte="mobilite.effective")
            .values_list("cadre_ref", flat=True)
        )
        for qui in ("drh_region", "drh_ville", "drh_departement")
    }
    assert lues == {
        "drh_region": {arrivee.cadre_id, titulaire.pk},
        "drh_ville": {titulaire.pk, tiers.pk},
        "drh_departement": {arrivee.cadre_id, tiers.pk},
    }
