"""The questions on a proposition, as its reader may see and answer them."""

from __future__ import annotations

from collectivites.acteurs.acteur import Acteur
from opportunites.models import Proposition, Question


def questions_de(acteur: Acteur, proposition: Proposition) -> list[Question]:
    """One query."""
    return list(
        Question.objects.visibles_par(acteur)
        .filter(proposition=proposition)
        .select_related("repondue_par__utilisateur")
    )
