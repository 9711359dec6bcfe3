"""Before a grave act, one shows again who one is; nothing of the form is lost meanwhile."""

import json
import re
from html import unescape

import pytest
import time_machine
from django.test import Client

from cadres.models import Candidature
from collectivites.models import Courriel, Delegation
from collectivites.mots import Role
from tests import fabriques
from tests.acces.adresses import adresses
from tests.collectivites.comptes.test_second_facteur import (
    INSTANT,
    MOT,
    avec_application,
    avec_mot_de_passe,
    code,
)

CONNEXION = "/comptes/connexion/"
MINUTE = 60
MOTIF = "Un motif pesé,\n   avec des « guillemets » & des <chevrons>."


@pytest.fixture(autouse=True)
def _quinze_minutes(settings):
    settings.PREUVE_MINUTES = 15


@pytest.fixture
def montre():
    with time_machine.travel(INSTANT, tick=False) as voyage:
        yield voyage


@pytest.fixture
def dgs(troupe, montre):
    avec_mot_de_passe(troupe.dgs_departement.utilisateur)
    return troupe.dgs_departement


@pytest.fixture
def client(dgs, montre):
    """The browser of a DGS who came in twenty minutes ago."""
    client = Client()
    entrer(client, dgs)
    montre.shift(20 * MINUTE)
    return client


@pytest.fixture
def adresse(troupe):
    return f"/registre/{fabriques.faire_cadre(troupe.departement, 'accord').pk}/retenir/"


def entrer(client, acteur):
    return client.post(CONNEXION, {"login": acteur.utilisateur.email, "password": MOT})


def gardes(reponse):
    """What the page would send again, but for the proof."""
    form = reponse.text.split("<main")[1].split('<form method="post"')[1].split("</form>")[0]
    champs = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
    return {nom: unescape(valeur) for nom, valeur in champs if nom != "csrfmiddlewaretoken"}


def retenus():
    return Candidature.objects.filter(etat="retenu", motif_decision=MOTIF).count()


def test_les_actes_graves_sont_ceux_ci():
    """To add one, or to take one off, is a decision."""
    assert {
        nom
        for nom, adresse in adresses().items()
        if getattr(getattr(adresse.vue, "acces", None), "preuve", False)
    } == {
        "cadres:retenir",
        "cadres:ne_pas_retenir",
        "cadres:decider_plusieurs",
        "cadres:exporter",
        "cadres:exporter_selection",
        "cadres:effacer",
        "cadres:confirmer_adresse",
        "opportunites:valider_proposition",
        "collectivites:nouvelle_delegation",
        "collectivites:acces_direction",
        "collectivites:mes_connexions",
        "collectivites:fournisseur_lier",
        "collectivites:fournisseur_delier",
        "pilotage:nommer_direction",
        "pilotage:finir_direction",
        "pilotage:changer_adresse",
    }


def test_qui_vient_d_entrer_n_est_pas_interroge(dgs, montre, adresse):
    client = Client()
    entrer(client, dgs)
    montre.shift(15 * MINUTE - 1)
    client.post(adresse, {"motif": MOTIF})

    assert retenus() == 1


def test_l_acte_attend_la_preuve_et_se_fait_avec_elle_sans_rien_perdre(client, adresse):
    reponse = client.post(adresse, {"motif": MOTIF})
    assert "Confirmez que c’est vous" in reponse.text
    assert retenus() == 0

    faux = client.post(adresse, {**gardes(reponse), "preuve_mot_de_passe": "faux"})
    assert "pas votre mot de passe" in faux.text
    assert gardes(faux) == {"motif": MOTIF}
    fini = client.post(adresse, {**gardes(faux), "preuve_mot_de_passe": MOT})

    assert fini.status_code == 302
    assert retenus() == 1


def test_la_preuve_vaut_pour_les_actes_qui_suivent_puis_passe(client, montre, troupe):
    def ailleurs():
        return f"/registre/{fabriques.faire_cadre(troupe.departement, 'accord').pk}/retenir/"

    client.post(ailleurs(), {"motif": MOTIF, "preuve_mot_de_passe": MOT})
    montre.shift(10 * MINUTE)
    client.post(ailleurs(), {"motif": MOTIF})
    assert retenus() == 2
    montre.shift(6 * MINUTE)
    client.post(ailleurs(), {"motif": MOTIF})

    assert retenus() == 2


def test_fermer_une_autre_connexion_attend_la_preuve(client, dgs):
    ailleurs = Client()
    entrer(ailleurs, dgs)

    assert "Confirmez que c’est vous" in client.post("/mes-connexions/").text
    assert ailleurs.get("/mes-connexions/").status_code == 200

    client.post("/mes-connexions/", {"preuve_mot_de_passe": MOT})
    assert ailleurs.get("/mes-connexions/").headers["Location"].startswith(CONNEXION)


