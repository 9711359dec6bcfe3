"""The journal of decisions: who, in whose name, under which delegation, when, why."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from collectivites.acteurs.acces import Requete, acces
from collectivites.acteurs.requetes import EntreeJournalQuerySet
from collectivites.chaine.verification import empreinte_du_journal
from collectivites.communs import pdf
from collectivites.communs.mesure import couteux
from collectivites.communs.reponses import telechargement
from collectivites.mots import ROLES_EMPLOYEUR
from pilotage.journal import export
from pilotage.journal.forms import FiltresJournal
from pilotage.journal.lignes import lire
from pilotage.journal.requetes import RELATIONS, choix_des_filtres, filtrer, lignes_de

PAR_PAGE = 25


@acces(*ROLES_EMPLOYEUR)
def journal(request: Requete) -> HttpResponse:
    """What engages the reader's collectivité, or the whole démarche: the decisions, unless asked."""
    acteur = request.acteur
    filtres, entrees = _demandees(request)
    page = Paginator(entrees, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "page_obj": page,
        "lignes": lire(acteur, page.object_list),
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


def _parametres(request: Requete) -> str:
    """The filters, for the links to the files."""
    reste = request.GET.copy()
    reste.pop("page", None)
    return f"?{reste.urlencode()}" if reste else ""
