"""The registre: the table, its columns, its export, and the acts on several cadres."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cadres import actions, predicats
from cadres.colonnes import (
    CLE_SESSION,
    COLONNES,
    colonnes_choisies,
    entetes_export,
    ligne_export,
)
from cadres.consultations import noter_consultations
from cadres.forms import NePasRetenirForm, RetenirForm
from cadres.models import Cadre, Consultation
from cadres.recensement import TYPES_MIME, ecrire_tableur
from cadres.registre import cadres_demandes, page_du_registre
from cadres.situations import prochaines_etapes
from collectivites.acces import ECRITURE, Requete, acces, retour
from collectivites.erreurs import ActionImpossible
from collectivites.roles import Acte, Role
from collectivites.typographie import accorder, compter

CLE_SELECTION = "registre_selection"


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE)
def registre(request: Requete) -> HttpResponse:
    """The cadres whom one may see: searched, filtered, sorted, by pages."""
    contexte = page_du_registre(request)
    # Going back asks for the whole page again: htmx keeps no copy of a page with names.
    if request.htmx and not request.htmx.history_restore_request:
        reponse = render(request, "cadres/registre_resultats.html", contexte)
        reponse["HX-Push-Url"] = _adresse_propre(request)
        return reponse
    contexte |= {
        "formats": [("xlsx", "Excel (xlsx)"), ("ods", "LibreOffice (ods)"), ("csv", "Texte (csv)")],
        "toutes_colonnes": COLONNES,
        "cles_choisies": {colonne.cle for colonne in contexte["colonnes"]},
        "selection": f"registre-{request.acteur.mandat.pk}-{request.session.get(CLE_SELECTION, 0)}",
    }
    return render(request, "cadres/registre.html", contexte)


def _adresse_propre(request: Requete) -> str:
    """The address without empty parameters, to be sent to a colleague."""
    parametres = request.GET.copy()
    for cle in list(parametres):
        valeurs = [v for v in parametres.getlist(cle) if v]
        parametres.setlist(cle, valeurs) if valeurs else parametres.pop(cle)
    return f"{request.path}?{parametres.urlencode()}" if parametres else request.path


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def colonnes(request: Requete) -> HttpResponse:
    """Choose the columns; the session keeps them."""
    connues = {colonne.cle for colonne in COLONNES}
    request.session[CLE_SESSION] = [c for c in request.POST.getlist("colonnes") if c in connues]
    return retour(request, "/registre/")


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE)
def exporter(request: Requete) -> StreamingHttpResponse:
    """What is seen, as a spreadsheet: same filters, same order, same columns, every page."""
    acteur = request.acteur
    demande = request.GET.get("format", "xlsx")
    format_ = demande if demande in TYPES_MIME else "xlsx"
    choisies = colonnes_choisies(request.session.get(CLE_SESSION))
    cadres = list(cadres_demandes(request)[1])
    etapes = prochaines_etapes(acteur, cadres)
    noter_consultations(request, cadres, Consultation.Nature.EXPORT)
    reponse = StreamingHttpResponse(
        ecrire_tableur(
            entetes_export(choisies),
            (ligne_export(acteur, choisies, cadre, etapes[cadre.pk]) for cadre in cadres),
            format_,
        ),
        content_type=TYPES_MIME[format_],
    )
    nom = f"registre-{acteur.collectivite.code}-{timezone.localdate():%Y-%m-%d}.{format_}"
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse


# --- Acts on several cadres: said first, done after ---------------------------------------------


def _choisis(request: Requete) -> list[Cadre]:
    """The chosen cadres of one's own collectivité, in the order of the list."""
    cles = [cle for cle in request.POST.getlist("choix") if cle.isdecimal()][:2000]
    return list(
        Cadre.objects.geres_par(request.acteur)
        .filter(pk__in=cles)
        .select_related("candidature", "poste", "collectivite")
        .order_by("recherche", "pk")
    )


@acces(acte=Acte.RETENIR, methodes=ECRITURE)
def decider_plusieurs(request: Requete) -> HttpResponse:
    """Retain several, or not: the list and the reason first, then the act."""
    retenus = request.POST.get("decision") != "ne_pas_retenir"
    refus = predicats.refus_retenir if retenus else predicats.refus_ne_pas_retenir
    cadres = _choisis(request)
    if not cadres:
        raise ActionImpossible("Cochez d’abord au moins un cadre de votre collectivité.")
    confirme = "confirme" in request.POST
    donnees = request.POST if confirme else None
    formulaire = RetenirForm(donnees) if retenus else NePasRetenirForm(donnees)
    if confirme and formulaire.is_valid():
        groupe = actions.decider_plusieurs(
            acteur=request.acteur,
            cadres=[cadre.pk for cadre in cadres],
            retenus=retenus,
            motif=formulaire.cleaned_data["motif"],
        )
        n = len(groupe.faits)
        verbe = "retenu" if retenus else "non retenu"
        _annoncer(
            request,
            groupe,
            f"{compter(n, 'cadre')} {accorder(n, verbe)}. "
            + (
                "Chacun en est prévenu, et peut être inscrit à une promotion."
                if retenus
                else "Chacun en est prévenu et lit le motif."
            ),
        )
        return redirect("cadres:registre")
    contexte = {
        "formulaire": formulaire,
        "decision": "retenir" if retenus else "ne_pas_retenir",
        **_partage(request, cadres, refus),
    }
    return render(request, "cadres/decider_plusieurs.html", contexte)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def informer_plusieurs(request: Requete) -> HttpResponse:
    """Tell several cadres that they are listed: who will be told first, then the mails."""
    cadres = _choisis(request)
    if not cadres:
        raise ActionImpossible("Cochez d’abord au moins un cadre de votre collectivité.")
    if "confirme" not in request.POST:
        contexte = _partage(request, cadres, predicats.refus_informer)
        return render(request, "cadres/informer_plusieurs.html", contexte)
    groupe = actions.informer_plusieurs(
        acteur=request.acteur, cadres=[cadre.pk for cadre in cadres]
    )
    n = len(groupe.faits)
    _annoncer(
        request,
        groupe,
        f"{compter(n, 'cadre')} {accorder(n, 'informé')} par courriel. "
        "Leur réponse apparaîtra ici ; aucune autre collectivité ne voit leur nom avant leur oui.",
    )
    return redirect("cadres:registre")


def _partage(request: Requete, cadres: list[Cadre], refus: predicats.Refus) -> dict[str, object]:
    """Those whom the act will reach, and those it leaves aside, with the reason."""
    raisons = [(cadre, refus(request.acteur, cadre)) for cadre in cadres]
    return {
        "possibles": [cadre for cadre, raison in raisons if not raison],
        "laisses": [(cadre, raison) for cadre, raison in raisons if raison],
    }


def _annoncer(request: Requete, groupe: actions.Groupe, phrase: str) -> None:
    """Says what happened; the selection starts afresh."""
    if groupe.faits:
        messages.success(request, phrase)
    if groupe.laisses:
        n = len(groupe.laisses)
        exemples = "\u00a0; ".join(
            f"{c.nom_complet} : {raison}" for c, raison in groupe.laisses[:3]
        )
        messages.warning(
            request, f"{compter(n, 'cadre')} {accorder(n, 'laissé')} de côté.\n\n{exemples}"
        )
    request.session[CLE_SELECTION] = request.session.get(CLE_SELECTION, 0) + 1
