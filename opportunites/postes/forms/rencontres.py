"""The forms of the opinions of a host, and of first meetings."""

from __future__ import annotations

from typing import Any

from django import forms

from collectivites.communs.formulaires import FormulaireQuatuor
from opportunites.models import Avis, Demande


class AvisForm(FormulaireQuatuor, forms.Form):
    """Whether the host would take this person, and why."""

    sens = forms.ChoiceField(
        label="Votre avis",
        widget=forms.RadioSelect,
        choices=[
            (Avis.Sens.FAVORABLE.value, "Nous pourrions accueillir cette personne"),
            (Avis.Sens.DEFAVORABLE.value, "Pas sur ce poste"),
        ],
    )
    motif = forms.CharField(
        label="Pourquoi",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="La personne lit cette raison. Parlez du poste et de l’expérience, rien d’autre.",
    )

    def __init__(self, *args: Any, ancien: Avis | None, **kwargs: Any) -> None:
        if ancien is not None:
            kwargs.setdefault("initial", {"sens": ancien.sens, "motif": ancien.motif})
        super().__init__(*args, **kwargs)


class DemandeForm(FormulaireQuatuor, forms.Form):
    """A conversation, or an immersion."""

    nature = forms.ChoiceField(
        label="Ce que vous demandez",
        widget=forms.RadioSelect,
        choices=[
            (Demande.Nature.ENTRETIEN.value, "Une conversation exploratoire, sans engagement"),
            (
                Demande.Nature.IMMERSION.value,
                "Une immersion de 2 à 10 jours ouvrés dans le service (décret 2022-1043)",
            ),
        ],
    )
    message = forms.CharField(
        label="Quelques mots pour l’employeur du poste",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )


class ReponseDemandeForm(FormulaireQuatuor, forms.Form):
    """The answer of the host."""

    accord = forms.TypedChoiceField(
        label="Votre réponse",
        widget=forms.RadioSelect,
        choices=[("oui", "Accepter la demande"), ("non", "Décliner la demande")],
        coerce=lambda valeur: valeur == "oui",
        empty_value=None,
    )
    reponse = forms.CharField(
        label="Vos mots à la personne",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        help_text="Une date et un contact si vous acceptez ; une raison courtoise sinon.",
    )
