"""`{% load opportunites %}`: the state of a poste, a proposition, a reserve, a move."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from collectivites.templatetags.composants import statut
from opportunites.models import (
    Demande,
    Mobilite,
    Opportunite,
    Proposition,
    Reserve,
    Sollicitation,
)

register = template.Library()


@register.simple_tag
def etat_de(
    objet: Opportunite | Proposition | Reserve | Mobilite | Demande | Sollicitation,
) -> SafeString:
    """A shape and a word. A proposition whose date has passed reads as expired at once."""
    tardive = isinstance(objet, Proposition) and objet.est_tardive
    etat = Proposition.Etat.EXPIREE if tardive else type(objet).Etat(objet.etat)
    return statut(etat.forme, str(etat.label))
