"""The site map: every page that one may open from nothing, by what it is for, for each role."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.lexique import dire
from collectivites.mots import ROLES_EMPLOYEUR, ROLES_RH, Role
from pilotage.accueil.contexte import MENU, existe_pour
from pilotage.models.communs import LECTEURS

#: What the main navigation leads to by one more step: (under which entry, label, view, roles).
SOUS_PAGES: tuple[tuple[str, str, str, frozenset[Role]], ...] = (
    ("Pilotage", "Délégations", "collectivites:delegations", frozenset({Role.DGS, Role.DRH})),
    ("Feuille de route", "Jalons", "pilotage:jalons", LECTEURS),
    ("Feuille de route", "Élus", "pilotage:elus", LECTEURS),
    (
        "Feuille de route",
        "Plan de communication",
        "pilotage:communication",
        LECTEURS | {Role.CABINET},
    ),
    ("Feuille de route", "Éléments de langage", "pilotage:langage", LECTEURS | {Role.CABINET}),
    ("Pilotage", "Cabinet conseil", "pilotage:cabinet", frozenset({Role.DGS, Role.DRH})),
    ("Pilotage", "Les règles", "pilotage:regles", frozenset({Role.DGS, Role.DRH})),
    ("Registre", "Critères", "cadres:criteres", ROLES_EMPLOYEUR),
    ("Registre", "Importer un tableur", "cadres:recensements", ROLES_RH),
    ("Registre", "Recenser un cadre", "cadres:recenser", ROLES_RH),
    ("Parcours", "Sessions", "parcours:catalogue", ROLES_EMPLOYEUR),
    ("Parcours", "Ce que vaut le parcours", "pilotage:evaluations", ROLES_EMPLOYEUR),
    ("Parcours", "Immersions", "parcours:immersions", ROLES_EMPLOYEUR),
    ("Parcours", "Offres d’immersion", "parcours:offres_immersion", ROLES_EMPLOYEUR),
    ("Opportunités", "Propositions", "opportunites:propositions", ROLES_EMPLOYEUR),
    ("Opportunités", "Postes promis", "opportunites:engagements", ROLES_EMPLOYEUR),
    ("Opportunités", "Ouvrir un poste", "opportunites:nouvelle_opportunite", ROLES_RH),
    ("Mobilités", "Enseignements", "opportunites:enseignements", ROLES_EMPLOYEUR),
    ("Mon parcours", "Ma candidature", "cadres:ma_candidature", frozenset({Role.CADRE})),
    ("Mon parcours", "Mes propositions", "opportunites:propositions", frozenset({Role.CADRE})),
    ("Mon parcours", "Mon carnet", "parcours:mon_carnet", frozenset({Role.CADRE})),
    ("Mon parcours", "Le réseau", "parcours:reseau", frozenset({Role.CADRE})),
    ("Mon parcours", "Ce que vaut le parcours", "pilotage:evaluations", frozenset({Role.CADRE})),
    ("Mon parcours", "Rappels et agenda", "parcours:mon_agenda", frozenset({Role.CADRE})),
    ("Sessions", "Mes immersions", "parcours:immersions", frozenset({Role.CADRE})),
    ("Sessions", "Offres d’immersion", "parcours:offres_immersion", frozenset({Role.CADRE})),
    (
        "Mes accompagnements",
        "Rappels et agenda",
        "parcours:mon_agenda",
        frozenset({Role.ACCOMPAGNATEUR}),
    ),
    (
        "À faire",
        "Mes courriels",
        "parcours:mon_agenda",
        ROLES_EMPLOYEUR | {Role.CABINET},
    ),
    ("Mes données", "Mes compétences", "cadres:mes_competences", frozenset({Role.CADRE})),
)


@dataclass(frozen=True)
class Branche:
    """An entry of the navigation, and the pages under it: (label, address)."""

    libelle: str
    url: str
    pages: tuple[tuple[str, str], ...]


def plan(acteur: Acteur | None) -> list[Branche]:
    """What the acteur may open, as the navigation orders it; nothing for nobody."""
    if acteur is None:
        return []
    return [
        Branche(dire(libelle), reverse(vue), tuple(_sous(acteur, libelle)))
        for libelle, vue, roles, _ in MENU
        if acteur.role in roles and existe_pour(acteur, vue)
    ]


def _sous(acteur: Acteur, entree: str) -> list[tuple[str, str]]:
    return [
        (dire(libelle), reverse(vue))
        for sous, libelle, vue, roles in SOUS_PAGES
        if sous == entree and acteur.role in roles and existe_pour(acteur, vue)
    ]
