"""Who must come in with a second factor, and whether this session has shown one.

It is asked of the session, not of the account: one that was opened by a password alone, before its
person chose a second factor in another browser, shows nothing until it has proved it as well. A code
sent by mail is none: a mailbox is where a forgotten password is reset (CNIL, délibération 2025-019).
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role

#: Whoever reads the files of others. A cadre reads their own, a cabinet reads none: they may choose.
ROLES_EXIGES = frozenset({Role.DGS, Role.DRH, Role.GESTIONNAIRE, Role.ACCOMPAGNATEUR})
#: Where a session keeps the page that was asked for before the second factor.
SUITE = "second_facteur_suite"
#: What really proves something: codes on paper only stand in for them.
PREUVES = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

_POUR_CHOISIR = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "account_reauthenticate",
    "account_logout",
}
_POUR_PROUVER = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout"}


def est_exige(utilisateur: Any, acteur: Acteur | None) -> bool:
    """Under any of their mandats: an account is one, whatever name it acts in."""
    if utilisateur.is_superuser or utilisateur.is_staff:
        return True
    mandats = (acteur.mandat, *acteur.autres_mandats) if acteur else ()
    return any(mandat.role in ROLES_EXIGES for mandat in mandats)


def a_un_second_facteur(utilisateur: Any) -> bool:
    return bool(is_mfa_enabled(utilisateur, PREUVES))


def est_prouve(request: HttpRequest) -> bool:
    """Whether the person of this session showed a second factor in it (a key alone is two), here or to the
    provider that answers for them."""
    notes = get_authentication_records(request, request.user)
    return any(note.get("method") == "mfa" or note.get("second_facteur") for note in notes)


def manque(request: HttpRequest, acteur: Acteur | None) -> bool:
    """Whether nothing personal may be shown yet. Without a query."""
    return bool(
        settings.SECOND_FACTEUR and est_exige(request.user, acteur) and not est_prouve(request)
    )


def detour(request: HttpRequest) -> HttpResponse | None:
    """The way to choose a second factor, or to show it; None on that way itself."""
    deja = a_un_second_facteur(request.user)
    nom = request.resolver_match.view_name if request.resolver_match else ""
    if nom in (_POUR_PROUVER if deja else _POUR_CHOISIR):
        return None
    htmx = bool(request.headers.get("HX-Request"))
    ici = request.get_full_path() if request.method == "GET" and not htmx else "/"
    if deja:
        vers = f"{_adresse_de_preuve(request.user)}?{urlencode({'next': ici})}"
    else:
        vers = reverse("mfa_index")
        if ici != "/" or SUITE not in request.session:
            request.session[SUITE] = ici
    if htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": vers})
    return HttpResponseRedirect(vers)


def arrive(request: HttpRequest) -> None:
    """The page that was asked for is reached: nothing leads there any more."""
    if request.session.get(SUITE) == request.get_full_path():
        del request.session[SUITE]


def _adresse_de_preuve(utilisateur: Any) -> str:
    application = is_mfa_enabled(utilisateur, [Authenticator.Type.TOTP])
    return reverse("mfa_reauthenticate" if application else "mfa_reauthenticate_webauthn")


@receiver(authenticator_added)
def _montre_en_le_posant(request: HttpRequest, user: Any, authenticator: Any, **_: Any) -> None:
    """To set one up is to show it: its first code, or its first signature, has been verified."""
    if authenticator.type in PREUVES and request.user == user:
        record_authentication(request, user, "mfa", type=authenticator.type, id=authenticator.pk)


@receiver(authenticator_removed)
def _plus_rien_a_montrer(request: HttpRequest, user: Any, **_: Any) -> None:
    """The last one goes: this session is asked for another at once, if it must have one."""
    if not a_un_second_facteur(user):
        notes = get_authentication_records(request, user)
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            note for note in notes if note.get("method") != "mfa"
        ]
