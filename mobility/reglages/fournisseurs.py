"""Identity providers (OpenID Connect): none by default; a half-described one stops the server.

`QUATUOR_OIDC=proconnect,agglo` names them; `QUATUOR_OIDC_AGGLO_…` describes each. What ProConnect has
of its own is known here: it needs a client and a secret alone.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from mobility.reglages.environnement import LOCAL

PREFIXE = "QUATUOR_OIDC"
PROCONNECT = "proconnect"
CHAMPS = (
    *("CLIENT", "SECRET", "SECRET_FILE", "SERVEUR", "NOM", "ALG", "USERINFO"),
    *("SIRET", "ACR", "ACR_FORT", "SCOPE", "REAUTHENTIFIE"),
)
#: Signatures by a private key alone: with a shared secret, whoever reads our settings signs as well.
ALGORITHMES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
#: What ProConnect says of a login: level of the identity, and whether it calls it strong.
NIVEAUX = {
    "eidas0": (0, 0),
    "eidas0-mfa": (0, 1),
    "eidas1": (1, 0),
    "eidas1-mfa": (1, 1),
    "eidas2": (2, 1),
    "eidas3": (3, 1),
}
_PROCONNECT = {
    "NOM": "ProConnect",
    "SERVEUR": "https://auth.agentconnect.gouv.fr/api/v2",
    "USERINFO": "jwt",
    "SIRET": "siret",
    "ACR": "eidas1",
    # « -mfa » alone may be a code by mail: what was used (`amr`) then decides.
    "ACR_FORT": "eidas2,eidas3",
    "SCOPE": "openid siret",
    # It answers from its own session, whatever is asked, and dates the answer of that minute.
    "REAUTHENTIFIE": "0",
}
_AUTRE = {"USERINFO": "json", "SCOPE": "openid", "REAUTHENTIFIE": "1"}
_NOM = re.compile(r"[a-z][a-z0-9]{0,29}")


def lire(environ: Mapping[str, str]) -> list[dict[str, Any]]:
    """The providers, in the order in which their buttons stand."""
    noms = [nom.strip() for nom in environ.get(PREFIXE, "").split(",") if nom.strip()]
    for nom in noms:
        if not _NOM.fullmatch(nom) or noms.count(nom) > 1:
            raise ImproperlyConfigured(
                f"{PREFIXE}: « {nom} » is a name of small letters and digits, said once."
            )
    _refuser_les_orphelins(environ, noms)
    return [_un(nom, environ) for nom in noms]


def _refuser_les_orphelins(environ: Mapping[str, str], noms: list[str]) -> None:
    connus = {f"{PREFIXE}_{nom.upper()}_{champ}" for nom in noms for champ in CHAMPS}
    for variable in sorted(environ):
        if variable.startswith(f"{PREFIXE}_") and variable not in connus:
            raise ImproperlyConfigured(
                f"{variable} describes nothing: {PREFIXE} names the providers (now: "
                f"{', '.join(noms) or 'none'}), and each is described by {', '.join(CHAMPS)}."
            )


def _un(nom: str, environ: Mapping[str, str]) -> dict[str, Any]:
    debut = f"{PREFIXE}_{nom.upper()}_"
    defauts = _PROCONNECT if nom == PROCONNECT else _AUTRE
    valeurs = {c: environ.get(debut + c, "").strip() or defauts.get(c, "") for c in CHAMPS}
    if valeurs["SECRET_FILE"]:
        valeurs["SECRET"] = Path(valeurs["SECRET_FILE"]).read_text().strip()
    for champ in ("CLIENT", "SECRET", "SERVEUR", "NOM"):
        if not valeurs[champ]:
            raise ImproperlyConfigured(
                f"{debut}{champ} is missing: {nom} is named by {PREFIXE} and half described."
            )
    serveur = urlsplit(valeurs["SERVEUR"])
    if not serveur.netloc or serveur.scheme not in ({"https", "http"} if LOCAL else {"https"}):
        raise ImproperlyConfigured(f"{debut}SERVEUR is an https address: its issuer.")
    alg = valeurs["ALG"] or "RS256"
    if alg not in ALGORITHMES:
        raise ImproperlyConfigured(f"{debut}ALG={alg}: expected one of {', '.join(ALGORITHMES)}.")
    if valeurs["USERINFO"] not in {"jwt", "json"}:
        raise ImproperlyConfigured(f"{debut}USERINFO={valeurs['USERINFO']}: expected jwt or json.")
    if nom == PROCONNECT and (valeurs["USERINFO"], valeurs["SIRET"]) != ("jwt", "siret"):
        raise ImproperlyConfigured(
            f"{debut}USERINFO and {debut}SIRET are not to be changed: ProConnect signs what it says, and "
            "answers for every employer in France."
        )
    return {
        "nom": nom,
        "titre": valeurs["NOM"],
        "client": valeurs["CLIENT"],
        "secret": valeurs["SECRET"],
        "serveur": valeurs["SERVEUR"],
        "alg": alg,
        "signe": valeurs["USERINFO"] == "jwt",
        "siret": valeurs["SIRET"],
        "acr": _niveaux(nom, debut, valeurs["ACR"]),
        "acr_fort": _liste(valeurs["ACR_FORT"]),
        "scope": valeurs["SCOPE"],
        "reauthentifie": valeurs["REAUTHENTIFIE"] in {"1", "true", "oui"},
        "est_proconnect": nom == PROCONNECT,
    }


def _niveaux(nom: str, debut: str, valeur: str) -> list[str]:
    """Those that are accepted: of ProConnect, the least is said; of another, each of them."""
    if nom != PROCONNECT:
        return _liste(valeur)
    if valeur not in NIVEAUX:
        raise ImproperlyConfigured(f"{debut}ACR={valeur}: expected one of {', '.join(NIVEAUX)}.")
    identite, fort = NIVEAUX[valeur]
    return [acr for acr, (i, f) in NIVEAUX.items() if i >= identite and f >= fort]


def _liste(valeur: str) -> list[str]:
    return [morceau.strip() for morceau in valeur.split(",") if morceau.strip()]


FOURNISSEURS = lire(os.environ)

# allauth.socialaccount is here for its table (one `sub` of one provider, one account); its own pages,
# which sign people up and tie them by their address, have no URL.
SOCIALACCOUNT_STORE_TOKENS = False
