"""The page of the registre: what was asked, who is found, the 25 rows that are shown.

As many queries whatever the number of rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from cadres.candidature.rangs import PARTI
from cadres.candidature.situations import (
    Situation,
    est_des_siens,
    prochaines_etapes,
    situation_de,
)
from cadres.models import Cadre
from cadres.prises import Etape
from cadres.registre import bornes
from cadres.registre.bornes import compte_texte, compter_borne, compter_ensemble
from cadres.registre.colonnes import Colonne, cellule
from cadres.registre.demande import (
    Demande,
    colonnes_de,
    lire_demande,
    parametres_affiches,
    parametres_de_vue,
)
from cadres.registre.filtres import RegistreFiltre
from cadres.registre.tris import lire_dans_l_ordre, puis_connu
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.lexique import dire
from collectivites.communs.typographie import accorder, capitale, compter, nombre_texte
from collectivites.mots import Acte

PAR_PAGE = 25
#: What the reader may ask for at once. « Tous » stops where a page would weigh more than a megabyte.
TAILLES = {"25": 25, "100": 100, "tous": 500}
#: Where more than that is in sight, a search counts, and is leafed through, to here.
COMPTE_COURT = 1_000


@dataclass(frozen=True)
class Totaux:
    """How many are in sight, whatever the filters; of one's own; and of these, who left."""

    tous: int
    siens: int
    partis: int

    @property
    def sont_exacts(self) -> bool:
        return self.tous <= bornes.COMPTE_MAX

    @property
    def sous_titre(self) -> str:
        if self.tous == self.siens and self.sont_exacts:
            return (
                f"{compter(self.siens, 'cadre')} de votre collectivité. "
                "Ceux des autres apparaîtront ici après leur oui."
            )
        siens = self.siens <= bornes.COMPTE_MAX
        des_siens = nombre_texte(self.siens) if siens else compte_texte(self.siens)
        return (
            f"{capitale(compte_texte(self.tous))} : {des_siens} de votre collectivité, "
            "et ceux des autres qui ont dit oui."
        )


@dataclass(frozen=True)
class Trouves:
    """The keys of those who are found, in order, to `borne` at most; `nombre` may be one more."""

    cles: list[int]
    nombre: int
    borne: int

    @property
    def au_dela(self) -> int:
        """How many can be leafed through, when more are found; else nothing."""
        return self.borne if self.nombre > self.borne else 0

    def compte(self, totaux: Totaux, *, filtree: bool, caches: int = 0) -> str:
        texte = compte_texte(self.nombre, self.borne)
        if caches:  # else two numbers of the same page would seem to contradict each other
            return f"{texte}, sans {compter(caches, 'personne')} {accorder(caches, 'partie')}"
        if filtree and totaux.sont_exacts:
            return f"{texte} sur {nombre_texte(totaux.tous)}"
        return texte


@dataclass(frozen=True)
class Ligne:
    """A cadre as the reader sees them."""

    cadre: Cadre
    situation: Situation
    etape: Etape
    cellules: list[tuple[Colonne, str]]
    est_des_siens: bool


def page_du_registre(acteur: Acteur, parametres: QueryDict) -> dict[str, Any]:
    """Everything that the results need."""
    demande = lire_demande(acteur, parametres)
    totaux = compter_en_vue(acteur)
    trouves = trouver(demande, totaux)
    taille = parametres.get("par", "")
    taille = taille if taille in TAILLES else "25"
    page = Paginator(trouves.cles, TAILLES[taille]).get_page(parametres.get("page"))
    colonnes = colonnes_de(acteur, parametres)
    perimetres = _perimetres(demande, totaux)
    siens = any(choisi for *_, cle, choisi in perimetres if cle == "siens")
    # What the tabs say already is no filter to remove.
    puces = [p for p in demande.puces if not (siens and p["nom"] == "collectivite")]
    recherche = demande.recherche
    filtree = bool(puces or recherche)
    caches = totaux.partis if not (filtree or demande.montre_les_partis) else 0
    return {
        "filtre": demande.filtre,
        "puces": puces,
        "filtres_ouverts": demande.filtre.form.is_bound and not demande.filtre.form.is_valid(),
        "tri_courant": demande.tri,
        "puis": demande.puis,
        "puis_choix": _puis(demande, colonnes),
        "avis": demande.avis,
        "page": page,
        "tailles": _tailles(taille, trouves.nombre),
        "perimetres": perimetres,
        "siens_seuls": siens,
        # Cells are corrected in their place: said by the address, so that a page is read in peace.
        "peut_retoucher": acteur.est_rh,
        "retouche": acteur.est_rh and "retouche" in parametres,
        "lignes": _lignes(demande, page, colonnes),
        "colonnes": colonnes,
        "colonnes_url": parametres.get("colonnes", ""),
        "recherche": recherche,
        "totaux": totaux,
        "partis_caches": caches,
        "sous_titre": totaux.sous_titre,
        "filtree": filtree,
        "parametres_de_vue": parametres_affiches(parametres, colonnes),
        # What « all that were found » means: it holds over pages, orders and columns.
        "filtres_seuls": parametres_de_vue(parametres, RegistreFiltre.base_filters),
        "trouves": trouves.nombre,
        "au_dela": trouves.au_dela,
        "compte": trouves.compte(totaux, filtree=filtree, caches=caches),
        "peut_decider": acteur.peut(Acte.RETENIR),
    }


