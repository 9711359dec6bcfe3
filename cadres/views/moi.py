"""The cadre's own pages: the answer, the withdrawal, the data held."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from cadres import actions, predicats
from cadres.donnees import consultations_de, rubriques_de, telechargement
from cadres.models import Cadre, Candidature
from cadres.situations import DELAI_REPONSE, situation_de
from collectivites.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.erreurs import ActionImpossible
from collectivites.roles import Role

REPONSES = {"oui": True, "non": False}
CONSULTATIONS_MAX = 50


def _moi(request: Requete) -> Cadre:
    """The acteur's own file; 404 when they have none (any more)."""
    return get_object_or_404(
        Cadre.objects.visibles_par(request.acteur).select_related(
            "collectivite",
            "candidature",
            "poste",
            "direction",
            "accompagnateur__utilisateur",
        )
    )


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def ma_candidature(request: Requete) -> HttpResponse:
    """What is proposed to me, and my answer."""
    cadre = _moi(request)
    if request.method == "POST":
        return _repondre(request, cadre)
    candidature = cadre.candidature
    contexte = {
        "cadre": cadre,
        "candidature": candidature,
        "situation": situation_de(request.acteur, cadre),
        "rubriques": rubriques_de(cadre)[:2],
        "peut_repondre": predicats.peut_repondre(request.acteur, cadre),
        "peut_retirer": predicats.peut_retirer(request.acteur, cadre),
        "avant": (
            timezone.localdate(candidature.informe_le) + DELAI_REPONSE
            if candidature.etat == Candidature.Etat.INFORME and candidature.informe_le
            else None
        ),
    }
    return render(request, "cadres/ma_candidature.html", contexte)


def _repondre(request: Requete, cadre: Cadre) -> HttpResponse:
    accord = REPONSES.get(request.POST.get("reponse", ""))
    if accord is None:
        raise ActionImpossible("Répondez par oui ou par non.")
    actions.repondre(acteur=request.acteur, accord=accord)
    if accord:
        messages.success(
            request,
            "Merci, votre oui est enregistré.\n\nVotre directeur général décide maintenant de la "
            "liste des cadres retenus. Vous serez prévenu de sa décision, et vous pouvez vous "
            "retirer à tout moment.",
        )
    else:
        messages.success(
            request,
            "Votre non est enregistré. Il n’aura aucune conséquence pour vous, et votre nom ne "
            "sort pas de votre collectivité. Vous pourrez changer d’avis ici.",
        )
    return redirect("cadres:ma_candidature")


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def retirer(request: Requete) -> HttpResponse:
    """Leave the démarche: what is lost, what stays, then the act."""
    cadre = _moi(request)
    if request.method == "POST":
        actions.retirer(acteur=request.acteur)
        messages.success(
            request,
            "Vous êtes retiré de la démarche. Les autres collectivités ne voient plus votre nom. "
            "Vous gardez votre poste, et ce retrait n’a aucune conséquence pour vous.",
        )
        return redirect("cadres:ma_candidature")
    if refus := predicats.refus_retirer(request.acteur, cadre):
        messages.error(request, refus)
        return redirect("cadres:ma_candidature")
    return render(request, "cadres/retirer.html", {"cadre": cadre})


@acces(Role.CADRE)
def mes_donnees(request: Requete) -> HttpResponse:
    """All that is held on me, and who looked."""
    cadre = _moi(request)
    consultations = consultations_de(request.acteur)
    contexte = {
        "cadre": cadre,
        "rubriques": rubriques_de(cadre),
        "consultations": consultations[:CONSULTATIONS_MAX],
        "autres_consultations": max(0, len(consultations) - CONSULTATIONS_MAX),
        "personnes": len({ligne["qui"] for ligne in consultations}),
        "peut_retirer": predicats.peut_retirer(request.acteur, cadre),
    }
    return render(request, "cadres/mes_donnees.html", contexte)


@acces(Role.CADRE)
def telecharger_mes_donnees(request: Requete) -> HttpResponse:
    """The same, as a file."""
    reponse = JsonResponse(
        telechargement(request.acteur, _moi(request)),
        json_dumps_params={"ensure_ascii": False, "indent": 2},
    )
    reponse["Content-Disposition"] = 'attachment; filename="mes-donnees-quatuor.json"'
    return reponse
