"""What each reference file holds: its columns, their types, and what makes a line the next value of another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

Cellule = str | int | Decimal | Fraction | date | None
Lecteur = Callable[[str], Cellule]


def _texte(brut: str) -> str:
    return brut


def _obligatoire(brut: str) -> str:
    if not brut:
        raise ValueError("ne peut pas être vide")
    return brut


def _decimal(brut: str) -> Decimal:
    try:
        valeur = Decimal(brut)
    except InvalidOperation:
        raise ValueError("attend un nombre, avec un point décimal") from None
    if not valeur.is_finite() or valeur < 0:
        raise ValueError("attend un nombre positif ou nul")
    return valeur


def _nombre(brut: str) -> Decimal | Fraction:
    """A decimal, or a fraction such as 6/7, which has no decimal form."""
    if "/" not in brut:
        return _decimal(brut)
    try:
        return Fraction(brut)
    except (ValueError, ZeroDivisionError):
        raise ValueError("attend un nombre, ou une fraction telle que 6/7") from None


def _entier(brut: str) -> int:
    if not brut.isascii() or not brut.isdecimal():
        raise ValueError("attend un nombre entier")
    return int(brut)


def _jour(brut: str) -> date:
    try:
        return date.fromisoformat(brut)
    except ValueError:
        raise ValueError("attend une date telle que 2026-01-31") from None


def _confiance(brut: str) -> str:
    if brut not in {"V", "D", "M"}:
        raise ValueError("attend V (vérifié), D (dérivé) ou M (de mémoire)")
    return brut


def _sinon_vide(lecteur: Lecteur) -> Lecteur:
    return lambda brut: lecteur(brut) if brut else None


@dataclass(frozen=True)
class Schema:
    """`cle`: the columns that name a series of dated values, of which two must not overlap.

    `abrege` says what counts of a column in that name, where its value itself is what changes.
    """

    colonnes: Mapping[str, Lecteur]
    cle: tuple[str, ...]
    abrege: Mapping[str, Callable[[str], str]] = field(default_factory=dict)

    def cle_de(self, cellules: Mapping[str, Cellule]) -> tuple[Cellule, ...]:
        return tuple(
            self.abrege[nom](str(cellules[nom])) if nom in self.abrege else cellules[nom]
            for nom in self.cle
        )


def chevron(indice_brut: str) -> str:
    """« 2 » for HEA2: an échelon of the hors échelle has a line for each chevron; "" elsewhere."""
    return indice_brut[-1] if indice_brut.startswith("HE") else ""


_COMMUNES: dict[str, Lecteur] = {
    "date_debut": _sinon_vide(_jour),
    "date_fin": _sinon_vide(_jour),
    "source": _obligatoire,
    "confiance": _confiance,
    "verifie_le": _sinon_vide(_jour),
    "note": _texte,
}

SCHEMAS: dict[str, Schema] = {
    "point_indice": Schema({"valeur": _decimal, **_COMMUNES}, ()),
    "plafond_securite_sociale": Schema({"valeur": _decimal, **_COMMUNES}, ()),
    "parametres": Schema(
        {
            "code": _obligatoire,
            "libelle": _obligatoire,
            "valeur": _nombre,
            "unite": _obligatoire,
            **_COMMUNES,
        },
        ("code",),
    ),
    "cotisations": Schema(
        {
            "code": _obligatoire,
            "libelle": _obligatoire,
            "statut": _obligatoire,
            "part": _obligatoire,
            "taux": _sinon_vide(_decimal),
            "assiette": _obligatoire,
            **_COMMUNES,
        },
        ("code",),
    ),
    "sft": Schema(
        {
            "enfants": _obligatoire,
            "part_fixe": _decimal,
            "part_proportionnelle": _decimal,
            "inm_plancher": _entier,
            "inm_plafond": _entier,
            **_COMMUNES,
        },
        ("enfants",),
    ),
    "hors_echelle": Schema(
        {
            "groupe": _obligatoire,
            "chevron": _entier,
            "inm": _entier,
            "duree_mois": _sinon_vide(_entier),
            **_COMMUNES,
        },
        ("groupe", "chevron"),
    ),
    "nbi": Schema(
        {
            "code": _obligatoire,
            "fonction": _obligatoire,
            "points": _sinon_vide(_entier),
            "conditions": _texte,
            **_COMMUNES,
        },
        ("code",),
    ),
    "rifseep_plafonds": Schema(
        {
            "cadre_emplois": _obligatoire,
            "groupe": _entier,
            "ifse_max": _decimal,
            "cia_max": _decimal,
            "corps_reference": _texte,
            "confiance_cia": _confiance,
            **_COMMUNES,
        },
        ("cadre_emplois", "groupe"),
    ),
}

_STRATE: dict[str, Lecteur] = {
    "emploi": _obligatoire,
    "employeur": _obligatoire,
    "plus_de": _entier,
    "jusqu_a": _sinon_vide(_entier),
}
#: The emplois fonctionnels of direction, by population. `inm` is empty for a letter of the hors échelle.
EMPLOIS_DIRECTION = Schema(
    {
        **_STRATE,
        "echelon": _obligatoire,
        "indice_brut": _obligatoire,
        "inm": _sinon_vide(_entier),
        **_COMMUNES,
    },
    ("emploi", "employeur", "plus_de", "echelon"),
)
NBI_DIRECTION = Schema(
    {**_STRATE, "points": _entier, **_COMMUNES}, ("emploi", "employeur", "plus_de")
)

#: The pay grids: the file of the registre, which also checks the échelons of staff lists with it.
GRILLES = Schema(
    {
        "cadre_emplois": _obligatoire,
        "grade": _obligatoire,
        "echelon": _obligatoire,
        "indice_brut": _obligatoire,
        "inm": _entier,
        "duree_mois": _sinon_vide(_entier),
        "traitement_brut_mensuel_eur": _decimal,
        "date_effet": _sinon_vide(_jour),
        "date_fin": _sinon_vide(_jour),
        "texte_reference": _texte,
        "source": _obligatoire,
        "confiance": _confiance,
        "note": _texte,
        "verifie_le": _sinon_vide(_jour),
    },
    ("cadre_emplois", "grade", "echelon", "indice_brut"),
    {"indice_brut": chevron},
)
