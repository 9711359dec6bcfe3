"""A key lets its person in, alone or after the password; never somebody else, nor from a false site."""

import json
import re
from html import unescape

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.outils.cle import Cle

CONNEXION, CLE, CODE = "/comptes/connexion/", "/comptes/connexion/cle/", "/comptes/connexion/code/"
AJOUTER = "/comptes/securite/cles/"
MOT = "une-phrase-que-je-sais"


ENVOIS = [
    "",
    "x",
    "{}",
    "[]",
    "3",
    '{"response": 1}',
    '{"response": {}}',
    '{"id": "x", "rawId": "x"}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": "e30", '
    '"attestationObject": "oA", "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"}}',
    '{"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": {"clientDataJSON": 5, '
    '"attestationObject": 5, "authenticatorData": 5, "signature": 5, "userHandle": 5}}',
]


@pytest.fixture(autouse=True)
def _comme_en_production(settings):
    settings.SECOND_FACTEUR = True
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False


@pytest.fixture
def dgs(troupe):
    personne = troupe.dgs_departement.utilisateur
    personne.set_password(MOT)
    personne.save()
    return personne


def entrer(client, personne):
    return client.post(CONNEXION, {"login": personne.email, "password": MOT})


def options(client, adresse):
    """What a page asks of a key."""
    page = client.get(adresse).text
    return json.loads(unescape(re.search(r'id="cle-options"[^>]*>(.*?)</script>', page)[1]))


def ajouter(client, cle, **champs):
    demande = options(client, AJOUTER)["creation_options"]
    return client.post(AJOUTER, {"name": "Ma clé", "credential": cle.creer(demande), **champs})


def presenter(client, cle, suite=""):
    """A key alone, at the login."""
    demande = client.get(CLE, headers={"Accept": "application/json"}).json()["request_options"]
    return client.post(CLE, {"credential": cle.signer(demande), "next": suite})


@pytest.fixture
def cle(dgs):
    cle, client = Cle(), Client()
    entrer(client, dgs)
    assert ajouter(client, cle, passwordless="on").headers["Location"] == "/comptes/securite/codes/"
    assert client.get("/registre/").status_code == 200
    return cle


def test_une_cle_seule_fait_entrer_et_va_ou_l_on_allait(dgs, cle):
    client = Client()

    assert presenter(client, cle, "/registre/").headers["Location"] == "/registre/"
    assert client.get("/registre/").status_code == 200
    assert Authenticator.objects.get(type="webauthn").last_used_at


def test_elle_complete_le_mot_de_passe(dgs, cle):
    client = Client()
    assert entrer(client, dgs).headers["Location"] == CODE
    demande = options(client, CODE)["request_options"]

    client.post(CODE, {"credential": cle.signer(demande)})

    assert client.get("/registre/").status_code == 200


def test_qui_n_a_pas_de_cle_n_en_voit_pas_la_demande(dgs):
    from tests.collectivites.comptes.test_second_facteur import avec_application

    avec_application(dgs)
    client = Client()
    entrer(client, dgs)

    assert "data-cle" not in client.get(CODE).text


@pytest.mark.parametrize(
    "origine", ["https://quatuor.exemple.ru", "https://testserver.exemple.ru", "http://testserver"]
)
def test_un_faux_site_n_obtient_rien_de_la_cle(dgs, cle, origine):
    cle.origine = origine
    client = Client()
    presenter(client, cle)

    assert "_auth_user_id" not in client.session
    assert "n’a pas été reconnue" in client.get(CONNEXION).text


def test_la_signature_d_hier_ne_sert_plus(dgs, cle):
    client = Client()
    demande = client.get(CLE, headers={"Accept": "application/json"}).json()["request_options"]
    signee = cle.signer(demande)
    autre = Client()
    autre.get(CLE, headers={"Accept": "application/json"})
    autre.post(CLE, {"credential": signee})

    assert "_auth_user_id" not in autre.session


def test_une_cle_qui_ne_verifie_pas_son_porteur_n_ouvre_pas_seule(dgs, cle):
    cle.drapeaux = Cle(verifie=False).drapeaux
    client = Client()
    presenter(client, cle)

    assert "_auth_user_id" not in client.session


def test_la_cle_d_un_autre_ne_fait_pas_entrer_a_sa_place(dgs, cle, troupe):
    fausse = Cle()
    fausse.titulaire, fausse._id = cle.titulaire, cle._id
    client = Client()
    presenter(client, fausse)

    assert "_auth_user_id" not in client.session


def test_un_compte_ferme_ne_se_rouvre_pas_avec_sa_cle(dgs, cle):
    dgs.is_active = False
    dgs.save()
    client = Client()
    presenter(client, cle)

    assert "_auth_user_id" not in client.session


def test_ce_qui_n_est_pas_une_cle_est_refuse_sans_panne(dgs, cle):
    dehors, a_demi, dedans = Client(), Client(), Client()
    presenter(dedans, cle)
    entrer(a_demi, dgs)
    for envoi in ENVOIS:
        dehors.get(CLE, headers={"Accept": "application/json"})
        assert dehors.post(CLE, {"credential": envoi}).status_code == 302, envoi
        assert "_auth_user_id" not in dehors.session
        assert a_demi.post(CODE, {"credential": envoi}).status_code == 200, envoi
        dedans.get(AJOUTER)
        assert dedans.post(AJOUTER, {"name": "x", "credential": envoi}).status_code == 200, envoi


def test_une_cle_retiree_n_ouvre_plus_rien(dgs, cle):
    client = Client()
    presenter(client, cle)
    pk = Authenticator.objects.get(type="webauthn").pk
    assert (
        client.post(f"/comptes/securite/cles/{pk}/retirer/").headers["Location"]
        == "/comptes/securite/"
    )

    autre = Client()
    presenter(autre, cle)
    assert "_auth_user_id" not in autre.session
    assert not Authenticator.objects.exists()


def test_la_cle_d_un_autre_ne_se_retire_pas(dgs, cle, troupe, client_de):
    pk = Authenticator.objects.get(type="webauthn").pk

    assert client_de(troupe.cadre).post(f"/comptes/securite/cles/{pk}/retirer/").status_code == 404
    assert Authenticator.objects.filter(pk=pk).exists()
