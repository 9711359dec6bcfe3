"""A signed token (JWT) of a provider: read once its signature, its issuer and its addressee are proved.

allauth's own reader takes the algorithm that the token names, and skips the signature of an identity
token: here the settings choose the algorithm, and every signature is verified.
"""

from __future__ import annotations

from typing import Any

import jwt

from collectivites.comptes.fournisseurs.configuration import Fournisseur
from collectivites.comptes.fournisseurs.echanges import Refuse, lire_adresse

#: Seconds by which two clocks may differ.
ECART = 30
#: What an identity token says at least (OpenID Connect Core, 2); of a person, it may have no end.
DE_L_IDENTITE = ("iss", "sub", "aud", "exp", "iat")
DE_LA_PERSONNE = ("iss", "sub", "aud")


def ouvrir(
    jeton: str, *, fournisseur: Fournisseur, adresses: dict[str, Any], exige: tuple[str, ...]
) -> dict[str, Any]:
    """What it says, or Refuse."""
    try:
        contenu: dict[str, Any] = jwt.decode(
            jeton,
            _cle(fournisseur, adresses["jwks_uri"], jwt.get_unverified_header(jeton).get("kid")),
            algorithms=[fournisseur.alg],
            audience=fournisseur.client,
            issuer=adresses["issuer"],
            leeway=ECART,
            options={"require": list(exige)},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as erreur:
        raise Refuse(f"token: {type(erreur).__name__}") from None
    public = contenu["aud"]
    if isinstance(public, list) and len(public) > 1 and contenu.get("azp") != fournisseur.client:
        raise Refuse("token: for several, and not by us")
    return contenu


def _cle(fournisseur: Fournisseur, adresse: str, kid: object) -> Any:
    """The key of that number. A provider changes its keys: one that is unknown is asked for again."""
    for neuf in (False, True):
        for cle in lire_adresse(adresse, neuf=neuf).get("keys", []):
            if cle.get("kid") == kid and cle.get("use", "sig") == "sig" and cle.get("kty") != "oct":
                return jwt.PyJWK(cle, algorithm=fournisseur.alg).key
    raise Refuse("token: no such key")
