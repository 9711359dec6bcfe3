"""The journal page: who, in whose name, when, why, and never a name too many."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collectivites.journal import journaliser
from collectivites.models import EntreeJournal
from collectivites.mots import Acte, Actes
from pilotage.mots import Actes as ActesPilotage
from tests import fabriques

URL = "/journal/"


def decider(acteur, cadre=None, collectivite=None, **champs):
    valeurs = {"acte": Actes.DELEGATION_DONNEE, "libelle": "Cadre retenu", **champs}
    return journaliser(
        acteur=acteur,
        objet=cadre or acteur.mandat,
        collectivite=collectivite or acteur.collectivite,
        cadre_ref=cadre.pk if cadre else None,
        **valeurs,
    )


def lire(client, **filtres) -> str:
    return client.get(URL, filtres).content.decode().split("<tbody>")[-1]


@pytest.mark.parametrize(
    ("nom", "statut"),
    [("dgs_ville", 200), ("gestionnaire_region", 200), ("cadre", 403), ("accompagnateur", 403)],
)
def test_employers_read_it(troupe, client_de, nom, statut):
    assert client_de(getattr(troupe, nom)).get(URL).status_code == statut


def test_a_line_says_who_in_whose_name_and_why(troupe, client_de):
    decider(troupe.dgs_departement, troupe.fiche_du_cadre, motif="Son projet est mûr")
    page = lire(client_de(troupe.drh_departement))
    for mot in ("Denis Bailly", "DGS, Département du Loiret", "Son projet est mûr", "Claire"):
        assert mot in page


def test_a_line_under_delegation_says_so(troupe, client_de):
    delegue = fabriques.faire_delegation(troupe.dgs_region, troupe.drh_region, Acte.RETENIR)
    decider(delegue, delegue=Acte.RETENIR)
    assert "par délégation de Rose Carlier" in lire(client_de(troupe.dgs_region))


def test_another_collectivite_and_another_demarche_do_not_read_it(troupe, client_de):
    decider(troupe.dgs_departement, troupe.fiche_du_cadre)
    assert "Cadre retenu" not in lire(client_de(troupe.dgs_ville))
    assert "Cadre retenu" not in lire(client_de(troupe.etranger_dgs))


def test_a_name_that_the_reader_may_not_see_is_not_shown(troupe, client_de):
    """The Ville is engaged by a line about somebody of the Département who has not said yes."""
    decider(troupe.dgs_departement, troupe.fiche_du_cadre_muet, collectivite=troupe.ville)
    page = lire(client_de(troupe.dgs_ville))
    assert "Cadre retenu" in page
    assert "Quentin" not in page
    assert f"/registre/{troupe.fiche_du_cadre_muet.pk}/" not in page


def test_a_cadre_who_answers_is_not_named_by_their_signature(troupe, client_de):
    decider(
        troupe.cadre_muet,
        troupe.fiche_du_cadre_muet,
        collectivite=troupe.ville,
        libelle="Réponse donnée",
    )
    page = client_de(troupe.dgs_ville).get(URL).content.decode()
    assert "Réponse donnée" in page
    assert "Quentin" not in page
    assert "Quentin" in client_de(troupe.dgs_departement).get(URL).content.decode()


def test_what_is_the_persons_own_stays_theirs(troupe, client_de):
    decider(troupe.cadre, troupe.fiche_du_cadre, libelle="Vœu classé", reserve_a_la_personne=True)
    assert "Vœu classé" not in lire(client_de(troupe.dgs_departement))


def test_it_is_filtered_by_act_author_and_period(troupe, client_de):
    decider(troupe.dgs_region, libelle="Première", acte=Actes.DELEGATION_DONNEE)
    decider(troupe.drh_region, libelle="Seconde", acte=ActesPilotage.ETAPE_ROUTE_FAITE)
    client = client_de(troupe.dgs_region)
    assert "Seconde" not in lire(client, acte=Actes.DELEGATION_DONNEE)
    auteur = troupe.drh_region.utilisateur.pk
    assert "Première" not in lire(client, auteur=auteur)
    assert "Première" in lire(client, depuis=fabriques.dans(0).isoformat())
    assert "Première" not in lire(client, jusqu_au=fabriques.dans(-1).isoformat())


@pytest.mark.parametrize("filtre", [{"acte": "absent"}, {"depuis": "demain"}, {"page": "99"}])
def test_an_unknown_filter_is_ignored(troupe, client_de, filtre):
    decider(troupe.dgs_region)
    reponse = client_de(troupe.dgs_region).get(URL, filtre)
    assert reponse.status_code == 200
    assert "Cadre retenu" in reponse.content.decode()


def test_the_clock_signs_as_such(troupe, client_de):
    journaliser(
        acteur=None,
        demarche=troupe.demarche,
        acte=Actes.DELEGATION_REVOQUEE,
        libelle="Proposition expirée",
        objet=troupe.region,
        collectivite=troupe.region,
    )
    assert "Automatiquement" in lire(client_de(troupe.dgs_region))


def test_the_filter_offers_the_acts_that_were_met_by_their_labels(troupe, client_de):
    decider(troupe.dgs_region)
    decider(troupe.dgs_region, acte=ActesPilotage.ETAPE_ROUTE_FAITE)

    choix = client_de(troupe.dgs_region).get(URL).context["filtres"].fields["acte"].choices

    assert choix == [
        ("", "Tous les actes"),
        ("delegation.donnee", "Délégation donnée"),
        ("route.etape_faite", "Étape de la feuille de route faite"),
    ]


def test_an_act_that_is_no_longer_taken_is_read_and_not_offered(troupe, client_de):
    EntreeJournal.objects.create(
        demarche=troupe.demarche, acte="acte.ancien", libelle="Fait autrefois"
    )

    reponse = client_de(troupe.dgs_region).get(URL)

    assert "Fait autrefois" in reponse.text
    assert reponse.context["filtres"].fields["acte"].choices == [("", "Tous les actes")]


def test_the_queries_do_not_grow(troupe, client_de):
    client = client_de(troupe.dgs_departement)
    nombres = []
    for ajout in (1, 4, 45):
        for _ in range(ajout):
            decider(troupe.dgs_departement, troupe.fiche_du_cadre)
        with CaptureQueriesContext(connection) as requetes:
            client.get(URL)
        nombres.append(len(requetes))
    assert len(set(nombres)) == 1
    assert nombres[0] <= 15
    assert EntreeJournal.objects.count() == 50
