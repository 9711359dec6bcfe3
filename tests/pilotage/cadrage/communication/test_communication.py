"""The plan de communication, and the words that every DGS approves."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collectivites.models import EntreeJournal
from collectivites.refus import ActionImpossible
from pilotage.accueil.a_faire import attentes_de
from pilotage.cadrage.communication import actions
from pilotage.cadrage.communication.langage import elements_de_langage_approuves
from pilotage.models import ActionCommunication, ApprobationElements, ElementsDeLangage
from tests import fabriques as f

URL = "/communication/"


@pytest.fixture(autouse=True)
def _depot(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def saisie(**champs):
    return {
        "intitule": "Conférence de presse",
        "public": "presse",
        "canal": "Hôtel de Région",
        "jour": f.dans(20).isoformat(),
        "etat": "prevue",
    } | champs


def test_a_drh_writes_an_action_with_its_material(troupe, client_de):
    reponse = client_de(troupe.drh_region).post(
        f"{URL}nouvelle/",
        saisie(
            piece=f.faire_piece("dossier.pdf"),
            collectivite=troupe.region.pk,
            responsable=troupe.dgs_region.mandat.pk,
        ),
    )
    assert reponse.url == URL
    action = ActionCommunication.objects.get()
    assert (action.nom_piece, action.est_externe) == ("dossier.pdf", True)
    page = client_de(troupe.dgs_ville).get(URL).content.decode()
    assert page.count("Conférence de presse") >= 2  # along the year, and in the list
    assert client_de(troupe.dgs_ville).get(f"{URL}{action.pk}/support/").status_code == 200
    assert client_de(troupe.cadre).get(f"{URL}{action.pk}/support/").status_code == 403
    assert client_de(troupe.etranger_dgs).get(f"{URL}{action.pk}/support/").status_code == 404
    assert EntreeJournal.objects.get().acte == "communication.ajoutee"


@pytest.mark.parametrize(
    "faute",
    [
        {"intitule": ""},
        {"public": "lune"},
        {"jour": "2999-01-01"},
        {"jour": "2001-01-01"},
        {"etat": "faite"},
        {"canal": ""},
    ],
)
def test_an_action_that_makes_no_sense_is_told(troupe, client_de, faute):
    reponse = client_de(troupe.drh_region).post(f"{URL}nouvelle/", saisie(**faute))
    assert reponse.status_code == 200
    assert "invalid-feedback" in reponse.content.decode()
    assert not ActionCommunication.objects.exists()


def test_what_is_done_was_done_today_at_the_latest(troupe, client_de):
    client_de(troupe.drh_region).post(
        f"{URL}nouvelle/", saisie(etat="faite", jour=f.dans(0).isoformat())
    )
    assert ActionCommunication.objects.get().etat == "faite"


def test_an_action_is_changed_by_whoever_carries_it(troupe, client_de):
    client_de(troupe.drh_region).post(
        f"{URL}nouvelle/", saisie(collectivite=troupe.region.pk, piece=f.faire_piece())
    )
    action = ActionCommunication.objects.get()
    assert client_de(troupe.drh_ville).post(f"{URL}{action.pk}/", saisie()).status_code == 403
    client_de(troupe.gestionnaire_region).post(
        f"{URL}{action.pk}/", saisie(etat="annulee", collectivite=troupe.region.pk)
    )
    action.refresh_from_db()
    assert (action.etat, bool(action.piece)) == ("annulee", True)


def test_a_year_without_anything_leads_to_those_that_have(troupe, client_de):
    annee = f.dans(0).year
    for saut in (-1, 1):
        ActionCommunication.objects.create(
            demarche=troupe.demarche,
            intitule=f"Année {saut}",
            public="elus",
            canal="Note",
            jour=f.dans(0).replace(year=annee + saut, day=1),
        )
    client = client_de(troupe.dgs_ville)
    page = client.get(URL, {"annee": "9999"}).content.decode()
    assert f"?annee={annee - 1}#annee" in page
    assert f"?annee={annee + 1}#annee" in page


# --- The shared words ------------------------------------------------------------------------------


def rediger(acteur, texte="Nos mots", depuis=0):
    return actions.rediger(acteur=acteur, texte=texte, depuis=depuis)


def les_quatre(troupe):
    return troupe.dgs_ville, troupe.dgs_agglomeration, troupe.dgs_departement, troupe.dgs_region


def test_the_words_are_used_once_every_dgs_has_approved_them(troupe):
    elements = rediger(troupe.drh_region)
    for dgs in les_quatre(troupe):
        assert elements_de_langage_approuves(troupe.demarche) is None
        actions.approuver(acteur=dgs, elements=elements)
    assert elements_de_langage_approuves(troupe.demarche) == "Nos mots"
    assert elements_de_langage_approuves(troupe.autre_demarche) is None


def test_a_new_version_withdraws_the_approvals_and_keeps_the_former(troupe, client_de):
    premiere = rediger(troupe.drh_region)
    for dgs in les_quatre(troupe):
        actions.approuver(acteur=dgs, elements=premiere)
    client_de(troupe.drh_ville).post(f"{URL}langage/", {"depuis": 1, "texte": "D’autres mots"})
    assert elements_de_langage_approuves(troupe.demarche) is None
    assert ElementsDeLangage.objects.get(version=1).approbations.count() == 4
    with pytest.raises(ActionImpossible, match="Une autre version"):
        actions.approuver(acteur=troupe.dgs_ville, elements=premiere)


def test_two_who_write_at_once_lose_nothing(troupe, client_de):
    client_de(troupe.drh_ville).post(f"{URL}langage/", {"depuis": 0, "texte": "Le mien"})
    client_de(troupe.drh_region).post(f"{URL}langage/", {"depuis": 0, "texte": "Le tien"})
    assert [e.texte for e in ElementsDeLangage.objects.all()] == ["Le mien"]


@pytest.mark.parametrize("nom", ["drh_region", "gestionnaire_region", "cadre"])
def test_a_dgs_alone_approves_once_for_each_employer(troupe, client_de, nom):
    elements = rediger(troupe.drh_region)
    with pytest.raises(PermissionDenied):
        actions.approuver(acteur=getattr(troupe, nom), elements=elements)
    client = client_de(troupe.dgs_region)
    for _ in range(2):
        client.post(f"{URL}langage/{elements.pk}/approuver/")
    assert ApprobationElements.objects.count() == 1
    assert (
        client_de(troupe.etranger_dgs).post(f"{URL}langage/{elements.pk}/approuver/").status_code
        == 404
    )


def test_what_waits_for_approval_waits_for_the_dgs(troupe):
    def attendue(acteur):
        return "Approuver les éléments de langage" in {a.titre for a in attentes_de(acteur)}

    assert not attendue(troupe.dgs_region)
    premiere = rediger(troupe.drh_region)
    assert attendue(troupe.dgs_region)
    assert not attendue(troupe.drh_region)
    actions.approuver(acteur=troupe.dgs_region, elements=premiere)
    assert not attendue(troupe.dgs_region)
    rediger(troupe.drh_region, "D’autres mots", depuis=1)
    assert attendue(troupe.dgs_region)


def test_the_queries_do_not_grow(troupe, client_de):
    client = client_de(troupe.dgs_ville)
    nombres = []
    for ajout in (1, 15):
        for _ in range(ajout):
            ActionCommunication.objects.create(
                demarche=troupe.demarche,
                intitule="x",
                public="elus",
                canal="Note",
                jour=f.dans(3),
                collectivite=troupe.region,
                responsable=troupe.dgs_region.mandat,
            )
        with CaptureQueriesContext(connection) as requetes:
            client.get(URL)
        nombres.append(len(requetes))
    assert nombres[0] == nombres[1] <= 12


def test_the_firm_reads_the_plan_and_prepares_the_words_without_approving_them(troupe, client_de):
    firme = f.faire_acteur("cabinet", troupe.ville)
    client = client_de(firme)
    page = client.get(URL).content.decode()
    assert 'href="/elus/"' not in page
    assert 'href="/jalons/"' not in page
    assert client.get("/elus/").status_code == client.get("/jalons/").status_code == 403
    client.post(f"{URL}langage/", {"depuis": 0, "texte": "Un projet de la firme"})
    elements = ElementsDeLangage.objects.get()
    assert client.post(f"{URL}langage/{elements.pk}/approuver/").status_code == 403
    assert client.post(f"{URL}nouvelle/", saisie()).status_code == 403
