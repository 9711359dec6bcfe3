"""One person, several mandats: they choose in whose name they act."""

from django.contrib.messages import get_messages

from collectivites.models import Mandat
from tests import fabriques

CHEMIN = "/mandat/"
#: a page open to every mandat, which says in whose name one acts
PAGE = "/delegations/"


def nom_de(client):
    return client.get(PAGE).wsgi_request.acteur.libelle


def messages(reponse):
    return [str(m) for m in get_messages(reponse.wsgi_request)]


def test_a_dgs_of_two_collectivites_passes_from_one_to_the_other(troupe, client_de):
    client = client_de(troupe.dgs_ville.utilisateur)
    assert nom_de(client) == "DGS, Ville d’Orléans"

    reponse = client.post(CHEMIN, {"mandat": troupe.dgs_agglomeration.mandat.pk})

    assert (reponse.status_code, reponse["Location"]) == (302, "/")
    assert messages(reponse) == ["Vous agissez maintenant comme DGS, Orléans Métropole."]
    assert nom_de(client) == "DGS, Orléans Métropole"


def test_the_choice_changes_what_is_seen(troupe, client_de):
    fabriques.faire_delegation(troupe.dgs_ville, troupe.drh_ville, "retenir")
    client = client_de(troupe.dgs_ville)
    assert len(client.get(PAGE).context["lignes"]) == 1

    client.post(CHEMIN, {"mandat": troupe.dgs_agglomeration.mandat.pk})

    assert client.get(PAGE).context["lignes"] == []


def test_nobody_takes_the_mandat_of_another(troupe, client_de):
    client = client_de(troupe.dgs_ville)

    for pk in (troupe.dgs_region.mandat.pk, 0, "", "x", "999999999999999999999999"):
        reponse = client.post(CHEMIN, {"mandat": pk})
        assert messages(reponse)[-1] == "Ce mandat n’est plus en vigueur."
        assert nom_de(client) == "DGS, Ville d’Orléans"


def test_a_mandat_that_has_ended_is_not_taken_again(troupe, client_de):
    client = client_de(troupe.dgs_ville)
    Mandat.objects.filter(pk=troupe.dgs_agglomeration.mandat.pk).update(fin=fabriques.dans(-1))

    client.post(CHEMIN, {"mandat": troupe.dgs_agglomeration.mandat.pk})

    assert nom_de(client) == "DGS, Ville d’Orléans"


def test_somebody_without_a_mandat_stays_without(troupe, client_de):
    client = client_de(troupe.ancien_drh)

    client.post(CHEMIN, {"mandat": troupe.drh_departement.mandat.pk})

    assert client.get(PAGE).status_code == 403
