"""The form of a saved view."""

from __future__ import annotations

from django import forms

from collectivites.communs.formulaires import FormulaireQuatuor


class VueForm(FormulaireQuatuor, forms.Form):
    """The name under which filters, columns and order are kept."""

    nom = forms.CharField(
        label="Nom de la vue",
        max_length=60,
        error_messages={"required": "Donnez un nom à cette vue."},
    )
    parametres = forms.CharField(required=False, max_length=1500, widget=forms.HiddenInput)
