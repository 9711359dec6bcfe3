"""The cadres on whom a bulk act is asked: boxes ticked over several pages, or all that match.

« All » travels as the filters of the screen, never as a list of keys: what it means is read again
each time, through the same visibility.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import QuerySet
from django.http import QueryDict

from cadres.candidature.predicats import Refus
from cadres.models import Cadre
from cadres.registre.demande import lire_demande
from cadres.registre.tris import Ordre, ordonner, puis_connu, tri_connu
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import compter, nombre_texte
from collectivites.refus import ActionImpossible

#: What one act may be asked to reach.
SELECTION_MAX = 5_000
#: Names shown of each group; the others are counted.
NOMS_MAX = 25


@dataclass(frozen=True)
class Selection:
    """`tous`: by the filters (`parametres`), not by keys."""

    cadres: QuerySet[Cadre]
    tri: str
    tous: bool
    parametres: str
    puis: str = ""

    def ordre(self, acteur: Acteur) -> Ordre:
        return ordonner(self.cadres, self.tri, acteur, puis=self.puis)


@dataclass(frozen=True)
class Groupe:
    """Some cadres with one reason in common: the first names, and how many others."""

    raison: str
    cadres: list[Cadre]

    @property
    def montres(self) -> list[Cadre]:
        return self.cadres[:NOMS_MAX]

    @property
    def autres(self) -> int:
        return max(0, len(self.cadres) - NOMS_MAX)


@dataclass(frozen=True)
class Partage:
    """Those whom an act will reach, and those it leaves aside, by reason."""

    possibles: list[Cadre]
    laisses: list[tuple[Cadre, str]]

    @property
    def cles(self) -> list[int]:
        return [cadre.pk for cadre in self.possibles]

    @property
    def empreinte(self) -> str:
        """Of these very people: as many others are not them."""
        return sha256(",".join(map(str, sorted(self.cles))).encode()).hexdigest()[:32]

    @property
    def choisis(self) -> Groupe:
        return Groupe("", self.possibles)

    @property
    def groupes(self) -> list[Groupe]:
        """The reasons, the most frequent first."""
        par_raison: dict[str, list[Cadre]] = {}
        for cadre, raison in self.laisses:
            par_raison.setdefault(raison, []).append(cadre)
        groupes = [Groupe(raison, cadres) for raison, cadres in par_raison.items()]
        return sorted(groupes, key=lambda groupe: -len(groupe.cadres))


def cles_choisies(valeurs: Iterable[str]) -> list[int]:
    """The keys of the boxes; those of other pages come in one field, « 12,15,40 »."""
    # Eighteen digits: what a database key holds, whatever the database.
    cles = (cle for valeur in valeurs for cle in valeur.split(","))
    return list(dict.fromkeys(int(c) for c in cles if c.isdecimal() and len(c) <= 18))


def selection_de(acteur: Acteur, donnees: QueryDict) -> Selection:
    """What the form designates, among the cadres that the acteur sees."""
    parametres = donnees.get("parametres", "")
    adresse = QueryDict(parametres)
    if donnees.get("tous"):
        demande = lire_demande(acteur, adresse)
        if demande.cadres.query.is_empty():  # a filter that cannot be applied to so long a list
            raise ActionImpossible(demande.avis)
        return Selection(demande.cadres, demande.tri, True, parametres, demande.puis)
    cles = cles_choisies(donnees.getlist("choix"))[: SELECTION_MAX + 1]
    cadres = Cadre.objects.visibles_par(acteur).filter(pk__in=cles)
    tri = tri_connu(adresse.get("tri", ""))
    puis = puis_connu(adresse.get("puis", ""), tri)
    return Selection(cadres, tri, False, parametres, puis)


def partager(acteur: Acteur, selection: Selection, refus: Refus) -> Partage:
    """The very question that guards the act, asked of each, in the order of names."""
    lus = list(
        selection.cadres.select_related(
            "candidature", "poste", "direction", "collectivite"
        ).order_by("recherche", "pk")[: SELECTION_MAX + 1]
    )
    if not lus:
        raise ActionImpossible("Cochez d’abord au moins un cadre de votre collectivité.")
    if len(lus) > SELECTION_MAX:
        raise ActionImpossible(
            f"Cet acte porte sur {nombre_texte(SELECTION_MAX)} cadres au plus à la fois : "
            "filtrez la liste, puis recommencez."
        )
    partage = Partage([], [])
    for cadre in lus:
        if raison := refus(acteur, cadre):
            partage.laisses.append((cadre, raison))
        else:
            partage.possibles.append(cadre)
    return partage


def a_change(donnees: QueryDict, partage: Partage) -> str:
    """What to say when « all » no longer designates the people who were shown; or nothing."""
    if not donnees.get("tous") or donnees.get("attendus", "") == partage.empreinte:
        return ""
    return (
        f"La liste a changé entre-temps : l’acte porterait sur "
        f"{compter(len(partage.possibles), 'cadre')}. Relisez, puis confirmez."
    )
