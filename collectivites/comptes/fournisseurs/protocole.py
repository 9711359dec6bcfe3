"""OpenID Connect, as a client: where the browser is sent, and who comes back from there.

Authorization code, PKCE, state and nonce. Of what comes back, nothing is believed before its signature.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from collectivites.comptes.fournisseurs import jetons
from collectivites.comptes.fournisseurs.configuration import Fournisseur
from collectivites.comptes.fournisseurs.echanges import (
    Refuse,
    adresses_de,
    demander_la_personne,
    echanger_le_code,
    json_de,
)

#: What the table keeps of it (ProConnect: 64).
SUB_MAX = 191
SIRET = 14


@dataclass(frozen=True)
class Identite:
    """Who came back. `siret`: where they work, said by the provider. `amr`: by what they proved who
    they are; `auth_time`: when."""

    fournisseur: Fournisseur
    sub: str
    siret: str
    acr: str
    amr: frozenset[str]
    auth_time: int
    id_token: str


def adresse_d_autorisation(
    fournisseur: Fournisseur, *, etat: str, nonce: str, defi: str, retour: str, age: int | None
) -> str:
    """`age`: how old, in seconds, the last proof that the person gave there may be; 0, asked for again."""
    parametres = {
        "response_type": "code",
        "client_id": fournisseur.client,
        "redirect_uri": retour,
        "scope": fournisseur.scope,
        "state": etat,
        "nonce": nonce,
        "code_challenge": defi,
        "code_challenge_method": "S256",
    }
    if age is not None:
        parametres["max_age"] = str(age)
    if age == 0:
        parametres["prompt"] = "login"
    # ProConnect refuses a parameter that it does not know, and says how one came in when it is asked.
    if fournisseur.est_proconnect:
        acr = {"essential": True, "values": list(fournisseur.acr)}
        parametres["claims"] = json.dumps({"id_token": {"amr": {"essential": True}, "acr": acr}})
    elif fournisseur.acr:
        parametres["acr_values"] = " ".join(fournisseur.acr)
    return f"{adresses_de(fournisseur)['authorization_endpoint']}?{urlencode(parametres)}"


def adresse_de_sortie(fournisseur: Fournisseur, *, id_token: str, etat: str, retour: str) -> str:
    """Where the provider ends its own session; "" when it has no such place."""
    adresse = adresses_de(fournisseur).get("end_session_endpoint")
    parametres = {"id_token_hint": id_token, "post_logout_redirect_uri": retour, "state": etat}
    return f"{adresse}?{urlencode(parametres)}" if adresse else ""


def reconnaitre(
    fournisseur: Fournisseur, *, code: str, verifieur: str, nonce: str, retour: str
) -> Identite:
    """Whom the code speaks of, or Refuse."""
    adresses = adresses_de(fournisseur)
    recus = echanger_le_code(fournisseur, adresses, code=code, verifieur=verifieur, retour=retour)
    identite = jetons.ouvrir(
        recus["id_token"],
        fournisseur=fournisseur,
        adresses=adresses,
        exige=jetons.DE_L_IDENTITE,
    )
    if not secrets.compare_digest(str(identite.get("nonce", "")).encode(), nonce.encode()):
        raise Refuse("token: another nonce")
    sub = identite["sub"]
    if not (0 < len(sub) <= SUB_MAX and sub.isascii() and sub.isprintable()):
        raise Refuse("token: no subject")
    personne = _personne(fournisseur, adresses, recus["access_token"])
    if personne.get("sub") != sub:
        raise Refuse("person: of another subject")
    siret = str(personne.get(fournisseur.siret, "")) if fournisseur.siret else ""
    return Identite(
        fournisseur=fournisseur,
        sub=sub,
        siret=siret if len(siret) == SIRET and siret.isascii() and siret.isdigit() else "",
        acr=str(identite.get("acr", "")),
        amr=_moyens(identite.get("amr")),
        auth_time=_instant(identite.get("auth_time")),
        id_token=recus["id_token"],
    )


def _personne(fournisseur: Fournisseur, adresses: dict[str, Any], acces: str) -> dict[str, Any]:
    """A signed token where one is expected; the JSON of a person where none is, and no other way round."""
    reponse = demander_la_personne(adresses, acces)
    genre = reponse.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if genre != ("application/jwt" if fournisseur.signe else "application/json"):
        raise Refuse(f"person: {genre or 'no type'}")
    if not fournisseur.signe:
        return json_de(reponse)
    return jetons.ouvrir(
        reponse.text,
        fournisseur=fournisseur,
        adresses=adresses,
        exige=jetons.DE_LA_PERSONNE,
    )


def _moyens(amr: object) -> frozenset[str]:
    return frozenset(m for m in amr if isinstance(m, str)) if isinstance(amr, list) else frozenset()


def _instant(valeur: object) -> int:
    return int(valeur) if isinstance(valeur, int | float) and not isinstance(valeur, bool) else 0
