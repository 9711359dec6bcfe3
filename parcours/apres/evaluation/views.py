"""One evaluation, as whoever is asked reads it. Nobody else opens it, and it keeps nothing of whom."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import Role
from collectivites.refus import ActionImpossible, exiger_droit
from parcours.apres.evaluation import actions, predicats
from parcours.apres.evaluation.forms import EvaluationForm
from parcours.coaching.mur import derriere_le_mur
from parcours.models import Evaluation


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
@derriere_le_mur
def evaluer(request: Requete, pk: int) -> HttpResponse:
    """Answered once, or why it may not be: a text that came too late is given back."""
    evaluation = get_object_or_404(
        Evaluation.objects.visibles_par(request.acteur).select_related(
            "promotion", "session__prestation"
        ),
        pk=pk,
    )
    refus = predicats.refus_repondre(request.acteur, evaluation)
    exiger_droit(refus)
    formulaire = EvaluationForm(donnees_postees(request), nature=evaluation.nature)
    if request.method == "POST" and refus is None and formulaire.is_valid():
        try:
            actions.repondre(
                acteur=request.acteur,
                evaluation=evaluation,
                choix=formulaire.choix,
                texte=formulaire.cleaned_data["texte"],
            )
        except ActionImpossible as impossible:  # another tab was quicker, or the last minute passed
            refus = impossible.message
        else:
            messages.success(
                request, "Merci. Votre réponse est dans l’urne : plus rien ne dit laquelle c’est."
            )
            return redirect("pilotage:accueil")
    contexte = {
        "evaluation": evaluation,
        "formulaire": formulaire,
        "refus": refus,
        "rendu": request.POST.get("texte", ""),
    }
    return render(request, "parcours/apres/evaluer.html", contexte)
