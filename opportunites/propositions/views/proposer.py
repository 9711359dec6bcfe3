"""The host chooses to whom it proposes its poste: what it knows of each, and who stands apart."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cadres.models import Cadre
from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import ROLES_EMPLOYEUR
from collectivites.refus import exiger
from opportunites.communs import objets
from opportunites.models import Avis, Opportunite, Proposition, Voeu
from opportunites.propositions import predicats
from opportunites.propositions.actions import propositions as actions
from opportunites.propositions.forms import PropositionForm
from opportunites.propositions.raisons import ordinal

#: State of the last proposition of the poste to somebody → why they are not offered again.
DEJA = {
    **dict.fromkeys(Proposition.ETATS_VIVANTS, "a déjà une proposition de ce poste, en cours."),
    Proposition.Etat.REFUSEE: "a refusé ce poste.",
}
Nommes = list[tuple[Cadre, str]]


@acces(*ROLES_EMPLOYEUR, methodes=LECTURE_ECRITURE)
def proposer(request: Requete, pk: int) -> HttpResponse:
    """The host prepares a proposition to one of those who ranked its poste."""
    opportunite = objets.opportunite(request.acteur, pk)
    exiger(predicats.refus_proposer(request.acteur, opportunite))
    candidats, a_part = candidats_et_a_part(request.acteur, opportunite)
    seul = candidats[0][0].pk if len(candidats) == 1 else None
    formulaire = PropositionForm(
        donnees_postees(request),
        candidats=candidats,
        initial={"cadre": request.GET.get("cadre") or seul},
    )
    if request.method == "POST" and formulaire.is_valid():
        preparee = actions.proposer(
            acteur=request.acteur, opportunite=opportunite, **formulaire.cleaned_data
        )
        messages.success(
            request,
            "La proposition est préparée. Le DGS la valide, puis vous l’envoyez avec une date "
            "limite. La personne n’en sait encore rien.",
        )
        return redirect("opportunites:proposition", pk=preparee.pk)
    contexte = {
        "formulaire": formulaire,
        "opportunite": opportunite,
        "candidats": candidats,
        "a_part": a_part,
    }
    return render(request, "opportunites/propositions/proposer.html", contexte)


def candidats_et_a_part(acteur: Acteur, opportunite: Opportunite) -> tuple[Nommes, Nommes]:
    """Those who ranked the poste and are available, each with what the host knows: best rank first,
    those that it would not take last. Then who ranked it and is not offered, and why. Three queries.

    Only what the acteur may read of wishes, avis and propositions."""
    deja = {
        p.cadre_id: DEJA[Proposition.Etat(p.etat)]
        for p in Proposition.objects.visibles_par(acteur)
        .filter(opportunite=opportunite, etat__in=DEJA)
        .order_by("pk")
    }
    avis = {
        a.cadre_id: a for a in Avis.objects.visibles_par(acteur).filter(opportunite=opportunite)
    }
    voeux = (
        Voeu.objects.visibles_par(acteur)
        .filter(opportunite=opportunite)
        .select_related("cadre__candidature", "cadre__collectivite")
        .order_by("rang", "cadre__nom", "cadre__prenom", "pk")
    )
    proposables: Nommes = []
    defavorables: Nommes = []
    a_part: Nommes = []
    for voeu in voeux:
        sien = avis.get(voeu.cadre_id)
        if pourquoi := deja.get(voeu.cadre_id):
            a_part.append((voeu.cadre, pourquoi))
        elif predicats.refus_disponible(voeu.cadre) is not None:
            a_part.append((voeu.cadre, "n’est plus disponible."))
        else:
            liste = defavorables if sien is not None and not sien.rang else proposables
            liste.append((voeu.cadre, f"{ordinal(voeu.rang)} vœu, {_mot(sien)}"))
    return [*proposables, *defavorables], a_part


def _mot(avis: Avis | None) -> str:
    if avis is None:
        return "pas encore d’avis de votre part"
    return f"avis favorable, rang {avis.rang}" if avis.rang else "avis défavorable de votre part"
