"""The network of the promotions: read and written by cadres, in their own name."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from cadres.models import Cadre
from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import Role
from collectivites.refus import exiger
from parcours.apres.reseau import actions, page, predicats
from parcours.apres.reseau.forms import MotAuMentorForm, PresenceForm
from parcours.models import DemandeMentor, PresenceReseau


@acces(Role.CADRE)
def reseau(request: Requete) -> HttpResponse:
    """Who answers, where they went, what they can tell."""
    cadre = _moi(request)
    return render(request, "parcours/apres/reseau.html", page.contexte(request.acteur, cadre))


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def ma_presence(request: Requete) -> HttpResponse:
    """The yes, and what it shows."""
    cadre = _moi(request)
    promotion = predicats.promotion_de(cadre.pk)
    exiger(predicats.refus_rejoindre(request.acteur, cadre, promotion))
    presence = PresenceReseau.objects.filter(cadre=cadre, promotion=promotion).first()
    formulaire = PresenceForm(donnees_postees(request), instance=presence)
    if request.method == "POST" and formulaire.is_valid():
        actions.rejoindre(acteur=request.acteur, donnees=formulaire.cleaned_data)
        messages.success(
            request, "C’est montré. Vous pouvez le changer, ou tout retirer, quand vous voulez."
        )
        return redirect("parcours:reseau")
    contexte = {"formulaire": formulaire, "presence": presence, "promotion": promotion}
    return render(request, "parcours/apres/ma_presence.html", contexte)


@acces(Role.CADRE, methodes=ECRITURE)
def quitter_reseau(request: Requete) -> HttpResponse:
    actions.quitter(acteur=request.acteur)
    messages.success(request, "Vous n’êtes plus dans le réseau : rien n’en est gardé.")
    return redirect("parcours:reseau")


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def demander_mentor(request: Requete, pk: int) -> HttpResponse:
    presence = get_object_or_404(
        PresenceReseau.objects.visibles_par(request.acteur).select_related("cadre__collectivite"),
        pk=pk,
    )
    exiger(predicats.refus_demander(request.acteur, presence))
    formulaire = MotAuMentorForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        actions.demander(
            acteur=request.acteur, presence=presence, mot=formulaire.cleaned_data["mot"]
        )
        messages.success(request, "Votre demande est partie. Un courriel vous dira sa réponse.")
        return redirect("parcours:reseau")
    contexte = {"formulaire": formulaire, "presence": presence}
    return render(request, "parcours/apres/demander_mentor.html", contexte)


@acces(Role.CADRE, methodes=ECRITURE)
def repondre_mentor(request: Requete, pk: int) -> HttpResponse:
    oui = request.POST.get("reponse") == "oui"
    actions.repondre(acteur=request.acteur, demande=_demande(request, pk), oui=oui)
    suite = (
        "Vous êtes son mentor : vos deux adresses se lisent ici."
        if oui
        else "C’est dit, sans raison à donner."
    )
    messages.success(request, suite)
    return redirect("parcours:reseau")


@acces(Role.CADRE, methodes=ECRITURE)
def cesser_mentor(request: Requete, pk: int) -> HttpResponse:
    actions.cesser(acteur=request.acteur, demande=_demande(request, pk))
    messages.success(request, "C’est fini. L’autre personne en est prévenue.")
    return redirect("parcours:reseau")


def _moi(request: Requete) -> Cadre:
    cadre: Cadre = get_object_or_404(
        Cadre.objects.visibles_par(request.acteur).select_related("candidature", "collectivite")
    )
    return cadre


def _demande(request: Requete, pk: int) -> DemandeMentor:
    demande: DemandeMentor = get_object_or_404(
        DemandeMentor.objects.visibles_par(request.acteur).select_related("presence"), pk=pk
    )
    return demande
