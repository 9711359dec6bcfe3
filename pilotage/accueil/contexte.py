"""What every page shows around its content: where one may go, and in which demo."""

from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from cadres.models import Candidature
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.lexique import dire
from collectivites.comptes.fournisseurs.configuration import tous as fournisseurs
from collectivites.comptes.session import cle_de_compte
from collectivites.mots import ROLES_EMPLOYEUR, Acte, Role
from pilotage.accueil.compte import compte_garde
from pilotage.accueil.enseigne import enseigne
from pilotage.demo.comptes import MOT_DE_PASSE, comptes_demo
from pilotage.models.communs import LECTEURS


@dataclass(frozen=True)
class Entree:
    """An entry of the main navigation. `vues`: the view names for which it is the current one."""

    libelle: str
    url: str
    courant: bool
    #: Where the number of things that wait comes, once the page is there.
    compte: bool = False


#: (label, view, roles, name prefixes of the pages that belong to it)
MENU = (
    ("À faire", "pilotage:accueil", frozenset(Role), ()),
    (
        "Pilotage",
        "pilotage:tableau_de_bord",
        ROLES_EMPLOYEUR,
        (
            "pilotage:comparer_regimes",
            "pilotage:regles",
            "pilotage:cabinet",
            "pilotage:inviter_cabinet",
            "pilotage:finir_cabinet",
            "pilotage:proposer_regle",
            "pilotage:refuser_regle",
            "opportunites:regime",
            "opportunites:saisir_regime",
            "opportunites:importer_regime",
            "opportunites:chiffres_de_paie",
        ),
    ),
    (
        "Feuille de route",
        "pilotage:feuille_de_route",
        LECTEURS | {Role.CABINET},
        (
            "pilotage:etape",
            "pilotage:jalons",
            "pilotage:elus",
            "pilotage:communication",
            "pilotage:langage",
        ),
    ),
    (
        "Cabinet conseil",
        "pilotage:cabinet",
        {Role.CABINET},
        ("pilotage:deposer_document",),
    ),
    ("Registre", "cadres:registre", ROLES_EMPLOYEUR, ("cadres:",)),
    (
        "Parcours",
        "parcours:promotions",
        ROLES_EMPLOYEUR,
        ("parcours:", "pilotage:evaluation"),
    ),
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
            "opportunites:fiche_remuneration",
            "opportunites:saisir_fiche",
        ),
    ),
    (
        "Mobilités",
        "opportunites:mobilites",
        ROLES_EMPLOYEUR,
        (
            "opportunites:mobilite",
            "opportunites:preparer_mobilite",
            "opportunites:dossier_a_signer",
            "opportunites:modeles",
            "opportunites:modele",
        ),
    ),
    (
        "Mouvement",
        "opportunites:atelier",
        {Role.DGS},
        (
            "opportunites:simulation",
            "opportunites:ouvrir_campagne",
            "opportunites:deplacer_campagne",
            "opportunites:clore_campagne",
            "opportunites:decider_mouvement",
            "opportunites:pourquoi_pas",
            "opportunites:preparer_propositions",
            "opportunites:regles_du_mouvement",
        ),
    ),
    ("Journal", "pilotage:journal", ROLES_EMPLOYEUR, ()),
    (
        "Mon parcours",
        "pilotage:mon_parcours",
        {Role.CADRE},
        (
            "parcours:mon_agenda",
            "parcours:creer_agenda",
            "parcours:mon_carnet",
            "parcours:reseau",
            "parcours:ma_presence",
            "parcours:demander_mentor",
            "pilotage:evaluation",
            "opportunites:proposition",
            "opportunites:fiche_remuneration",
        ),
    ),
    (
        "Mon accompagnement",
        "parcours:mon_accompagnement",
        {Role.CADRE},
        (
            "parcours:decliner_rendez_vous",
            "parcours:poser_objectif",
            "parcours:ecrire_note",
            "parcours:modifier_note",
            "parcours:detruire_note",
            "parcours:rediger_synthese",
            "parcours:publier_synthese",
            "parcours:mon_bilan",
        ),
    ),
    (
        "Sessions",
        "parcours:catalogue",
        {Role.CADRE},
        (
            "parcours:prestation",
            "parcours:session",
            "parcours:evaluer",
            "parcours:immersion",
            "parcours:nouvelle_immersion",
            "parcours:offres_immersion",
            "parcours:offre_immersion",
            "parcours:demander_offre_immersion",
        ),
    ),
    (
        "Postes ouverts",
        "opportunites:opportunites",
        {Role.CADRE},
        ("opportunites:opportunite", "opportunites:simuler_la_paie"),
    ),
    ("Mes vœux", "opportunites:voeux", {Role.CADRE}, ()),
    (
        "Mes données",
        "cadres:mes_donnees",
        {Role.CADRE},
        ("cadres:mes_competences", "cadres:demander_correction", "cadres:effacer"),
    ),
    (
        "Mes accompagnements",
        "parcours:accompagnements",
        {Role.ACCOMPAGNATEUR},
        ("parcours:",),
    ),
)

#: Pages that a DRH also opens under a delegation.
DELEGUEES = {"opportunites:atelier": Acte.SIMULER_MOUVEMENT}
#: Pages that hold nothing for a cadre before being retained, or before entering a promotion: they
#: stay out of the menu until then.
RETENU = {"parcours:mon_accompagnement", "parcours:catalogue"}
EN_PROMOTION = {"opportunites:opportunites", "opportunites:voeux"}


def existe_pour(acteur: Acteur, vue: str) -> bool:
    """Whether a page has something for the acteur: a matter of menu, not of right."""
    if acteur.role != Role.CADRE or vue not in RETENU | EN_PROMOTION:
        return True
    etat, avancee = acteur.candidature
    return etat == Candidature.Etat.RETENU and (vue in RETENU or avancee != "")


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`navigation` (entries for the acteur's role) and `demo`; on the login page, what is behind it and,
    in the demo, who to try it as.

    No SQL of its own, but for one query when the number of things that wait is kept, one on the login page,
    two in the demo.
    """
    acteur = getattr(request, "acteur", None)
    entrees: list[Entree] = []
    if acteur is not None:
        vue = request.resolver_match.view_name if request.resolver_match else ""
        for libelle, nom, roles, prefixes in MENU:
            delegue = nom in DELEGUEES and acteur.peut(DELEGUEES[nom])
            if (acteur.role in roles or delegue) and existe_pour(acteur, nom):
                courant = vue == nom or any(vue.startswith(p) for p in prefixes)
                compte = nom == "pilotage:accueil"
                entrees.append(Entree(dire(libelle), reverse(nom), courant, compte))
    entiere = bool(entrees) and not getattr(request, "htmx", None)
    contexte: dict[str, Any] = {
        "navigation": entrees,
        # Asked for by the menu, once; the first page, which has the lines, gives their number itself.
        "compte_a_faire": cache(partial(compte_garde, acteur)) if entiere and acteur else None,
        "demo": settings.DEMO,
    }
    utilisateur = getattr(request, "user", None)
    if utilisateur is not None and utilisateur.is_authenticated:
        contexte |= {
            "cle_compte": cle_de_compte(utilisateur),
            "session_inactivite": settings.SESSION_INACTIVITE,
        }
    if getattr(request.resolver_match, "view_name", "") == "account_login":
        contexte |= {"enseigne": enseigne(), "fournisseurs": fournisseurs()}
        if settings.DEMO:
            contexte |= {"comptes_demo": comptes_demo(), "mot_de_passe_demo": MOT_DE_PASSE}
    return contexte
