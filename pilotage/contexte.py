"""What every page shows around its content: where one may go, and in which demo."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from collectivites.roles import ROLES_EMPLOYEUR, Role


@dataclass(frozen=True)
class Entree:
    """An entry of the main navigation. `vues`: the view names for which it is the current one."""

    libelle: str
    url: str
    courant: bool


#: (label, view, roles, name prefixes of the pages that belong to it)
MENU = (
    ("À faire", "pilotage:accueil", frozenset(Role), ()),
    ("Pilotage", "pilotage:tableau_de_bord", ROLES_EMPLOYEUR, ()),
    ("Feuille de route", "pilotage:feuille_de_route", ROLES_EMPLOYEUR, ("pilotage:etape_",)),
    ("Registre", "cadres:registre", ROLES_EMPLOYEUR, ("cadres:",)),
    ("Parcours", "parcours:promotions", ROLES_EMPLOYEUR, ("parcours:",)),
    (
        "Opportunités",
        "opportunites:opportunites",
        ROLES_EMPLOYEUR,
        (
            "opportunites:opportunite",
            "opportunites:proposition",
            "opportunites:proposer",
            "opportunites:nouvelle_opportunite",
            "opportunites:modifier_opportunite",
            "opportunites:envoyer_proposition",
            "opportunites:deposer_reserve",
            "opportunites:arbitrer_reserve",
        ),
    ),
    (
        "Mobilités",
        "opportunites:mobilites",
        ROLES_EMPLOYEUR,
        ("opportunites:mobilite", "opportunites:preparer_mobilite"),
    ),
    ("Journal", "pilotage:journal", ROLES_EMPLOYEUR, ()),
    ("Mon parcours", "pilotage:mon_parcours", {Role.CADRE}, ()),
    ("Mon accompagnement", "parcours:mon_accompagnement", {Role.CADRE}, ("parcours:",)),
    (
        "Sessions",
        "parcours:catalogue",
        {Role.CADRE},
        ("parcours:prestation", "parcours:session"),
    ),
    ("Postes ouverts", "opportunites:opportunites", {Role.CADRE}, ("opportunites:opportunite",)),
    ("Mes vœux", "opportunites:voeux", {Role.CADRE}, ()),
    ("Mes données", "cadres:mes_donnees", {Role.CADRE}, ()),
    (
        "Mes accompagnements",
        "parcours:accompagnements",
        {Role.ACCOMPAGNATEUR},
        ("parcours:",),
    ),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`navigation` (entries for the acteur's role) and `demo`; on its login page, who to try it as.

    No SQL of its own, but for one query on the login page of the demo.
    """
    acteur = getattr(request, "acteur", None)
    entrees: list[Entree] = []
    if acteur is not None:
        vue = request.resolver_match.view_name if request.resolver_match else ""
        for libelle, nom, roles, prefixes in MENU:
            if acteur.role in roles:
                courant = vue == nom or any(vue.startswith(p) for p in prefixes)
                entrees.append(Entree(libelle, reverse(nom), courant))
    contexte: dict[str, Any] = {"navigation": entrees, "demo": settings.DEMO}
    if settings.DEMO and getattr(request.resolver_match, "view_name", "") == "account_login":
        from pilotage.comptes_demo import MOT_DE_PASSE, comptes_demo

        contexte |= {"comptes_demo": comptes_demo(), "mot_de_passe_demo": MOT_DE_PASSE}
    return contexte
