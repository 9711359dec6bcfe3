"""The workshop of the movement: settings, the scenario at hand, others beside it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django_htmx.http import HttpResponseClientRefresh

from cadres.donnees_personnelles.consultations import noter_une_fois_par_jour
from cadres.models import Consultation
from collectivites.acteurs.acces import ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Acte, Role
from collectivites.travaux.taches import avancement
from opportunites.campagne import predicats
from opportunites.campagne.actions import simulations as actions
from opportunites.campagne.actions.campagnes import courante
from opportunites.campagne.calcul.parametres import par_defaut
from opportunites.campagne.ecran.page import nommes, page_du_scenario
from opportunites.campagne.forms import ReglagesForm
from opportunites.campagne.mots import EtatSimulation
from opportunites.models import Campagne, Simulation

CALCULEE = EtatSimulation.CALCULEE


def objet(acteur: Acteur, pk: int) -> Simulation:
    """The run of an address, with all that its page shows: 404 otherwise."""
    return get_object_or_404(
        Simulation.objects.visibles_par(acteur).select_related(
            "campagne__demarche", "auteur__utilisateur", "auteur__collectivite", "tache"
        ),
        pk=pk,
    )


@acces(Role.DGS, acte=Acte.SIMULER_MOUVEMENT)
def atelier(request: Requete) -> HttpResponse:
    """The last run that has an answer; how to begin, when there is none. A candidate is told why it
    is not theirs."""
    if refus := predicats.refus_conduire(request.acteur):
        return render(request, "opportunites/campagne/sans_vous.html", {"refus": refus})
    campagne = courante(request.acteur)
    derniere = (
        Simulation.objects.visibles_par(request.acteur)
        .filter(campagne=campagne, etat=CALCULEE)
        .values_list("pk", flat=True)
        .first()
    )
    simulation = objet(request.acteur, derniere) if derniere else None
    return _page(request, campagne, simulation, _reglages(request, simulation))


@acces(Role.DGS, acte=Acte.SIMULER_MOUVEMENT)
def simulation(request: Requete, pk: int) -> HttpResponse:
    """One run; while it computes, how far it is."""
    lue = objet(request.acteur, pk)
    morte = predicats.est_morte(lue)
    if request.htmx and (morte or lue.etat not in Simulation.VIVANTES):
        return HttpResponseClientRefresh()  # what was being waited for is there: the whole page
    if lue.etat == CALCULEE:
        return _page(
            request, lue.campagne, lue, _reglages(request, lue), titre=f"Scénario {lue.pk}"
        )
    fait, total = avancement(lue.tache) if lue.tache else (0, 0)
    contexte = {
        "simulation": lue,
        "fait": fait,
        "total": total,
        "morte": morte,
        "peut_arreter": predicats.refus_arreter(request.acteur, lue) is None,
    }
    return render(request, "opportunites/campagne/en_cours.html", contexte)


@acces(Role.DGS, acte=Acte.SIMULER_MOUVEMENT, methodes=ECRITURE)
def simuler(request: Requete) -> HttpResponse:
    """Launch a run with these settings. `depuis`: the scenario whose decisions are kept."""
    campagne = courante(request.acteur)
    depuis = request.POST.get("depuis", "")
    origine = objet(request.acteur, int(depuis)) if depuis.isdecimal() else None
    reglages = _reglages(request, origine)
    if campagne is None or not reglages.is_valid():
        return _page(request, campagne, origine, reglages)
    lancee = actions.simuler(
        acteur=request.acteur,
        campagne=campagne,
        parametres=reglages.parametres(),
        origine=origine,
    )
    return redirect("opportunites:simulation", pk=lancee.pk)


@acces(Role.DGS, acte=Acte.SIMULER_MOUVEMENT, methodes=ECRITURE)
def relancer(request: Requete, pk: int) -> HttpResponse:
    """The same settings on the data of today."""
    lancee = actions.relancer(acteur=request.acteur, origine=objet(request.acteur, pk))
    return redirect("opportunites:simulation", pk=lancee.pk)


@acces(Role.DGS, acte=Acte.SIMULER_MOUVEMENT, methodes=ECRITURE)
def arreter(request: Requete, pk: int) -> HttpResponse:
    """Stop a run."""
    actions.arreter(acteur=request.acteur, simulation=objet(request.acteur, pk))
    messages.success(request, "La simulation est arrêtée. Rien n’a été écrit.")
    return redirect("opportunites:atelier")


@acces(Role.DGS, acte=Acte.SIMULER_MOUVEMENT, methodes=ECRITURE)
def reparer(request: Requete, pk: int) -> HttpResponse:
    """After answers: what is out is kept first. From the settings of the scenario `pk`."""
    lancee = actions.reparer(acteur=request.acteur, origine=objet(request.acteur, pk))
    return redirect("opportunites:simulation", pk=lancee.pk)


def _reglages(request: Requete, simulation: Simulation | None) -> ReglagesForm:
    demarche = request.acteur.demarche
    parametres = simulation.parametres if simulation else par_defaut(demarche)
    donnees = request.POST if request.method == "POST" else None
    return ReglagesForm(donnees, demarche=demarche, parametres=parametres)


def _page(
    request: Requete,
    campagne: Campagne | None,
    simulation: Simulation | None,
    reglages: ReglagesForm,
    *,
    titre: str = "Atelier de mouvement",
) -> HttpResponse:
    contexte: dict[str, Any] = {
        "titre": titre,
        "campagne": campagne,
        "reglages": reglages,
        "peut_simuler": predicats.refus_simuler(request.acteur, campagne) is None,
        "peut_relancer": predicats.refus_calculer(request.acteur, campagne) is None,
        "refus": predicats.refus_simuler(request.acteur, campagne),
    }
    if campagne is not None:
        contexte |= page_du_scenario(request.acteur, campagne, simulation)
    reponse = render(request, "opportunites/campagne/atelier.html", contexte)
    noter_une_fois_par_jour(request, nommes(contexte), Consultation.Nature.MOUVEMENT)
    return reponse
