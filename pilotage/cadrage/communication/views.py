"""The plan de communication, and the words that the four agreed to use."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.typographie import compter_en_lettres
from collectivites.models import Collectivite
from collectivites.mots import ROLES_EMPLOYEUR, Role
from opportunites.communs.pieces import telecharger_la_piece
from pilotage.cadrage.communication import actions, predicats
from pilotage.cadrage.communication.calendrier import annee_lue, sur_l_annee
from pilotage.cadrage.communication.forms import ActionForm, LangageForm
from pilotage.cadrage.reponses import refuser
from pilotage.models import ActionCommunication, ElementsDeLangage
from pilotage.models.communs import LECTEURS
from pilotage.mots import EtatCommunication

PLAN = "pilotage:communication"


@acces(*LECTEURS, Role.CABINET)
def communication(request: Requete) -> HttpResponse:
    """The actions in a list, and along the year."""
    acteur, jour = request.acteur, timezone.localdate()
    liste = list(
        ActionCommunication.objects.visibles_par(acteur).select_related(
            "collectivite", "responsable__utilisateur"
        )
    )
    lignes = [
        {
            "action": a,
            "forme": _forme(a),
            "en_retard": a.etat == EtatCommunication.PREVUE and a.jour < jour,
            "peut_modifier": predicats.refus_modifier(acteur, a) is None,
        }
        for a in liste
    ]
    contexte = {
        "lignes": lignes,
        "titre": _titre(liste),
        "annee": sur_l_annee(liste, annee_lue(request.GET.get("annee", ""), liste, jour)),
        "peut_ecrire": predicats.refus_ecrire(acteur) is None,
    }
    return render(request, "pilotage/cadrage/communication/communication.html", contexte)


def _forme(action: ActionCommunication) -> str:
    if action.etat == EtatCommunication.PREVUE:
        return "tard" if action.jour < timezone.localdate() else "vide"
    return {EtatCommunication.FAITE: "fait"}.get(EtatCommunication(action.etat), "clos")


def _titre(liste: list[ActionCommunication]) -> str:
    if not liste:
        return "Le plan de communication est à écrire"
    a_venir = sum(a.etat == EtatCommunication.PREVUE for a in liste)
    faites = sum(a.etat == EtatCommunication.FAITE for a in liste)
    dites = compter_en_lettres(faites, "action faite,actions faites", feminin=True)
    prevues = compter_en_lettres(a_venir, "action prévue,actions prévues", feminin=True)
    return f"{prevues}, {dites}".capitalize()


def _action(acteur: Acteur, pk: int) -> ActionCommunication:
    action: ActionCommunication = get_object_or_404(
        ActionCommunication.objects.visibles_par(acteur), pk=pk
    )
    return action


@acces(*ROLES_EMPLOYEUR, methodes=LECTURE_ECRITURE)
def nouvelle_action(request: Requete) -> HttpResponse:
    """Write an action."""
    formulaire = ActionForm(donnees_postees(request), request.FILES or None, acteur=request.acteur)
    if request.method == "POST" and formulaire.is_valid():
        actions.ajouter_action(acteur=request.acteur, **formulaire.cleaned_data)
        messages.success(request, "L’action est dans le plan de communication.")
        return redirect(PLAN)
    contexte = {"formulaire": formulaire, "action": None}
    return render(request, "pilotage/cadrage/communication/action.html", contexte)


@acces(*ROLES_EMPLOYEUR, methodes=LECTURE_ECRITURE)
def modifier_action(request: Requete, pk: int) -> HttpResponse:
    """Change an action, say that it is done, give it up."""
    acteur, action = request.acteur, _action(request.acteur, pk)
    if reponse := refuser(request, predicats.refus_modifier(acteur, action), PLAN):
        return reponse
    champs = (
        "intitule",
        "public",
        "message",
        "canal",
        "collectivite",
        "responsable",
        "jour",
        "etat",
    )
    formulaire = ActionForm(
        donnees_postees(request),
        request.FILES or None,
        acteur=acteur,
        action=action,
        initial={champ: getattr(action, champ) for champ in champs},
    )
    if request.method == "POST" and formulaire.is_valid():
        actions.modifier_action(acteur=acteur, action=action, **formulaire.cleaned_data)
        messages.success(request, "L’action est modifiée.")
        return redirect(PLAN)
    contexte = {"formulaire": formulaire, "action": action}
    return render(request, "pilotage/cadrage/communication/action.html", contexte)


@acces(*LECTEURS, Role.CABINET)
def support(request: Requete, pk: int) -> HttpResponse:
    """What is attached to an action."""
    action = get_object_or_404(
        ActionCommunication.objects.visibles_par(request.acteur).exclude(piece=""), pk=pk
    )
    return telecharger_la_piece(action.piece, action.nom_piece)


@acces(*LECTEURS, Role.CABINET, methodes=LECTURE_ECRITURE)
def langage(request: Requete) -> HttpResponse:
    """The shared words: the version in force, who approved it, the ones before; a new one."""
    acteur = request.acteur
    versions = list(
        ElementsDeLangage.objects.visibles_par(acteur)
        .select_related("redige_par__utilisateur", "redige_par__collectivite")
        .prefetch_related("approbations__par__utilisateur")
    )
    derniere = versions[0] if versions else None
    initial = {
        "depuis": derniere.version if derniere else 0,
        "texte": derniere.texte if derniere else "",
    }
    formulaire = LangageForm(donnees_postees(request), initial=initial)
    if request.method == "POST" and formulaire.is_valid():
        actions.rediger(acteur=acteur, **formulaire.cleaned_data)
        messages.success(
            request, "La nouvelle version est enregistrée. Chaque DGS doit l’approuver."
        )
        return redirect("pilotage:langage")
    contexte = {
        "derniere": derniere,
        "anciennes": versions[1:],
        "formulaire": formulaire,
        **_approbations(acteur, derniere),
    }
    return render(request, "pilotage/cadrage/communication/langage.html", contexte)


def _approbations(acteur: Acteur, derniere: ElementsDeLangage | None) -> dict[str, Any]:
    if derniere is None:
        return {"approbations": [], "attend": 0, "peut_approuver": False}
    donnees = {a.collectivite_id: a for a in derniere.approbations.all()}
    employeurs = Collectivite.objects.filter(demarche=acteur.demarche).order_by("pk")
    lignes = [(c, donnees.get(c.pk)) for c in employeurs]
    return {
        "approbations": lignes,
        "attend": sum(a is None for _, a in lignes),
        "peut_approuver": acteur.est(Role.DGS) and acteur.collectivite.pk not in donnees,
    }


@acces(Role.DGS, methodes=ECRITURE)
def approuver_langage(request: Requete, pk: int) -> HttpResponse:
    """A DGS approves the version in force."""
    elements = get_object_or_404(ElementsDeLangage.objects.visibles_par(request.acteur), pk=pk)
    actions.approuver(acteur=request.acteur, elements=elements)
    messages.success(request, "Vous avez approuvé cette version pour votre collectivité.")
    return redirect("pilotage:langage")