def test_lire_la_page_d_un_acte_ne_demande_rien(client, adresse):
    assert "Confirmez" not in client.get(adresse).text


def test_un_code_de_l_application_prouve_aussi_et_ne_sert_qu_une_fois(client, dgs, adresse, montre):
    cle = avec_application(dgs.utilisateur)
    assert 'name="preuve_code"' in client.post(adresse, {"motif": MOTIF}).text
    lu = code(cle)
    client.post(adresse, {"motif": MOTIF, "preuve_code": lu})
    assert retenus() == 1

    autre = Client()
    entrer(autre, dgs)
    assert autre.post("/comptes/connexion/code/", {"code": lu}).status_code == 200


def test_une_cle_prouve_aussi(dgs, adresse, montre):
    from tests.collectivites.comptes.test_cles import ajouter, presenter
    from tests.outils.cle import Cle

    client, cle = Client(), Cle()
    entrer(client, dgs)
    ajouter(client, cle, passwordless="on")
    client = Client()
    presenter(client, cle)
    montre.shift(20 * MINUTE)
    page = client.post(adresse, {"motif": MOTIF}).text
    demande = json.loads(unescape(re.search(r'id="cle-options"[^>]*>(.*?)</script>', page)[1]))
    client.post(adresse, {"motif": MOTIF, "credential": "{}"})
    assert retenus() == 0
    demande = json.loads(
        unescape(
            re.search(
                r'id="cle-options"[^>]*>(.*?)</script>', client.post(adresse, {"motif": MOTIF}).text
            )[1]
        )
    )

    client.post(adresse, {"motif": MOTIF, "credential": cle.signer(demande["request_options"])})

    assert retenus() == 1


def test_ce_qui_est_coche_revient_entier(client, troupe, dgs):
    saisie = {
        "delegataire": str(troupe.drh_departement.mandat.pk),
        "actes": ["retenir", "ouvrir_promotion"],
        "debut": "2027-01-15",
        "fin": "2027-02-15",
        "motif": "",
    }
    page = client.post("/delegations/nouvelle/", saisie).text

    assert not Delegation.objects.exists()
    for acte in saisie["actes"]:
        assert f'<input type="hidden" name="actes" value="{acte}">' in page
    client.post("/delegations/nouvelle/", {**saisie, "preuve_mot_de_passe": MOT})
    assert sorted(Delegation.objects.get().actes) == sorted(saisie["actes"])


def test_un_export_attend_la_preuve_puis_la_page_d_ou_l_on_vient(client):
    registre = "http://testserver/registre/?q=ab"
    reponse = client.get("/registre/exporter/?format=csv", headers={"Referer": registre})
    assert reponse.headers["Location"].startswith(
        "/comptes/confirmer/?next=http%3A%2F%2Ftestserver"
    )

    fini = client.post(reponse.headers["Location"], {"password": MOT})

    assert fini.headers["Location"] == registre
    assert "attachment" in client.get("/registre/exporter/?format=csv")["Content-Disposition"]


def test_des_essais_de_mot_de_passe_sont_comptes_et_dits(client, dgs, adresse, settings):
    settings.ACCOUNT_RATE_LIMITS = {"reauthenticate": "4/m/user", "login_dit": "2/d/key"}
    for _ in range(4):
        client.post(adresse, {"motif": MOTIF, "preuve_mot_de_passe": "faux"})

    assert (
        "Trop d’essais" in client.post(adresse, {"motif": MOTIF, "preuve_mot_de_passe": MOT}).text
    )
    assert retenus() == 0
    assert "essais de connexion" in Courriel.objects.get(objet__contains="essais").objet


def test_un_role_qui_n_a_pas_l_acte_ne_l_obtient_pas_en_se_prouvant(troupe, adresse, montre):
    drh = troupe.drh_departement
    assert drh.role == Role.DRH
    avec_mot_de_passe(drh.utilisateur)
    client = Client()
    entrer(client, drh)
    montre.shift(20 * MINUTE)

    assert client.post(adresse, {"motif": MOTIF, "preuve_mot_de_passe": MOT}).status_code == 403
    assert retenus() == 0


def test_sans_l_exigence_rien_n_est_demande(client, adresse, settings):
    settings.PREUVE_MINUTES = 0
    client.post(adresse, {"motif": MOTIF})

    assert retenus() == 1


def test_un_second_facteur_se_choisit_avec_une_preuve_recente(client):
    reponse = client.get("/comptes/securite/application/")

    assert (
        reponse.headers["Location"]
        == "/comptes/confirmer/?next=%2Fcomptes%2Fsecurite%2Fapplication%2F"
    )
    client.post(reponse.headers["Location"], {"password": MOT})
    assert client.get("/comptes/securite/application/").status_code == 200
