"""Placeholder until the room « mon parcours » is furnished."""

from django.http import HttpResponse
from django.shortcuts import redirect

from collectivites.acces import Requete, acces
from collectivites.roles import Role


@acces(Role.CADRE)
def mon_parcours(request: Requete) -> HttpResponse:
    return redirect("pilotage:accueil")
