"""« Accès de votre direction »: who acts for the collectivité, and until when."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.predicats import refus_finir_un_acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.typographie import date_texte
from collectivites.comptes.acces_des_collegues import actions
from collectivites.comptes.forms import AccesForm, FinAccesForm
from collectivites.models import Mandat
from collectivites.mots import ROLES_EMPLOYEUR, Role
from collectivites.refus import ActionImpossible, exiger


@acces(Role.DGS, Role.DRH, methodes=LECTURE_ECRITURE, preuve=True)
def acces_direction(request: Requete) -> HttpResponse:
    """Those of today and to come; give one."""
    acteur = request.acteur
    formulaire = AccesForm(
        donnees_postees(request), acteur=acteur, initial={"debut": timezone.localdate()}
    )
    if request.method == "POST" and formulaire.is_valid():
        mandat = actions.ouvrir_un_acces(acteur=acteur, **formulaire.cleaned_data)
        nom = mandat.utilisateur.nom_complet
        messages.success(request, f"{nom} reçoit un courriel pour entrer dans Quatuor.")
        return redirect("collectivites:acces_direction")
    mandats = (
        Mandat.objects.visibles_par(acteur)
        .filter(
            Q(fin__isnull=True) | Q(fin__gte=timezone.localdate()),
            collectivite=acteur.collectivite,
            role__in=ROLES_EMPLOYEUR,
        )
        .select_related("utilisateur", "collectivite")
        .order_by("role", "debut", "pk")
    )
    lignes = [(m, refus_finir_un_acces(acteur, m) is None) for m in mandats]
    contexte = {"lignes": lignes, "formulaire": formulaire, "aujourdhui": timezone.localdate()}
    return render(request, "collectivites/acces_direction.html", contexte)


@acces(Role.DGS, Role.DRH, methodes=LECTURE_ECRITURE)
def finir_acces(request: Requete, pk: int) -> HttpResponse:
    """The last day; what refuses it is said beside."""
    mandat = get_object_or_404(
        Mandat.objects.visibles_par(request.acteur).select_related("utilisateur", "collectivite"),
        pk=pk,
    )
    exiger(refus_finir_un_acces(request.acteur, mandat))
    formulaire = FinAccesForm(donnees_postees(request), initial={"fin": mandat.fin})
    if request.method == "POST" and formulaire.is_valid():
        try:
            actions.finir_un_acces(acteur=request.acteur, mandat=mandat, **formulaire.cleaned_data)
        except ActionImpossible as refus:
            formulaire.add_error("fin", refus.message)
        else:
            fin = formulaire.cleaned_data["fin"]
            nom = mandat.utilisateur.nom_complet
            messages.success(request, f"L’accès de {nom} finit le {date_texte(fin)} au soir.")
            return redirect("collectivites:acces_direction")
    contexte = {"mandat": mandat, "formulaire": formulaire}
    return render(request, "collectivites/finir_acces.html", contexte)
