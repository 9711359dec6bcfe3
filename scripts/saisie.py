"""Writes docs/securite/saisie.md: what each form takes, what the database holds, the limits of the trade;
`python scripts/saisie.py`. ASVS 5.0.0, 2.1."""

import csv
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

RACINE = Path(__file__).resolve().parent.parent
DOCUMENT = RACINE / "docs" / "securite" / "saisie.md"
LIMITES = RACINE / "docs" / "securite" / "limites.csv"
PIECES = ("collectivites", "cadres", "parcours", "opportunites", "pilotage")
HAUT = """\
# Ce que l’on peut saisir

Écrit par `scripts/saisie.py` d’après les formulaires, les contraintes et les constantes du code ; un test le compare (`tests/mobility/test_saisie.py`). Ne pas le modifier à la main. Un formulaire peut encore restreindre ses choix selon la personne : chacun n’y trouve que ce qu’elle voit.

Partout : ce qui n’a pas de sens est refusé par une phrase à côté du champ, et rien n’est écrit ; un champ qui n’est pas nommé ici n’est pas lu.
"""
TYPES = {
    "BooleanField": "oui ou non",
    "CharField": "texte",
    "ChoiceField": "liste fermée",
    "DateField": "date",
    "DateTimeField": "date et heure",
    "DecimalField": "nombre décimal",
    "EmailField": "adresse de courriel",
    "FileField": "fichier",
    "IntegerField": "nombre entier",
    "ModelChoiceField": "un objet vu de la personne",
    "ModelMultipleChoiceField": "des objets vus de la personne",
    "MultipleChoiceField": "choix d’une liste fermée",
    "TimeField": "heure",
    "TypedChoiceField": "liste fermée",
    "URLField": "adresse https",
}


def formulaires() -> list[type]:
    """Every form of ours that holds a field, wherever it is declared."""
    from django import forms

    for piece in PIECES:
        for chemin in sorted((RACINE / piece).rglob("*.py")):
            if not {"migrations", "management"} & set(chemin.parts) and "__" not in chemin.stem:
                import_module(".".join(chemin.relative_to(RACINE).with_suffix("").parts))

    def descendants(classe: type) -> Iterator[type]:
        for fille in classe.__subclasses__():
            yield fille
            yield from descendants(fille)

    trouves = {
        forme
        for forme in descendants(forms.BaseForm)
        if forme.__module__.split(".")[0] in PIECES
        and getattr(forme, "base_fields", None)
        # One that is written, not made on the way.
        and getattr(sys.modules[forme.__module__], forme.__name__, None) is forme
    }
    return sorted(trouves, key=lambda forme: (forme.__module__, forme.__qualname__))


def _bornes(champ: Any) -> str:
    dites = []
    if (longueur := getattr(champ, "max_length", None)) is not None:
        dites.append(f"{longueur} caractères au plus")
    if (moins := getattr(champ, "min_value", None)) is not None:
        dites.append(f"{moins} au moins")
    if (plus := getattr(champ, "max_value", None)) is not None:
        dites.append(f"{plus} au plus")
    return ", ".join(dites)


def _type(champ: Any) -> str:
    return next((TYPES[c.__name__] for c in type(champ).__mro__ if c.__name__ in TYPES), "texte")


def _texte(valeur: object) -> str:
    return " ".join(str(valeur).split()).replace("|", "\\|")


def champs() -> Iterator[str]:
    for forme in formulaires():
        yield f"\n### {forme.__module__}.{forme.__qualname__}\n"
        yield "| champ | étiquette | genre | obligatoire | bornes |\n| --- | --- | --- | --- | --- |"
        for nom, champ in forme.base_fields.items():
            requis = "oui" if champ.required else ""
            etiquette = _texte(champ.label or nom)
            yield f"| {nom} | {etiquette} | {_type(champ)} | {requis} | {_bornes(champ)} |"


def contraintes() -> Iterator[str]:
    from django.apps import apps
    from django.db.models import BaseConstraint

    yield "| table | contrainte | ce qui est dit à qui la viole |\n| --- | --- | --- |"
    for piece in PIECES:
        for modele in apps.get_app_config(piece).get_models():
            for contrainte in modele._meta.constraints:
                assert isinstance(contrainte, BaseConstraint)
                message = _texte(contrainte.violation_error_message)
                yield f"| {modele._meta.label} | {contrainte.name} | {message} |"


def limites() -> Iterator[str]:
    yield "| quoi | combien | où |\n| --- | --- | --- |"
    with LIMITES.open(encoding="utf-8", newline="") as fichier:
        for ligne in csv.DictReader(fichier):
            module, _, nom = ligne["ou"].partition(":")
            valeur = getattr(import_module(module), nom)
            heures = int(valeur.total_seconds() // 3600) if hasattr(valeur, "total_seconds") else 0
            duree = f"{heures // 24} jours" if heures > 24 else f"{heures} heures"
            combien = duree if heures else f"{valeur} {ligne['unite']}"
            yield f"| {ligne['quoi']} | {combien} | `{module}.{nom}` |"


def document() -> str:
    parties = [
        HAUT,
        "## Limites du métier\n",
        *limites(),
        "\n## Ce que la base tient\n\nCohérence entre champs comprise ; les déclencheurs sont dans `collectivites/garanties/gardes.py` et les `gardes.py` de chaque pièce.\n",
        *contraintes(),
        "\n## Champ par champ",
        *champs(),
    ]
    return "\n".join(parties) + "\n"


def main() -> int:
    import django

    sys.path.append(str(RACINE))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mobility.settings_test")
    django.setup()
    DOCUMENT.write_text(document(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
