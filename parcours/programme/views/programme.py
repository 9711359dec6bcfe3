"""The programme of a promotion, step by step."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.typographie import compter, date_texte
from collectivites.mots import ROLES_RH
from collectivites.refus import exiger
from parcours.models import EtapeProgramme, Promotion
from parcours.programme import predicats
from parcours.programme.actions import promotions as actions
from parcours.programme.forms import (
    EtapeForm,
    ModifierEtapeForm,
    PeriodeForm,
    RendezVousForm,
)


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def programme(request: Requete, pk: int) -> HttpResponse:
    """The steps in order; add one, move, rename or remove those nobody has done."""
    promotion = get_object_or_404(Promotion.objects.visibles_par(request.acteur), pk=pk)
    exiger(predicats.refus_adapter(request.acteur, promotion))
    etapes = list(promotion.etapes.all())
    formulaire = EtapeForm(donnees_postees(request), etapes=etapes)
    if request.method == "POST" and formulaire.is_valid():
        etape = actions.ajouter_etape(
            acteur=request.acteur, promotion=promotion, **formulaire.cleaned_data
        )
        suite = "Dites sa période" if etape.est_immersion else "Fixez sa date commune"
        messages.success(request, f"Étape ajoutée : {etape.intitule}. {suite}.")
        return redirect("parcours:programme", promotion.pk)
    lignes = _lignes(request.acteur, promotion, etapes)
    contexte = {"promotion": promotion, "lignes": lignes, "formulaire": formulaire}
    return render(request, "parcours/programme/programme.html", contexte)


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def modifier_etape(request: Requete, pk: int) -> HttpResponse:
    """Another name or duration."""
    etape = _etape(request.acteur, pk)
    initial = {"intitule": etape.intitule, "duree_minutes": etape.duree_minutes}
    formulaire = ModifierEtapeForm(donnees_postees(request), initial=initial)
    if request.method == "POST" and formulaire.is_valid():
        actions.modifier_etape(acteur=request.acteur, etape=etape, **formulaire.cleaned_data)
        messages.success(request, "L’étape est modifiée dans le parcours de chacun.")
        return redirect("parcours:programme", etape.promotion_id)
    contexte = {"etape": etape, "formulaire": formulaire}
    return render(request, "parcours/programme/modifier_etape.html", contexte)


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def fixer_etape(request: Requete, pk: int) -> HttpResponse:
    """The common date and place of a step; the period of an immersion."""
    etape = _etape(request.acteur, pk)
    if etape.est_immersion:
        return _dire_la_periode(request, etape)
    initial = {
        "quand": etape.date_prevue and timezone.localtime(etape.date_prevue),
        "lieu": etape.lieu,
    }
    formulaire = RendezVousForm(
        donnees_postees(request), initial=initial, promotion=etape.promotion
    )
    if request.method == "POST" and formulaire.is_valid():
        touches = actions.fixer_etape(acteur=request.acteur, etape=etape, **formulaire.cleaned_data)
        quand = formulaire.cleaned_data["quand"]
        suite = "Chacun est prévenu par courriel." if quand > timezone.now() else ""
        messages.success(
            request,
            f"{etape.intitule} : {date_texte(quand)}, pour {compter(len(touches), 'personne')}. "
            f"{suite}",
        )
        return redirect("parcours:promotion", etape.promotion_id)
    contexte = {"etape": etape, "formulaire": formulaire}
    return render(request, "parcours/programme/fixer_etape.html", contexte)


@acces(*ROLES_RH, methodes=ECRITURE)
def deplacer_etape(request: Requete, pk: int) -> HttpResponse:
    """One rank up (« sens=monter ») or down."""
    etape = _etape(request.acteur, pk)
    vers = -1 if request.POST.get("sens") == "monter" else 1
    actions.deplacer_etape(acteur=request.acteur, etape=etape, vers=vers)
    messages.success(request, f"Étape déplacée : {etape.intitule}.")
    return redirect("parcours:programme", etape.promotion_id)


@acces(*ROLES_RH, methodes=LECTURE_ECRITURE)
def retirer_etape(request: Requete, pk: int) -> HttpResponse:
    """Says what would be lost, then removes the step."""
    etape = _etape(request.acteur, pk)
    if request.method == "POST":
        actions.retirer_etape(acteur=request.acteur, etape=etape)
        messages.success(request, f"Étape retirée du programme : {etape.intitule}.")
        return redirect("parcours:programme", etape.promotion_id)
    contexte = {"etape": etape, "prevenus": etape.suivis.a_venir().count()}
    return render(request, "parcours/programme/retirer_etape.html", contexte)


def _dire_la_periode(request: Requete, etape: EtapeProgramme) -> HttpResponse:
    """Within which each person asks for days of their own."""
    initial = {"debut": etape.periode_debut, "fin": etape.periode_fin}
    formulaire = PeriodeForm(donnees_postees(request), initial=initial, promotion=etape.promotion)
    if request.method == "POST" and formulaire.is_valid():
        etape = actions.dire_la_periode(
            acteur=request.acteur, etape=etape, **formulaire.cleaned_data
        )
        messages.success(request, f"{etape.intitule} : {etape.periode}. Chacun le lit sur sa page.")
        return redirect("parcours:promotion", etape.promotion_id)
    contexte = {"etape": etape, "formulaire": formulaire}
    return render(request, "parcours/programme/periode_etape.html", contexte)


def _etape(acteur: Acteur, pk: int) -> EtapeProgramme:
    """A step of a promotion that the acteur may still adapt."""
    etape: EtapeProgramme = get_object_or_404(
        EtapeProgramme.objects.visibles_par(acteur).select_related("promotion"), pk=pk
    )
    exiger(predicats.refus_adapter(acteur, etape.promotion))
    return etape


def _lignes(
    acteur: Acteur, promotion: Promotion, etapes: list[EtapeProgramme]
) -> list[dict[str, Any]]:
    """Each step, whether it may still change, and where it may go: past none that has begun."""
    commencees = set(promotion.etapes.commencees().values_list("pk", flat=True))
    libre = [
        predicats.refus_changer_etape(acteur, etape, commencee=etape.pk in commencees) is None
        for etape in etapes
    ]
    return [
        {
            "etape": etape,
            "libre": libre[i],
            "monte": i > 0 and libre[i] and libre[i - 1],
            "descend": i + 1 < len(etapes) and libre[i] and libre[i + 1],
        }
        for i, etape in enumerate(etapes)
    ]
