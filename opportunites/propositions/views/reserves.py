"""Technical reserves: filed by a DRH, arbitrated by a DGS."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from collectivites.acteurs.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.typographie import date_texte
from collectivites.mots import Role
from collectivites.refus import ActionImpossible, exiger, exiger_droit
from opportunites.communs import objets
from opportunites.communs.arbitrages import lire, mobilite_de
from opportunites.communs.pieces import telecharger_la_piece
from opportunites.models import FicheRemuneration, Mobilite, Reserve
from opportunites.propositions import predicats
from opportunites.propositions.actions import reserves as actions
from opportunites.propositions.forms import ArbitrageForm, ComplementForm, ReserveForm


@acces(Role.DRH, methodes=LECTURE_ECRITURE)
def deposer_reserve(request: Requete, pk: int) -> HttpResponse:
    """Point to a difficulty. It stops nothing."""
    proposition = objets.proposition(request.acteur, pk)
    refus = predicats.refus_deposer_reserve(request.acteur, proposition)
    exiger_droit(refus)
    if refus is not None and request.method != "POST":
        messages.error(request, refus)
        return redirect("opportunites:proposition", pk=pk)
    formulaire = ReserveForm(donnees_postees(request), request.FILES or None)
    if request.method == "POST" and formulaire.is_valid():
        reserve = actions.deposer_reserve(
            acteur=request.acteur, proposition=proposition, **formulaire.cleaned_data
        )
        messages.success(
            request,
            "La réserve est déposée. Un DGS l’arbitre avant le "
            f"{date_texte(reserve.echeance)} ; sans arbitrage, elle devient caduque.",
        )
        return redirect("opportunites:proposition", pk=pk)
    contexte = {
        "formulaire": formulaire,
        "proposition": proposition,
        "poste": proposition.opportunite.poste,
    }
    return render(request, "opportunites/reserves/deposer.html", contexte)


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE, methodes=LECTURE_ECRITURE)
def arbitrer_reserve(request: Requete, pk: int) -> HttpResponse:
    """Read a reserve; arbitrate it, as a DGS of either side or under delegation."""
    reserve = objets.reserve(request.acteur, pk)
    refus = predicats.refus_arbitrer(request.acteur, reserve)
    dossier = mobilite_de(reserve)
    formulaire = _formulaire(request, reserve, dossier)
    if request.method == "POST":
        exiger(refus)
        if formulaire.is_valid() and _arbitrer(request.acteur, reserve, formulaire):
            messages.success(request, formulaire.suite())
            return redirect("opportunites:arbitrer_reserve", pk=pk)
    contexte = lire(request.acteur, reserve, dossier) | {
        "formulaire": formulaire,
        "reserve": reserve,
        "proposition": reserve.proposition,
        "poste": reserve.proposition.opportunite.poste,
        "fiche": _fiche(request.acteur, reserve),
        "peut_arbitrer": refus is None,
        "peut_completer": predicats.refus_completer(request.acteur, reserve) is None,
    }
    return render(request, "opportunites/reserves/arbitrer.html", contexte)


def _formulaire(request: Requete, reserve: Reserve, dossier: Mobilite | None) -> ArbitrageForm:
    ouvert = dossier is not None and dossier.etat == Mobilite.Etat.OUVERTE
    return ArbitrageForm(
        donnees_postees(request),
        complement_possible=reserve.complement_demande_le is None,
        dossier_ouvert=ouvert,
        date_effet=dossier.date_effet if dossier is not None and ouvert else None,
        sujet=reserve.sujet,
    )


def _arbitrer(acteur: Acteur, reserve: Reserve, formulaire: ArbitrageForm) -> bool:
    """False when the new date cannot be: said beside it, and nothing was written."""
    try:
        with transaction.atomic():
            actions.arbitrer_reserve(acteur=acteur, reserve=reserve, **formulaire.cleaned_data)
    except ActionImpossible as refus:
        if not formulaire.cleaned_data.get("nouvelle_date"):
            raise
        formulaire.add_error("nouvelle_date", refus.message)
        return False
    return True


def _fiche(acteur: Acteur, reserve: Reserve) -> FicheRemuneration | None:
    """What a réserve on pay is about, when the reader may open it."""
    if reserve.sujet != Reserve.Sujet.REMUNERATION:
        return None
    fiche: FicheRemuneration | None = (
        FicheRemuneration.objects.visibles_par(acteur)
        .filter(proposition=reserve.proposition_id)
        .order_by("-version")
        .first()
    )
    return fiche


@acces(Role.DRH, methodes=LECTURE_ECRITURE)
def completer_reserve(request: Requete, pk: int) -> HttpResponse:
    """What a DGS asked for before arbitrating."""
    reserve = objets.reserve(request.acteur, pk)
    exiger(predicats.refus_completer(request.acteur, reserve))
    formulaire = ComplementForm(donnees_postees(request), request.FILES or None)
    if request.method == "POST" and formulaire.is_valid():
        actions.completer_reserve(acteur=request.acteur, reserve=reserve, **formulaire.cleaned_data)
        messages.success(request, "Le complément est transmis aux DGS.")
        return redirect("opportunites:arbitrer_reserve", pk=pk)
    contexte = {
        "formulaire": formulaire,
        "reserve": reserve,
        "poste": reserve.proposition.opportunite.poste,
    }
    return render(request, "opportunites/reserves/completer.html", contexte)


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE)
def piece_reserve(request: Requete, pk: int) -> HttpResponse:
    """The evidence, always downloaded: a browser never opens it on our address."""
    reserve = objets.reserve_avec_sa_piece(request.acteur, pk)
    return telecharger_la_piece(reserve.piece, reserve.nom_piece)
