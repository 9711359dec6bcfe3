"""The registre: the table, its columns, its export, and the acts on several cadres."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from cadres import actions, predicats
from cadres.actions.candidature import accompagnateurs
from cadres.colonnes import CLE_SESSION, COLONNES, Colonne, entetes_export, ligne_export
from cadres.consultations import noter_consultations
from cadres.forms import ConfierForm, NePasRetenirForm, RetenirForm
from cadres.forms_liste import VueForm
from cadres.models import Cadre, Consultation, VueRegistre
from cadres.recensement import TYPES_MIME, ecrire_tableur
from cadres.registre import (
    cadres_demandes,
    colonnes_de,
    page_du_registre,
    parametres_de_vue,
)
from cadres.situations import prochaines_etapes
from cadres.tris import ordonner, tri_connu
from collectivites.acces import ECRITURE, Requete, acces, retour
from collectivites.erreurs import ActionImpossible
from collectivites.roles import Acte, Role
from collectivites.typographie import accorder, compter

CLE_SELECTION = "registre_selection"
AVEC_PARTIS = "avec_partis"


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
        "vues": VueRegistre.objects.visibles_par(request.acteur),
        "formulaire_vue": VueForm(),
        "selection": f"registre-{request.acteur.mandat.pk}-{request.session.get(CLE_SELECTION, 0)}",
    }
    return render(request, "cadres/registre.html", contexte)


def _adresse_propre(request: Requete) -> str:
    """The address without empty parameters, to be sent to a colleague."""
    parametres = request.GET.copy()
    parametres.pop(AVEC_PARTIS, None)  # asked of the export alone
    for cle in list(parametres):
        valeurs = [v for v in parametres.getlist(cle) if v]
        parametres.setlist(cle, valeurs) if valeurs else parametres.pop(cle)
    return f"{request.path}?{parametres.urlencode()}" if parametres else request.path


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def colonnes(request: Requete) -> HttpResponse:
    """Choose the columns; the session keeps them, and the address gives way."""
    connues = {colonne.cle for colonne in COLONNES}
    request.session[CLE_SESSION] = [c for c in request.POST.getlist("colonnes") if c in connues]
    origine = urlsplit(request.META.get("HTTP_REFERER", ""))
    if origine.path != reverse("cadres:registre"):
        return redirect("cadres:registre")
    parametres = QueryDict(origine.query, mutable=True)
    parametres.pop("colonnes", None)
    return redirect(f"{origine.path}?{parametres.urlencode()}" if parametres else origine.path)


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE)
def exporter(request: Requete) -> StreamingHttpResponse:
    """What is seen, as a spreadsheet: same filters, same order, same columns, every page."""
    parametres = request.GET.copy()
    if request.GET.get(AVEC_PARTIS) and not parametres.get("partis"):
        parametres["partis"] = "oui"
    demande = cadres_demandes(request.acteur, parametres)
    cadres = list(demande.ordre(request.acteur).lire())
    return _tableur(request, cadres, colonnes_de(request), request.GET.get("format", ""))


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def exporter_selection(request: Requete) -> StreamingHttpResponse:
    """The chosen rows only, in the order and with the columns of the screen."""
    parametres = QueryDict(request.POST.get("parametres", ""))
    choisis = Cadre.objects.visibles_par(request.acteur).filter(pk__in=_cles(request))
    tri = tri_connu(parametres.get("tri", ""))
    cadres = list(ordonner(choisis, tri, request.acteur).lire())
    if not cadres:
        raise ActionImpossible("Cochez d’abord au moins un cadre.")
    return _tableur(
        request, cadres, colonnes_de(request, parametres), request.POST.get("format", "")
    )


def _tableur(
    request: Requete, cadres: list[Cadre], choisies: list[Colonne], demande: str
) -> StreamingHttpResponse:
    acteur = request.acteur
    format_ = demande if demande in TYPES_MIME else "xlsx"
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
    messages.success(
        request, f"La vue «\u00a0{vue.nom}\u00a0» est gardée. Personne d’autre ne la voit."
    )
    return redirect(f"{reverse('cadres:registre')}?{vue.parametres}")


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def supprimer_vue(request: Requete, pk: int) -> HttpResponse:
    """Forget a view."""
    vue = get_object_or_404(VueRegistre.objects.visibles_par(request.acteur), pk=pk)
    actions.supprimer_vue(acteur=request.acteur, vue=vue)
    messages.success(request, f"La vue «\u00a0{vue.nom}\u00a0» est supprimée.")
    return redirect("cadres:registre")


# --- Acts on several cadres: said first, done after ---------------------------------------------


def _cles(request: Requete) -> list[str]:
    # Eighteen digits: what a database key holds, whatever the database.
    cles = request.POST.getlist("choix")
    return [cle for cle in cles if cle.isdecimal() and len(cle) <= 18][:2000]


def _choisis(request: Requete) -> list[Cadre]:
    """The chosen cadres, in the order of the list; those of others are set aside with the reason."""
    return list(
        Cadre.objects.visibles_par(request.acteur)
        .filter(pk__in=_cles(request))
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
        return redirect(_suite(request))
    contexte = {
        "formulaire": formulaire,
        "suite": _suite(request),
        "depuis": request.POST.get("depuis", ""),
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


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def confier_plusieurs(request: Requete) -> HttpResponse:
    """Entrust several cadres to one accompagnateur: who, then to whom, then the act."""
    cadres = _choisis(request)
    if not cadres:
        raise ActionImpossible("Cochez d’abord au moins un cadre de votre collectivité.")
    formulaire = ConfierForm(
        request.POST if "confirme" in request.POST else None,
        mandats=accompagnateurs(request.acteur),
    )
    if "confirme" not in request.POST or not formulaire.is_valid():
        contexte = {
            "formulaire": formulaire,
            **_partage(request, cadres, predicats.refus_confier),
        }
        return render(request, "cadres/confier_plusieurs.html", contexte)
    choisi = formulaire.cleaned_data["accompagnateur"]
    groupe = actions.confier_plusieurs(
        acteur=request.acteur, cadres=[cadre.pk for cadre in cadres], accompagnateur=choisi
    )
    n = len(groupe.faits)
    _annoncer(
        request,
        groupe,
        f"{compter(n, 'cadre')} {accorder(n, 'confié')} à {choisi.utilisateur.nom_complet}."
        if choisi
        else f"{compter(n, 'cadre')} sans accompagnateur désormais.",
    )
    return redirect("cadres:registre")


def _suite(request: Requete) -> str:
    """Back to the page where they were chosen."""
    return reverse(
        "cadres:criteres" if request.POST.get("depuis") == "criteres" else "cadres:registre"
    )


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
