"""The fields in which the rules are written, when a démarche opens and when a rule changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django import forms
from django.db import models

from collectivites.communs.formulaires import SaisieDate
from collectivites.mots import Categorie, Filiere, Public
from pilotage.cadrage.regles.valeurs import BORNES, refus_des_valeurs

_AIDES = {
    "objectif_mobilites": ("Mobilités visées", "Ensemble, jusqu’au dernier jour."),
    "tolerance_solde": (
        "Tolérance de solde",
        "Écart admis, en personnes, entre les arrivées et les départs de chaque employeur.",
    ),
    "seuil_secret": (
        "Seuil du secret",
        "Un effectif plus petit se lit « n.c. » dans ce qui est remis aux élus. 5 au moins.",
    ),
    "publicite_mois": ("Publicité d’un poste vacant, en mois", "La loi demande un mois au moins."),
    "rappel_jours": (
        "Jours entre deux rappels",
        "De 5 à 10. Une personne reçoit deux rappels au plus avant trois semaines.",
    ),
}
_INITIALES = {"tolerance_solde": 2, "seuil_secret": 5, "publicite_mois": 1, "rappel_jours": 7}


class ListeCochee(forms.MultipleChoiceField):
    """Boxes kept as one text: their codes in order, with commas; none, or all, is empty."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, mots: type[models.TextChoices], **kwargs: Any) -> None:
        self.codes = list(mots.values)
        super().__init__(choices=mots.choices, **kwargs)

    def clean(self, value: Any) -> Any:
        choisis = super().clean(value)
        codes = [code for code in self.codes if code in choisis]
        return "" if codes == self.codes else ",".join(codes)

    def prepare_value(self, value: Any) -> Any:
        return value.split(",") if isinstance(value, str) and value else value


def _nombre(champ: str) -> forms.Field:
    libelle, aide = _AIDES[champ]
    return forms.IntegerField(
        label=libelle,
        help_text=aide,
        initial=_INITIALES.get(champ),
        min_value=0,
        error_messages={
            "invalid": "Écrivez un nombre entier.",
            "min_value": "Choisissez un nombre positif.",
        },
        widget=forms.NumberInput(
            attrs={"min": BORNES[champ].minimum, "max": BORNES[champ].maximum}
        ),
    )


FABRIQUES: dict[str, Callable[[], forms.Field]] = {
    "date_debut": lambda: forms.DateField(label="Premier jour", widget=SaisieDate()),
    "date_fin": lambda: forms.DateField(label="Dernier jour", widget=SaisieDate()),
    **{champ: partial(_nombre, champ) for champ in BORNES},
    "public": lambda: forms.ChoiceField(
        label="Pour qui ?",
        choices=Public.choices,
        widget=forms.RadioSelect,
        initial=Public.CADRES.value,
    ),
    "categories": lambda: ListeCochee(
        Categorie,
        label="Catégories, si c’est pour tous les agents",
        required=False,
        help_text="Aucune case : toutes les catégories.",
    ),
    "filieres": lambda: ListeCochee(
        Filiere,
        label="Filières, si c’est pour tous les agents",
        required=False,
        help_text="Aucune case : toutes les filières.",
    ),
}


def poser(formulaire: forms.Form, champs: Iterable[str]) -> None:
    """Adds the fields of these rules to a form."""
    for champ in champs:
        formulaire.fields[champ] = FABRIQUES[champ]()


def controler(formulaire: forms.Form, valeurs: dict[str, Any]) -> None:
    """Says what no démarche agrees to beside the field of the form that is concerned."""
    if valeurs.get("public") == Public.CADRES and "public" in formulaire.fields:
        # The boxes of the other choice are no mistake: they are of no use.
        valeurs["categories"] = valeurs["filieres"] = ""
        formulaire.cleaned_data |= {"categories": "", "filieres": ""}
    for champ, refus in refus_des_valeurs(valeurs).items():
        if champ in formulaire.fields:
            formulaire.add_error(champ, refus)
        else:
            formulaire.add_error(None, refus)
