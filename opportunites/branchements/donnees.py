"""What this room adds to « mes données », before the move's own file."""

from __future__ import annotations

from collections.abc import Iterable

from cadres.models import Cadre
from cadres.prises import Rubrique
from opportunites.campagne import donnees as campagne
from opportunites.dossier import donnees as dossier
from opportunites.paie import donnees as paie
from opportunites.postes import donnees as postes
from opportunites.propositions import donnees as propositions


def donnees(cadre: Cadre) -> Iterable[Rubrique]:
    """Wishes, propositions received, pay, moves: all that is held on the person here."""
    yield from postes.donnees(cadre)
    yield from campagne.donnees(cadre)
    yield from propositions.donnees(cadre)
    yield from paie.donnees(cadre)
    yield from dossier.mobilites(cadre)
