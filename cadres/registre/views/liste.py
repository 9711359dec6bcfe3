"""The registre: the table, its columns, its export, the views that one keeps."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cadres.candidature.predicats import PERSONNE_DE_COCHE
from cadres.candidature.situations import prochaines_etapes
from cadres.donnees_personnelles.consultations import noter_un_export
from cadres.fiche.forms import CadreForm
from cadres.models import Cadre, VueRegistre
from cadres.recensement.fichiers.tableur import TYPES_MIME, ecrire_tableur, entier
from cadres.recensement.personnes.cles import ENTETE_CLE
from cadres.registre import actions
from cadres.registre.colonnes import COLONNES, Colonne
from cadres.registre.demande import (
    colonnes_de,
    est_lue,
    lire_demande,
    parametres_d_ouverture,
    parametres_de_vue,
)
from cadres.registre.forms import VueForm
from cadres.registre.page import page_du_registre
from cadres.registre.selection import selection_de
from cadres.registre.tris import PAR_LOT
from cadres.registre.views.export import entetes_export, ligne_export
from collectivites.acteurs.acces import ECRITURE, Requete, acces, retour
from collectivites.communs.listes import adresse_propre
from collectivites.communs.mesure import couteux
from collectivites.mots import Role
from collectivites.refus import ActionImpossible

CLE_SELECTION = "registre_selection"
AVEC_PARTIS = "avec_partis"


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE)
def registre(request: Requete) -> HttpResponse:
    """The cadres whom one may see: searched, filtered, sorted, by pages."""
    # The links of the page are made from what it shows.
    request.GET = parametres_d_ouverture(request.acteur, request.GET)  # type: ignore[assignment]
    contexte = page_du_registre(request.acteur, request.GET)
    vues = list(VueRegistre.objects.visibles_par(request.acteur))
    contexte["vue_active"] = next((vue for vue in vues if est_lue(vue, request.GET)), None)
    # Going back asks for the whole page again: htmx keeps no copy of a page with names.
    if request.htmx and not request.htmx.history_restore_request:
        reponse = render(request, "cadres/registre/_resultats.html", contexte)
        reponse["HX-Push-Url"] = adresse_propre(request)
        return reponse
    contexte |= {
        "formats": [("xlsx", "Excel (xlsx)"), ("ods", "LibreOffice (ods)"), ("csv", "Texte (csv)")],
        "toutes_colonnes": COLONNES,
        "cles_choisies": {colonne.cle for colonne in contexte["colonnes"]},
        "vues": vues,
        "formulaire_vue": VueForm(),
        "listes": CadreForm(acteur=request.acteur) if contexte["retouche"] else None,
        "selection": f"registre-{request.acteur.mandat.pk}-{request.session.get(CLE_SELECTION, 0)}",
    }
    return render(request, "cadres/registre/registre.html", contexte)


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def colonnes(request: Requete) -> HttpResponse:
    """Choose the columns, remembered from one login to the next; the address gives way."""
    actions.choisir_colonnes(acteur=request.acteur, cles=request.POST.getlist("colonnes"))
    origine = urlsplit(request.META.get("HTTP_REFERER", ""))
    if origine.path != reverse("cadres:registre"):
        return redirect("cadres:registre")
    parametres = QueryDict(origine.query, mutable=True)
    parametres.pop("colonnes", None)
    return redirect(f"{origine.path}?{parametres.urlencode()}" if parametres else origine.path)


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, preuve=True, replique=True)
@couteux
def exporter(request: Requete) -> StreamingHttpResponse:
    """What is seen, as a spreadsheet: same filters, same order, same columns, every page."""
    parametres = request.GET.copy()
    if request.GET.get(AVEC_PARTIS) and not parametres.get("partis"):
        parametres["partis"] = "oui"
    cadres = lire_demande(request.acteur, parametres).ordre.lire()
    colonnes = colonnes_de(request.acteur, request.GET)
    return _tableur(request, cadres, colonnes, request.GET.get("format", ""))


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE, preuve=True)
@couteux
def exporter_selection(request: Requete) -> StreamingHttpResponse:
    """The chosen rows only, in the order and with the columns of the screen."""
    selection = selection_de(request.acteur, request.POST)
    cadres = selection.ordre(request.acteur).lire()
    if (premier := next(cadres, None)) is None:
        raise ActionImpossible(PERSONNE_DE_COCHE)
    cadres = chain([premier], cadres)
    colonnes = colonnes_de(request.acteur, QueryDict(selection.parametres))
    return _tableur(request, cadres, colonnes, request.POST.get("format", ""))


def _tableur(
    request: Requete, cadres: Iterator[Cadre], choisies: list[Colonne], demande: str
) -> StreamingHttpResponse:
    format_ = demande if demande in TYPES_MIME else "xlsx"
    tableur = ecrire_tableur(
        entetes_export(choisies),
        _lignes(request, cadres, choisies),
        format_,
        cachees=[ENTETE_CLE],
        titre="Registre des cadres",
    )
    reponse = StreamingHttpResponse(entier(tableur), content_type=TYPES_MIME[format_])
    nom = f"registre-{request.acteur.collectivite.code}-{timezone.localdate():%Y-%m-%d}.{format_}"
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse


def _lignes(
    request: Requete, cadres: Iterator[Cadre], choisies: list[Colonne]
) -> Iterator[list[object]]:
    """By lots: what is in memory does not grow with the list."""
    acteur = request.acteur
    while lot := list(islice(cadres, PAR_LOT)):
        etapes = prochaines_etapes(acteur, lot)
        noter_un_export(request, lot)
        for cadre in lot:
            yield ligne_export(acteur, choisies, cadre, etapes[cadre.pk])


# --- Views that are kept ------------------------------------------------------------------------


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def enregistrer_vue(request: Requete) -> HttpResponse:
    """Keep the filters, the columns and the order of the screen under a name."""
    formulaire = VueForm(request.POST)
    if not formulaire.is_valid():
        messages.error(request, "Donnez un nom à cette vue, de soixante lettres au plus.")
        return retour(request, reverse("cadres:registre"))
    vue = actions.enregistrer_vue(
        acteur=request.acteur,
        nom=formulaire.cleaned_data["nom"],
        parametres=parametres_de_vue(QueryDict(formulaire.cleaned_data["parametres"])),
    )
    messages.success(request, f"La vue « {vue.nom} » est gardée. Personne d’autre ne la voit.")
    return redirect(f"{reverse('cadres:registre')}?{vue.parametres}")


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def supprimer_vue(request: Requete, pk: int) -> HttpResponse:
    """Forget a view."""
    vue = get_object_or_404(VueRegistre.objects.visibles_par(request.acteur), pk=pk)
    actions.supprimer_vue(acteur=request.acteur, vue=vue)
    messages.success(request, f"La vue « {vue.nom} » est supprimée.")
    return redirect("cadres:registre")
