"""Which rows are a démarche's, and how a row is written in an archive."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Field, ForeignKey, Model

from collectivites.garanties.politiques import voies
from collectivites.models import Utilisateur

#: What stays, and why.
RESTENT = {
    "collectivites.Tache": "the work of an installation: done, or to be asked again",
    "collectivites.Courriel": "mails that have left, or would leave from two places",
    "cadres.ImportCadres": "staff lists as they were deposited: the cadres made from them travel",
}
#: Of an account: who it is. Its password, its second factors, its rights here are its holder's to make again.
COMPTE = ("email", "adresse_a_confirmer", "prenom", "nom", "is_active", "date_joined")

PAR_LOT = 500


def modeles() -> list[type[Model]]:
    return [modele for modele in voies() if modele._meta.label not in RESTENT]


def champs(modele: type[Model]) -> list[Field[Any, Any]]:
    """Those that are written: the base computes the others."""
    return [champ for champ in modele._meta.concrete_fields if not champ.generated]


def lignes(modele: type[Model], demarche_id: int) -> Iterator[dict[str, Any]]:
    """Column → value, as it stands in the base."""
    noms = [champ.attname for champ in champs(modele)]
    siennes = modele._base_manager.filter(**{_chemin(modele): demarche_id}).order_by("pk")
    yield from siennes.values(*noms).iterator(PAR_LOT)


def _chemin(modele: type[Model]) -> str:
    noms, tables = [], voies()
    while (voie := tables[modele]) is not None:
        noms.append(voie.name)
        modele = voie.related_model
    return "__".join(noms) or "pk"


def comptes_de(modele: type[Model], ligne: dict[str, Any]) -> set[int]:
    """The accounts that a row speaks of."""
    return {
        ligne[champ.attname]
        for champ in champs(modele)
        if isinstance(champ, ForeignKey) and champ.related_model is Utilisateur
    } - {None}


def en_json(valeur: Any) -> Any:
    """For `json.dumps(default=…)`: every digit is kept."""
    match valeur:
        case datetime() | date():
            return valeur.isoformat()
        case Decimal() | UUID():
            return str(valeur)
        case bytes() | memoryview():
            return base64.b64encode(bytes(valeur)).decode()
    raise TypeError(f"{type(valeur)} is not written in an archive")
