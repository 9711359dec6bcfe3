"""« Signaler un départ »."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils import timezone

from cadres.models import Cadre
from collectivites.communs.formulaires import FormulaireQuatuor


class DepartForm(FormulaireQuatuor, forms.Form):
    jour = forms.DateField(
        label="A quitté la collectivité le",
        error_messages={"required": "Donnez la date du départ."},
    )
    motif = forms.ChoiceField(
        label="Motif",
        choices=Cadre.Depart.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez un motif."},
    )

    def clean_jour(self) -> date:
        jour: date = self.cleaned_data["jour"]
        if jour > timezone.localdate():
            raise forms.ValidationError("Signalez le départ une fois qu’il a eu lieu.")
        if jour.year < 2000:
            raise forms.ValidationError("Cette date est trop ancienne\u00a0: vérifiez l’année.")
        return jour
