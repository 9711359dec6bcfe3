"""The rules: read by DGS and DRH, changed by the DGS together."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import Role
from collectivites.refus import ActionImpossible, exiger
from pilotage.cadrage.regles import actions
from pilotage.cadrage.regles.forms import ChangementForm, RefusForm
from pilotage.cadrage.regles.page import page
from pilotage.cadrage.regles.predicats import refus_proposer, refus_repondre
from pilotage.cadrage.regles.valeurs import CHAMPS, EFFETS, dire, lire
from pilotage.models import ChangementRegle
from pilotage.mots import Regle


@acces(Role.DGS, Role.DRH)
def regles(request: Requete) -> HttpResponse:
    """Each rule, what waits, what was."""
    return render(request, "pilotage/cadrage/regles/regles.html", page(request.acteur))


@acces(Role.DGS, methodes=LECTURE_ECRITURE)
def proposer_regle(request: Requete, regle: str) -> HttpResponse:
    """What it would become, and why."""
    if regle not in Regle.values:
        raise Http404
    acteur, choisie = request.acteur, Regle(regle)
    exiger(refus_proposer(acteur))
    formulaire = ChangementForm(donnees_postees(request), demarche=acteur.demarche, regle=choisie)
    if request.method == "POST" and formulaire.is_valid():
        try:
            changement = actions.proposer(
                acteur=acteur,
                regle=choisie,
                valeurs=formulaire.valeurs(),
                motif=formulaire.cleaned_data["motif"],
            )
        except ActionImpossible as refus:
            formulaire.add_error(None, refus.message)
        else:
            messages.success(request, _annonce(changement))
            return redirect("pilotage:regles")
    contexte = {
        "regle": choisie,
        "effet": EFFETS[choisie],
        "texte": dire(choisie, lire(acteur.demarche, CHAMPS[choisie])),
        "formulaire": formulaire,
    }
    return render(request, "pilotage/cadrage/regles/proposer.html", contexte)


def _annonce(changement: ChangementRegle) -> str:
    if changement.etat == ChangementRegle.Etat.EN_VIGUEUR:
        return "La règle est changée : vous dirigez tous les employeurs de la démarche."
    return "Le changement est proposé. Les autres DGS en sont prévenus ; rien ne change avant leur accord."


def _changement(request: Requete, pk: int) -> ChangementRegle:
    visibles = ChangementRegle.objects.visibles_par(request.acteur)
    trouve: ChangementRegle = get_object_or_404(
        visibles.select_related("propose_par", "demarche"), pk=pk
    )
    return trouve


@acces(Role.DGS, methodes=ECRITURE)
def accepter_regle(request: Requete, pk: int) -> HttpResponse:
    """For all the employers that the person directs."""
    en_vigueur = actions.accepter(acteur=request.acteur, changement=_changement(request, pk))
    messages.success(
        request,
        "Tous sont d’accord : la règle est changée, et chacun en est prévenu."
        if en_vigueur
        else "Votre accord est noté. D’autres sont encore attendus.",
    )
    return redirect("pilotage:regles")


@acces(Role.DGS, methodes=LECTURE_ECRITURE)
def refuser_regle(request: Requete, pk: int) -> HttpResponse:
    """With its reason."""
    changement = _changement(request, pk)
    deja = set(changement.accords.values_list("collectivite_id", flat=True))
    exiger(refus_repondre(request.acteur, changement, deja))
    formulaire = RefusForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        motif = formulaire.cleaned_data["motif"]
        actions.refuser(acteur=request.acteur, changement=changement, motif=motif)
        messages.success(request, "Le changement est refusé : la règle reste ce qu’elle est.")
        return redirect("pilotage:regles")
    regle = Regle(changement.regle)
    contexte = {
        "changement": changement,
        "avant": dire(regle, changement.avant),
        "apres": dire(regle, changement.apres),
        "formulaire": formulaire,
    }
    return render(request, "pilotage/cadrage/regles/refuser.html", contexte)


@acces(Role.DGS, methodes=ECRITURE)
def retirer_regle(request: Requete, pk: int) -> HttpResponse:
    """Whoever proposed it thinks again."""
    actions.retirer(acteur=request.acteur, changement=_changement(request, pk))
    messages.success(request, "Votre proposition est retirée : la règle reste ce qu’elle est.")
    return redirect("pilotage:regles")
