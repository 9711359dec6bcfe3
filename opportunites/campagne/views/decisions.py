"""What people make of a scenario: a move kept, forbidden, forced; « pourquoi pas ? »; propositions."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cadres.donnees_personnelles.consultations import noter_une_fois_par_jour
from cadres.models import Consultation
from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.typographie import compter
from collectivites.mots import Acte, Role
from collectivites.refus import exiger
from opportunites.campagne import predicats
from opportunites.campagne.actions import ensembles
from opportunites.campagne.actions import simulations as actions
from opportunites.campagne.calcul.parametres import GESTES
from opportunites.campagne.calcul.pourquoi import demander
from opportunites.campagne.ecran.lecture import Scenario
from opportunites.campagne.ecran.page import nommes, propositions_sues
from opportunites.campagne.forms import DecisionForm, PreparationForm
from opportunites.campagne.lecteurs import voeux_de_l_hote
from opportunites.campagne.views.atelier import objet
from opportunites.models import Simulation

TITRES = {
    "garder": "Garder ce mouvement",
    "ecarter": "Écarter ce mouvement",
    "imposer": "Imposer ce mouvement",
}


@acces(Role.DGS, acte=Acte.SIMULER_MOUVEMENT, methodes=LECTURE_ECRITURE)
def decider(request: Requete, pk: int) -> HttpResponse:
    """Keep, forbid or force one move (`?geste=&cadre=&poste=`), with a reason; then solve again."""
    lue = objet(request.acteur, pk)
    exiger(predicats.refus_decider(request.acteur, lue))
    geste, cadre, poste = _couple(request)
    exiger(predicats.refus_de_la_decision(request.acteur, lue, cadre, poste, geste))
    formulaire = DecisionForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        suite = actions.decider(
            acteur=request.acteur,
            simulation=lue,
            cadre=cadre,
            poste=poste,
            geste=geste,
            **formulaire.cleaned_data,
        )
        return redirect("opportunites:simulation", pk=suite.pk)
    scenario = _scenario(request, lue)
    contexte = {
        "simulation": lue,
        "formulaire": formulaire,
        "geste": geste,
        "titre": TITRES[geste],
        "phrase": scenario.nommer(f"{{c{cadre}}} → poste {{p{poste}}}"),
    }
    return _lue(request, "decider", contexte, {cadre})


@acces(Role.DGS, acte=Acte.SIMULER_MOUVEMENT, methodes=ECRITURE)
def reprendre(request: Requete, pk: int) -> HttpResponse:
    """Take one decision back, and solve again."""
    lue = objet(request.acteur, pk)
    suite = actions.reprendre_la_decision(
        acteur=request.acteur,
        simulation=lue,
        cadre=_cle(request.POST.get("cadre", "")),
        poste=_cle(request.POST.get("poste", "")),
    )
    return redirect("opportunites:simulation", pk=suite.pk)


@acces(Role.DGS, acte=Acte.SIMULER_MOUVEMENT)
def pourquoi_pas(request: Requete, pk: int) -> HttpResponse:
    """The host asks, of a wish for one of its own postes (`?voeu=`), what it would cost."""
    lue = objet(request.acteur, pk)
    exiger(predicats.refus_interroger(request.acteur, lue))
    voeu = get_object_or_404(
        voeux_de_l_hote(request.acteur).select_related("cadre", "opportunite__poste"),
        pk=_cle(request.GET.get("voeu", "")),
    )
    contexte: dict[str, Any] = {
        "simulation": lue,
        "voeu": voeu,
        "reponse": demander(lue, voeu.cadre_id, voeu.opportunite.poste_id),
        "refus": predicats.refus_decider(request.acteur, lue),
    }
    return _lue(request, "pourquoi_pas", contexte, {voeu.cadre_id})


@acces(Role.DGS, acte=Acte.SIMULER_MOUVEMENT, methodes=LECTURE_ECRITURE)
def preparer(request: Requete, pk: int) -> HttpResponse:
    """Choose chains and exchanges: their propositions are drafted together."""
    lue = objet(request.acteur, pk)
    exiger(predicats.refus_preparer(request.acteur, lue))
    scenario = _scenario(request, lue)
    a_faire = [c for c in scenario.composantes if c.est_nouvelle or lue.est_une_reparation]
    formulaire = PreparationForm(
        donnees_postees(request),
        composantes=a_faire,
        initial={"composantes": [c.numero for c in a_faire if len(c.mouvements) > 1]},
    )
    if request.method == "POST" and formulaire.is_valid():
        prepares = ensembles.preparer(
            acteur=request.acteur,
            simulation=lue,
            numeros=formulaire.cleaned_data["composantes"],
            date_effet=formulaire.cleaned_data.get("date_effet"),
        )
        messages.success(
            request,
            f"{compter(len(prepares), 'ensemble préparé,ensembles préparés')}. Le DGS de chaque poste "
            "valide sa proposition ; les personnes n’en savent encore rien.",
        )
        return redirect("opportunites:atelier")
    contexte = {
        "simulation": lue,
        "scenario": scenario,
        "formulaire": formulaire,
        "changements": ensembles.ce_qui_a_change(lue),
        "tombees": ensembles.tombees(lue) if lue.est_une_reparation else [],
        "sues": propositions_sues(request.acteur, lue.campagne),
    }
    return _lue(request, "preparer", contexte)


def _lue(
    request: Requete, page: str, contexte: dict[str, Any], aussi: Set[int] = frozenset()
) -> HttpResponse:
    """The page; those whom it names will read that it was read."""
    reponse = render(request, f"opportunites/campagne/{page}.html", contexte)
    noter_une_fois_par_jour(request, nommes(contexte) | aussi, Consultation.Nature.MOUVEMENT)
    return reponse


def _scenario(request: Requete, simulation: Simulation) -> Scenario:
    sues = propositions_sues(request.acteur, simulation.campagne)
    return Scenario(simulation, request.acteur.demarche.seuil_secret, set(sues.values()))


def _couple(request: Requete) -> tuple[str, int, int]:
    geste = request.GET.get("geste", "")
    if geste not in GESTES:
        raise Http404
    return geste, _cle(request.GET.get("cadre", "")), _cle(request.GET.get("poste", ""))


def _cle(texte: str) -> int:
    # Fifteen digits: what a database key holds, whatever the database.
    if not texte.isascii() or not texte.isdecimal() or len(texte) > 15:
        raise Http404
    return int(texte)
