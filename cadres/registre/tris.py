"""The orders of the registre. Each is asked of an index, or of a list that is short.

An order is a list of pieces that follow one another (the dated, then the others), because one
index serves each piece and none serves the whole. Keys come first, from the indexes alone; the
25 rows of the page are read after.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.functions import NullIf

from cadres.candidature.situations import prochaines_etapes
from cadres.models import Cadre
from cadres.prises import Etape
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import sans_accents

#: key of `?tri=` → what is compared. `recherche` starts with the name, unaccented.
TRIS: dict[str, str] = {
    "nom": "recherche",
    "collectivite": "collectivite_id",
    "poste": "poste__intitule",
    "anciennete": "date_entree_poste",
    "situation": "rang",
    "etape": "",
    "echeance": "",
    "categorie": "categorie",
    "cadre_emplois": "cadre_emplois",
    "agents": "nb_agents",
    "profil": "profil",
    "domaine": "domaine",
    "statut": "statut",
    "echelon": "echelon",
    "courriel": "courriel",
    "matricule": "matricule",
    "accompagnateur": "accompagnateur__utilisateur__nom",
    "depart": "parti_le",
}
TRI_DEFAUT = "nom"
#: Served by an index, whatever the number of cadres; the other orders need a list of so many.
INDEXES = frozenset({"nom", "anciennete", "situation"})
TRI_MAX = 5_000
#: Composed one by one: a shorter list still.
COMPOSE_MAX = 1_500
#: Composed by the later acts, for one reader: ordered here, on what the table says.
COMPOSES = frozenset({"etape", "echeance"})
# More years is an earlier date.
_INVERSES = frozenset({"anciennete"})
#: What another employer does not read must not show through the order either.
_RESERVES = frozenset({"statut", "echelon", "courriel", "matricule", "accompagnateur", "depart"})
#: Texts that may be empty: those come last, in both directions.
_TEXTES = (_RESERVES - {"depart"}) | {"categorie", "cadre_emplois", "profil", "domaine"}
#: The next step of each, in the order that their equals keep.
Etapes = dict[int, Etape]
_PAR_NOM = ("recherche", "pk")
PAR_LOT = 1_000


def tri_connu(demande: str) -> str:
    """The order asked for, or that of names."""
    return demande if demande.removeprefix("-") in TRIS else TRI_DEFAUT


def puis_connu(demande: str, tri: str) -> str:
    """What orders those whom the first order leaves equal; nothing when it adds nothing: names come
    last anyway, and next steps are composed one by one."""
    cle, premiere = demande.removeprefix("-"), tri.removeprefix("-")
    if cle not in TRIS or cle in COMPOSES or "nom" in (cle, premiere) or cle == premiere:
        return ""
    return demande


class Ordre:
    """Cadres in an order. `cles` reads keys alone; `lire` reads everything, for an export."""

    def __init__(self, morceaux: list[QuerySet[Cadre]]) -> None:
        self.morceaux = morceaux

    def cles(self, nombre: int) -> list[int]:
        """The first keys, so many at most."""
        trouvees: list[int] = []
        for morceau in self.morceaux:
            if (reste := nombre - len(trouvees)) <= 0:
                break
            trouvees += morceau.values_list("pk", flat=True)[:reste]
        return trouvees

    def lire(self) -> Iterator[Cadre]:
        for morceau in self.morceaux:
            yield from avec_details(morceau).iterator(PAR_LOT)


class OrdreCompose(Ordre):
    """Already ordered in memory: a list of keys."""

    def __init__(self, cadres: QuerySet[Cadre], cles: list[int]) -> None:
        super().__init__([])
        self.cadres, self._cles = cadres, cles

    def cles(self, nombre: int) -> list[int]:
        return self._cles[:nombre]

    def lire(self) -> Iterator[Cadre]:
        for debut in range(0, len(self._cles), PAR_LOT):
            yield from lire_dans_l_ordre(self.cadres, self._cles[debut : debut + PAR_LOT])


def avec_details(cadres: QuerySet[Cadre]) -> QuerySet[Cadre]:
    """With all that a row of the table shows."""
    return cadres.select_related(
        "collectivite", "poste", "direction", "candidature", "accompagnateur__utilisateur"
    )


def lire_dans_l_ordre(cadres: QuerySet[Cadre], cles: list[int]) -> list[Cadre]:
    """The rows of those keys, in that order; one that has just gone out of sight is left out."""
    lus = {cadre.pk: cadre for cadre in avec_details(cadres.filter(pk__in=cles).order_by())}
    return [lus[cle] for cle in cles if cle in lus]


def ordonner(
    cadres: QuerySet[Cadre],
    tri: str,
    acteur: Acteur,
    etapes: Etapes | None = None,
    puis: str = "",
) -> Ordre:
    """The cadres in a known order; unknown values last, then by `puis`, then by name. `etapes`:
    already read, in the order of `puis`."""
    cle, descend = tri.removeprefix("-"), tri.startswith("-")
    if puis and cle not in COMPOSES:
        return Ordre([cadres.order_by(_valeur(tri, acteur), _valeur(puis, acteur), *_PAR_NOM)])
    if cle in COMPOSES:
        connues = lire_etapes(cadres, acteur) if etapes is None else etapes
        return _compose(cadres, cle, descend, connues)
    if cle == "nom":
        return Ordre([cadres.order_by(*(["-recherche", "-pk"] if descend else _PAR_NOM))])
    siens = Q(collectivite=acteur.collectivite)
    if cle == "situation":
        # Of the others' cadres one reads one situation, the last.
        les_siens = cadres.filter(siens).order_by("-rang" if descend else "rang", *_PAR_NOM)
        autres = cadres.exclude(siens).order_by(*_PAR_NOM)
        return Ordre([autres, les_siens] if descend else [les_siens, autres])
    signe = "-" if descend != (cle in _INVERSES) else ""
    if cle == "anciennete":
        inconnue = Q(date_entree_poste__isnull=True)
        return Ordre(
            [
                cadres.exclude(inconnue).order_by(f"{signe}date_entree_poste", *_PAR_NOM),
                cadres.filter(inconnue).order_by(*_PAR_NOM),
            ]
        )
    return Ordre([cadres.order_by(_valeur(tri, acteur), *_PAR_NOM)])


def _valeur(tri: str, acteur: Acteur) -> Any:
    """What one order compares, unknown values last; what the reader may not read is unknown."""
    cle, descend = tri.removeprefix("-"), tri.startswith("-")
    expression: Any = F(TRIS[cle])
    if cle in _TEXTES:
        expression = NullIf(expression, Value(""))
    if cle in _RESERVES or cle == "situation":
        expression = Case(When(Q(collectivite=acteur.collectivite), then=expression))
    inverse = descend != (cle in _INVERSES)
    return expression.desc(nulls_last=True) if inverse else expression.asc(nulls_last=True)


# --- What the later acts compose ----------------------------------------------------------------


def lire_etapes(cadres: QuerySet[Cadre], acteur: Acteur, puis: str = "") -> Etapes:
    """Each cadre's next step as the reader may know it, by `puis`, then by name; for short lists."""
    lus = list(
        cadres.select_related("candidature")
        # What a next step is told from: a date that is not read is not parsed, a thousand times.
        .only(
            "collectivite_id",
            "courriel",
            "parti_le",
            *(f"candidature__{champ}" for champ in ("etat", "avancee", "informe_le", "cadre")),
        )
        .order_by(*([_valeur(puis, acteur)] if puis else []), *_PAR_NOM)
    )
    etapes = prochaines_etapes(acteur, lus)
    return {cadre.pk: etapes[cadre.pk] for cadre in lus}


def a_echeance_avant(etapes: Etapes, jour: date) -> Etapes:
    """Those whose next step, as the reader sees it, is due before that day."""
    return {pk: e for pk, e in etapes.items() if e.echeance and e.echeance < jour}


def _compose(cadres: QuerySet[Cadre], cle: str, descend: bool, etapes: Etapes) -> Ordre:
    valeurs: dict[int, Any] = {
        pk: etape.echeance if cle == "echeance" else sans_accents(etape.texte)
        for pk, etape in etapes.items()
    }
    dites = sorted((pk for pk in valeurs if valeurs[pk]), key=valeurs.__getitem__, reverse=descend)
    return OrdreCompose(cadres, [*dites, *(pk for pk in valeurs if not valeurs[pk])])
