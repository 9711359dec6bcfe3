"""How a template asks in what state a thing is: `{% if proposition.est_envoyee %}`.

A code typed in a template is compared with nothing: a slip is silently false, a renamed state too.
`scripts/gabarits_codes.py` refuses both the comparison and an `est_…` that nobody defines.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=type[Model])


def dit_son_etat(modele: M) -> M:
    """Adds one property a choice of `etat`: `est_envoyee`, `est_refusee`…

    What the class writes itself under such a name stays: it means more than the one state
    (`Immersion.est_accordee`, whatever came after).
    """
    for code, _ in modele._meta.get_field("etat").flatchoices:  # type: ignore[union-attr]
        nom = f"est_{code}"
        if not hasattr(modele, nom):
            setattr(modele, nom, property(_est(code)))
    return modele


def _est(code: str) -> Callable[[Any], bool]:
    return lambda objet: bool(objet.etat == code)
