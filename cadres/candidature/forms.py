"""Forms of what is decided of a candidacy, for one cadre or for several."""

from __future__ import annotations

from typing import Any

from django import forms

from cadres.candidature.predicats import SANS_MOTIF
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.models import Mandat


class RetenirForm(FormulaireQuatuor, forms.Form):
    motif = forms.CharField(
        label="Un mot pour la personne",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Elle le lira avec la décision.",
    )


class NePasRetenirForm(FormulaireQuatuor, forms.Form):
    motif = forms.CharField(
        label="Pourquoi ?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="La personne lira ce motif tel quel. Ni l’âge, ni le sexe, ni la santé, "
        "ni la famille ne peuvent en être un.",
        error_messages={"required": SANS_MOTIF},
    )


class ConfierForm(FormulaireQuatuor, forms.Form):
    accompagnateur = forms.ModelChoiceField(
        label="Accompagnateur",
        queryset=Mandat.objects.none(),
        required=False,
        empty_label="Personne",
    )

    def __init__(self, *args: Any, mandats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["accompagnateur"]
        assert isinstance(champ, forms.ModelChoiceField)
        champ.queryset = mandats
        champ.label_from_instance = lambda mandat: mandat.utilisateur.nom_complet  # type: ignore[method-assign, assignment]