def _tailles(choisie: str, nombre: int) -> list[tuple[str, str, bool]]:
    """Key, words, whether it is the one on screen; nothing when one page holds everybody."""
    if nombre <= PAR_PAGE:
        return []
    tous = "Tous" if nombre <= TAILLES["tous"] else f"{TAILLES['tous']} à la fois"
    mots = {"25": "25", "100": "100", "tous": tous}
    return [(cle, mots[cle], cle == choisie) for cle in TAILLES]


def _puis(demande: Demande, colonnes: list[Colonne]) -> list[tuple[str, str, bool]]:
    """What may order those whom the first order leaves equal: `?puis=`, its words, whether it is on
    screen. Chosen again, it turns round, as a heading does."""
    choix = []
    for colonne in colonnes:
        courant = demande.puis.removeprefix("-") == colonne.tri
        suivant = f"-{colonne.tri}" if demande.puis == colonne.tri else colonne.tri
        if puis_connu(suivant, demande.tri):
            choix.append((suivant, colonne.entete, courant))
    return choix


def _perimetres(demande: Demande, totaux: Totaux) -> list[tuple[str, str, str, bool]]:
    """« Vos cadres », or all that one may see: address, words, key, whether it is on screen."""
    if totaux.tous == totaux.siens:
        return []
    codes = demande.parametres.getlist("collectivite")
    siens = codes == [demande.acteur.collectivite.code]
    autres = demande.parametres.copy()
    for cle in ("collectivite", "page"):
        autres.pop(cle, None)
    ici = autres.copy()
    ici["collectivite"] = demande.acteur.collectivite.code
    # Said in so many words: a bare address is an HR direction's own people.
    ici.pop("perimetre", None)
    autres["perimetre"] = "tous"
    return [
        (
            f"?{ici.urlencode()}",
            f"{dire('Vos cadres')} ({nombre_texte(totaux.siens)})",
            "siens",
            siens,
        ),
        (f"?{autres.urlencode()}", f"Tous ({compte_texte(totaux.tous)})", "tous", not codes),
    ]


def compter_en_vue(acteur: Acteur) -> Totaux:
    """Two queries at most."""
    siens = Cadre.objects.geres_par(acteur)
    comptes = compter_ensemble(acteur.collectivite, siens=siens, partis=siens.filter(rang=PARTI))
    # One's own are in sight: more than can be counted of them, and the whole is no less.
    tous = (
        compter_borne(Cadre.objects.visibles_par(acteur))
        if comptes["siens"] <= bornes.COMPTE_MAX
        else comptes["siens"]
    )
    return Totaux(tous=tous, **comptes)


def trouver(demande: Demande, totaux: Totaux) -> Trouves:
    """One reading gives the number of cadres found and the keys of every page."""
    borne = bornes.COMPTE_MAX if totaux.sont_exacts else COMPTE_COURT
    cles = demande.ordre.cles(borne + 1)
    return Trouves(cles[:borne], len(cles), borne)


def _lignes(demande: Demande, page: Page[int], colonnes: list[Colonne]) -> list[Ligne]:
    acteur = demande.acteur
    cadres = lire_dans_l_ordre(Cadre.objects.visibles_par(acteur), list(page.object_list))
    etapes = prochaines_etapes(acteur, cadres) if demande.etapes is None else demande.etapes
    return [ligne_de(acteur, cadre, etapes[cadre.pk], colonnes) for cadre in cadres]


def ligne_de(acteur: Acteur, cadre: Cadre, etape: Etape, colonnes: list[Colonne]) -> Ligne:
    return Ligne(
        cadre=cadre,
        situation=situation_de(acteur, cadre),
        etape=etape,
        cellules=[(colonne, cellule(acteur, colonne, cadre)) for colonne in colonnes],
        est_des_siens=est_des_siens(acteur, cadre),
    )
