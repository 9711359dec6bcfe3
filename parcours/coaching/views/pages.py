"""The two pages behind the wall: the coach's on one person, and the same person's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from collectivites.acteurs.acces import ECRITURE, Requete, acces
from collectivites.mots import Role
from parcours.coaching.actions import accompagnements as actions
from parcours.coaching.dossier import dossier
from parcours.coaching.mur import derriere_le_mur
from parcours.coaching.views.objets import cadre_confie, les_cadres
from parcours.models import Accompagnement


@acces(Role.ACCOMPAGNATEUR)
@derriere_le_mur
def accompagnement(request: Requete, pk: int) -> HttpResponse:
    """One person entrusted: appointments, objectives, notes, synthesis, bilan. `pk`: the cadre's."""
    cadre = cadre_confie(request.acteur, pk)
    return render(request, "parcours/coaching/accompagnement.html", dossier(request.acteur, cadre))


@acces(Role.CADRE)
@derriere_le_mur
def mon_accompagnement(request: Requete) -> HttpResponse:
    """The same, for the person, with what they alone decide."""
    cadre = les_cadres(request.acteur).first()
    if cadre is None:
        return render(request, "parcours/coaching/mon_accompagnement.html", {"cadre": None})
    return render(
        request, "parcours/coaching/mon_accompagnement.html", dossier(request.acteur, cadre)
    )


@acces(Role.CADRE, methodes=ECRITURE)
def decider_des_notes(request: Requete, pk: int) -> HttpResponse:
    """« choix=transmettre »: today's coach reads the earlier notes; anything else seals them."""
    accompagnement = get_object_or_404(
        Accompagnement.objects.visibles_par(request.acteur).select_related("cadre__candidature"),
        pk=pk,
    )
    transmettre = request.POST.get("choix") == "transmettre"
    actions.decider_des_notes(
        acteur=request.acteur, accompagnement=accompagnement, transmettre=transmettre
    )
    messages.success(
        request,
        "Vos notes sont transmises. Vous pouvez revenir sur ce choix."
        if transmettre
        else "Vos notes sont scellées : personne d’autre que vous ne les lit.",
    )
    return redirect(f"{reverse('parcours:mon_accompagnement')}#precedents")
