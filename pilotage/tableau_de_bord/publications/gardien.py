"""The door of the house: what a published template is handed is looked at before it is printed.

Words, days, drawings, and figures that the engine sealed. A bare number has come round the engine:
it is refused, whatever it counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from django.db.models import Model
from django.template.loader import render_to_string

from pilotage.indicateurs.protection.publication import Chiffre, NonProtege, Publication
from pilotage.tableau_de_bord.graphiques.figure import Figure

#: What says how to lay out a page, and counts nobody.
_SANS_CHIFFRE = (str, bool, date, Figure, Chiffre, Publication, type(None))


def rendre_publie(gabarit: str, publication: Publication, contexte: Mapping[str, Any]) -> str:
    """The HTML of a document that leaves the house."""
    if not isinstance(publication, Publication):
        raise NonProtege("A published template reads a Publication.")
    for nom, valeur in contexte.items():
        _examiner(nom, valeur)
    return render_to_string(gabarit, {**contexte, "publication": publication})


def _examiner(chemin: str, valeur: Any) -> None:
    if isinstance(valeur, _SANS_CHIFFRE):
        return
    if isinstance(valeur, Model) and valeur._meta.label in {
        "collectivites.Collectivite",
        "collectivites.Demarche",
    }:
        return
    if isinstance(valeur, Mapping):
        for cle, element in valeur.items():
            _examiner(f"{chemin}.{cle}", element)
    elif isinstance(valeur, list | tuple):
        for element in valeur:
            _examiner(chemin, element)
    elif is_dataclass(valeur) and type(valeur).__module__.startswith(__package__ or ""):
        for champ in fields(valeur):
            _examiner(f"{chemin}.{champ.name}", getattr(valeur, champ.name))
    else:
        raise NonProtege(f"{chemin}: {type(valeur).__name__} is no published figure.")
