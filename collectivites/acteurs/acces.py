"""Each view says who may call it, and how. A view without a rule fails the test suite.

The same decorator keeps the promises that every page shares: a GET writes nothing, a POST is one
transaction, and a refusal of the domain becomes a sentence instead of a crash.
"""

from __future__ import annotations

import functools
import logging
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import Any, Concatenate, Literal, ParamSpec, Protocol, TypeVar
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.depots import SansPlace
from collectivites.garanties import mur, replique
from collectivites.garanties.integrite import est_un_conflit, traduire
from collectivites.garanties.lecture_seule import lecture_seule
from collectivites.mots import Acte, Role
from collectivites.refus import ActionImpossible

P = ParamSpec("P")
R = TypeVar("R", bound="RequeteOuverte")
Vue = Callable[Concatenate[R, P], HttpResponseBase]
Genre = Literal["public", "authentifie", "mandat", "superutilisateur"]

logger = logging.getLogger(__name__)

CONCURRENCE = "Trop de personnes écrivent au même moment : rien n’a été enregistré. Recommencez dans un instant."

HORS_LIMITES = "Une des valeurs reçues est trop grande pour être vraie : rien n’a été enregistré."

LECTURE = ("GET", "HEAD")
ECRITURE = ("POST",)
LECTURE_ECRITURE = ("GET", "HEAD", "POST")


class RequeteOuverte(HttpRequest):
    """A request that came through the middlewares, of anybody: without a live mandat, no acteur."""

    acteur: Acteur | None
    #: Nothing personal is shown before it (`comptes.second_facteur`).
    second_facteur_attendu: bool
    htmx: HtmxDetails
    #: Rows to write once the page is made: the files it showed (`cadres.candidature.middleware`).
    consultations: list[Any]
    #: The files that an export holds, by their key: written by lots, once it is made.
    exportes: array[int]


class Requete(RequeteOuverte):
    """The same in a view that `acces` guards: it has an acteur."""

    acteur: Acteur


class Decorateur(Protocol[R]):
    """Guards a view that takes such a request."""

    def __call__(self, vue: Vue[R, P], /) -> Vue[R, P]: ...


@dataclass(frozen=True)
class Regle:
    """Who may call a view. `acte`: also a DRH under a live delegation for that act. `preuve`: the act, or
    the file, wants a fresh proof of identity (`comptes.preuve`). `reseau`: it waits for another server,
    and opens its transaction itself once that server has answered. `replique`: what it reads may be some
    seconds old (`garanties.replique`)."""

    genre: Genre
    methodes: tuple[str, ...] = LECTURE
    roles: frozenset[Role] = frozenset()
    acte: Acte | None = None
    preuve: bool = False
    reseau: bool = False
    replique: bool = False

    def admet(self, acteur: Acteur) -> bool:
        if self.acte is not None and acteur.peut(self.acte):
            return True
        return acteur.role in self.roles


def acces(
    *roles: Role,
    methodes: tuple[str, ...] = LECTURE,
    acte: Acte | None = None,
    preuve: bool = False,
    replique: bool = False,
) -> Decorateur[Requete]:
    """Only acteurs with one of `roles`, or who may take `acte`. Without roles: any mandat."""
    tous = frozenset(roles) or (frozenset() if acte else frozenset(Role))
    return _declarer(Regle("mandat", methodes, tous, acte, preuve, replique=replique))


def connecte(
    methodes: tuple[str, ...] = LECTURE, preuve: bool = False, reseau: bool = False
) -> Decorateur[RequeteOuverte]:
    """Anybody logged in, with or without a live mandat."""
    return _declarer(Regle("authentifie", methodes, preuve=preuve, reseau=reseau))


def public(methodes: tuple[str, ...] = LECTURE, reseau: bool = False) -> Decorateur[RequeteOuverte]:
    """Anybody, logged in or not. A test pins the list of these."""
    return _declarer(Regle("public", methodes, reseau=reseau))


def superutilisateur(
    methodes: tuple[str, ...] = LECTURE, preuve: bool = False
) -> Decorateur[RequeteOuverte]:
    """The operators of the installation."""
    return _declarer(Regle("superutilisateur", methodes, preuve=preuve))


