"""What is written of the élus."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import FormulaireQuatuor
from pilotage.cadrage.elus.predicats import refus_du_jour
from pilotage.cadrage.formulaires import AvecDocument
from pilotage.models import InformationElus


class DateDesElus(FormulaireQuatuor, AvecDocument):
    """A day on which élus were told, or agreed."""

    le = forms.DateField(label="Date")

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acteur = acteur

    def clean_le(self) -> date:
        jour: date = self.cleaned_data["le"]
        if refus := refus_du_jour(self.acteur.demarche, jour):
            raise forms.ValidationError(refus)
        return jour


class InformationForm(DateDesElus):
    """Who was told, when, how, by which document."""

    qui = forms.CharField(
        label="Qui a été informé",
        max_length=200,
        help_text="Par exemple : le maire et ses adjoints, la commission du personnel.",
    )
    moyen = forms.ChoiceField(label="Comment", choices=InformationElus.Moyen.choices)
    document = forms.CharField(
        label="Par quel document",
        max_length=200,
        help_text="Par exemple : note stratégique, version du 4 mars.",
    )
    field_order = ("qui", "le", "moyen", "document", "piece")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["piece"].label = "Le document lui-même"


class AccordForm(DateDesElus):
    """The body, the date, the number, the document."""

    instance = forms.CharField(
        label="Instance",
        max_length=160,
        help_text="Par exemple : conseil municipal, commission permanente.",
    )
    numero = forms.CharField(
        label="Numéro",
        max_length=60,
        help_text="De la délibération, ou du relevé de décisions.",
    )
    field_order = ("instance", "le", "numero", "piece")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["piece"].label = "Le document qui le porte"
        self.fields["piece"].required = True
