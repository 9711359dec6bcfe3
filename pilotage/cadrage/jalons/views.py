"""The gates: what each asks for, what is missing and whose it is; passing them."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from cadres.models import Critere
from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import Role
from pilotage.cadrage.formulaires import MotifForm
from pilotage.cadrage.jalons import actions, predicats
from pilotage.cadrage.jalons.lecture import ouvrir_les_jalons
from pilotage.cadrage.reponses import refuser
from pilotage.models import RenonciationCriteres
from pilotage.models.communs import LECTEURS
from pilotage.mots import Jalon

JALONS = "pilotage:jalons"


@acces(*LECTEURS)
def jalons(request: Requete) -> HttpResponse:
    """Each gate with its conditions, as they are at this moment."""
    contexte = ouvrir_les_jalons(request.acteur)
    return render(request, "pilotage/cadrage/jalons/jalons.html", contexte)


@acces(Role.DGS, methodes=ECRITURE)
def franchir_jalon(request: Requete, jalon: str) -> HttpResponse:
    """A DGS passes a gate."""
    if jalon not in Jalon.values:
        raise Http404
    passage = actions.franchir(acteur=request.acteur, jalon=Jalon(jalon))
    suites = {
        Jalon.LANCEMENT: "La démarche est lancée. La décision est au journal.",
        Jalon.PROMOTION: "Une promotion peut maintenant s’ouvrir.",
        Jalon.PROPOSITIONS: "Les propositions peuvent maintenant être envoyées aux cadres.",
    }
    messages.success(request, suites[Jalon(passage.jalon)])
    return redirect(JALONS)


@acces(Role.DGS, methodes=ECRITURE)
def s_engager(request: Requete) -> HttpResponse:
    """A DGS commits their collectivité."""
    actions.s_engager(acteur=request.acteur)
    messages.success(request, "Votre collectivité est engagée. La décision est au journal.")
    return redirect(JALONS)


@acces(Role.DGS, methodes=LECTURE_ECRITURE)
def sans_criteres(request: Requete) -> HttpResponse:
    """A DGS says that their collectivité writes no criteria."""
    lieu = request.acteur.collectivite
    refus = predicats.refus_renoncer(
        request.acteur,
        ecrits=Critere.objects.filter(collectivite=lieu).exists(),
        deja=RenonciationCriteres.objects.filter(collectivite=lieu).exists(),
    )
    if reponse := refuser(request, refus, JALONS):
        return reponse
    formulaire = MotifForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        actions.renoncer_aux_criteres(acteur=request.acteur, **formulaire.cleaned_data)
        messages.success(request, "C’est dit : votre collectivité décide sans critères écrits.")
        return redirect(JALONS)
    contexte = {"formulaire": formulaire}
    return render(request, "pilotage/cadrage/jalons/sans_criteres.html", contexte)
