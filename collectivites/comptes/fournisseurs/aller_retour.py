"""The way to a provider and back: what is remembered meanwhile, in the session of the browser.

A state serves once, within ten minutes, in the browser that left with it (allauth's `statekit`).
"""

from __future__ import annotations

import time
from secrets import token_urlsafe
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.oauth2.utils import generate_code_challenge
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from collectivites.comptes.fournisseurs import protocole
from collectivites.comptes.fournisseurs.configuration import Fournisseur, trouver
from collectivites.comptes.fournisseurs.echanges import Refuse
from collectivites.comptes.fournisseurs.predicats import montre_un_second_facteur
from collectivites.comptes.fournisseurs.protocole import Identite
from collectivites.garanties import secret

#: Where a session keeps what the provider wants to hear when one leaves; and what that is sealed for.
_EN_SESSION = "fournisseur"
_POUR = "sortie chez un fournisseur"
#: Seconds by which the clock of a provider may be late.
ECART = 60


def aller(
    request: HttpRequest, fournisseur: Fournisseur, demarche: str, **memoire: Any
) -> HttpResponse:
    """To the provider. `demarche` (entrer, inviter, lier, confirmer): what is done on the way back."""
    age = _age(fournisseur, demarche)
    etat, nonce, pkce = token_urlsafe(32), token_urlsafe(32), generate_code_challenge()
    adresse = protocole.adresse_d_autorisation(
        fournisseur,
        etat=etat,
        nonce=nonce,
        defi=pkce["code_challenge"],
        retour=_ici("fournisseur_retour", fournisseur),
        age=age,
    )
    garde = {
        "demarche": demarche,
        "nonce": nonce,
        "verifieur": pkce["code_verifier"],
        "depuis": None if age is None else int(time.time()) - age - ECART,
        **memoire,
    }
    statekit.stash_state(request, provider_id=fournisseur.nom, state=garde, state_id=etat)
    return relais(request, fournisseur, adresse)


def revenir(request: HttpRequest, fournisseur: Fournisseur) -> tuple[dict[str, Any], Identite]:
    """What was remembered, and who comes back; Refuse when it is not our own request that is answered."""
    garde = statekit.unstash_state(
        request, provider_id=fournisseur.nom, state_id=request.GET.get("state", "")
    )
    if garde is None or "nonce" not in garde:
        raise Refuse("state: unknown, used or too old")
    # Said by providers that have several names (RFC 9207).
    if request.GET.get("iss", fournisseur.serveur) != fournisseur.serveur:
        raise Refuse("answer: of another issuer")
    if "code" not in request.GET:
        raise Refuse("answer: no code")
    identite = protocole.reconnaitre(
        fournisseur,
        code=request.GET["code"],
        verifieur=garde["verifieur"],
        nonce=garde["nonce"],
        retour=_ici("fournisseur_retour", fournisseur),
    )
    if garde["depuis"] is not None and identite.auth_time < garde["depuis"]:
        raise Refuse("token: an older login")
    return garde, identite


def _age(fournisseur: Fournisseur, demarche: str) -> int | None:
    """How old the last proof given there may be, in seconds: a day's work to come in, as here; none to
    confirm, nor to tie: the session that is open there may be that of whoever used this computer before.
    None where the provider dates nothing that one may rely on."""
    if not fournisseur.reauthentifie:
        return None
    return int(settings.SESSION_COOKIE_AGE) if demarche == "entrer" else 0


def noter(request: HttpRequest, personne: Any, identite: Identite, **de_plus: Any) -> None:
    """In the session, as for a password: by what one came in, and whether it was a second factor. The
    hour is that of the proof, where the provider can be trusted to have asked for one."""
    quand = identite.auth_time if identite.fournisseur.reauthentifie else 0
    record_authentication(
        request,
        personne,
        "socialaccount",
        provider=identite.fournisseur.nom,
        auth_time=min(quand, int(time.time())),
        second_facteur=montre_un_second_facteur(identite),
        **de_plus,
    )


def garder_la_sortie(request: HttpRequest, personne: Any, identite: Identite) -> None:
    request.session[_EN_SESSION] = {
        "nom": identite.fournisseur.nom,
        "compte": personne.pk,
        "jeton": secret.sceller(identite.id_token, pour=_POUR),
    }


def sortie(request: HttpRequest) -> tuple[Fournisseur, str] | None:
    """The provider by which this session was opened, and its token; None for any other session."""
    garde = request.session.get(_EN_SESSION)
    if not garde or garde["compte"] != request.user.pk:
        return None
    fournisseur = trouver(garde["nom"])
    if fournisseur is None:
        return None
    try:
        return fournisseur, secret.ouvrir(garde["jeton"], pour=_POUR)
    except secret.Illisible:
        return None


def aller_sortir(
    request: HttpRequest, fournisseur: Fournisseur, id_token: str
) -> HttpResponse | None:
    """Once out of here: out of there as well. None where the provider has no way out."""
    etat = token_urlsafe(32)
    try:
        adresse = protocole.adresse_de_sortie(
            fournisseur,
            id_token=id_token,
            etat=etat,
            retour=_ici("fournisseur_sortie", fournisseur),
        )
    except Refuse:
        return None
    if not adresse:
        return None
    statekit.stash_state(
        request, provider_id=fournisseur.nom, state={"sortie": True}, state_id=etat
    )
    return relais(request, fournisseur, adresse, sortie=True)


def est_sorti(request: HttpRequest, fournisseur: Fournisseur) -> bool:
    garde = statekit.unstash_state(
        request, provider_id=fournisseur.nom, state_id=request.GET.get("state", "")
    )
    return bool(garde and garde.get("sortie"))


def relais(
    request: HttpRequest, fournisseur: Fournisseur, adresse: str, **contexte: Any
) -> HttpResponse:
    """A page that goes by itself. To answer a form by a redirection elsewhere would want every provider,
    and whomever it redirects to in its turn, in the `form-action` of our policy."""
    contexte |= {"fournisseur": fournisseur, "adresse": adresse}
    reponse = render(request, "account/fournisseur_relais.html", contexte)
    reponse["Refresh"] = f"0; url={adresse}"
    patch_cache_control(reponse, private=True, no_store=True)
    return reponse


def _ici(nom: str, fournisseur: Fournisseur) -> str:
    """Declared word for word at the provider: the address of the site, not that of the request."""
    chemin = reverse(f"collectivites:{nom}", args=[fournisseur.nom])
    return f"{settings.QUATUOR_SITE.rstrip('/')}{chemin}"