def _declarer(regle: Regle) -> Decorateur[R]:
    def decorer(vue: Vue[R, P], /) -> Vue[R, P]:
        @functools.wraps(vue)
        def gardee(request: R, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if request.method not in regle.methodes:
                return _methode_refusee(request, regle)
            _verifier(regle, request)
            with mur.partout() if regle.genre == "superutilisateur" else nullcontext():
                if regle.reseau:
                    return vue(request, *args, **kwargs)
                return _servir(request, regle, lambda: vue(request, *args, **kwargs))

        gardee.acces = regle  # type: ignore[attr-defined]
        return login_not_required(gardee) if regle.genre == "public" else gardee

    return decorer


def _methode_refusee(request: RequeteOuverte, regle: Regle) -> HttpResponse:
    """Whoever opens by hand the address of a form is told where to go; browsers show nothing."""
    corps = render_to_string("405.html", request=request) if request.method == "GET" else ""
    return HttpResponseNotAllowed(regle.methodes, corps)


def _verifier(regle: Regle, request: RequeteOuverte) -> None:
    if regle.genre == "superutilisateur" and not request.user.is_superuser:
        raise PermissionDenied
    if regle.genre == "mandat" and (request.acteur is None or not regle.admet(request.acteur)):
        raise PermissionDenied


@contextmanager
def _en_lecture() -> Iterator[None]:
    with lecture_seule(), mur.une_lecture():
        yield


def _servir(
    request: RequeteOuverte, regle: Regle, vue: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """From the copy of the base, where that will do; one that fails halfway is left for the base."""
    if request.method not in LECTURE:
        reponse = _jouer(request, vue)
        replique.vient_d_agir(_compte(request))
        return reponse
    if regle.replique and replique.peut_lire(_compte(request)):
        with suppress(*replique.PANNES), replique.en_lecture():
            return _jouer(request, vue)
        replique.replique_repond.ouvrir()
    return _jouer(request, vue)


def _jouer(request: RequeteOuverte, vue: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    try:
        with _en_lecture() if request.method in LECTURE else transaction.atomic():
            return vue()
    except SansPlace as refus:
        corps = render_to_string("503.html", {"message": refus.message}, request)
        return HttpResponse(corps, status=503)
    except ActionImpossible as refus:
        message = refus.message
    except IntegrityError as erreur:
        message = traduire(erreur)
    except (DataError, OverflowError):
        message = HORS_LIMITES
    except OperationalError as erreur:
        if request.method in LECTURE or not est_un_conflit(erreur):
            raise
        logger.warning("A write was refused by the database: %s", erreur)
        message = CONCURRENCE
    # Neither the reason nor the address, which may name somebody.
    logger.info("Refused by the rules: %s, account %s", _vue_demandee(request), _compte(request))
    messages.error(request, message)
    if request.method in LECTURE and (page := _au_dessus(request)):
        return _aller(request, page)
    return retour(request)


def _compte(request: HttpRequest) -> object:
    return getattr(getattr(request, "user", None), "pk", None) or "-"


def _vue_demandee(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else "?"


def _au_dessus(request: RequeteOuverte) -> str:
    """The page of what a refused form is about, which says where things stand: the nearest address
    above its own that this person may read. One place, wherever they came from."""
    chemin = request.path
    while len(chemin) > 1:
        chemin = chemin[: chemin.rstrip("/").rfind("/") + 1]
        try:
            regle = getattr(resolve(chemin).func, "acces", None)
        except Resolver404:
            continue
        if regle is None or request.acteur is None or chemin == "/":
            return ""
        if "GET" in regle.methodes and regle.admet(request.acteur):
            return chemin
    return ""


def retour(request: HttpRequest, defaut: str = "/", ancre: str = "") -> HttpResponse:
    """Back to the page the person came from, if it is ours and not the very page that refuses; to
    the part of it where they were (`ancre`, of which the browser says nothing)."""
    origine = request.META.get("HTTP_REFERER", "")
    ici = request.method in LECTURE and urlsplit(origine).path == request.path
    if ici or not url_has_allowed_host_and_scheme(
        origine, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        origine = defaut
    if ancre and "#" not in origine:
        origine = f"{origine}#{ancre}"
    return _aller(request, origine)


def _aller(request: HttpRequest, origine: str) -> HttpResponse:
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": origine})
    return HttpResponseRedirect(origine)
