"""What an import wrote: enough to undo it, and no more. Kept thirty days with the import."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from cadres.imports.existants import ATTRIBUTS, CHAMPS_DU_FICHIER
from cadres.models import Cadre
from cadres.recensement.modeles import Changement

Json = dict[str, Any]


class Trace:
    """By file: created (with its poste), or the values before and after of what changed."""

    def __init__(self) -> None:
        self.fiches: dict[int, Json] = {}

    def noter_les_crees(self, cadres: Iterable[Cadre]) -> None:
        for cadre in cadres:
            self.fiches[cadre.pk] = {"poste": cadre.poste_id}

    def noter_avant(self, cadre: Cadre, changements: Iterable[Changement]) -> None:
        """The matricule and the e-mail are emptied in the row already: the diagnosis tells them."""
        avant: Json = {}
        for changement in changements:
            if changement.champ in CHAMPS_DU_FICHIER:
                avant[changement.champ] = en_json(changement.avant)
            elif changement.champ == "direction":
                avant["direction_id"] = cadre.direction_id
            elif changement.champ == "poste":
                avant["poste_id"] = cadre.poste_id
                avant["intitule"] = cadre.poste.intitule if cadre.poste else ""
        self.fiches[cadre.pk] = {"avant": avant}

    def noter_apres(self, cadres: Iterable[Cadre]) -> None:
        for cadre in cadres:
            fiche = self.fiches[cadre.pk]
            fiche["apres"] = valeurs_de(cadre, fiche["avant"])

    def vers_json(self) -> Json:
        return {"fiches": {str(pk): fiche for pk, fiche in self.fiches.items()}}


def valeurs_de(cadre: Cadre, champs: Iterable[str]) -> Json:
    """What the file holds now of these fields. Reads `poste`."""
    return {
        champ: (cadre.poste.intitule if cadre.poste else "")
        if champ == "intitule"
        else en_json(getattr(cadre, ATTRIBUTS.get(champ, champ)))
        for champ in champs
    }


def en_json(valeur: Any) -> Any:
    return valeur.isoformat() if isinstance(valeur, date) else valeur
