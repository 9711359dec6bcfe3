"""What this room adds to « mes données », before the move's own file."""

from __future__ import annotations

from collections.abc import Iterable

from cadres.models import Cadre
from cadres.prises import Rubrique
from opportunites.campagne import donnees as campagne
from opportunites.paie import donnees as paie
from opportunites.postes import donnees as postes
from opportunites.propositions import donnees as propositions


def donnees(cadre: Cadre) -> Iterable[Rubrique]:
    """Wishes, campaigns, propositions received, pay: what is held on the person before a move."""
    yield from postes.donnees(cadre)
    yield from campagne.donnees(cadre)
    yield from propositions.donnees(cadre)
    yield from paie.donnees(cadre)
