"""The correction requests that an HR direction answers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cadres.donnees_personnelles import actions
from cadres.donnees_personnelles.forms import ReponseCorrectionForm
from cadres.models import DemandeCorrection
from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import Role


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def correction(request: Requete, pk: int) -> HttpResponse:
    """What the person says is wrong, and the answer: corrected, or why not."""
    demande = get_object_or_404(
        DemandeCorrection.objects.visibles_par(request.acteur).select_related(
            "cadre__collectivite", "cadre__candidature", "repondue_par__utilisateur"
        ),
        pk=pk,
    )
    formulaire = ReponseCorrectionForm(donnees_postees(request))
    if formulaire.is_valid():
        actions.repondre_a_une_correction(
            acteur=request.acteur,
            demande=demande,
            faite=formulaire.faite,
            reponse=formulaire.cleaned_data["reponse"],
        )
        messages.success(
            request, f"Votre réponse est enregistrée et envoyée à {demande.cadre.nom_complet}."
        )
        return redirect("cadres:fiche", pk=demande.cadre_id)
    contexte = {"demande": demande, "cadre": demande.cadre, "formulaire": formulaire}
    return render(request, "cadres/donnees_personnelles/correction.html", contexte)
