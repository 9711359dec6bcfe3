"""`{% load opportunites %}`: the state of a poste, a proposition, a reserve, a move."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from collectivites.templatetags.composants import statut
from opportunites.models import Avis, Demande, Mobilite, Opportunite, Proposition, Reserve

register = template.Library()

FORMES: dict[str, str] = {
    Opportunite.Etat.BESOIN: "vide",
    Opportunite.Etat.TRANSMISE: "demi",
    Opportunite.Etat.CLOSE: "demi",
    Proposition.Etat.BROUILLON: "vide",
    Reserve.Etat.COMPLEMENT: "demi",
    Demande.Etat.DECLINEE: "clos",
    Demande.Etat.SANS_SUITE: "clos",
    Avis.Sens.FAVORABLE: "fait",
    Avis.Sens.DEFAVORABLE: "clos",
    Opportunite.Etat.PUBLIEE: "plein",
    Opportunite.Etat.POURVUE: "fait",
    Opportunite.Etat.RETIREE: "clos",
    Proposition.Etat.VALIDEE: "demi",
    Proposition.Etat.ENVOYEE: "losange",
    Proposition.Etat.ACCEPTEE: "plein",
    Proposition.Etat.REFUSEE: "clos",
    Proposition.Etat.EXPIREE: "clos",
    Proposition.Etat.REALISEE: "fait",
    Reserve.Etat.DEPOSEE: "losange",
    Reserve.Etat.LEVEE: "fait",
    Reserve.Etat.RETENUE: "plein",
    Reserve.Etat.CADUQUE: "clos",
    Mobilite.Etat.OUVERTE: "demi",
    Mobilite.Etat.EFFECTIVE: "fait",
    Mobilite.Etat.ABANDONNEE: "clos",
}


@register.simple_tag
def etat_de(objet: Opportunite | Proposition | Reserve | Mobilite | Demande) -> SafeString:
    """A shape and a word. A proposition whose date has passed reads as expired at once."""
    if isinstance(objet, Proposition) and objet.est_tardive:
        return statut("clos", Proposition.Etat.EXPIREE.label)
    return statut(FORMES[objet.etat], objet.get_etat_display())
