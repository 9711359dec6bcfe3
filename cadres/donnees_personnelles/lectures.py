"""Which pages name whom: the middleware notes each reading once the page is made.

Each room registers its pages by their address name; a test walks every page as everybody, and one
that names a person without a line here (or a written exception) fails the suite. A page costs one
query to find whom it names and one INSERT, whatever their number.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value

from cadres.models import Cadre, Consultation, DemandeCorrection
from collectivites.acteurs.acces import RequeteOuverte
from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role

Nature = Consultation.Nature


@dataclass(frozen=True)
class Lecture:
    """`lignes(acteur, pk)`: the rows that the page shows, `pk` being the one of its address. The page
    has been granted by then. `cadre`: the path from a row to the person ("" when it is one)."""

    nature: Consultation.Nature
    lignes: Callable[[Acteur, int], QuerySet[Any]]
    cadre: str = "cadre"

    def qui(self, acteur: Acteur, pk: int) -> QuerySet[Any]:
        """(cadre, their account, nature), to be united with the others of the same page."""
        chemin = f"{self.cadre}__" if self.cadre else ""
        return (
            self.lignes(acteur, pk)
            .order_by()
            .annotate(lue=Value(str(self.nature)))
            .values_list(f"{chemin}pk", f"{chemin}utilisateur", "lue")
        )


_LECTURES: dict[str, tuple[Lecture, ...]] = {}


def inscrire(lectures: dict[str, tuple[Lecture, ...] | Lecture]) -> None:
    """Register the pages of a room: address name → what is read there."""
    for nom, lues in lectures.items():
        _LECTURES[nom] = (lues,) if isinstance(lues, Lecture) else lues


def pages_inscrites() -> frozenset[str]:
    return frozenset(_LECTURES)


def lectures_de(request: RequeteOuverte) -> list[Consultation]:
    """The rows to write for a page that was just made. One query, none for a page that names nobody.

    A cadre reads of nobody but themselves, and of those who chose to be read in the network of a promotion.
    """
    acteur, adresse = request.acteur, request.resolver_match
    if acteur is None or adresse is None or acteur.role == Role.CADRE or request.method != "GET":
        return []
    lectures = _LECTURES.get(adresse.view_name, ())
    if not lectures:
        return []
    premiere, *autres = (lecture.qui(acteur, adresse.kwargs["pk"]) for lecture in lectures)
    return [
        Consultation(
            cadre_id=cadre,
            utilisateur=acteur.utilisateur,
            collectivite=acteur.collectivite,
            role=acteur.role,
            nature=nature,
        )
        for cadre, compte, nature in set(premiere.union(*autres) if autres else premiere)
        if cadre is not None and compte != acteur.utilisateur.pk
    ]


def cle(modele: Any) -> Callable[[Acteur, int], QuerySet[Any]]:
    """The row that the address itself names."""
    return lambda _acteur, pk: modele._default_manager.filter(pk=pk)


_FICHE = Lecture(Nature.FICHE, cle(Cadre), "")
_DECISION = Lecture(Nature.CANDIDATURE, cle(Cadre), "")

inscrire(
    {
        "cadres:modifier": _FICHE,
        "cadres:cellule": _FICHE,
        "cadres:informer": _FICHE,
        "cadres:signaler_depart": _FICHE,
        "cadres:enlever": _FICHE,
        "cadres:reunir": _FICHE,
        "cadres:retenir": _DECISION,
        "cadres:ne_pas_retenir": _DECISION,
        "cadres:correction": Lecture(Nature.CORRECTION, cle(DemandeCorrection)),
    }
)
