"""The list that a reader asked for: the screen, its partial and the export share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from cadres.colonnes import CLE_SESSION, Colonne, cellule, colonnes_demandees
from cadres.filtres import RegistreFiltre, filtres_actifs, trier
from cadres.models import Cadre, Candidature
from cadres.sections import Etape
from cadres.situations import Situation, prochaines_etapes, situation_de
from collectivites.acces import Requete
from collectivites.roles import Acte
from collectivites.typographie import compter, nombre_texte

PAR_PAGE = 25
#: Beyond, « plus de 10 000 » says as much as the exact number, and costs a bounded time.
COMPTE_MAX = 10_000
#: What a view, or a link, may say of the list.
CLES_DE_VUE = (*RegistreFiltre.base_filters, "tri", "colonnes")


@dataclass(frozen=True)
class Ligne:
    """A cadre as the reader sees them."""

    cadre: Cadre
    situation: Situation
    etape: Etape
    cellules: list[tuple[Colonne, str]]


class PaginateurCompte(Paginator):
    """A paginator that is told how many rows there are, and does not count them again."""

    def __init__(self, *args: Any, compte: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.__dict__["count"] = compte


def compter_borne(cadres: QuerySet[Cadre]) -> int:
    """How many, at most COMPTE_MAX + 1: the database stops reading there."""
    return cadres.order_by().values("pk")[: COMPTE_MAX + 1].count()


def compte_texte(n: int) -> str:
    if n > COMPTE_MAX:
        return f"plus de {compter(COMPTE_MAX, 'cadre')}"
    return compter(n, "cadre")


def cadres_demandes(
    request: Requete, parametres: QueryDict | None = None
) -> tuple[RegistreFiltre, QuerySet[Cadre], str]:
    """The visible cadres under the filters and the order of the URL."""
    parametres = request.GET if parametres is None else parametres
    filtre = RegistreFiltre(
        parametres, queryset=Cadre.objects.visibles_par(request.acteur), acteur=request.acteur
    )
    cadres, tri = trier(filtre.qs, parametres.get("tri", ""), request.acteur)
    return filtre, avec_details(cadres), tri


def avec_details(cadres: QuerySet[Cadre]) -> QuerySet[Cadre]:
    """With all that a row of the table shows."""
    return cadres.select_related(
        "collectivite", "poste", "direction", "candidature", "accompagnateur__utilisateur"
    )


def colonnes_de(request: Requete, parametres: QueryDict | None = None) -> list[Colonne]:
    parametres = request.GET if parametres is None else parametres
    return colonnes_demandees(parametres.get("colonnes"), request.session.get(CLE_SESSION))


def parametres_de_vue(parametres: QueryDict) -> str:
    """The part of an address that a view keeps: known keys, no empty value, no page."""
    gardes = QueryDict(mutable=True)
    for cle in CLES_DE_VUE:
        if valeurs := [v for v in parametres.getlist(cle) if v]:
            gardes.setlist(cle, valeurs)
    return gardes.urlencode()


def page_du_registre(request: Requete) -> dict[str, Any]:
    """Everything that the results need; as many queries whatever the number of rows."""
    acteur = request.acteur
    filtre, cadres, tri = cadres_demandes(request)
    visibles = Cadre.objects.visibles_par(acteur)
    siens = Cadre.objects.geres_par(acteur)
    totaux = {
        "tous": compter_borne(visibles),
        "siens": compter_borne(siens),
        "partis": compter_borne(siens.filter(candidature__etat=Candidature.Etat.RETIRE)),
    }
    puces = filtres_actifs(filtre, request.GET)
    recherche = request.GET.get("q", "").strip()
    filtree = bool(puces or recherche)
    trouves = compter_borne(filtre.qs)
    page = PaginateurCompte(cadres, PAR_PAGE, compte=min(trouves, COMPTE_MAX)).get_page(
        request.GET.get("page")
    )
    colonnes = colonnes_de(request)
    adresse = request.GET.copy()
    adresse["colonnes"] = ",".join(colonne.cle for colonne in colonnes)
    return {
        "filtre": filtre,
        "puces": puces,
        "filtres_ouverts": filtre.form.is_bound and not filtre.form.is_valid(),
        "tri_courant": tri,
        "page": page,
        "lignes": _lignes(request, page, colonnes),
        "colonnes": colonnes,
        "colonnes_url": request.GET.get("colonnes", ""),
        "recherche": recherche,
        "totaux": totaux,
        "partis_caches": totaux["partis"]
        if not filtre.form.cleaned_data.get("partis") and not filtree
        else 0,
        "sous_titre": _sous_titre(totaux["tous"], totaux["siens"]),
        "filtree": filtree,
        "parametres_de_vue": parametres_de_vue(adresse),
        "au_dela": trouves > COMPTE_MAX,
        "compte": (
            f"{compte_texte(trouves)} sur {nombre_texte(totaux['tous'])}"
            if filtree and totaux["tous"] <= COMPTE_MAX
            else compte_texte(trouves)
        ),
        "peut_decider": acteur.peut(Acte.RETENIR),
    }


def _sous_titre(tous: int, siens: int) -> str:
    if tous == siens and tous <= COMPTE_MAX:
        return (
            f"{compter(siens, 'cadre')} de votre collectivité. "
            "Ceux des autres apparaîtront ici après leur oui."
        )
    texte = compte_texte(tous)
    des_siens = nombre_texte(siens) if siens <= COMPTE_MAX else compte_texte(siens)
    return (
        f"{texte[0].upper()}{texte[1:]}\u00a0: {des_siens} de votre collectivité, "
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
        )
        for cadre in cadres
    ]
