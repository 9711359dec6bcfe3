"""A question on a proposition: between the person and the host."""

from __future__ import annotations

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.refus import ActionImpossible, exiger
from opportunites.communs import verrous
from opportunites.communs.courriels import (
    lien_proposition,
    prevenir_l_employeur,
    prevenir_le_cadre,
)
from opportunites.communs.journal import noter
from opportunites.models import Proposition, Question
from opportunites.mots import Actes
from opportunites.propositions.predicats import refus_questionner, refus_repondre_question


def questionner(*, acteur: Acteur, proposition: Proposition, texte: str) -> Question:
    """Ask the host. The present employer is not told: the line of the journal is the person's alone."""
    proposition = verrous.proposition(proposition.pk)
    exiger(refus_questionner(acteur, proposition))
    if not texte.strip():
        raise ActionImpossible("Écrivez d’abord votre question.")
    question = Question.objects.create(proposition=proposition, texte=texte.strip())
    noter(
        acteur,
        proposition,
        Actes.PROPOSITION_QUESTION,
        "Question posée à l’employeur du poste",
        cadre_ref=proposition.cadre_id,
        reserve_a_la_personne=True,
    )
    poste = proposition.opportunite.poste
    prevenir_l_employeur(
        "propositions/question",
        poste.collectivite,
        f"question-{question.pk}",
        confie_par=proposition.cadre,
        personne=proposition.cadre,
        poste=poste,
        lien=lien_proposition(proposition),
    )
    return question


def repondre(*, acteur: Acteur, question: Question, reponse: str) -> None:
    """Answer, on the page; a mail says that it is there."""
    proposition = verrous.proposition(question.proposition_id)
    question = Question.objects.select_for_update(of=("self",)).get(pk=question.pk)
    question.proposition = proposition
    exiger(refus_repondre_question(acteur, question))
    if not reponse.strip():
        raise ActionImpossible("Écrivez votre réponse.")
    question.reponse = reponse.strip()
    question.repondue_le, question.repondue_par = timezone.now(), acteur.mandat
    question.save(update_fields=["reponse", "repondue_le", "repondue_par"])
    noter(
        acteur,
        question,
        Actes.PROPOSITION_QUESTION_REPONDUE,
        "Réponse à une question sur une proposition",
        cadre_ref=proposition.cadre_id,
    )
    poste = proposition.opportunite.poste
    prevenir_le_cadre(
        "propositions/question_repondue",
        proposition.cadre,
        f"question-{question.pk}-repondue",
        poste=poste,
        accueil=poste.collectivite,
        lien=lien_proposition(proposition),
    )
