"""Following a link under the mandat that it is meant for: a mail says which; an error page offers all.

Nobody changes hat by following a link: another tab may hold a text half written under the first one.
The page asks, and a button changes.
"""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from collectivites.acteurs.acces import LECTURE, RequeteOuverte
from collectivites.travaux.courriels import AGIR


def page_locale(request: RequeteOuverte, adresse: str) -> str:
    """The address, if it is a page of ours; "" otherwise."""
    locale = adresse.startswith("/") and url_has_allowed_host_and_scheme(
        adresse, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return adresse if locale else ""


def sous_quel_mandat(request: RequeteOuverte) -> HttpResponse | None:
    """What answers a link that says its mandat: the question, or the page's own address when there
    is nothing to ask. None for any other request."""
    if request.method not in LECTURE or AGIR not in request.GET or request.acteur is None:
        return None
    parametres = request.GET.copy()
    vise = parametres.pop(AGIR)[-1]
    adresse = request.path + (f"?{parametres.urlencode()}" if parametres else "")
    autre = next((m for m in request.acteur.autres_mandats if str(m.pk) == vise), None)
    if autre is None:
        return HttpResponseRedirect(adresse)
    contexte = {"mandat": autre, "adresse": adresse}
    return render(request, "collectivites/continuer.html", contexte)
