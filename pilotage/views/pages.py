"""Pages that anybody may read: what is held, how accessible the site is, how to use it."""

from django.http import HttpResponse
from django.shortcuts import render

from cadres.conservation import REGLES
from collectivites.acces import Requete, public


@public()
def vos_donnees(request: Requete) -> HttpResponse:
    """What is held on people, why, how long, and their rights."""
    return render(request, "pilotage/vos_donnees.html", {"regles": REGLES})


@public()
def accessibilite(request: Requete) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "pilotage/accessibilite.html")


@public()
def aide(request: Requete) -> HttpResponse:
    """A short guide for each role."""
    return render(request, "pilotage/aide.html")
