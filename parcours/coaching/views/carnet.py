"""« Mon carnet »: what one writes for oneself."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cadres.models import Cadre
from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import Role
from parcours.coaching.actions.carnet import ecrire_dans_mon_carnet
from parcours.coaching.dossier import lire
from parcours.coaching.forms import CarnetForm
from parcours.coaching.mur import derriere_le_mur
from parcours.models import Carnet


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
@derriere_le_mur
def mon_carnet(request: Requete) -> HttpResponse:
    """Read and written by the person alone. Whoever was overtaken keeps what they typed."""
    cadre = get_object_or_404(Cadre.objects.visibles_par(request.acteur))
    carnet = Carnet.objects.visibles_par(request.acteur).first()
    ecrit, revision = (lire(carnet), carnet.revision) if carnet else ("", 0)
    formulaire = CarnetForm(
        donnees_postees(request), initial={"texte": ecrit, "revision": revision}
    )
    depasse = ""
    if request.method == "POST" and formulaire.is_valid():
        if formulaire.cleaned_data["revision"] == revision:
            garde = ecrire_dans_mon_carnet(
                acteur=request.acteur, cadre=cadre, **formulaire.cleaned_data
            )
            messages.success(
                request, "C’est gardé, pour vous." if garde else "Votre carnet est effacé."
            )
            return redirect("parcours:mon_carnet")
        formulaire.dire_depasse(revision)
        depasse = ecrit or "Il est vide."
    contexte = {"formulaire": formulaire, "carnet": carnet, "depasse": depasse}
    return render(request, "parcours/ecrits/mon_carnet.html", contexte)
