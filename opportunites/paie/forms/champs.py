"""Fields that the forms of pay share, and how what the computation refuses finds its field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from opportunites.paie.calculs.calcul import date_du_calcul
from opportunites.remuneration.baremes import grilles
from opportunites.remuneration.baremes.direction import grille as direction
from opportunites.remuneration.baremes.direction.grille import Direction
from opportunites.remuneration.baremes.lecture import baremes
from opportunites.remuneration.comparaison.avantages import AVANTAGES, Unite
from opportunites.remuneration.erreurs import SaisieRefusee

MONTANT_MAX = 100_000
#: What belongs to the person's own view: their amounts tell of a contract that is hers.
AVANTAGES_PERSONNELS = tuple(code for code, a in AVANTAGES.items() if a.personnel)
#: The name that the computation gives to an input → the field that holds it here.
CHAMPS = {
    "date": "date_effet",
    "echelon_accueil": "grade",
    "inm_emploi": "inm",
    "base_contrat": "tib",
    "base": "tib",
    "ifse": "ifse_bas",
    "cia": "cia_bas",
    "quot": "quotite",
    "cia_date": "cia_verse_le",
    "deliberation": "maintien_deliberation",
    "mois": "maintien_mois",
    "cat": "categorie",
    "enf": "enfants",
}


def montant(libelle: str, aide: str = "", **options: Any) -> forms.DecimalField:
    """Euros; left empty, it is unknown."""
    return forms.DecimalField(
        label=libelle,
        required=False,
        min_value=0,
        max_value=options.pop("max_value", MONTANT_MAX),
        decimal_places=2,
        help_text=aide,
        **options,
    )


def entier(libelle: str, haut: int, aide: str = "", **options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=libelle, required=False, min_value=0, max_value=haut, help_text=aide, **options
    )


def present_le() -> forms.DateField:
    return forms.DateField(
        label="Présence exigée le", required=False, help_text="Si la délibération pose une date."
    )


def verse_le() -> forms.DateField:
    return forms.DateField(
        label="CIA versé le",
        required=False,
        help_text="Dans l’année du mouvement. Vide : le mois du départ pour l’origine, décembre pour "
        "l’accueil.",
    )


def zone() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label="Zone d’indemnité de résidence",
        choices=[(3, "Zone 3 : 0 % (dont le Loiret)"), (2, "Zone 2 : 1 %"), (1, "Zone 1 : 3 %")],
        coerce=int,
        initial=3,
    )


def grade(libelle: str = "Grade") -> forms.ChoiceField:
    return forms.ChoiceField(label=libelle, required=False, choices=_grades)


def _grades() -> list[tuple[str, str]]:
    connus = grilles.grades(baremes(), date_du_calcul(timezone.localdate()))
    return [("", "Autre grade : donnez l’indice"), *((g, g) for g in connus)]


def emploi_de_direction(employeur: str, population: int | None, jour: date) -> forms.ChoiceField:
    """The emplois of this employer, each with the échelons of its band, or told to have no grid."""
    choix = [("", "Autre : donnez l’indice")]
    for code in direction.emplois_de(employeur):
        emploi = Direction(code, employeur, population)
        grille = direction.echelons(baremes(), emploi, jour)
        suite = (
            f"échelons {grille[0].echelon} à {grille[-1].echelon}"
            if grille
            else "grille non disponible : saisissez l’indice"
        )
        choix.append((code, f"{emploi.intitule} ({suite})"))
    return forms.ChoiceField(
        label="Emploi fonctionnel",
        required=False,
        choices=choix,
        help_text="La population de l’employeur n’est pas renseignée : sa grille non plus."
        if population is None
        else "Selon la population de l’employeur. Certaines grilles viennent de versions anciennes : la "
        "fiche le dira, et l’indice saisi l’emporte si l’échelon reste vide.",
    )


def champs_des_avantages() -> dict[str, forms.Field]:
    """One field for each advantage that no payslip tells."""
    champs: dict[str, forms.Field] = {}
    for code, avantage in AVANTAGES.items():
        en_euros = avantage.unite is Unite.EUROS_PAR_AN
        suite = "euros par an" if en_euros else str(avantage.unite)
        champs[f"av_{code}"] = forms.DecimalField(
            label=f"{avantage.libelle}, en {suite}",
            required=False,
            min_value=0,
            max_value=MONTANT_MAX if en_euros else 2_000,
            decimal_places=2,
        )
    return champs


def avantages_saisis(donnees: dict[str, Any]) -> dict[str, Decimal]:
    return {
        code: donnees[f"av_{code}"] for code in AVANTAGES if donnees.get(f"av_{code}") is not None
    }


def initial_des_avantages(avantages: dict[str, Any]) -> dict[str, Any]:
    return {f"av_{code}": valeur for code, valeur in avantages.items()}


def repartir(formulaire: forms.Form, refusee: SaisieRefusee) -> None:
    """Each refusal beside its field; one that has none here, at the head of the form."""
    for refus in refusee.refus:
        nom = CHAMPS.get(refus.cle, refus.cle)
        champ = (
            nom
            if nom in formulaire.fields
            else next(
                (n for n in (refus.cle, f"{refus.cle}_propose") if n in formulaire.fields), None
            )
        )
        formulaire.add_error(champ, refus.message)
