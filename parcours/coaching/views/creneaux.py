"""Free hours: the coach opens them, a person entrusted picks one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.typographie import accorder, compter, date_texte, heure_texte
from collectivites.mots import Role
from collectivites.refus import ActionImpossible
from parcours.coaching.actions import creneaux as actions
from parcours.coaching.forms import CreneauxForm
from parcours.coaching.journee.alertes import AConfirmer, alertes
from parcours.models import CreneauCoaching


@acces(Role.ACCOMPAGNATEUR, methodes=LECTURE_ECRITURE)
def creneaux(request: Requete) -> HttpResponse:
    """The free hours that one offers; open some more."""
    formulaire = CreneauxForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        try:
            ouverts = actions.ouvrir_creneaux(acteur=request.acteur, **formulaire.creneaux)
        except ActionImpossible as refus:
            formulaire.add_error("debut", refus.message)
        else:
            nombre = len(ouverts)
            messages.success(
                request, f"{compter(nombre, 'créneau,créneaux')} {accorder(nombre, 'ouvert')}."
            )
            return redirect("parcours:creneaux")
    libres = CreneauCoaching.objects.visibles_par(request.acteur).libres()
    contexte = {"formulaire": formulaire, "libres": libres}
    return render(request, "parcours/coaching/creneaux.html", contexte)


@acces(Role.ACCOMPAGNATEUR, methodes=ECRITURE)
def retirer_creneau(request: Requete, pk: int) -> HttpResponse:
    creneau = _creneau(request.acteur, pk)
    actions.retirer_creneau(acteur=request.acteur, creneau=creneau)
    messages.success(request, "Créneau retiré.")
    return redirect(f"{reverse('parcours:creneaux')}#libres")


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def prendre_creneau(request: Requete, pk: int) -> HttpResponse:
    """« Choisir cette heure »: asked once, with what else is at that time."""
    acteur = request.acteur
    creneau = _creneau(acteur, pk)
    assert acteur.cadre_id is not None
    if request.method == "POST":
        try:
            actions.prendre_creneau(acteur=acteur, creneau=creneau, malgre="malgre" in request.POST)
        except AConfirmer:
            messages.warning(request, "À cette heure, vous êtes attendu ailleurs : confirmez.")
            return redirect("parcours:prendre_creneau", pk)
        quand = f"{date_texte(creneau.debut)}, {heure_texte(creneau.debut)}"
        messages.success(request, f"Rendez-vous le {quand}. Vous recevez tous deux un courriel.")
        return redirect(f"{reverse('parcours:mon_accompagnement')}#rendez-vous")
    contexte = {
        "creneau": creneau,
        "accompagnateur": creneau.accompagnateur.utilisateur,
        "alertes": alertes(acteur.cadre_id, creneau.debut, creneau.duree_minutes),
    }
    return render(request, "parcours/coaching/prendre_creneau.html", contexte)


def _creneau(acteur: Acteur, pk: int) -> CreneauCoaching:
    creneau: CreneauCoaching = get_object_or_404(
        CreneauCoaching.objects.visibles_par(acteur).select_related("accompagnateur__utilisateur"),
        pk=pk,
    )
    return creneau
