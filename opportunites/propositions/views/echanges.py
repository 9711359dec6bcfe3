"""Between the host and the person, before the answer: may a DGS learn of it, questions, the texts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from collectivites.acteurs.acces import ECRITURE, LECTURE_ECRITURE, Requete, acces
from collectivites.communs.formulaires import donnees_postees
from collectivites.mots import ROLES_EMPLOYEUR, Role
from collectivites.refus import exiger, exiger_droit
from opportunites.communs import objets
from opportunites.communs.lecteurs import lecteurs
from opportunites.propositions import predicats
from opportunites.propositions.actions import accords, questions
from opportunites.propositions.actions import propositions as actions
from opportunites.propositions.forms import (
    AccordForm,
    QuestionForm,
    ReponseQuestionForm,
    TextesForm,
)


@acces(Role.DRH, Role.GESTIONNAIRE, methodes=ECRITURE)
def demander_accord(request: Requete, pk: int) -> HttpResponse:
    """Ask the person whether the DGS, who also serves their employer, may learn of it."""
    proposition = objets.proposition(request.acteur, pk)
    accords.demander_accord(acteur=request.acteur, proposition=proposition)
    messages.success(request, "La question est posée à la personne. Vous aurez sa réponse ici.")
    return redirect("opportunites:proposition", pk=pk)


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def repondre_accord(request: Requete, pk: int) -> HttpResponse:
    """Yes or no, by the person; the page then says what was answered."""
    proposition = objets.proposition_soumise(request.acteur, pk)
    refus = predicats.refus_repondre_accord(request.acteur, proposition)
    formulaire = AccordForm(donnees_postees(request))
    if request.method == "POST":
        exiger(refus)
        if formulaire.is_valid():
            accords.repondre_accord(
                acteur=request.acteur, proposition=proposition, **formulaire.cleaned_data
            )
            messages.success(request, "Votre réponse est enregistrée. L’employeur du poste la lit.")
            return redirect("opportunites:repondre_accord", pk=pk)
    contexte = {
        "formulaire": formulaire,
        "proposition": proposition,
        "poste": proposition.opportunite.poste,
        "dgs": predicats.dgs_a_part(proposition),
        "repond": refus is None,
    }
    return render(request, "opportunites/propositions/repondre_accord.html", contexte)


@acces(*ROLES_EMPLOYEUR, methodes=LECTURE_ECRITURE)
def modifier_textes(request: Requete, pk: int) -> HttpResponse:
    """What the person will read, what their employer will read: until it is sent."""
    proposition = objets.proposition(request.acteur, pk)
    refus = predicats.refus_modifier_textes(request.acteur, proposition)
    exiger_droit(refus)
    if refus is not None and request.method != "POST":
        messages.error(request, refus)
        return redirect("opportunites:proposition", pk=pk)
    initial = {
        "pourquoi": proposition.pourquoi,
        "pourquoi_employeur": proposition.pourquoi_employeur,
    }
    formulaire = TextesForm(donnees_postees(request), initial=initial)
    if request.method == "POST" and formulaire.is_valid():
        actions.modifier_textes(
            acteur=request.acteur, proposition=proposition, **formulaire.cleaned_data
        )
        messages.success(request, "Le texte de la proposition est à jour.")
        return redirect("opportunites:proposition", pk=pk)
    contexte = {"formulaire": formulaire, "proposition": proposition}
    return render(request, "opportunites/propositions/modifier_textes.html", contexte)


@acces(Role.CADRE, methodes=LECTURE_ECRITURE)
def questionner(request: Requete, pk: int) -> HttpResponse:
    """Ask the host about the proposition."""
    proposition = objets.proposition(request.acteur, pk)
    if request.method != "POST" and (
        refus := predicats.refus_questionner(request.acteur, proposition)
    ):
        messages.error(request, refus)
        return redirect("opportunites:proposition", pk=pk)
    formulaire = QuestionForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        questions.questionner(
            acteur=request.acteur, proposition=proposition, **formulaire.cleaned_data
        )
        messages.success(
            request,
            "Votre question est partie. La réponse se lira sur cette page ; un courriel vous le dira.",
        )
        return redirect("opportunites:proposition", pk=pk)
    contexte = {
        "formulaire": formulaire,
        "proposition": proposition,
        "poste": proposition.opportunite.poste,
        "lecteurs": lecteurs(proposition.cadre, proposition.opportunite.poste.collectivite),
    }
    return render(request, "opportunites/propositions/questionner.html", contexte)


@acces(*ROLES_EMPLOYEUR, methodes=LECTURE_ECRITURE)
def repondre_question(request: Requete, pk: int) -> HttpResponse:
    """The host answers."""
    question = objets.question(request.acteur, pk)
    exiger(predicats.refus_repondre_question(request.acteur, question))
    formulaire = ReponseQuestionForm(donnees_postees(request))
    if request.method == "POST" and formulaire.is_valid():
        questions.repondre(acteur=request.acteur, question=question, **formulaire.cleaned_data)
        messages.success(request, "Votre réponse est partie.")
        return redirect("opportunites:proposition", pk=question.proposition_id)
    contexte = {
        "formulaire": formulaire,
        "question": question,
        "proposition": question.proposition,
    }
    return render(request, "opportunites/propositions/repondre_question.html", contexte)
