"""Two files of one person: found, shown side by side, made one, separated again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cadres.fiche import fusion as actions
from cadres.fiche.predicats import refus_modifier
from cadres.fiche.views.fiche import refuser, trouver_des_siens
from cadres.models import Cadre, Fusion
from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.typographie import de, sans_accents
from collectivites.mots import Role
from collectivites.refus import exiger_droit

#: Files offered; a search narrows them.
PROPOSEES = 20


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def reunir(request: Requete, pk: int) -> HttpResponse:
    """Choose the other file, read what goes where, then make one of the two."""
    cadre = trouver_des_siens(request, pk)
    exiger_droit(refus_modifier(request.acteur, cadre))
    choisie = request.POST.get("avec") or request.GET.get("avec") or ""
    if not choisie.isdecimal():
        contexte = {"cadre": cadre, **_candidates(request, cadre)}
        return render(request, "cadres/fiche/reunir.html", contexte)
    autre = trouver_des_siens(request, int(choisie))
    if request.method == "POST":
        garde = actions.reunir(acteur=request.acteur, un=cadre, deux=autre)
        messages.success(
            request,
            "Les deux fiches n’en font plus qu’une. Vous pouvez les séparer pendant trente jours.",
        )
        return redirect("cadres:fiche", pk=garde.pk)
    garde, autre = actions.dans_l_ordre(cadre, autre)
    if refus := actions.refus_reunir(request.acteur, garde, autre):
        return refuser(request, cadre, refus)
    contexte = {
        "cadre": cadre,
        "garde": garde,
        "autre": autre,
        "choisie": choisie,
        "lignes": actions.apercu(garde, autre),
        "suivent": actions.ce_qui_suit(autre),
    }
    return render(request, "cadres/fiche/reunir_apercu.html", contexte)


def _candidates(request: Requete, cadre: Cadre) -> dict[str, Any]:
    """The files that a search finds; without one, those of the same name."""
    cherche = request.GET.get("q", "").strip()
    debut = sans_accents(cherche or f"{cadre.nom} {cadre.prenom}")
    trouvees = Cadre.objects.geres_par(request.acteur).exclude(pk=cadre.pk)
    for mot in debut.split():
        trouvees = trouvees.filter(recherche__contains=mot)
    fiches = trouvees.select_related("poste", "candidature").order_by("recherche", "pk")[:PROPOSEES]
    return {"fiches": fiches, "cherche": cherche}


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def separer(request: Requete, pk: int) -> HttpResponse:
    """They were two people after all."""
    fusion = get_object_or_404(Fusion.objects.visibles_par(request.acteur), pk=pk)
    revenue = actions.separer(acteur=request.acteur, fusion=fusion)
    messages.success(
        request,
        f"Les deux fiches sont séparées : celle {de(revenue.nom_complet)} est revenue, la voici.",
    )
    return redirect("cadres:fiche", pk=revenue.pk)
