"""A small OpenID Connect provider, real: HTTP on the loopback, RSA keys, codes that serve once.

A test changes what it says (`dit`, `jetons`, `personne`…) and how it signs; `rétablir` undoes all that.
"""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "quatuor", "un-secret-d-essai"
KID = "essai-1"
Claims = dict[str, Any]


def cle(nom: str = "la sienne") -> rsa.RSAPrivateKey:
    return _faite_une_fois(nom)


@cache
def _faite_une_fois(nom: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def publique(nom: str = "la sienne") -> Claims:
    jwk: Claims = jwt.algorithms.RSAAlgorithm.to_jwk(cle(nom).public_key(), as_dict=True)
    return {**jwk, "kid": KID, "use": "sig", "alg": "RS256"}


def signer(contenu: Claims) -> str:
    return jwt.encode(contenu, cle(), "RS256", headers={"kid": KID})


class FournisseurDEssai:
    def __init__(self) -> None:
        class Guichet(_Guichet):
            fournisseur = self

        self.serveur = ThreadingHTTPServer(("127.0.0.1", 0), Guichet)
        self.serveur.daemon_threads = True
        self.adresse = f"http://127.0.0.1:{self.serveur.server_port}/api/v2"
        self.retablir()
        Thread(
            target=self.serveur.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    def fermer(self) -> None:
        self.serveur.shutdown()
        self.serveur.server_close()

    def retablir(self) -> None:
        self.codes: dict[str, Claims] = {}
        self.acces: dict[str, Claims] = {}
        self.demandes: list[Claims] = []
        self.sorties: list[Claims] = []
        self.signe = True
        #: What is said of a person, and of how they came in.
        self.personne: Claims = {"sub": "sub-de-camille", "siret": "21450234600017"}
        self.connexion: Claims = {"acr": "eidas1", "amr": ["pwd"]}
        #: Changes of the two tokens; and how each is signed.
        self.dans_l_identite: Claims = {}
        self.dans_la_personne: Claims = {}
        self.signer_l_identite: Callable[[Claims], str] = signer
        self.signer_la_personne: Callable[[Claims], str] = signer
        self.description: Claims = {}
        #: An error in the place of a code; another page for the person; another type of what is said of them.
        self.refuse = self.renvoie = self.genre = ""

    def commun(self) -> Claims:
        maintenant = int(time.time())
        return {
            "iss": self.adresse,
            "aud": CLIENT,
            "iat": maintenant,
            "exp": maintenant + 60,
            "sub": self.personne["sub"],
        }

    def identite(self, demande: Claims) -> str:
        contenu = self.commun() | self.connexion | {"nonce": demande.get("nonce")}
        contenu.setdefault("auth_time", contenu["iat"])
        return self.signer_l_identite(_sans_rien(contenu | self.dans_l_identite))


def _sans_rien(contenu: Claims) -> Claims:
    """None takes a claim away."""
    return {nom: valeur for nom, valeur in contenu.items() if valeur is not None}


class _Guichet(BaseHTTPRequestHandler):
    fournisseur: FournisseurDEssai

    def do_GET(self) -> None:
        chemin, _, question = self.path.partition("?")
        parametres = {n: v[0] for n, v in parse_qs(question).items()}
        pages = {
            "/.well-known/openid-configuration": self.se_decrire,
            "/jwks": lambda _: self.dire({"keys": [publique()]}),
            "/authorize": self.autoriser,
            "/userinfo": self.dire_la_personne,
            "/ailleurs": self.dire_la_personne,
            "/session/end": self.sortir,
        }
        pages[chemin.removeprefix("/api/v2")](parametres)

    def se_decrire(self, _: Claims) -> None:
        f = self.fournisseur
        adresses = {
            "authorization_endpoint": f"{f.adresse}/authorize",
            "token_endpoint": f"{f.adresse}/token",
            "userinfo_endpoint": f"{f.adresse}/userinfo",
            "end_session_endpoint": f"{f.adresse}/session/end",
            "jwks_uri": f"{f.adresse}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }
        self.dire(_sans_rien({"issuer": f.adresse, **adresses, **f.description}))

    def autoriser(self, demande: Claims) -> None:
        f = self.fournisseur
        f.demandes.append(demande)
        assert demande["client_id"] == CLIENT
        assert demande["code_challenge_method"] == "S256"
        retour = {"state": demande["state"]}
        if f.refuse:
            retour["error"] = f.refuse
        else:
            retour["code"] = token_urlsafe(16)
            f.codes[retour["code"]] = demande
        self.aller(f"{demande['redirect_uri']}?{urlencode(retour)}")

    def do_POST(self) -> None:
        """A code, once, to whoever holds the secret and the verifier."""
        f = self.fournisseur
        corps = self.rfile.read(int(self.headers["Content-Length"])).decode()
        recu = {n: v[0] for n, v in parse_qs(corps).items()}
        demande = f.codes.pop(recu.get("code", ""), {})
        defi = urlsafe_b64encode(sha256(recu.get("code_verifier", "").encode()).digest())
        if (
            (recu.get("client_id"), recu.get("client_secret")) != (CLIENT, SECRET)
            or defi.decode().rstrip("=") != demande.get("code_challenge")
            or recu.get("redirect_uri") != demande.get("redirect_uri")
        ):
            self.dire({"error": "invalid_grant"}, statut=400)
            return
        acces = token_urlsafe(16)
        f.acces[acces] = demande
        self.dire({"access_token": acces, "token_type": "Bearer", "id_token": f.identite(demande)})

    def dire_la_personne(self, _: Claims) -> None:
        f = self.fournisseur
        if self.headers.get("Authorization", "").removeprefix("Bearer ") not in f.acces:
            self.dire({"error": "invalid_token"}, statut=401)
            return
        if f.renvoie and "/ailleurs" not in self.path:
            self.aller(f.renvoie)
            return
        if not f.signe:
            contenu = json.dumps(_sans_rien(f.personne | f.dans_la_personne))
            self.repondre(contenu.encode(), f.genre or "application/json;charset=utf-8")
            return
        contenu = _sans_rien(f.commun() | f.personne | f.dans_la_personne)
        self.repondre(f.signer_la_personne(contenu).encode(), f.genre or "application/jwt")

    def sortir(self, demande: Claims) -> None:
        self.fournisseur.sorties.append(demande)
        self.aller(
            f"{demande['post_logout_redirect_uri']}?{urlencode({'state': demande['state']})}"
        )

    def dire(self, contenu: Claims, statut: int = 200) -> None:
        self.repondre(json.dumps(contenu).encode(), "application/json;charset=utf-8", statut)

    def repondre(self, corps: bytes, genre: str, statut: int = 200) -> None:
        self.send_response(statut)
        self.send_header("Content-Type", genre)
        self.send_header("Content-Length", str(len(corps)))
        self.end_headers()
        self.wfile.write(corps)

    def aller(self, adresse: str) -> None:
        assert urlsplit(adresse).netloc
        self.send_response(303)
        self.send_header("Location", adresse)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing in the midst of the tests."""
