"""Reading a reference file: whatever is wrong in it is said with its file and its line, at load.

Next year's value is a line added: a line without an end date ends on the eve of the one that follows. A line
without a start date is valid on no date at all: it only tells that the figure is local, or undated.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from opportunites.remuneration.baremes.schema import Cellule, Schema
from opportunites.remuneration.erreurs import BaremeInvalide
from opportunites.remuneration.textes import jour

UN_JOUR = timedelta(days=1)


@dataclass(frozen=True)
class Entree:
    """One line of a reference file. `fin` is the last day included; None: until further notice."""

    cle: tuple[Cellule, ...]
    cellules: Mapping[str, Cellule]
    debut: date | None
    fin: date | None
    fichier: str
    ligne: int

    @property
    def source(self) -> str:
        return self.texte("source")

    @property
    def confiance(self) -> str:
        return self.texte("confiance")

    @property
    def verifie_le(self) -> date | None:
        valeur = self.cellules["verifie_le"]
        return valeur if isinstance(valeur, date) else None

    def texte(self, colonne: str) -> str:
        return str(self.cellules[colonne] or "")

    def entier(self, colonne: str) -> int:
        valeur = self.cellules[colonne]
        assert isinstance(valeur, int)
        return valeur

    def decimal(self, colonne: str) -> Decimal:
        valeur = self.cellules[colonne]
        assert isinstance(valeur, Decimal)
        return valeur

    def nombre(self, colonne: str) -> Decimal | Fraction:
        valeur = self.cellules[colonne]
        assert isinstance(valeur, Decimal | Fraction)
        return valeur

    def vaut(self, ce_jour: date) -> bool:
        return (
            self.debut is not None
            and self.debut <= ce_jour
            and (self.fin is None or ce_jour <= self.fin)
        )


def charger(fichier: Path, schema: Schema) -> tuple[Entree, ...]:
    """All lines, checked; in the order of the file."""
    entrees = tuple(_lire(fichier, schema))
    if not entrees:
        raise BaremeInvalide(fichier.name, 1, "aucune ligne de valeurs")
    return _enchainees(entrees)


def _lire(fichier: Path, schema: Schema) -> Iterator[Entree]:
    with fichier.open(encoding="utf-8", newline="") as flux:
        lecteur = csv.DictReader(flux)
        _controler_entete(fichier.name, list(lecteur.fieldnames or []), schema)
        for brute in lecteur:
            yield _entree(fichier.name, lecteur.line_num, brute, schema)


def _controler_entete(fichier: str, colonnes: list[str], schema: Schema) -> None:
    for nom in colonnes:
        if nom not in schema.colonnes:
            admises = ", ".join(schema.colonnes)
            raise BaremeInvalide(fichier, 1, f"colonne inconnue « {nom} » ; admises : {admises}")
    for nom in schema.colonnes:
        if colonnes.count(nom) != 1:
            raise BaremeInvalide(fichier, 1, f"la colonne « {nom} » manque ou se répète")


def _entree(fichier: str, ligne: int, brute: dict[str, Any], schema: Schema) -> Entree:
    if None in brute or None in brute.values():
        raise BaremeInvalide(fichier, ligne, f"{len(schema.colonnes)} colonnes attendues")
    cellules: dict[str, Cellule] = {}
    for nom, lecteur in schema.colonnes.items():
        try:
            cellules[nom] = lecteur(brute[nom].strip())
        except ValueError as erreur:
            raise BaremeInvalide(
                fichier, ligne, f"colonne « {nom} », « {brute[nom]} » : {erreur}"
            ) from None
    debut = cellules.get("date_debut", cellules.get("date_effet"))
    fin = cellules["date_fin"]
    assert debut is None or isinstance(debut, date)
    assert fin is None or isinstance(fin, date)
    if debut and fin and fin < debut:
        raise BaremeInvalide(fichier, ligne, "la date de fin précède la date de début")
    return Entree(schema.cle_de(cellules), cellules, debut, fin, fichier, ligne)


def _enchainees(entrees: tuple[Entree, ...]) -> tuple[Entree, ...]:
    """The same lines, each ended on the eve of its successor; refuses overlaps and holes."""
    series: dict[tuple[Cellule, ...], list[Entree]] = {}
    for entree in entrees:
        if entree.debut is not None:
            series.setdefault(entree.cle, []).append(entree)
    finies: dict[int, Entree] = {}
    for serie in series.values():
        serie.sort(key=lambda e: e.debut or date.min)
        for avant, apres in pairwise(serie):
            finies[avant.ligne] = replace(avant, fin=_fin(avant, apres))
    return tuple(finies.get(e.ligne, e) for e in entrees)


def _fin(avant: Entree, apres: Entree) -> date:
    assert avant.debut is not None
    assert apres.debut is not None
    veille = apres.debut - UN_JOUR
    if avant.debut == apres.debut or (avant.fin is not None and avant.fin > veille):
        raise BaremeInvalide(
            apres.fichier,
            apres.ligne,
            f"chevauche la ligne {avant.ligne}, en vigueur au {jour(apres.debut)}",
        )
    if avant.fin is not None and avant.fin < veille:
        raise BaremeInvalide(
            apres.fichier,
            apres.ligne,
            f"laisse un trou : rien du {jour(avant.fin + UN_JOUR)} au {jour(veille)} "
            f"(ligne {avant.ligne})",
        )
    return veille
