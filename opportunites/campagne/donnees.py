"""« Mes données »: what became of a person's wishes."""

from __future__ import annotations

from collections.abc import Iterable

from cadres.models import Cadre
from cadres.prises import Rubrique
from opportunites.models import IssueVoeu


def donnees(cadre: Cadre) -> Iterable[Rubrique]:
    """One query."""
    issues = IssueVoeu.objects.filter(cadre=cadre).select_related("opportunite__poste", "campagne")
    yield Rubrique(
        "issues",
        "Les réponses à vos vœux",
        [
            (f"{i.opportunite.poste.intitule}, {i.campagne.nom}", i.get_code_display())
            for i in issues
        ],
    )
