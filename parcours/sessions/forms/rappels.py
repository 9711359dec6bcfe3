"""What one wishes to receive by mail."""

from django import forms

from collectivites.communs.formulaires import FormulaireQuatuor
from parcours.models import PreferencesRappel


class RappelsForm(FormulaireQuatuor, forms.ModelForm):
    """What one wishes to receive by mail."""

    class Meta:
        model = PreferencesRappel
        fields = ("resume", "jour", "heure", "j7", "j1", "invitations")
