"""From the need to the closing: the steps of a poste, its legal publicity, the pledges."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import Role
from collectivites.refus import exiger
from opportunites.communs import objets
from opportunites.models import Engagement
from opportunites.postes import predicats
from opportunites.postes.actions import engagements as actions_engagements
from opportunites.postes.actions import postes
from opportunites.postes.actions import urgence as actions_urgence
from opportunites.postes.bilans import postes_par_collectivite
from opportunites.postes.forms.publicite import EngagementForm, PubliciteForm, UrgenceForm


@acces(Role.DGS, Role.DRH, methodes=ECRITURE)
def valider_besoin(request: Requete, pk: int) -> HttpResponse:
    """Confirm the need."""
    postes.valider_besoin(acteur=request.acteur, opportunite=objets.opportunite(request.acteur, pk))
    messages.success(
        request,
        "Le besoin est validé. La vacance peut être déclarée, et le poste publié aux promotions.",
    )
    return redirect("opportunites:opportunite", pk=pk)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def publicite(request: Requete, pk: int) -> HttpResponse:
    """Note the declaration of vacancy and the notice."""
    opportunite = objets.opportunite(request.acteur, pk)
    exiger(predicats.refus_suivre_publicite(request.acteur, opportunite))
    formulaire = PubliciteForm(donnees_postees(request), opportunite=opportunite)
    if request.method == "POST" and formulaire.is_valid():
        postes.suivre_publicite(
            acteur=request.acteur, opportunite=opportunite, **formulaire.cleaned_data
        )
        messages.success(request, "La publicité du poste est à jour.")
        return redirect("opportunites:opportunite", pk=pk)
    contexte = {"formulaire": formulaire, "opportunite": opportunite}
    return render(request, "opportunites/postes/publicite.html", contexte)


@acces(Role.DGS, Role.DRH, methodes=LECTURE_ECRITURE)
def urgence(request: Requete, pk: int) -> HttpResponse:
    """Less than a month of publicity, and why."""
    opportunite = objets.opportunite(request.acteur, pk)
    exiger(predicats.refus_declarer_urgence(request.acteur, opportunite))
    formulaire = UrgenceForm(donnees_postees(request), opportunite=opportunite)
    if request.method == "POST" and formulaire.is_valid():
        actions_urgence.declarer_urgence(
            acteur=request.acteur, opportunite=opportunite, **formulaire.cleaned_data
        )
        messages.success(request, "L’urgence est déclarée. Le poste et ses propositions le disent.")
        return redirect("opportunites:opportunite", pk=pk)
    contexte = {"formulaire": formulaire, "opportunite": opportunite}
    return render(request, "opportunites/postes/urgence.html", contexte)


@acces(Role.DGS, Role.DRH, methodes=ECRITURE)
def lever_urgence(request: Requete, pk: int) -> HttpResponse:
    """The month of publicity is due again."""
    actions_urgence.lever_urgence(
        acteur=request.acteur, opportunite=objets.opportunite(request.acteur, pk)
    )
    messages.success(request, "L’urgence est levée : le mois de publicité court en entier.")
    return redirect("opportunites:opportunite", pk=pk)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def clore_aux_voeux(request: Requete, pk: int) -> HttpResponse:
    """No new wish."""
    postes.clore_aux_voeux(
        acteur=request.acteur, opportunite=objets.opportunite(request.acteur, pk)
    )
    messages.success(
        request, "Le poste est clos aux vœux. Vous choisissez parmi les personnes qui l’ont classé."
    )
    return redirect("opportunites:opportunite", pk=pk)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def rouvrir_aux_voeux(request: Requete, pk: int) -> HttpResponse:
    """Wishes are welcome again."""
    postes.rouvrir_aux_voeux(
        acteur=request.acteur, opportunite=objets.opportunite(request.acteur, pk)
    )
    messages.success(request, "Le poste est rouvert aux vœux.")
    return redirect("opportunites:opportunite", pk=pk)


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def engagements(request: Requete) -> HttpResponse:
    """What each collectivité pledged and opened; the DGS and the DRH change their own figure."""
    acteur = request.acteur
    refus = predicats.refus_s_engager(acteur)
    mien = Engagement.objects.visibles_par(acteur).filter(collectivite=acteur.collectivite).first()
    formulaire = EngagementForm(
        donnees_postees(request), initial={"nombre": mien.nombre if mien else None}
    )
    if request.method == "POST":
        exiger(refus)
        if formulaire.is_valid():
            actions_engagements.s_engager(acteur=acteur, **formulaire.cleaned_data)
            messages.success(
                request, "Votre engagement est enregistré. Toutes les collectivités le lisent."
            )
            return redirect("opportunites:engagements")
    contexte = {
        "formulaire": formulaire,
        "bilans": postes_par_collectivite(acteur.demarche),
        "peut_s_engager": refus is None,
    }
    return render(request, "opportunites/postes/engagements.html", contexte)
