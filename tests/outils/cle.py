"""A key of the telephone or of the computer (WebAuthn), in software: it makes itself, then signs."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

F = AuthenticatorData.FLAG
#: The test client's host.
SITE = "testserver"


class Cle:
    """`origine`: the site that its person believes to be on. `verifie`: it asks for a finger or a face."""

    def __init__(self, origine: str = f"https://{SITE}", verifie: bool = True) -> None:
        self._secret = ec.generate_private_key(ec.SECP256R1())
        self._id = os.urandom(16)
        self.origine, self.drapeaux = origine, F.UP | (F.UV if verifie else F(0))
        self.titulaire = b""

    def creer(self, options: dict[str, Any]) -> str:
        demande = options["publicKey"]
        self.titulaire = websafe_decode(demande["user"]["id"])
        publique = AttestedCredentialData.create(
            Aaguid.NONE, self._id, ES256.from_cryptography_key(self._secret.public_key())
        )
        donnees = AuthenticatorData.create(
            hashlib.sha256(demande["rp"]["id"].encode()).digest(),
            self.drapeaux | F.AT,
            0,
            publique,
        )
        client = self._client("webauthn.create", demande)
        return self._reponse(
            clientDataJSON=client,
            attestationObject=AttestationObject.create("none", donnees, {}),
        )

    def signer(self, options: dict[str, Any]) -> str:
        demande = options["publicKey"]
        donnees = AuthenticatorData.create(
            hashlib.sha256(demande["rpId"].encode()).digest(), self.drapeaux, 1
        )
        client = self._client("webauthn.get", demande)
        signature = self._secret.sign(donnees + client.hash, ec.ECDSA(SHA256()))
        return self._reponse(
            clientDataJSON=client,
            authenticatorData=donnees,
            signature=signature,
            userHandle=self.titulaire,
        )

    def _client(self, quoi: str, demande: dict[str, Any]) -> CollectedClientData:
        return CollectedClientData.create(
            type=quoi, challenge=demande["challenge"], origin=self.origine
        )

    def _reponse(self, **octets: bytes) -> str:
        return json.dumps(
            {
                "type": "public-key",
                "id": websafe_encode(self._id),
                "rawId": websafe_encode(self._id),
                "response": {nom: websafe_encode(valeur) for nom, valeur in octets.items()},
                "clientExtensionResults": {"credProps": {"rk": True}},
            }
        )


def donner_un_second_facteur(personne: Any) -> Authenticator:
    """An application, a key, and codes on paper that have been read once. Returns the key."""
    TOTP.activate(personne, generate_totp_secret())
    codes = RecoveryCodes.activate(personne)
    codes.mark_as_viewed()
    demande = {
        "user": {"id": websafe_encode(str(personne.pk).encode())},
        "rp": {"id": SITE},
        "challenge": websafe_encode(os.urandom(32)),
    }
    credential = json.loads(Cle().creer({"publicKey": demande}))
    return WebAuthn.add(personne, "Clé de Claire", credential).instance
