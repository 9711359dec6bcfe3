"""The sheet of components: all that a page may be made of, in both themes."""

from django.http import HttpResponse
from django.shortcuts import render

from collectivites.acteurs.acces import RequeteOuverte, superutilisateur
from pilotage.aide.exemples import contexte_exemples


@superutilisateur()
def systeme(request: RequeteOuverte) -> HttpResponse:
    """Tokens and components, for those who build pages."""
    return render(request, "systeme/composants.html", contexte_exemples())
