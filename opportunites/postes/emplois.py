"""Cadres d'emplois that a poste admits, as a filter: the column holds a JSON list of their names."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from cadres.fiche.referentiels import lire


@cache
def cadres_emplois_de_categorie_a() -> tuple[str, ...]:
    """Those of the registre's reference list, in its order."""
    noms = [ligne["cadre_emplois"] for ligne in lire("grades") if ligne["categorie"] in {"A", "A+"}]
    return tuple(dict.fromkeys(noms))


def emplois_proposes() -> list[tuple[str, str]]:
    """The choices of the filter: those of category A, whose postes are opened here."""
    return [(nom, nom) for nom in cadres_emplois_de_categorie_a()]


def admettant(lignes: QuerySet[Any], champ: str, nom: str) -> QuerySet[Any]:
    """The rows whose poste admits this cadre d'emplois. One that says nothing is not one of them.

    SQLite has no search inside JSON: the text of the list is compared, on both alike. There it is
    written in ASCII, here not.
    """
    texte = json.dumps(nom, ensure_ascii=connection.vendor == "sqlite")
    return lignes.annotate(emplois_texte=Cast(champ, TextField())).filter(
        Q(emplois_texte__contains=texte)
    )
