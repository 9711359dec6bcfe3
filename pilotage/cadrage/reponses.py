"""How a page of the cadrage refuses."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from collectivites.acteurs.acces import Requete
from collectivites.refus import exiger, exiger_droit


def refuser(request: Requete, refus: str | None, vers: str) -> HttpResponse | None:
    """A right that is not there stops all; a state says so and leads back, on a page that is read."""
    if request.method == "POST":
        exiger(refus)
    exiger_droit(refus)
    if refus is None:
        return None
    messages.error(request, refus)
    return redirect(vers)
