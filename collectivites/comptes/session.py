"""How long one stays logged in: renewed by use, closed when nobody uses it, and after a day's work.

The page counts down beside us (`static/js/session.js`): it warns, then lets its person log in again
without losing what they typed.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.crypto import salted_hmac

from collectivites.comptes import preuve
from collectivites.comptes.second_facteur.exigence import arrive, detour

DEBUT, VUE = "connexion_debut", "connexion_vue"
#: Seconds. Use is written down no oftener: a page and its fragments are one write, not ten.
PAS = 60
#: Said by what a page asks again by itself.
ATTENTE = "Quatuor-Attente"


def reste(session: SessionBase | dict[str, Any]) -> float:
    """Seconds before the session closes by itself; negative when it should have."""
    maintenant = time.time()
    inactivite = session.get(VUE, maintenant) + settings.SESSION_INACTIVITE - maintenant
    return float(min(inactivite, reste_du_jour(session)))


def reste_du_jour(session: SessionBase | dict[str, Any]) -> float:
    """Seconds before the password is asked again, whatever one does. A session used later than now was used
    under a clock that has been set back since: it would outlive its day by as much."""
    maintenant = time.time()
    if max(session.get(DEBUT, 0), session.get(VUE, 0)) > maintenant + PAS:
        return 0.0
    return float(session.get(DEBUT, maintenant) + settings.SESSION_COOKIE_AGE - maintenant)


def cle_de_compte(utilisateur: Any) -> str:
    """What a device keeps its drafts under: tells two accounts apart, and says nothing of either."""
    return salted_hmac("quatuor.brouillons", str(utilisateur.pk)).hexdigest()[:16]


@receiver(user_logged_in)
def _ouvrir(request: HttpRequest, **_: Any) -> None:
    request.session[DEBUT] = request.session[VUE] = time.time()
    # allauth does so for its own logins alone: an invitation opens a session too.
    if hasattr(request, "user"):  # a real request, with a browser at its other end
        UserSession.objects.create_from_request(request)


class SessionGlissanteMiddleware:
    """After `AuthenticationMiddleware`. What a page asks by itself is not a use of the site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            session = request.session
            if DEBUT not in session:  # opened before this rule
                session[DEBUT] = session[VUE] = time.time()
            if reste(session) <= 0:
                logout(request)
            elif time.time() - session[VUE] >= PAS and not _demande_seulement(request):
                session[VUE] = time.time()
        return self.get_response(request)


def _demande_seulement(request: HttpRequest) -> bool:
    """To ask how long remains, or whether a long work is done (`suivi/progression.html`): the page asks
    by itself, with nobody before it."""
    return request.method == "GET" and (
        request.path == reverse("collectivites:session") or ATTENTE in request.headers
    )


# --- Without script: what could not be taken is given back ------------------------------------------

#: Characters from which a value is a text that somebody would not like to type again.
LONG = 40


def textes_envoyes(request: HttpRequest) -> list[str]:
    """The long texts of a form that we refuse; never a password nor a token."""
    return [
        valeur
        for nom, valeurs in request.POST.lists()
        if nom != "csrfmiddlewaretoken" and "pass" not in nom
        for valeur in valeurs
        if len(valeur) >= LONG or "\n" in valeur.strip()
    ]


class ConnexionExigeeMiddleware(LoginRequiredMiddleware):
    """Whoever sends a text after the end of their session, or before their second factor, reads it again
    beside the way to come in."""

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> Any:
        refus = super().process_view(request, view_func, view_args, view_kwargs)
        if refus is not None or not getattr(view_func, "login_required", True):
            return refus
        if not getattr(request, "second_facteur_attendu", False):
            arrive(request)
            return preuve.exiger(request, view_func)
        vers = detour(request)
        return vers and self._ou_les_textes(request, vers, vers.get("Location", ""))

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:
        vers = super().handle_no_permission(request, view_func)
        return self._ou_les_textes(request, vers, reverse("account_login"))

    def _ou_les_textes(self, request: HttpRequest, vers: Any, adresse: str) -> Any:
        textes = textes_envoyes(request) if request.method == "POST" else []
        if not textes:
            return vers
        contexte = {"textes": textes, "adresse": adresse}
        reponse = render(request, "account/session_finie.html", contexte, status=403)
        patch_cache_control(reponse, private=True, no_store=True)
        return reponse


def formulaire_perime(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`: the token of the form is that of an older login."""
    contexte = {"textes": textes_envoyes(request)}
    reponse = render(request, "erreurs/403_csrf.html", contexte, status=403)
    patch_cache_control(reponse, private=True, no_store=True)
    return reponse
