"""The wishes of a cadre: added, removed, ranked by drag, by keyboard or without script."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from collectivites.acteurs.acces import ECRITURE, Requete, acces
from collectivites.mots import Role
from collectivites.refus import ActionImpossible
from opportunites.campagne.ecran.mes_voeux import ma_campagne
from opportunites.communs import objets
from opportunites.models import VOEUX_MAX, Avis, Voeu
from opportunites.postes.actions import voeux as actions
from opportunites.propositions.raisons import ordinal, raisons


@acces(Role.CADRE)
def voeux(request: Requete) -> HttpResponse:
    """My wishes in order, and for each poste why it may suit me."""
    cadre = objets.ma_fiche(request.acteur)
    liste = list(
        Voeu.objects.visibles_par(request.acteur)
        .select_related("opportunite__poste__collectivite", "opportunite__poste__direction")
        .order_by("rang")
    )
    avis = {a.opportunite_id: a for a in Avis.objects.visibles_par(request.acteur)}
    lignes = [
        {
            "voeu": voeu,
            "raisons": raisons(cadre, voeu.opportunite),
            "avis": avis.get(voeu.opportunite_id),
        }
        for voeu in liste
    ]
    souhaits = [
        {
            "pk": voeu.pk,
            "titre": voeu.opportunite.poste.annonce,
            "detail": "" if voeu.opportunite.est_ouverte else "Ce poste n’est plus ouvert.",
            "collectivite": voeu.opportunite.poste.collectivite,
            "url": reverse("opportunites:opportunite", args=[voeu.opportunite_id])
            if voeu.opportunite.est_ouverte
            else "",
        }
        for voeu in liste
    ]
    contexte = {"lignes": lignes, "souhaits": souhaits, **ma_campagne(request.acteur)}
    return render(request, "opportunites/postes/voeux.html", contexte)


@acces(Role.CADRE, methodes=ECRITURE)
def exprimer_voeu(request: Requete, pk: int) -> HttpResponse:
    """Add a poste to my wishes."""
    opportunite = objets.opportunite(request.acteur, pk)
    voeu = actions.exprimer_voeu(acteur=request.acteur, opportunite=opportunite)
    messages.success(
        request,
        f"Ce poste est le {ordinal(voeu.rang)} de vos vœux. Changez l’ordre quand vous voulez : "
        "l’employeur du poste le voit, le vôtre ne lit pas votre liste.",
    )
    return redirect(_d_ou_l_on_vient(request, pk))


def _d_ou_l_on_vient(request: Requete, pk: int) -> str:
    """The list, filters and all, at that very poste, for whoever ranks from it; else one's wishes."""
    venant = request.META.get("HTTP_REFERER", "")
    liste = reverse("opportunites:opportunites")
    if "liste" in request.GET and url_has_allowed_host_and_scheme(venant, {request.get_host()}):
        adresse = urlsplit(venant)
        if adresse.path == liste:
            suite = f"?{adresse.query}" if adresse.query else ""
            return f"{liste}{suite}#poste-{pk}"
    return reverse("opportunites:voeux")


@acces(Role.CADRE, methodes=ECRITURE)
def retirer_voeu(request: Requete, pk: int) -> HttpResponse:
    """Remove a wish."""
    actions.retirer_voeu(acteur=request.acteur, voeu=objets.voeu(request.acteur, pk))
    messages.success(request, "Ce poste n’est plus dans vos vœux.")
    return redirect("opportunites:voeux")


@acces(Role.CADRE, methodes=ECRITURE)
def classer_voeux(request: Requete) -> HttpResponse:
    """POST `ordre` (keys, separated by commas), or `monter` or `descendre` (one key)."""
    if "ordre" in request.POST:
        ordre = [_cle(cle) for cle in request.POST["ordre"].split(",")[: 2 * VOEUX_MAX]]
    else:
        ordre = _decaler(request)
    actions.classer_voeux(acteur=request.acteur, ordre=ordre)
    return redirect("opportunites:voeux")


def _decaler(request: Requete) -> list[int]:
    """The present order, with one wish a step up or down."""
    pas = -1 if "monter" in request.POST else 1
    cle = _cle(request.POST.get("monter") or request.POST.get("descendre") or "")
    ordre = list(
        Voeu.objects.visibles_par(request.acteur).order_by("rang").values_list("pk", flat=True)
    )
    ici = ordre.index(objets.voeu(request.acteur, cle).pk)
    la = min(max(ici + pas, 0), len(ordre) - 1)
    ordre[ici], ordre[la] = ordre[la], ordre[ici]
    return ordre


def _cle(texte: str) -> int:
    # Fifteen digits: what a database key holds, whatever the database.
    if not texte.strip().isascii() or not texte.strip().isdecimal() or len(texte) > 15:
        raise ActionImpossible("Ce classement n’a pas été compris. Recommencez.")
    return int(texte)
