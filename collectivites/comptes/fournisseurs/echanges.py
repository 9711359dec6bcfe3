"""What is asked of a provider from server to server, over TLS and without following it elsewhere."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlsplit

import requests

from collectivites.comptes.fournisseurs.configuration import Fournisseur

DELAI = 5
#: Addresses and keys are kept by this process, for minutes: a shared cache would be one more place where
#: whoever writes signs as the provider. Keys are asked for again once a minute at most.
DUREE, PAS = 600, 60
_gardes: dict[str, tuple[float, dict[str, Any]]] = {}


class Refuse(Exception):
    """What the provider answered proves nothing. The reason is for the log, without a name in it."""


def adresses_de(fournisseur: Fournisseur) -> dict[str, Any]:
    """Its own description; its issuer is the one that we were told to trust."""
    lues = lire_adresse(f"{fournisseur.serveur.rstrip('/')}/.well-known/openid-configuration")
    if lues.get("issuer") != fournisseur.serveur:
        raise Refuse("description: another issuer")
    schema = urlsplit(fournisseur.serveur).scheme
    for nom in ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"):
        if urlsplit(str(lues.get(nom, ""))).scheme != schema:
            raise Refuse(f"description: {nom}")
    return lues


def lire_adresse(adresse: str, *, neuf: bool = False) -> dict[str, Any]:
    quand, contenu = _gardes.get(adresse, (0.0, {}))
    if time.time() - quand < (PAS if neuf else DUREE):
        return contenu
    contenu = _json(_demander("GET", adresse))
    _gardes[adresse] = (time.time(), contenu)
    return contenu


def oublier() -> None:
    _gardes.clear()


def echanger_le_code(
    fournisseur: Fournisseur, adresses: dict[str, Any], *, code: str, verifieur: str, retour: str
) -> dict[str, Any]:
    """The tokens, against the code that came by the browser and the secret that did not."""
    donnees = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": retour,
        "code_verifier": verifieur,
    }
    admis = adresses.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
    if "client_secret_post" in admis:
        secrets = {"client_id": fournisseur.client, "client_secret": fournisseur.secret}
        jetons = _json(_demander("POST", adresses["token_endpoint"], data=donnees | secrets))
    else:
        moi = (fournisseur.client, fournisseur.secret)
        jetons = _json(_demander("POST", adresses["token_endpoint"], data=donnees, auth=moi))
    if not all(isinstance(jetons.get(nom), str) for nom in ("access_token", "id_token")):
        raise Refuse("tokens: one is missing")
    return jetons


def demander_la_personne(adresses: dict[str, Any], jeton: str) -> requests.Response:
    entetes = {"Authorization": f"Bearer {jeton}"}
    return _demander("GET", adresses["userinfo_endpoint"], headers=entetes)


def json_de(reponse: requests.Response) -> dict[str, Any]:
    return _json(reponse)


def _demander(methode: str, adresse: str, **options: Any) -> requests.Response:
    try:
        reponse = requests.request(
            methode, adresse, timeout=DELAI, allow_redirects=False, **options
        )
    except requests.RequestException as erreur:
        raise Refuse(f"unreachable: {type(erreur).__name__}") from None
    if reponse.status_code != requests.codes.ok:
        raise Refuse(f"answered {reponse.status_code}")
    return reponse


def _json(reponse: requests.Response) -> dict[str, Any]:
    try:
        contenu = reponse.json()
    except ValueError:
        contenu = None
    if not isinstance(contenu, dict):
        raise Refuse("not the JSON of an object")
    return contenu
