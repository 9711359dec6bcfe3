"""What has changed in the data since a run read them: a proposition is never drafted blindly."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from opportunites.campagne.calcul.instance import Entree

#: what is compared → how it is told
_PARTS: dict[str, Callable[[Entree], Any]] = {
    "des vœux": lambda e: sorted((c["id"], c["wishes"]) for c in e["cadres"]),
    "des avis d’employeurs": lambda e: e["host"],
    "des postes ouverts": lambda e: e["postes"],
    "qui tient un poste": lambda e: sorted((c["id"], c["poste"], c["home"]) for c in e["cadres"]),
    "des réponses": lambda e: sorted(
        (d["cadre"], d["poste"], d["status"])
        for d in e["decisions"]
        if d["status"] in {"accepted", "refused"}
    ),
}


def empreinte(entree: Entree) -> str:
    """The hash of all that was read, whatever it leads to."""
    texte = json.dumps(entree, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(texte.encode()).hexdigest()


def changements(avant: Entree, apres: Entree) -> list[str]:
    """Both built with the same parameters. Drafts of its own propositions change nothing."""
    if not avant:
        return []
    return [mots for mots, lire in _PARTS.items() if _json(lire(avant)) != _json(lire(apres))]


def _json(valeur: Any) -> str:
    """As it comes back from the database: tuples are lists there."""
    return json.dumps(valeur, sort_keys=True)
