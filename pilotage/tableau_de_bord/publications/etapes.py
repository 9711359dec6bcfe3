"""How the steps that the élus of one collectivité hear of are told to them."""

from __future__ import annotations

from datetime import date

from collectivites.communs.typographie import date_texte
from pilotage.models import EtapeRoute
from pilotage.tableau_de_bord.publications.phrases import minuscule

DATES_MONTREES = 3


def a_venir(etapes: list[EtapeRoute], jour: date) -> list[tuple[str, date]]:
    return [(e.intitule, e.echeance) for e in etapes if e.echeance >= jour][:DATES_MONTREES]


def points_d_attention(etapes: list[EtapeRoute], jour: date) -> list[str]:
    """The late ones, all of them."""
    return [
        f"{e.intitule} : prévu le {date_texte(e.echeance)}, pas encore fait."
        for e in etapes
        if e.echeance < jour
    ]


def prochaine_date(etapes: list[EtapeRoute], jour: date, route_vide: bool) -> str:
    """Never « all is done » when nothing was planned."""
    prochaines = a_venir(etapes, jour)
    if prochaines:
        intitule, quand = prochaines[0]
        return f"Prochaine date : {date_texte(quand)}, {minuscule(intitule)}."
    if route_vide:
        return "La feuille de route de la démarche reste à écrire."
    return "Aucune autre date n’est arrêtée pour l’instant."
