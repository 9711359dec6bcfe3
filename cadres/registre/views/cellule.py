"""A cell of the registre, corrected in its place; a page of its own without script."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from cadres.candidature.situations import prochaines_etapes
from cadres.fiche.actions import modifier
from cadres.fiche.predicats import refus_modifier
from cadres.fiche.views.fiche import trouver, trouver_des_siens
from cadres.models import Cadre
from cadres.registre.cellules import CelluleForm
from cadres.registre.colonnes import COLONNES
from cadres.registre.demande import CLES_DE_LISTE, parametres_de_vue
from cadres.registre.page import ligne_de
from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import ROLES_RH
from collectivites.refus import exiger_droit

COLONNE = {colonne.cle: colonne for colonne in COLONNES if colonne.se_corrige}


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def cellule(request: Requete, pk: int, colonne: str) -> HttpResponse:
    """One cell: its fields, then what it reads once they are written."""
    if colonne not in COLONNE:
        raise Http404
    cadre = trouver_des_siens(request, pk)
    exiger_droit(refus_modifier(request.acteur, cadre))
    if request.htmx and "lire" in request.GET:
        return _lue(request, cadre, colonne)
    formulaire = CelluleForm(
        donnees_postees(request), acteur=request.acteur, cadre=cadre, colonne=colonne
    )
    if formulaire.is_valid():
        modifier(acteur=request.acteur, cadre=cadre, donnees=formulaire.saisies())
        if not request.htmx:
            return redirect(_liste(request.POST.get("parametres", "")))
        return _lue(request, trouver(request, pk), colonne, ecrite=True)
    origine = urlsplit(request.META.get("HTTP_REFERER", ""))
    du_registre = origine.query if origine.path == reverse("cadres:registre") else ""
    contexte = {
        "formulaire": formulaire,
        "cadre": cadre,
        "colonne": COLONNE[colonne],
        "parametres": request.POST.get("parametres", du_registre),
    }
    gabarit = "_cellule_saisie" if request.htmx else "cellule"
    return render(request, f"cadres/registre/{gabarit}.html", contexte)


def _lue(request: Requete, cadre: Cadre, colonne: str, *, ecrite: bool = False) -> HttpResponse:
    etape = prochaines_etapes(request.acteur, [cadre])[cadre.pk]
    ligne = ligne_de(request.acteur, cadre, etape, [COLONNE[colonne]])
    (affichee, texte), *_ = ligne.cellules
    contexte = {
        "ligne": ligne,
        "cadre": cadre,
        "colonne": affichee,
        "texte": texte,
        "recherche": "",
        "retouche": True,
        "ici": True,
        "ecrite": ecrite,
    }
    return render(request, "cadres/registre/_cellule.html", contexte)


def _liste(parametres: str) -> str:
    """Back to the sheet, its filters and its order with it, still being corrected."""
    garde = parametres_de_vue(QueryDict(parametres), (*CLES_DE_LISTE, "perimetre", "retouche"))
    return reverse("cadres:registre") + (f"?{garde}" if garde else "")
