"""Pages that anybody may read: what is held, how accessible the site is, how to use it."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render

from cadres.donnees_personnelles.conservation import REGLES
from collectivites.acteurs.acces import RequeteOuverte, public
from collectivites.communs.reponses import telechargement
from opportunites.communs.lecteurs import QUI_LIT
from pilotage.aide import grille
from pilotage.aide import guide as guide_du_site
from pilotage.aide.livret import livret


@public()
def vos_donnees(request: RequeteOuverte) -> HttpResponse:
    """What is held on people, why, how long, and their rights."""
    contexte = {"regles": REGLES, "qui_lit": QUI_LIT}
    return render(request, "pilotage/aide/vos_donnees.html", contexte)


@public()
def accessibilite(request: RequeteOuverte) -> HttpResponse:
    """The accessibility statement, whose figures are those of the grid."""
    contexte = {
        "contact": settings.MENTIONS["accessibilite"],
        "site": settings.QUATUOR_SITE,
        "grille": grille.lire(),
    }
    return render(request, "pilotage/aide/accessibilite.html", contexte)


@public()
def mentions_legales(request: RequeteOuverte) -> HttpResponse:
    """Who publishes, who hosts, whom to write to: the settings say it."""
    return render(request, "pilotage/aide/mentions_legales.html", {"mentions": settings.MENTIONS})


@public()
def aide(request: RequeteOuverte) -> HttpResponse:
    """The guide: one's own page first."""
    acteur = request.acteur
    mien = guide_du_site.PAR_ROLE[acteur.role] if acteur else ""
    contexte = {"page": guide_du_site.lire(guide_du_site.SOMMAIRE), "mien": mien, "nom": ""}
    return render(request, "pilotage/aide/aide.html", contexte)


@public()
def guide(request: RequeteOuverte, nom: str) -> HttpResponse:
    """The guide of one reader; anybody may read what the others can do."""
    if nom not in guide_du_site.LECTEURS:
        raise Http404
    contexte = {"page": guide_du_site.lire(nom), "mien": "", "nom": nom}
    return render(request, "pilotage/aide/aide.html", contexte)


@public()
def guide_pdf(request: RequeteOuverte) -> HttpResponse:
    """The whole guide, to print or to hand over."""
    return telechargement(livret(), "application/pdf", "guide-quatuor.pdf")
