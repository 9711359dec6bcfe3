"""A fresh proof of identity: a password or a second factor given a few minutes ago, in this session.

A rule asks for it (`acces(…, preuve=True)`). A form that comes without one is answered by a page that
holds all of it and asks for the proof; the page is sent to the same address, and the act is done. So
nothing is lost, and nothing of it is kept on the server meanwhile.
"""

from __future__ import annotations

import time
from typing import Any, cast

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core import ratelimit
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from collectivites.comptes import essais
from collectivites.comptes.fournisseurs.actions import qui_confirment
from collectivites.comptes.second_facteur.forms import ConfirmerParCleForm, ConfirmerParCodeForm
from collectivites.models import Utilisateur

#: Fields of the page, beside those of the form that it holds.
MOT_DE_PASSE, CODE, CLE = "preuve_mot_de_passe", "preuve_code", "credential"
_A_NOUS = {MOT_DE_PASSE, CODE, CLE, "csrfmiddlewaretoken"}

TROP = "Trop d’essais. Attendez une minute, sans quitter cette page."
MANQUE = "Donnez votre mot de passe, ou un code."
SANS_MOYEN = (
    "Vous n’avez ici ni mot de passe ni second facteur pour confirmer que c’est vous. Choisissez d’abord un "
    "mot de passe, par un lien à votre adresse."
)
FAUX = "Ce n’est pas votre mot de passe."


def est_fraiche(request: HttpRequest) -> bool:
    """Whether the person who acts showed who they are in the last `PREUVE_MINUTES`; always, where no
    proof is asked for. The login counts."""
    if not settings.PREUVE_MINUTES:
        return True
    notes = get_authentication_records(request, request.user)
    derniere = max(map(_instant, notes), default=0)
    return bool(time.time() - derniere < settings.PREUVE_MINUTES * 60)


def _instant(note: dict[str, Any]) -> float:
    """Of a provider, the hour at which it says that one proved who one is: it opens our session out of its
    own as well, with nobody before it."""
    return float(note.get("auth_time" if note.get("method") == "socialaccount" else "at", 0))


def exiger(request: HttpRequest, vue: Any) -> HttpResponse | None:
    """What answers in the place of a view that wants a fresh proof; None when it has it."""
    regle = getattr(vue, "acces", None)
    if regle is None or not regle.preuve or est_fraiche(request):
        return None
    if request.method == "POST":
        return _dans_la_page(request)
    # A form is read freely; a file is asked for again, from the page where it was.
    return None if "POST" in regle.methodes else _ailleurs(request)


def _dans_la_page(request: HttpRequest) -> HttpResponse | None:
    erreur = ""
    if any(nom in request.POST for nom in (MOT_DE_PASSE, CODE, CLE)):
        erreur = _verifier(request)
        if not erreur:
            return None
    personne = cast(Utilisateur, request.user)
    avec_mot_de_passe = personne.has_usable_password()
    moyens = set(Authenticator.objects.filter(user=request.user.pk).values_list("type", flat=True))
    contexte: dict[str, Any] = {
        "champs": [
            (nom, valeur)
            for nom, valeurs in request.POST.lists()
            if nom not in _A_NOUS
            for valeur in valeurs
        ],
        "erreur": erreur,
        "avec_mot_de_passe": avec_mot_de_passe,
        "avec_code": Authenticator.Type.TOTP in moyens,
        "sans_moyen": not moyens and not avec_mot_de_passe,
        "fournisseurs": qui_confirment(personne),
        "js_data": None,
    }
    if Authenticator.Type.WEBAUTHN in moyens:
        contexte["js_data"] = {"request_options": begin_authentication(request.user)}
    reponse = render(request, "account/preuve.html", contexte, status=200)
    patch_cache_control(reponse, private=True, no_store=True)
    return reponse


def _verifier(request: HttpRequest) -> str:
    """What is wrong; nothing once it is proved, and noted in the session."""
    if not ratelimit.consume(request, action="reauthenticate", user=request.user):
        return TROP
    if request.POST.get(CLE):
        return _enregistrer(ConfirmerParCleForm(user=request.user, data=request.POST), CLE)
    if code := request.POST.get(CODE, "").strip():
        return _enregistrer(ConfirmerParCodeForm(user=request.user, data={"code": code}), "code")
    mot = request.POST.get(MOT_DE_PASSE, "")
    if not mot:
        return MANQUE
    if not request.user.check_password(mot):
        essais.noter_l_echec(request, cast(Utilisateur, request.user).email, get_ip(request))
        return FAUX
    record_authentication(request, request.user, "password", reauthenticated=True)
    return ""


def _enregistrer(formulaire: Any, champ: str) -> str:
    if not formulaire.is_valid():
        return str(formulaire.errors[champ][0])
    formulaire.save()
    return ""


def _ailleurs(request: HttpRequest) -> HttpResponse:
    origine = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(
        origine, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        origine = "/"
    messages.info(request, "Confirmez d’abord que c’est vous, puis demandez à nouveau ce fichier.")
    if not get_reauthentication_flows(request.user):
        return HttpResponseRedirect(reverse("collectivites:mes_connexions"))
    vers = reverse("account_reauthenticate")
    return HttpResponseRedirect(f"{vers}?{urlencode({'next': origine})}")
