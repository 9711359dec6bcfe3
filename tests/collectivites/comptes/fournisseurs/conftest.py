"""Two providers that are one server: ProConnect, which signs what it says, and a plain one."""

from urllib.parse import urlsplit

import pytest
import requests
from django.conf import settings as reglages
from django.test import Client

from collectivites.comptes.fournisseurs import echanges
from collectivites.mots import Role
from tests import fabriques
from tests.outils.fournisseur import CLIENT, SECRET, FournisseurDEssai

SIREN = "214502346"


@pytest.fixture(scope="package")
def serveur():
    fournisseur = FournisseurDEssai()
    yield fournisseur
    fournisseur.fermer()


@pytest.fixture
def fournisseur(serveur, settings, db):
    """The server, as it is by default; and what our settings say of it."""
    serveur.retablir()
    echanges.oublier()
    commun = {"client": CLIENT, "secret": SECRET, "serveur": serveur.adresse}
    settings.FOURNISSEURS = [
        {
            **commun,
            "nom": "proconnect",
            "titre": "ProConnect",
            "signe": True,
            "siret": "siret",
            "acr": ["eidas1", "eidas1-mfa", "eidas2", "eidas3"],
            "acr_fort": ["eidas2", "eidas3"],
            "scope": "openid siret",
            "reauthentifie": False,
            "est_proconnect": True,
        },
        {**commun, "nom": "agglo", "titre": "l’annuaire de l’agglomération"},
    ]
    return serveur


@pytest.fixture
def departement(db):
    """Alone in its démarche: these tests are about who comes in."""
    return fabriques.faire_collectivites(fabriques.faire_demarche(), jalons=False)["departement"]


@pytest.fixture
def drh(departement):
    departement.siren = SIREN
    departement.save()
    return fabriques.faire_acteur(Role.DRH, departement).utilisateur


def lier(personne, nom="proconnect", sub="sub-de-camille"):
    return personne.socialaccount_set.create(provider=nom, uid=sub)


def partir(client, nom="proconnect", geste="entrer", **champs):
    """The button, then the page that goes by itself. Returns the address where it leads."""
    reponse = client.post(f"/fournisseurs/{nom}/{geste}/", champs)
    assert reponse.status_code == 200, reponse.status_code
    return reponse.headers["Refresh"].removeprefix("0; url=")


def passer_chez_lui(adresse):
    """The provider's own page, where the person proves who they are. Returns the way back here."""
    reponse = requests.get(adresse, allow_redirects=False, timeout=5)
    assert reponse.status_code == 303, reponse.text
    assert reponse.headers["Location"].startswith(reglages.QUATUOR_SITE)
    retour = urlsplit(reponse.headers["Location"])
    return f"{retour.path}?{retour.query}"


def faire_le_tour(client, nom="proconnect", geste="entrer", **champs):
    return client.get(passer_chez_lui(partir(client, nom, geste, **champs)))


def compte_ouvert(client):
    return client.session.get("_auth_user_id")


@pytest.fixture
def navigateur():
    return Client()
