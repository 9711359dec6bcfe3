"""Whom a line is about when it does not say: the person of its object, for those who may read it.

A proposition not sent yet, a reserve, bear nobody in the journal: the person would read there what
is not theirs yet. Whoever may open the object reads the name on its page, hence here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from collectivites.acteurs.acteur import Acteur
from collectivites.models import EntreeJournal
from collectivites.mots import Role
from opportunites.models import Mobilite, Proposition, Reserve

#: Kind of object, as the journal writes it → its model, and the path to the person.
OBJETS: dict[str, tuple[Any, str]] = {
    "opportunites.proposition": (Proposition, "cadre"),
    "opportunites.reserve": (Reserve, "proposition__cadre"),
    "opportunites.mobilite": (Mobilite, "cadre"),
}


def cadres_des_objets(
    acteur: Acteur, entrees: Iterable[EntreeJournal]
) -> dict[tuple[str, str], tuple[int, str]]:
    """(kind, key) of an object that the acteur sees → (key, name) of its person. One query for each
    kind met, of the lines that name nobody."""
    if acteur.role == Role.CADRE:
        return {}
    cles: dict[str, set[str]] = {}
    for entree in entrees:
        if entree.cadre_ref is None and entree.objet_type in OBJETS:
            cles.setdefault(entree.objet_type, set()).add(entree.objet_id)
    trouves = {}
    for genre, siennes in cles.items():
        modele, chemin = OBJETS[genre]
        lignes = modele.objects.visibles_par(acteur).filter(pk__in=siennes)
        champs = ("pk", f"{chemin}__pk", f"{chemin}__prenom", f"{chemin}__nom")
        for pk, cadre, prenom, nom in lignes.values_list(*champs):
            trouves[genre, str(pk)] = (cadre, f"{prenom} {nom}")
    return trouves


def objets_des(acteur: Acteur, cadres: list[int]) -> dict[str, list[str]]:
    """Kind of object → keys, as texts, of those of these persons that the acteur sees. One query each."""
    return {
        genre: [
            str(pk)
            for pk in modele.objects.visibles_par(acteur)
            .filter(**{f"{chemin}__in": cadres})
            .values_list("pk", flat=True)
        ]
        for genre, (modele, chemin) in OBJETS.items()
    }
