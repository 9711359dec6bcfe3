"""The journal of decisions: who, in whose name, under which delegation, when, why."""

from typing import Any

from django.core.paginator import Page
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from collectivites.acteurs.acces import Requete, acces
from collectivites.acteurs.requetes import EntreeJournalQuerySet
from collectivites.chaine.verification import empreinte_du_journal
from collectivites.communs import pdf
from collectivites.communs.listes import page_de
from collectivites.communs.mesure import couteux
from collectivites.communs.reponses import telechargement
from collectivites.models import EntreeJournal
from collectivites.mots import ROLES_EMPLOYEUR
from pilotage.journal import export
from pilotage.journal.forms import FiltresJournal
from pilotage.journal.lignes import lire
from pilotage.journal.requetes import (
    RELATIONS,
    choix_des_filtres,
    filtrer,
    lignes_de,
    plus_anciennes,
)

#: The parameter that says after which line the list begins.
AVANT = "avant"


@acces(*ROLES_EMPLOYEUR)
def journal(request: Requete) -> HttpResponse:
    """What engages the reader's collectivité, or the whole démarche: the decisions, unless asked."""
    acteur = request.acteur
    filtres, entrees = _demandees(request)
    page = page_de(request, plus_anciennes(entrees, request.GET.get(AVANT)))
    entrees_lues = list(page.object_list)
    contexte = {
        "page_obj": page,
        "lignes": lire(acteur, entrees_lues),
        "suivantes": _suivantes(request, page, entrees_lues),
        "avant": AVANT in request.GET,
        "filtres": filtres,
        "filtre": any(request.GET.get(nom) for nom in filtres.fields),
        "parametres": _parametres(request),
        "empreinte": empreinte_du_journal(acteur.demarche),
        "titre": f"Les décisions qui engagent {acteur.collectivite.la}, ou la démarche entière",
    }
    return render(request, "pilotage/journal/journal.html", contexte)


@acces(*ROLES_EMPLOYEUR, replique=True)
@couteux
def exporter_journal(request: Requete) -> HttpResponse:
    """The same lines, for a spreadsheet."""
    _, entrees = _demandees(request)
    contenu = export.en_csv(lire(request.acteur, entrees[: export.LIGNES_MAX]))
    return telechargement(contenu, "text/csv; charset=utf-8", export.nom_du_fichier("csv"))


@acces(*ROLES_EMPLOYEUR, replique=True)
@couteux
def imprimer_journal(request: Requete) -> HttpResponse:
    """The same lines on paper, the most recent first, with the head of the chain."""
    filtres, entrees = _demandees(request)
    html = export.en_html(
        request.acteur,
        lire(request.acteur, entrees[: export.LIGNES_IMPRIMEES]),
        filtres,
        total=entrees.count(),
    )
    return telechargement(pdf.produire(html), "application/pdf", export.nom_du_fichier("pdf"))


def _demandees(request: Requete) -> tuple[FiltresJournal, EntreeJournalQuerySet]:
    acteur = request.acteur
    lignes = lignes_de(acteur)
    filtres = FiltresJournal(request.GET, choix=choix_des_filtres(acteur, lignes))
    return filtres, filtrer(acteur, lignes, filtres).select_related(*RELATIONS)


def _suivantes(request: Requete, page: Page[Any], entrees: list[EntreeJournal]) -> str:
    """The address of the lines that come after the last that can be leafed through; "" elsewhere."""
    if not (getattr(page, "au_dela", False) and not page.has_next() and entrees):
        return ""
    reste = _sans_page(request)
    reste[AVANT] = str(entrees[-1].pk)
    return f"?{reste.urlencode()}"


def _sans_page(request: Requete) -> QueryDict:
    reste = request.GET.copy()
    for nom in ("page", AVANT):
        reste.pop(nom, None)
    return reste


def _parametres(request: Requete) -> str:
    """The filters, for the links to the files."""
    reste = _sans_page(request)
    return f"?{reste.urlencode()}" if reste else ""
