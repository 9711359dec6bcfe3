"""The list that a reader asked for: the screen, its partial and the export share it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from cadres.candidature.rangs import PARTI
from cadres.candidature.situations import Situation, prochaines_etapes, situation_de
from cadres.models import Cadre, ColonnesRegistre, VueRegistre
from cadres.prises import Etape
from cadres.registre import bornes
from cadres.registre.bornes import compte_texte, compter_borne, compter_ensemble
from cadres.registre.colonnes import Colonne, cellule, colonnes_choisies
from cadres.registre.filtres import RegistreFiltre, filtres_actifs
from cadres.registre.tris import (
    COMPOSE_MAX,
    COMPOSES,
    INDEXES,
    TRI_DEFAUT,
    TRI_MAX,
    Etapes,
    Ordre,
    a_echeance_avant,
    lire_dans_l_ordre,
    lire_etapes,
    ordonner,
    tri_connu,
)
from collectivites.acteurs.acces import Requete
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import compter, nombre_texte
from collectivites.mots import Acte

PAR_PAGE = 25
#: Where more than that is in sight, a search counts, and is leafed through, to here.
COMPTE_COURT = 1_000
#: What a view, or a link, may say of the list.
CLES_DE_VUE = (*RegistreFiltre.base_filters, "tri", "colonnes")


@dataclass(frozen=True)
class Demande:
    """What the address asks for. `avis`: what so long a list does not allow, in French."""

    filtre: RegistreFiltre
    cadres: QuerySet[Cadre]
    tri: str
    avis: str = ""
    etapes: Etapes | None = None

    def ordre(self, acteur: Acteur) -> Ordre:
        return ordonner(self.cadres, self.tri, acteur, self.etapes)


@dataclass(frozen=True)
class Ligne:
    """A cadre as the reader sees them."""

    cadre: Cadre
    situation: Situation
    etape: Etape
    cellules: list[tuple[Colonne, str]]


def tri_long(borne: int) -> str:
    return (
        f"Ce tri porte sur {nombre_texte(borne)} cadres au plus\u00a0: filtrez d’abord la liste. "
        "Elle est dans l’ordre des noms."
    )


def filtre_long(borne: int) -> str:
    return (
        f"Le filtre par échéance porte sur {nombre_texte(borne)} cadres au plus\u00a0: "
        "ajoutez d’abord un autre filtre."
    )


def cadres_demandes(acteur: Acteur, parametres: QueryDict) -> Demande:
    """The visible cadres under the filters of the URL, and the order that they can be put in."""
    filtre = RegistreFiltre(parametres, queryset=Cadre.objects.visibles_par(acteur), acteur=acteur)
    cadres, tri = filtre.qs, tri_connu(parametres.get("tri", ""))
    jour, cle = filtre.form.cleaned_data.get("echeance"), tri.removeprefix("-")
    if not jour and cle in INDEXES:
        return Demande(filtre, cadres, tri)
    borne = COMPOSE_MAX if jour or cle in COMPOSES else TRI_MAX
    if compter_borne(cadres, borne) > borne:
        if not jour:
            return Demande(filtre, cadres, TRI_DEFAUT, tri_long(borne))
        # Nobody rather than everybody: an act must not reach those whom the filter leaves out.
        return Demande(filtre, cadres.none(), TRI_DEFAUT, filtre_long(borne))
    if not jour and cle not in COMPOSES:
        return Demande(filtre, cadres, tri)
    etapes = lire_etapes(cadres, acteur)
    if jour:
        etapes = a_echeance_avant(etapes, jour)
        cadres = cadres.filter(pk__in=list(etapes))
    return Demande(filtre, cadres, tri, etapes=etapes)


def colonnes_de(request: Requete, parametres: QueryDict | None = None) -> list[Colonne]:
    """Those that the address names (a saved view, a link received), else the reader's choice."""
    adresse = (request.GET if parametres is None else parametres).get("colonnes")
    if adresse is not None:
        return colonnes_choisies(adresse.split(","))
    choix = ColonnesRegistre.objects.visibles_par(request.acteur).values_list("cles", flat=True)
    return colonnes_choisies(choix.first())


