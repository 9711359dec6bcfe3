"""Propositions, from the employers' side; and the page that both sides open."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import donnees_postees
from collectivites.communs.listes import page_de, rendre_liste
from collectivites.communs.typographie import date_texte, heure_texte
from collectivites.mots import ROLES_EMPLOYEUR, Acte, Role
from collectivites.refus import exiger_droit
from opportunites.communs import objets
from opportunites.communs.parties import est_l_accueil
from opportunites.models import (
    FicheRemuneration,
    Mobilite,
    Proposition,
    RaisonDuRefus,
    Reserve,
)
from opportunites.paie.predicats import refus_ouvrir_une_version
from opportunites.propositions import predicats
from opportunites.propositions.actions import propositions as actions
from opportunites.propositions.calendrier import echeance_par_defaut
from opportunites.propositions.cartes import carte, questions_de
from opportunites.propositions.filtres import PropositionFiltre
from opportunites.propositions.forms import EnvoiForm
from opportunites.propositions.liens import limite_commune
from opportunites.propositions.messages import apercu_de_l_envoi
from opportunites.propositions.raisons import raisons


@acces(*ROLES_EMPLOYEUR, Role.CADRE)
def propositions(request: Requete) -> HttpResponse:
    """Those that concern the reader: made by them, to their people, or to themselves."""
    acteur = request.acteur
    filtre = PropositionFiltre(request.GET, queryset=objets.propositions(acteur), acteur=acteur)
    return rendre_liste(
        request,
        "opportunites/propositions/propositions.html",
        "opportunites/propositions/_propositions.html",
        filtre,
        page=page_de(request, filtre.qs),
        pour_le_cadre=acteur.est(Role.CADRE),
    )


@acces(*ROLES_EMPLOYEUR, Role.CADRE)
def proposition(request: Requete, pk: int) -> HttpResponse:
    """A letter to the cadre (`?reponse=oui`: the deliberate step); a file to the employers."""
    acteur = request.acteur
    proposition = objets.proposition(acteur, pk)
    if acteur.est(Role.CADRE):
        return _lettre(request, proposition)
    return render(
        request, "opportunites/propositions/proposition.html", _dossier(acteur, proposition)
    )


def _dossier(acteur: Acteur, proposition: Proposition) -> dict[str, Any]:
    """What its two employers read, and what each may do."""
    accueil = est_l_accueil(acteur, proposition.opportunite)
    a_valider = proposition.etat == Proposition.Etat.BROUILLON
    refus_envoi = predicats.refus_envoyer(acteur, proposition)
    validee = proposition.etat == Proposition.Etat.VALIDEE
    return {
        "confident": predicats.est_confident(acteur, proposition),
        "dgs_a_part": predicats.dgs_a_part(proposition) if accueil and a_valider else None,
        "peut_demander_accord": predicats.refus_demander_accord(acteur, proposition) is None,
        "peut_modifier": predicats.refus_modifier_textes(acteur, proposition) is None,
        "questions": questions_de(acteur, proposition),
        "proposition": proposition,
        "poste": proposition.opportunite.poste,
        "accueil": accueil,
        "raisons": raisons(proposition.cadre, proposition.opportunite),
        "reserves": Reserve.objects.visibles_par(acteur)
        .filter(proposition=proposition)
        .select_related("collectivite"),
        "mobilite": Mobilite.objects.visibles_par(acteur).filter(proposition=proposition).first(),
        **_paie(acteur, proposition),
        "peut_valider": predicats.refus_valider(acteur, proposition) is None,
        "peut_envoyer": refus_envoi is None,
        "refus_envoi": refus_envoi if accueil and validee else "",
        "peut_retirer": predicats.refus_retirer_proposition(acteur, proposition) is None,
        "peut_reserver": predicats.refus_deposer_reserve(acteur, proposition) is None,
        "suivant": _suivant(acteur, proposition),
        "attend_le_dgs": accueil and a_valider and not acteur.peut(Acte.VALIDER_PROPOSITION),
    }


def _paie(acteur: Acteur, proposition: Proposition) -> dict[str, Any]:
    """The last version of the pay sheet that the reader may open. Two queries."""
    return {
        "fiche": FicheRemuneration.objects.visibles_par(acteur)
        .filter(proposition=proposition)
        .order_by("-version")
        .first(),
        "peut_ouvrir_fiche": refus_ouvrir_une_version(acteur, proposition) is None,
    }


def _suivant(acteur: Acteur, proposition: Proposition) -> Cadre | None:
    """Whom the host may turn to, once this proposition has come to nothing."""
    if proposition.est_vivante:
        return None
    if predicats.refus_proposer_au_suivant(acteur, proposition) is not None:
        return None
    return actions.suivant(acteur, proposition.opportunite)


@acces(*ROLES_EMPLOYEUR, methodes=ECRITURE)
def proposer_au_suivant(request: Requete, pk: int) -> HttpResponse:
    """One click: the draft for the next candidate."""
    preparee = actions.proposer_au_suivant(
        acteur=request.acteur, proposition=objets.proposition(request.acteur, pk)
    )
    messages.success(
        request, "La proposition à la personne suivante est préparée. Le DGS la valide d’abord."
    )
    return redirect("opportunites:proposition", pk=preparee.pk)


def _lettre(request: Requete, proposition: Proposition) -> HttpResponse:
    contexte: dict[str, Any] = {"proposition": proposition, "poste": proposition.opportunite.poste}
    refus = predicats.refus_repondre(request.acteur, proposition)
    if request.GET.get("reponse") == "oui" and refus is None:
        siennes = Proposition.objects.visibles_par(request.acteur).filter(
            etat=Proposition.Etat.ENVOYEE, repondre_avant__gt=timezone.now()
        )
        contexte["autres"] = siennes.exclude(pk=proposition.pk).count()
        return render(request, "opportunites/propositions/confirmer_accord.html", contexte)
    contexte |= {
        "carte": carte(request.acteur, proposition),
        "fiche": _paie(request.acteur, proposition)["fiche"],
        "raison": RaisonDuRefus.objects.visibles_par(request.acteur)
        .filter(proposition=proposition)
        .select_related("proposition")
        .first(),
        "questions": questions_de(request.acteur, proposition),
        "peut_questionner": predicats.refus_questionner(request.acteur, proposition) is None,
        "peut_annuler": predicats.refus_annuler_reponse(request.acteur, proposition) is None,
        "mobilite": Mobilite.objects.visibles_par(request.acteur)
        .filter(proposition=proposition)
        .first(),
    }
    return render(request, "opportunites/propositions/ma_proposition.html", contexte)


@acces(Role.DGS, acte=Acte.VALIDER_PROPOSITION, methodes=ECRITURE, preuve=True)
def valider(request: Requete, pk: int) -> HttpResponse:
    """The DGS of the host agrees."""
    actions.valider(acteur=request.acteur, proposition=objets.proposition(request.acteur, pk))
    messages.success(
        request, "La proposition est validée. Reste à l’envoyer, avec une date limite de réponse."
    )
    return redirect("opportunites:proposition", pk=pk)


@acces(*ROLES_EMPLOYEUR, methodes=LECTURE_ECRITURE)
def envoyer(request: Requete, pk: int) -> HttpResponse:
    """Choose the date, and send."""
    proposition = objets.proposition(request.acteur, pk)
    refus = predicats.refus_envoyer(request.acteur, proposition)
    exiger_droit(refus)
    if refus is not None and request.method != "POST":
        messages.error(request, refus)
        return redirect("opportunites:proposition", pk=pk)
    formulaire = EnvoiForm(donnees_postees(request), commune=limite_commune(proposition))
    if request.method == "POST" and formulaire.is_valid():
        limite = formulaire.cleaned_data["repondre_avant"]
        actions.envoyer(acteur=request.acteur, proposition=proposition, repondre_avant=limite)
        messages.success(
            request,
            f"La proposition est partie. Réponse attendue avant le {date_texte(limite)}, "
            f"{heure_texte(limite)}.",
        )
        return redirect("opportunites:proposition", pk=pk)
    contexte = {
        "formulaire": formulaire,
        "proposition": proposition,
        "poste": proposition.opportunite.poste,
        "courriel": apercu_de_l_envoi(request.acteur, proposition, echeance_par_defaut()),
    }
    return render(request, "opportunites/propositions/envoyer_proposition.html", contexte)


@acces(*ROLES_EMPLOYEUR, methodes=ECRITURE)
def retirer_proposition(request: Requete, pk: int) -> HttpResponse:
    """The host takes its proposition back."""
    actions.retirer_proposition(
        acteur=request.acteur,
        proposition=objets.proposition(request.acteur, pk),
        motif=request.POST.get("motif", "").strip()[:500],
    )
    messages.success(request, "La proposition est retirée.")
    return redirect("opportunites:proposition", pk=pk)
