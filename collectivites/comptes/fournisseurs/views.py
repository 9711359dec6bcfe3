"""To come in by a provider, to tie it to one's account, to prove by it who one is, to leave it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.account.views import LogoutView
from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from collectivites.acteurs.acces import (
    ECRITURE,
    LECTURE_ECRITURE,
    RequeteOuverte,
    connecte,
    public,
)
from collectivites.communs.cles_de_liens import SANS_CLE
from collectivites.comptes.adresses.views import vers_le_compte
from collectivites.comptes.continuer import page_locale
from collectivites.comptes.fournisseurs import actions, aller_retour
from collectivites.comptes.fournisseurs.configuration import Fournisseur, trouver
from collectivites.comptes.fournisseurs.echanges import Refuse
from collectivites.comptes.fournisseurs.predicats import refus_entrer
from collectivites.comptes.fournisseurs.protocole import Identite
from collectivites.comptes.invitations import invite_du_lien, oublier_le_lien
from collectivites.models import Utilisateur
from collectivites.refus import ActionImpossible, exiger

logger = logging.getLogger(__name__)


def _fournisseur(nom: str) -> Fournisseur:
    trouve = trouver(nom)
    if trouve is None:
        raise Http404
    return trouve


def _refuser(
    request: RequeteOuverte,
    fournisseur: Fournisseur,
    raison: str = "",
    statut: int = 403,
    uid: str = "",
) -> HttpResponse:
    """A page of its own; without a reason, that nobody is known by that identity. `uid`: of the invitation
    that stands still."""
    contexte = {"fournisseur": fournisseur, "raison": raison, "uid": uid}
    reponse = render(request, "account/fournisseur_refus.html", contexte, status=statut)
    patch_cache_control(reponse, private=True, no_store=True)
    return reponse


def _partir(request: RequeteOuverte, nom: str, demarche: str, **memoire: Any) -> HttpResponse:
    fournisseur = _fournisseur(nom)
    if trop := consume_or_429(request, action="login"):
        return trop
    try:
        return aller_retour.aller(request, fournisseur, demarche, **memoire)
    except Refuse as refus:
        logger.warning("Identity provider %s: %s", nom, refus)
        raison = (
            f"{fournisseur.en_tete} ne répond pas. Réessayez, ou entrez avec votre mot de passe."
        )
        return _refuser(request, fournisseur, raison, 503)


@public(methodes=ECRITURE, reseau=True)
def entrer(request: RequeteOuverte, nom: str) -> HttpResponse:
    """The button of the login page; with `uid`, that of an invitation."""
    suite = page_locale(request, request.POST.get("next", ""))
    uid = request.POST.get("uid", "")
    if not uid:
        return _partir(request, nom, "entrer", suite=suite)
    invite = invite_du_lien(request, uid, SANS_CLE)
    if invite is None:
        return render(request, "collectivites/invitation_perimee.html", status=410)
    if invite.adresse_a_confirmer:
        return vers_le_compte(request, uid)
    return _partir(request, nom, "inviter", suite=suite, uid=uid)


@connecte(methodes=ECRITURE, preuve=True, reseau=True)
def lier(request: RequeteOuverte, nom: str) -> HttpResponse:
    """From « Mes connexions », by somebody who has just proved who they are."""
    return _partir(request, nom, "lier", compte=request.user.pk)


@connecte(methodes=ECRITURE, reseau=True)
def confirmer(request: RequeteOuverte, nom: str) -> HttpResponse:
    """Before a grave act: the person proves again, at the provider, who they are."""
    if not _fournisseur(nom).reauthentifie:
        raise Http404
    return _partir(request, nom, "confirmer", compte=request.user.pk)


@connecte(methodes=ECRITURE, preuve=True)
def delier(request: RequeteOuverte, nom: str) -> HttpResponse:
    fournisseur = _fournisseur(nom)
    actions.delier(personne=cast(Utilisateur, request.user), fournisseur=fournisseur)
    messages.success(request, f"{fournisseur.en_tete} n’ouvre plus votre compte.")
    return redirect("collectivites:mes_connexions")


@public(methodes=("GET",), reseau=True)
def revenir(request: RequeteOuverte, nom: str) -> HttpResponse:
    """Where the provider sends the browser back. Whoever it is, they learn of nobody else."""
    fournisseur = _fournisseur(nom)
    if trop := consume_or_429(request, action="login", limit_get=True):
        return trop
    try:
        garde, identite = aller_retour.revenir(request, fournisseur)
        with transaction.atomic():
            return _SUITES[garde["demarche"]](request, garde, identite)
    except Refuse as refus:
        logger.warning("Identity provider %s: %s", nom, refus)
        raison = (
            f"{fournisseur.en_tete} n’a pas confirmé votre identité : vous avez renoncé, ou elle n’y est pas assez "
            "vérifiée."
            if request.GET.get("error") == "access_denied"
            else f"La réponse de {fournisseur} n’a pas pu être vérifiée, ou trop de temps a passé."
        )
        return _refuser(request, fournisseur, f"{raison} Rien n’est fait : recommencez.")
    except ActionImpossible as refus:
        logger.info("Identity refused by the rules, provider %s", nom)
        return _refuser(request, fournisseur, refus.message, uid=garde.get("uid", ""))
    except IntegrityError:
        return _refuser(request, fournisseur, actions.DEJA_PRISE.format(fournisseur))


def _entrer(request: RequeteOuverte, garde: dict[str, Any], identite: Identite) -> HttpResponse:
    personne = actions.personne_liee(identite)
    if personne is None:
        logger.info("Identity of nobody, provider %s", identite.fournisseur.nom)
        return _refuser(request, identite.fournisseur)
    exiger(refus_entrer(identite, personne))
    return _ouvrir(request, personne, garde, identite)


def _inviter(request: RequeteOuverte, garde: dict[str, Any], identite: Identite) -> HttpResponse:
    """The link of the invitation, alive still, says whose account it is."""
    invite = invite_du_lien(request, garde["uid"], SANS_CLE)
    if invite is None or invite.adresse_a_confirmer:
        return render(request, "collectivites/invitation_perimee.html", status=410)
    actions.lier(personne=invite, identite=identite)
    oublier_le_lien(request)
    return _ouvrir(request, invite, garde, identite)


def _ouvrir(
    request: RequeteOuverte, personne: Utilisateur, garde: dict[str, Any], identite: Identite
) -> HttpResponse:
    """As by a password: the second factor, the session, the new device, the line of the log."""
    if request.user.is_authenticated:
        get_adapter().logout(request)
    aller_retour.noter(request, personne, identite)
    aller_retour.garder_la_sortie(request, personne, identite)
    suite = garde["suite"] or reverse("pilotage:accueil")
    return cast(HttpResponse, perform_login(request, personne, redirect_url=suite))


def _lier(request: RequeteOuverte, garde: dict[str, Any], identite: Identite) -> HttpResponse:
    actions.lier(personne=_la_meme(request, garde), identite=identite)
    messages.success(request, f"{identite.fournisseur.en_tete} ouvre maintenant votre compte.")
    return redirect("collectivites:mes_connexions")


def _confirmer(request: RequeteOuverte, garde: dict[str, Any], identite: Identite) -> HttpResponse:
    personne = _la_meme(request, garde)
    if actions.personne_liee(identite) != personne:
        raise ActionImpossible(
            f"Cette identité de {identite.fournisseur} n’est pas celle de votre compte."
        )
    exiger(refus_entrer(identite, personne))
    aller_retour.noter(request, personne, identite, reauthenticated=True)
    return render(request, "account/fournisseur_confirme.html")


def _la_meme(request: RequeteOuverte, garde: dict[str, Any]) -> Utilisateur:
    if not request.user.is_authenticated or request.user.pk != garde["compte"]:
        raise Refuse("session: of somebody else")
    return request.user


_SUITES: dict[str, Callable[[RequeteOuverte, dict[str, Any], Identite], HttpResponse]] = {
    "entrer": _entrer,
    "inviter": _inviter,
    "lier": _lier,
    "confirmer": _confirmer,
}


class SortirView(LogoutView):
    """allauth's, then the provider's when it opened this session."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        par = aller_retour.sortie(self.request)
        reponse = cast(HttpResponse, super().post(*args, **kwargs))
        # A page that logs in again in place asks by itself, and leads nobody away.
        if par is None or self.request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return reponse
        return aller_retour.aller_sortir(self.request, *par) or reponse


sortir = public(methodes=LECTURE_ECRITURE, reseau=True)(SortirView.as_view())


@public(methodes=("GET",), reseau=True)
def sorti(request: RequeteOuverte, nom: str) -> HttpResponse:
    """Where the provider sends back whom it has let out."""
    fournisseur = _fournisseur(nom)
    if aller_retour.est_sorti(request, fournisseur):
        messages.success(request, f"{fournisseur.en_tete} vous a déconnecté aussi.")
    return redirect("account_login")
