"""« Critères »: written after the list, read live, deciding nothing by themselves."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import redirect, render

from cadres.candidature.situations import est_des_siens, situation_de
from cadres.models import Cadre, Critere
from cadres.registre.bornes import domaines_de
from cadres.registre.criteres import actions
from cadres.registre.criteres.conditions import (
    INCONNU,
    MANQUE,
    POPULATIONS,
    TENU,
    avec_etats,
    condition,
    ensemble,
    population,
    raisons,
)
from cadres.registre.criteres.effets import EFFECTIF_MIN
from cadres.registre.criteres.effets_arretes import lire_effets
from cadres.registre.criteres.forms import CriteresForm, donnees_des_criteres
from cadres.registre.criteres.predicats import refus_ecrire_criteres
from cadres.registre.page import PAR_PAGE
from collectivites.acteurs.acces import ECRITURE, Requete, acces
from collectivites.communs.listes import PaginateurCompte
from collectivites.communs.typographie import heure_texte
from collectivites.models import Collectivite
from collectivites.mots import Acte, Role

DOMAINES_MAX = 40
GROUPES = {"gardes": TENU, "ecartes": MANQUE, "inconnus": INCONNU}


@acces(Role.DGS, Role.DRH, Role.GESTIONNAIRE)
def criteres(request: Requete) -> HttpResponse:
    """What the criteria of the address, or the saved ones, would keep of the list."""
    contexte = _contexte(request)
    if request.htmx and not request.htmx.history_restore_request:
        return render(request, "cadres/registre/_criteres_effets.html", contexte)
    return render(request, "cadres/registre/criteres.html", contexte)


@acces(Role.DGS, Role.DRH, methodes=ECRITURE)
def ecrire_criteres(request: Requete) -> HttpResponse:
    """Keep the criteria on the screen as those of the collectivité."""
    formulaire = CriteresForm(
        request.POST, domaines=domaines_de(request.acteur.collectivite, DOMAINES_MAX)
    )
    if not formulaire.is_valid():
        messages.error(request, "Un critère est à reprendre : rien n’a été enregistré.")
        return redirect("cadres:criteres")
    change = actions.ecrire_criteres(acteur=request.acteur, criteres=formulaire.criteres())
    messages.success(
        request,
        "Critères enregistrés, et inscrits au journal. Ils ne retirent personne de la liste."
        if change
        else "Ces critères étaient déjà enregistrés.",
    )
    for refus in formulaire.refus():
        messages.warning(request, refus)
    return redirect("cadres:criteres")


def _contexte(request: Requete) -> dict[str, Any]:
    acteur = request.acteur
    enregistres = list(Critere.objects.visibles_par(acteur).select_related("auteur"))
    essai = "essai" in request.GET
    formulaire = CriteresForm(
        request.GET if essai else donnees_des_criteres(enregistres),
        domaines=domaines_de(acteur.collectivite, DOMAINES_MAX),
    )
    poses = formulaire.criteres()
    conditions = [condition(acteur, genre, valeurs) for genre, valeurs in poses.items()]
    qui = request.GET.get("qui", "")
    qui = qui if qui in POPULATIONS else ""
    cadres = population(acteur, qui)
    arretes = lire_effets(acteur, qui, conditions, frais="actualiser" in request.GET)
    effets = arretes.effets
    voir = request.GET.get("voir", "")
    voir = voir if voir in GROUPES else ("ecartes" if conditions else "gardes")
    collectivites = list(Collectivite.objects.filter(demarche=acteur.demarche).order_by("pk"))
    return {
        "formulaire": formulaire,
        "refus": formulaire.refus(),
        "essai": essai and poses != {c.genre: c.valeurs for c in enregistres},
        "enregistres": enregistres,
        "peut_ecrire": refus_ecrire_criteres(acteur) is None,
        "peut_decider": acteur.peut(Acte.RETENIR),
        "populations": [(cle, libelle, cle == qui) for cle, libelle in POPULATIONS.items()],
        "conditions": conditions,
        # What « Enregistrer » keeps: exactly what the figures on the screen speak of.
        "a_ecrire": list(poses.items()),
        "effets": [(effet, effet.colonnes(collectivites)) for effet in effets],
        "tous": effets[-1],
        "quand": arretes.quand and heure_texte(arretes.quand),
        "alertes": [effet for effet in effets if effet.alerte],
        "effectif_min": EFFECTIF_MIN,
        "collectivites": collectivites,
        "voir": voir,
        "selection": f"criteres-{acteur.mandat.pk}",
        **_groupe(request, cadres, conditions, effets[-1].ensemble, voir),
    }


def _groupe(
    request: Requete, cadres: Any, conditions: list[Any], compte: Any, voir: str
) -> dict[str, Any]:
    """One page of those whom all the criteria keep, miss, or cannot tell."""
    acteur = request.acteur
    nombre = {"gardes": compte.tenus, "ecartes": compte.manques, "inconnus": compte.inconnus}
    liste = avec_etats(
        cadres.filter(ensemble(conditions)[GROUPES[voir]])
        .select_related("collectivite", "poste", "candidature")
        .order_by("recherche", "pk"),
        conditions,
    )
    page: Page[Cadre] = PaginateurCompte(liste, PAR_PAGE, compte=nombre[voir]).get_page(
        request.GET.get("page")
    )
    return {
        "page": page,
        "onglets": [
            ("gardes", "Gardés", compte.tenus),
            ("ecartes", "Écartés par un critère au moins", compte.manques),
            ("inconnus", "À compléter", compte.inconnus),
        ],
        "lignes": [
            {
                "cadre": cadre,
                "situation": situation_de(acteur, cadre),
                "raisons": raisons(cadre, conditions),
                "choisissable": est_des_siens(acteur, cadre),
            }
            for cadre in page.object_list
        ],
    }
