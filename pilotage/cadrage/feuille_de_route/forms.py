"""Saying that a step is done."""

from django import forms
from django.utils import timezone

from collectivites.communs.formulaires import FormulaireQuatuor
from pilotage.models import EtapeRoute


class EtapeFaiteForm(FormulaireQuatuor, forms.ModelForm):
    """The day on which a step was done, and its proof."""

    class Meta:
        model = EtapeRoute
        fields = ("faite_le", "preuve")
        labels = {"faite_le": "Faite le", "preuve": "Ce qui le prouve"}
        help_texts = {
            "preuve": "En une ligne : une délibération et son numéro, un compte rendu, un article.",
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for champ in self.fields.values():
            champ.required = True
        self.fields["faite_le"].initial = timezone.localdate

    def clean_faite_le(self) -> object:
        jour = self.cleaned_data["faite_le"]
        if jour and jour > timezone.localdate():
            raise forms.ValidationError("Choisissez aujourd’hui ou un jour passé.")
        return jour
