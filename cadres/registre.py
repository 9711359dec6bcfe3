"""The list that a reader asked for: the screen, its partial and the export share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet

from cadres import predicats
from cadres.colonnes import CLE_SESSION, Colonne, cellule, colonnes_choisies
from cadres.filtres import RegistreFiltre, filtres_actifs, trier
from cadres.models import Cadre
from cadres.sections import Etape
from cadres.situations import Situation, est_des_siens, prochaines_etapes, situation_de
from collectivites.acces import Requete
from collectivites.roles import Acte
from collectivites.typographie import compter, nombre_texte

PAR_PAGE = 25


@dataclass(frozen=True)
class Ligne:
    """A cadre as the reader sees them."""

    cadre: Cadre
    situation: Situation
    etape: Etape
    cellules: list[tuple[Colonne, str]]
    choisissable: bool


def cadres_demandes(request: Requete) -> tuple[RegistreFiltre, QuerySet[Cadre], str]:
    """The visible cadres under the filters and the order of the URL."""
    filtre = RegistreFiltre(
        request.GET, queryset=Cadre.objects.visibles_par(request.acteur), acteur=request.acteur
    )
    cadres, tri = trier(
        filtre.qs.select_related(
            "collectivite",
            "poste",
            "direction",
            "candidature",
            "accompagnateur__utilisateur",
        ),
        request.GET.get("tri", ""),
    )
    return filtre, cadres, tri


def page_du_registre(request: Requete) -> dict[str, Any]:
    """Everything that the results need; four queries, whatever the number of rows."""
    acteur = request.acteur
    filtre, cadres, tri = cadres_demandes(request)
    totaux = Cadre.objects.visibles_par(acteur).aggregate(
        tous=Count("pk"), siens=Count("pk", filter=Q(collectivite=acteur.collectivite))
    )
    page = Paginator(cadres, PAR_PAGE).get_page(request.GET.get("page"))
    colonnes = colonnes_choisies(request.session.get(CLE_SESSION))
    recherche = request.GET.get("q", "").strip()
    puces = filtres_actifs(filtre, request.GET)
    trouves = page.paginator.count
    return {
        "filtre": filtre,
        "puces": puces,
        "filtres_ouverts": filtre.form.is_bound and not filtre.form.is_valid(),
        "tri_courant": tri,
        "page": page,
        "lignes": _lignes(request, page, colonnes),
        "colonnes": colonnes,
        "recherche": recherche,
        "totaux": totaux,
        "sous_titre": _sous_titre(**totaux),
        "filtree": bool(puces or recherche),
        "compte": (
            f"{compter(trouves, 'cadre')} sur {nombre_texte(totaux['tous'])}"
            if trouves != totaux["tous"]
            else compter(trouves, "cadre")
        ),
        "peut_decider": acteur.peut(Acte.RETENIR),
    }


def _sous_titre(tous: int, siens: int) -> str:
    if tous == siens:
        return (
            f"{compter(siens, 'cadre')} de votre collectivité. "
            "Ceux des autres apparaîtront ici après leur oui."
        )
    return (
        f"{compter(tous, 'cadre')} : {nombre_texte(siens)} de votre collectivité, "
        "et ceux des autres qui ont dit oui."
    )


def _lignes(request: Requete, page: Page[Cadre], colonnes: list[Colonne]) -> list[Ligne]:
    acteur = request.acteur
    cadres = list(page.object_list)
    etapes = prochaines_etapes(acteur, cadres)
    return [
        Ligne(
            cadre=cadre,
            situation=situation_de(acteur, cadre),
            etape=etapes[cadre.pk],
            cellules=[(colonne, cellule(acteur, colonne, cadre)) for colonne in colonnes],
            choisissable=est_des_siens(acteur, cadre) and _peut_agir(request, cadre),
        )
        for cadre in cadres
    ]


def _peut_agir(request: Requete, cadre: Cadre) -> bool:
    """At least one of the bulk acts concerns this row."""
    acteur = request.acteur
    return (
        predicats.peut_informer(acteur, cadre)
        or predicats.peut_retenir(acteur, cadre)
        or predicats.peut_ne_pas_retenir(acteur, cadre)
    )