def parametres_de_vue(parametres: QueryDict, cles: Iterable[str] = CLES_DE_VUE) -> str:
    """The part of an address that a view keeps: known keys, no empty value, no page."""
    gardes = QueryDict(mutable=True)
    for cle in cles:
        if valeurs := [v for v in parametres.getlist(cle) if v]:
            gardes.setlist(cle, valeurs)
    return gardes.urlencode()


def est_lue(vue: VueRegistre, parametres: QueryDict) -> bool:
    """Is this view what the address shows? Order of the parameters and page aside."""
    return parametres_de_vue(QueryDict(vue.parametres)) == parametres_de_vue(parametres)


def page_du_registre(request: Requete) -> dict[str, Any]:
    """Everything that the results need; as many queries whatever the number of rows."""
    acteur = request.acteur
    demande = cadres_demandes(acteur, request.GET)
    filtre = demande.filtre
    totaux = _totaux(acteur)
    puces = filtres_actifs(filtre, request.GET)
    recherche = request.GET.get("q", "").strip()
    filtree = bool(puces or recherche)
    borne = bornes.COMPTE_MAX if totaux["tous"] <= bornes.COMPTE_MAX else COMPTE_COURT
    # One reading gives the number of cadres found and the keys of every page.
    cles = demande.ordre(acteur).cles(borne + 1)
    trouves = len(cles)
    page = Paginator(cles[:borne], PAR_PAGE).get_page(request.GET.get("page"))
    colonnes = colonnes_de(request)
    adresse = request.GET.copy()
    adresse["colonnes"] = ",".join(colonne.cle for colonne in colonnes)
    return {
        "filtre": filtre,
        "puces": puces,
        "filtres_ouverts": filtre.form.is_bound and not filtre.form.is_valid(),
        "tri_courant": demande.tri,
        "avis": demande.avis,
        "page": page,
        "lignes": _lignes(request, page, colonnes, demande.etapes),
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
        # What « all that were found » means: it holds over pages, orders and columns.
        "filtres_seuls": parametres_de_vue(request.GET, RegistreFiltre.base_filters),
        "trouves": trouves,
        "au_dela": borne if trouves > borne else 0,
        "compte": (
            f"{compte_texte(trouves, borne)} sur {nombre_texte(totaux['tous'])}"
            if filtree and totaux["tous"] <= bornes.COMPTE_MAX
            else compte_texte(trouves, borne)
        ),
        "peut_decider": acteur.peut(Acte.RETENIR),
    }


def _totaux(acteur: Acteur) -> dict[str, int]:
    siens = Cadre.objects.geres_par(acteur)
    totaux = compter_ensemble(acteur.collectivite, siens=siens, partis=siens.filter(rang=PARTI))
    # One's own are in sight: more than can be counted of them, and the whole is no less.
    totaux["tous"] = (
        compter_borne(Cadre.objects.visibles_par(acteur))
        if totaux["siens"] <= bornes.COMPTE_MAX
        else totaux["siens"]
    )
    return totaux


def _sous_titre(tous: int, siens: int) -> str:
    if tous == siens and tous <= bornes.COMPTE_MAX:
        return (
            f"{compter(siens, 'cadre')} de votre collectivité. "
            "Ceux des autres apparaîtront ici après leur oui."
        )
    texte = compte_texte(tous)
    des_siens = nombre_texte(siens) if siens <= bornes.COMPTE_MAX else compte_texte(siens)
    return (
        f"{texte[0].upper()}{texte[1:]}\u00a0: {des_siens} de votre collectivité, "
        "et ceux des autres qui ont dit oui."
    )


def _lignes(
    request: Requete, page: Page[int], colonnes: list[Colonne], connues: Etapes | None
) -> list[Ligne]:
    acteur = request.acteur
    cadres = lire_dans_l_ordre(Cadre.objects.visibles_par(acteur), list(page.object_list))
    etapes = prochaines_etapes(acteur, cadres) if connues is None else connues
    return [
        Ligne(
            cadre=cadre,
            situation=situation_de(acteur, cadre),
            etape=etapes[cadre.pk],
            cellules=[(colonne, cellule(acteur, colonne, cadre)) for colonne in colonnes],
        )
        for cadre in cadres
    ]
