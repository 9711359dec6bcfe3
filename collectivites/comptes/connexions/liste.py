"""Where one is logged in, and how to close what is left open elsewhere.

allauth.usersessions keeps, beside each session, when and from which browser it was opened; the session
itself says when it was last used. Both go with the session (`purger_les_sessions`, each night).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from collectivites.acteurs.acces import LECTURE_ECRITURE, RequeteOuverte, connecte
from collectivites.communs.typographie import compter
from collectivites.comptes.connexions.appareils import nommer
from collectivites.comptes.fournisseurs.actions import liens_de
from collectivites.comptes.fournisseurs.configuration import Fournisseur, tous
from collectivites.comptes.session import DEBUT, VUE, reste
from collectivites.models import Utilisateur


@dataclass(frozen=True)
class Ouverte:
    """A session that still opens the account."""

    ligne: UserSession
    appareil: str
    vue: datetime
    est_celle_ci: bool


def ouvertes(request: HttpRequest) -> list[Ouverte]:
    """Those of the person, this one first. Two queries."""
    personne = cast(Utilisateur, request.user)
    lignes = list(UserSession.objects.filter(user=personne).order_by("-created_at"))
    celle_ci = request.session.session_key
    if celle_ci not in {ligne.session_key for ligne in lignes}:  # opened before this list
        lignes.append(_sans_ligne(request))
    magasin: dict[str, dict[str, Any]] = {
        session.session_key: session.get_decoded()
        for session in Session.objects.filter(
            session_key__in=[ligne.session_key for ligne in lignes],
            expire_date__gt=timezone.now(),
        )
    }
    vives = [
        Ouverte(
            ligne,
            nommer(ligne.user_agent),
            datetime.fromtimestamp(magasin[ligne.session_key].get(VUE, 0), UTC),
            ligne.session_key == celle_ci,
        )
        for ligne in lignes
        if _ouvre_encore(magasin.get(ligne.session_key), personne)
    ]
    return sorted(vives, key=lambda ouverte: not ouverte.est_celle_ci)


def _sans_ligne(request: HttpRequest) -> UserSession:
    return UserSession(
        user=request.user,
        session_key=request.session.session_key,
        ip=get_adapter().get_client_ip(request),
        user_agent=request.META.get("HTTP_USER_AGENT", ""),
        created_at=datetime.fromtimestamp(request.session.get(DEBUT, 0), UTC),
    )


def _ouvre_encore(donnees: dict[str, Any] | None, personne: Utilisateur) -> bool:
    """Neither closed by time, nor by a password that has changed since."""
    if donnees is None or reste(donnees) <= 0:
        return False
    return donnees.get(HASH_SESSION_KEY) in {
        personne.get_session_auth_hash(),
        *personne.get_session_auth_fallback_hash(),
    }


# Whoever found a session open does not put its owner out.
@connecte(methodes=LECTURE_ECRITURE, preuve=True)
def mes_connexions(request: RequeteOuverte) -> HttpResponse:
    """The list; a POST closes one of them (`session`), or all but this one."""
    autres = [ouverte for ouverte in ouvertes(request) if not ouverte.est_celle_ci]
    if request.method == "POST":
        visee = request.POST.get("session")
        finies = [o for o in autres if visee in ("", None, str(o.ligne.pk))]
        for ouverte in finies:
            ouverte.ligne.end()
        if finies:
            nombre = compter(len(finies), "connexion fermée,connexions fermées")
            messages.success(request, f"{nombre}. Qui s’y trouvait devra se connecter à nouveau.")
        return redirect("collectivites:mes_connexions")
    return render(
        request,
        "collectivites/mes_connexions.html",
        {"ouvertes": ouvertes(request), "autres": autres, "fournisseurs": fournisseurs(request)},
    )


def fournisseurs(request: HttpRequest) -> list[tuple[Fournisseur, SocialAccount | None]]:
    """Those of the installation, and what ties the person to each. A query where there is one."""
    connus = tous()
    liens = (
        {lien.provider: lien for lien in liens_de(cast(Utilisateur, request.user))}
        if connus
        else {}
    )
    return [(fournisseur, liens.get(fournisseur.nom)) for fournisseur in connus]


def fermer_toutes(personne: Utilisateur) -> None:
    for ligne in UserSession.objects.filter(user=personne):
        ligne.end()


def purger_les_sessions() -> int:
    """What is known of a session goes with it. Returns how many lines."""
    nombre, _ = UserSession.objects.exclude(
        session_key__in=Session.objects.values("session_key")
    ).delete()
    return int(nombre)
