"""A DGS's decision on one cadre, with what they weigh in view, as for several."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cadres.candidature import actions as candidature
from cadres.candidature.forms import NePasRetenirForm, RetenirForm
from cadres.candidature.messages import apercu_decision
from cadres.candidature.predicats import refus_ne_pas_retenir, refus_retenir
from cadres.fiche.views.fiche import refuser, trouver_des_siens
from cadres.models import Cadre
from cadres.registre.criteres.eclairage import eclairer
from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import Acte


@acces(acte=Acte.RETENIR, methodes=LECTURE_ECRITURE, preuve=True)
def retenir(request: Requete, pk: int) -> HttpResponse:
    """The DGS retains one cadre."""
    cadre = trouver_des_siens(request, pk)
    if refus := refus_retenir(request.acteur, cadre):
        return refuser(request, cadre, refus)
    formulaire = RetenirForm(donnees_postees(request))
    if formulaire.is_valid():
        candidature.retenir(
            acteur=request.acteur, cadre=cadre, motif=formulaire.cleaned_data["motif"]
        )
        messages.success(
            request,
            f"Décision enregistrée : {cadre.nom_complet} est au nombre des cadres retenus. "
            "Un message le lui dit ; vous pouvez maintenant l’inscrire à une promotion.",
        )
        return redirect("cadres:fiche", pk=cadre.pk)
    return _peser(request, cadre, formulaire, retenu=True)


@acces(acte=Acte.RETENIR, methodes=LECTURE_ECRITURE, preuve=True)
def ne_pas_retenir(request: Requete, pk: int) -> HttpResponse:
    """The DGS does not retain one cadre, and says why."""
    cadre = trouver_des_siens(request, pk)
    if refus := refus_ne_pas_retenir(request.acteur, cadre):
        return refuser(request, cadre, refus)
    formulaire = NePasRetenirForm(donnees_postees(request))
    if formulaire.is_valid():
        candidature.ne_pas_retenir(
            acteur=request.acteur, cadre=cadre, motif=formulaire.cleaned_data["motif"]
        )
        messages.success(
            request,
            f"Décision enregistrée. Un message la dit à {cadre.nom_complet}, avec votre motif. "
            "Vous pourrez revenir sur cette décision.",
        )
        return redirect("cadres:fiche", pk=cadre.pk)
    return _peser(request, cadre, formulaire, retenu=False)


def _peser(
    request: Requete, cadre: Cadre, formulaire: RetenirForm | NePasRetenirForm, *, retenu: bool
) -> HttpResponse:
    """The form, beside criteria met, profile, parity and places left."""
    decision = "retenir" if retenu else "ne_pas_retenir"
    contexte = {
        "formulaire": formulaire,
        "cadre": cadre,
        "decision": decision,
        "courriel": apercu_decision(request.acteur, cadre, retenu=retenu),
        **eclairer(request.acteur, [cadre], [cadre] if retenu else []),
    }
    return render(request, f"cadres/candidature/{decision}.html", contexte)
