"""The home page: what waits, what changed, and a kind word for who has no mandat."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import user_logged_in
from django.test import RequestFactory
from django.utils import timezone

from cadres.candidature.acteurs import acteur_du_mandat
from collectivites.acteurs.acteur import CLE_SESSION
from collectivites.journal import journaliser
from collectivites.mots import Acte, Actes
from pilotage.accueil.a_faire import attentes_de
from pilotage.models import EtapeRoute
from tests import fabriques


def faire_etape(troupe, collectivite=None, jours=-3, **champs):
    return EtapeRoute.objects.create(
        demarche=troupe.demarche,
        phase="cadrage",
        intitule="Note stratégique",
        collectivite=collectivite,
        echeance=fabriques.dans(jours),
        **champs,
    )


@pytest.mark.parametrize(
    "nom", ["dgs_ville", "drh_region", "gestionnaire_region", "accompagnateur", "cadre"]
)
def test_every_role_has_a_home(troupe, client_de, nom):
    reponse = client_de(getattr(troupe, nom)).get("/")
    assert reponse.status_code == 200
    assert reponse.content.decode().count("<h1") == 1


def test_nobody_is_sent_to_the_login_page(client, db):
    assert client.get("/").url.startswith("/comptes/connexion/")


def test_without_mandat_the_page_says_whom_to_write_to(troupe, client_de):
    page = client_de(troupe.ancien_drh).get("/").content.decode()
    assert "Aucun mandat en cours" in page
    assert troupe.ancien_drh.email in page


def test_the_operator_is_led_to_the_administration(troupe, client_de):
    page = client_de(troupe.operateur).get("/").content.decode()
    assert 'href="/admin/"' in page
    assert 'href="/systeme/"' in page


def test_a_late_step_waits_for_those_who_carry_it(troupe):
    faire_etape(troupe, troupe.region)
    titres = {a.titre for a in attentes_de(troupe.dgs_region)}
    assert "Note stratégique" in titres
    assert "Note stratégique" not in {a.titre for a in attentes_de(troupe.drh_region)}
    assert "Note stratégique" not in {a.titre for a in attentes_de(troupe.dgs_ville)}
    assert "Note stratégique" not in {a.titre for a in attentes_de(troupe.etranger_dgs)}


def test_a_late_step_waits_for_its_owner_who_does_not_close_it(troupe):
    faire_etape(troupe, troupe.region, responsable=troupe.drh_region.mandat)
    attente = next(a for a in attentes_de(troupe.drh_region) if a.titre == "Note stratégique")
    assert attente.bouton == "Voir l’étape"


def test_a_step_waits_for_nobody_before_those_that_it_comes_after(troupe):
    avant = faire_etape(troupe, troupe.region)
    apres = faire_etape(troupe, troupe.region)
    EtapeRoute.objects.filter(pk=apres.pk).update(intitule="Lancement")
    apres.apres.add(avant)
    titres = {a.titre for a in attentes_de(troupe.dgs_region)}
    assert "Note stratégique" in titres
    assert "Lancement" not in titres


def test_a_step_of_the_four_waits_for_a_dgs_or_their_delegate(troupe):
    faire_etape(troupe)
    assert any(a.titre == "Note stratégique" for a in attentes_de(troupe.dgs_region))
    assert not any(a.titre == "Note stratégique" for a in attentes_de(troupe.drh_region))
    delegue = fabriques.faire_delegation(troupe.dgs_region, troupe.drh_region, Acte.FRANCHIR_ETAPE)
    assert any(a.titre == "Note stratégique" for a in attentes_de(delegue))


def test_a_far_step_or_a_done_one_waits_for_nobody(troupe):
    faire_etape(troupe, jours=60)
    faire_etape(troupe, faite_le=fabriques.dans(-1))
    assert not any(a.titre == "Note stratégique" for a in attentes_de(troupe.dgs_region))


def test_a_delegation_about_to_end_waits_for_who_gave_it(troupe):
    fabriques.faire_delegation(
        troupe.dgs_region, troupe.drh_region, Acte.RETENIR, fin=fabriques.dans(10)
    )
    assert any("délégation" in a.titre for a in attentes_de(troupe.dgs_region))
    assert not any("délégation" in a.titre for a in attentes_de(troupe.drh_region))
    assert not any("délégation" in a.titre for a in attentes_de(troupe.dgs_ville))


def test_the_most_pressing_comes_first(troupe):
    faire_etape(troupe, jours=9)
    faire_etape(troupe, jours=-9)
    jours = [a.jours for a in attentes_de(troupe.dgs_region) if a.jours is not None]
    assert jours == sorted(jours)


# --- Since the last visit -------------------------------------------------------------------------


def arriver(personne):
    requete = RequestFactory().post("/")
    requete.session = {}
    user_logged_in.send(sender=type(personne), request=requete, user=personne)
    personne.refresh_from_db()


def test_coming_in_keeps_the_day_of_the_last_visit(troupe):
    personne = troupe.drh_region.utilisateur
    hier = timezone.now() - timedelta(days=1)
    personne.last_login = hier
    personne.save()
    arriver(personne)
    assert personne.visite_precedente == hier
    assert personne.last_login > hier


def test_coming_back_within_the_hour_is_the_same_visit(troupe):
    personne = troupe.drh_region.utilisateur
    personne.last_login = timezone.now() - timedelta(minutes=20)
    personne.save()
    arriver(personne)
    assert personne.visite_precedente is None


def decider(troupe, acteur, cadre, **champs):
    return journaliser(
        acteur=acteur,
        acte=Actes.DELEGATION_DONNEE,
        libelle="Cadre retenu",
        objet=cadre,
        collectivite=acteur.collectivite,
        cadre_ref=cadre.pk,
        **champs,
    )


def test_what_others_decided_since_is_shown(troupe, client_de):
    personne = troupe.drh_departement.utilisateur
    personne.visite_precedente = timezone.now() - timedelta(days=2)
    personne.save()
    decider(troupe, troupe.dgs_departement, troupe.fiche_du_cadre)
    page = client_de(troupe.drh_departement).get("/").content.decode()
    assert "Cadre retenu" in page
    assert "Claire Pasquier" in page
    assert f"/registre/{troupe.fiche_du_cadre.pk}/" in page


def test_what_one_decided_oneself_is_not_news(troupe, client_de):
    personne = troupe.dgs_departement.utilisateur
    personne.visite_precedente = timezone.now() - timedelta(days=2)
    personne.save()
    decider(troupe, troupe.dgs_departement, troupe.fiche_du_cadre)
    assert "Cadre retenu" not in client_de(troupe.dgs_departement).get("/").content.decode()


@pytest.mark.parametrize("nombre", [1, 5, 50])
@pytest.mark.parametrize("nom", ["dgs_departement", "drh_departement", "cadre", "accompagnateur"])
def test_the_queries_do_not_grow(troupe, client_de, django_assert_max_num_queries, nom, nombre):
    acteur = getattr(troupe, nom)
    acteur.utilisateur.visite_precedente = timezone.now() - timedelta(days=2)
    acteur.utilisateur.save()
    for _ in range(nombre):
        faire_etape(troupe, troupe.departement)
        decider(troupe, troupe.dgs_region, troupe.fiche_du_cadre)
        fabriques.faire_cadre(troupe.departement, "accord", avec_compte=False)
    client = client_de(acteur)
    # Two of them ask for the state of the journal: before the lines are read, and for the badge.
    with django_assert_max_num_queries(23):
        assert client.get("/").status_code == 200


# --- All the hats of a person -----------------------------------------------------------------


@pytest.fixture
def deux_roles(troupe):
    """The DGS of the Département, who also is that of the agglomération: something waits for each."""
    autre = fabriques.faire_mandat("dgs", troupe.agglomeration, troupe.dgs_departement.utilisateur)
    drh = fabriques.faire_acteur("drh", troupe.agglomeration)
    fabriques.faire_delegation(acteur_du_mandat(autre), drh, Acte.RETENIR, fin=fabriques.dans(3))
    fabriques.faire_delegation(
        troupe.dgs_departement, troupe.drh_departement, Acte.RETENIR, fin=fabriques.dans(9)
    )
    return autre


def test_one_list_for_all_the_hats_each_line_with_its_own(troupe, client_de, deux_roles):
    client = client_de(troupe.dgs_departement)

    page = client.get("/")

    roles = [mandat for attente, mandat in page.context["taches"] if "délégation" in attente.titre]
    assert roles == [deux_roles, None]  # the first to end is that of the other hat
    assert f"comme {deux_roles.libelle}" in page.text
    # Reading changes nothing; the button does, and opens the very page.
    assert client.session[CLE_SESSION] == troupe.dgs_departement.mandat.pk
    attente = page.context["taches"][0][0]
    suite = client.post("/mandat/", {"mandat": deux_roles.pk, "suite": attente.url})
    assert suite["Location"] == attente.url
    assert client.session[CLE_SESSION] == deux_roles.pk


def test_after_a_decision_the_next_one(troupe, client_de, deux_roles):
    client = client_de(troupe.dgs_departement)

    def suivante(ici):
        return client.get(
            "/a-faire/suivante/",
            headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{ici}"},
        ).text

    assert "Renouveler une délégation" in suivante("/journal/")
    assert "Renouveler" not in suivante("/delegations/")  # it is on this very page
    assert client.get("/a-faire/suivante/")["Location"] == "/"
