"""Forms of what is decided of a candidacy, for one cadre or for several."""

from __future__ import annotations

from typing import Any

from django import forms

from cadres.candidature.predicats import SANS_MOTIF
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.models import Collectivite, Mandat


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


class MotsForm(FormulaireQuatuor, forms.ModelForm):
    """The words of an employer's mails. Empty, those of Quatuor."""

    class Meta:
        model = Collectivite
        fields = ("ouverture_invitation", "signature", "courriel_reponse")
        labels = {
            "ouverture_invitation": "Première phrase de l’invitation",
            "signature": "Signature",
            "courriel_reponse": "Où vont les réponses aux messages automatiques",
        }
        help_texts = {
            "ouverture_invitation": "Elle suit « Bonjour » et dit pourquoi vous écrivez. Le reste ne "
            "change pas d’une collectivité à l’autre : ce que la personne peut, et jusqu’à quand.",
            "signature": "Sous votre nom quand vous écrivez, seule quand le message part de lui-même.",
            "courriel_reponse": "Une adresse de votre direction. Aux messages que vous envoyez, on "
            "vous répond à vous.",
        }
        widgets = {
            "ouverture_invitation": forms.Textarea(attrs={"rows": 3}),
            "signature": forms.Textarea(attrs={"rows": 3}),
        }
