"""The journal of decisions: who, in whose name, under which delegation, when, why."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from collectivites.acteurs.acces import Requete, acces
from collectivites.acteurs.requetes import EntreeJournalQuerySet
from collectivites.models import EntreeJournal, Utilisateur
from collectivites.mots import ROLES_EMPLOYEUR, Role, actes_du_journal
from pilotage.journal.forms import FiltresJournal
from pilotage.journal.lignes import lire

PAR_PAGE = 25


@acces(*ROLES_EMPLOYEUR)
def journal(request: Requete) -> HttpResponse:
    """What engages the reader's collectivité, or the whole démarche."""
    acteur = request.acteur
    visibles = EntreeJournal.objects.visibles_par(acteur)
    filtres = FiltresJournal(request.GET, actes=_actes(visibles), auteurs=_auteurs(visibles))
    entrees = _filtrer(visibles, filtres).select_related(
        "auteur", "au_nom_de", "delegation__delegant__utilisateur"
    )
    page = Paginator(entrees, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "page_obj": page,
        "lignes": lire(acteur, page.object_list),
        "filtres": filtres,
        "filtre": any(request.GET.get(nom) for nom in filtres.fields),
        "titre": f"Les décisions qui engagent {acteur.collectivite.la}, ou la démarche entière",
    }
    return render(request, "pilotage/journal/journal.html", contexte)


def _actes(visibles: EntreeJournalQuerySet) -> list[tuple[str, str]]:
    """The kinds of acts that the reader may meet, by their labels. One query.

    An act that no room declares any more is not offered; its lines are still read.
    """
    libelles = actes_du_journal()
    codes = visibles.order_by().values_list("acte", flat=True).distinct()
    return sorted(((c, libelles[c]) for c in codes if c in libelles), key=lambda acte: acte[1])


def _auteurs(visibles: EntreeJournalQuerySet) -> list[tuple[str, str]]:
    """Who decided. One query. Not the cadres: to find their name here would tell that they answered."""
    pks = visibles.exclude(role=Role.CADRE).order_by().values("auteur")
    auteurs = Utilisateur.objects.filter(pk__in=pks).order_by("nom", "prenom", "pk")
    return [(str(auteur.pk), auteur.nom_complet) for auteur in auteurs]


def _filtrer(entrees: EntreeJournalQuerySet, filtres: FiltresJournal) -> EntreeJournalQuerySet:
    filtres.is_valid()
    choix = filtres.cleaned_data
    if acte := choix.get("acte"):
        entrees = entrees.filter(acte=acte)
    if auteur := choix.get("auteur"):
        entrees = entrees.filter(auteur=auteur)
    if depuis := choix.get("depuis"):
        entrees = entrees.filter(quand__date__gte=depuis)
    if jusqu_au := choix.get("jusqu_au"):
        entrees = entrees.filter(quand__date__lte=jusqu_au)
    return entrees
