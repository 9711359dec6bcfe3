"""What a cadre reads of the campaign beside their wishes: its dates, and the answers once it is closed."""

from __future__ import annotations

from typing import Any

from collectivites.acteurs.acteur import Acteur
from opportunites.campagne.actions.campagnes import courante
from opportunites.models import IssueVoeu


def ma_campagne(acteur: Acteur) -> dict[str, Any]:
    """Two queries."""
    issues = list(
        IssueVoeu.objects.visibles_par(acteur)
        .select_related("campagne", "opportunite__poste__collectivite")
        .order_by("-campagne_id", "rang")
    )
    derniere = issues[0].campagne if issues else None
    return {
        "campagne": courante(acteur),
        "campagne_close": derniere,
        "issues": [i for i in issues if i.campagne == derniere],
    }
