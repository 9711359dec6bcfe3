"""What an address asks of the registre: filters, an order, columns; and what a view keeps of it.

The screen, its partial, the export and the acts on several read the same request.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.http import QueryDict

from cadres.models import Cadre, ColonnesRegistre, VueRegistre
from cadres.registre.bornes import compter_borne
from cadres.registre.colonnes import Colonne, colonnes_choisies
from cadres.registre.filtres import RegistreFiltre
from cadres.registre.tris import (
    COMPOSE_MAX,
    COMPOSES,
    INDEXES,
    TRI_DEFAUT,
    TRI_MAX,
    Etapes,
    Ordre,
    a_echeance_avant,
    lire_etapes,
    ordonner,
    puis_connu,
    tri_connu,
)
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import nombre_texte

#: What a view, or a link, may say of the list.
CLES_DE_LISTE = (*RegistreFiltre.base_filters, "tri", "puis", "par")
CLES_DE_VUE = (*CLES_DE_LISTE, "colonnes")


@dataclass(frozen=True)
class Demande:
    """The cadres that the acteur sees under the filters, and the order they can be put in.

    `avis`: what so long a list does not allow, in French. `etapes`: the next steps, when the order
    or the filter had to read them.
    """

    acteur: Acteur
    parametres: QueryDict
    filtre: RegistreFiltre
    cadres: QuerySet[Cadre]
    tri: str
    puis: str = ""
    avis: str = ""
    etapes: Etapes | None = None

    @property
    def ordre(self) -> Ordre:
        return ordonner(self.cadres, self.tri, self.acteur, self.etapes, self.puis)

    @property
    def recherche(self) -> str:
        return self.parametres.get("q", "").strip()

    @property
    def puces(self) -> list[dict[str, str]]:
        return self.filtre.puces(self.parametres)

    @property
    def montre_les_partis(self) -> bool:
        return bool(self.filtre.form.cleaned_data.get("partis"))


def lire_demande(acteur: Acteur, parametres: QueryDict) -> Demande:
    """An unknown filter is ignored, an order that the list is too long for becomes that of names."""
    filtre = RegistreFiltre(parametres, queryset=Cadre.objects.visibles_par(acteur), acteur=acteur)
    tri = tri_connu(parametres.get("tri", ""))
    puis = puis_connu(parametres.get("puis", ""), tri)
    demande = Demande(acteur, parametres, filtre, filtre.qs, tri, puis)
    if jour := filtre.form.cleaned_data.get("echeance"):
        return _a_echeance_avant(demande, jour)
    return _dans_l_ordre(demande)


def _a_echeance_avant(demande: Demande, jour: date) -> Demande:
    if compter_borne(demande.cadres, COMPOSE_MAX) > COMPOSE_MAX:
        # Nobody rather than everybody: an act must not reach those whom the filter leaves out.
        rien = demande.cadres.none()
        return replace(demande, cadres=rien, tri=TRI_DEFAUT, puis="", avis=filtre_long(COMPOSE_MAX))
    etapes = a_echeance_avant(lire_etapes(demande.cadres, demande.acteur, demande.puis), jour)
    return replace(demande, cadres=demande.cadres.filter(pk__in=list(etapes)), etapes=etapes)


def _dans_l_ordre(demande: Demande) -> Demande:
    cle = demande.tri.removeprefix("-")
    if cle in INDEXES and not demande.puis:
        return demande
    borne = COMPOSE_MAX if cle in COMPOSES else TRI_MAX
    if compter_borne(demande.cadres, borne) > borne:
        return replace(demande, tri=TRI_DEFAUT, puis="", avis=tri_long(borne))
    if cle in COMPOSES:
        etapes = lire_etapes(demande.cadres, demande.acteur, demande.puis)
        return replace(demande, etapes=etapes)
    return demande


def tri_long(borne: int) -> str:
    return (
        f"Ce tri porte sur {nombre_texte(borne)} cadres au plus : filtrez d’abord la liste. "
        "Elle est dans l’ordre des noms."
    )


def filtre_long(borne: int) -> str:
    return (
        f"Le filtre par échéance porte sur {nombre_texte(borne)} cadres au plus : "
        "ajoutez d’abord un autre filtre."
    )


def parametres_d_ouverture(acteur: Acteur, parametres: QueryDict) -> QueryDict:
    """A bare address opens an HR direction's sheet on its own people; whatever an address says is
    taken as it is (« tous » is said by `perimetre`)."""
    if parametres or not acteur.est_rh:
        return parametres
    siens = parametres.copy()
    siens["collectivite"] = acteur.collectivite.code
    return siens


# --- Columns and views --------------------------------------------------------------------------


def colonnes_de(acteur: Acteur, parametres: QueryDict) -> list[Colonne]:
    """Those that the address names (a saved view, a link received), else the reader's choice."""
    adresse = parametres.get("colonnes")
    if adresse is not None:
        return colonnes_choisies(adresse.split(","))
    choix = ColonnesRegistre.objects.visibles_par(acteur).values_list("cles", flat=True)
    return colonnes_choisies(choix.first())


def parametres_de_vue(parametres: QueryDict, cles: Iterable[str] = CLES_DE_VUE) -> str:
    """The part of an address that a view keeps: known keys, no empty value, no page."""
    gardes = QueryDict(mutable=True)
    for cle in cles:
        if valeurs := [v for v in parametres.getlist(cle) if v]:
            gardes.setlist(cle, valeurs)
    return gardes.urlencode()


def parametres_affiches(parametres: QueryDict, colonnes: Iterable[Colonne]) -> str:
    """The same, the columns on the screen named: what « Garder cette vue » keeps."""
    adresse = parametres.copy()
    adresse["colonnes"] = ",".join(colonne.cle for colonne in colonnes)
    return parametres_de_vue(adresse)


def est_lue(vue: VueRegistre, parametres: QueryDict) -> bool:
    """Is this view what the address shows? Order of the parameters and page aside."""
    return parametres_de_vue(QueryDict(vue.parametres)) == parametres_de_vue(parametres)
