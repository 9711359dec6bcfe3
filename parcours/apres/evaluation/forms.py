"""A few closed questions, and one text that its author may let be read."""

from __future__ import annotations

from typing import Any

from django import forms

from collectivites.communs.formulaires import FormulaireQuatuor
from parcours.apres.evaluation.questions import questions
from parcours.models.apres.evaluation import PAROLE_MAX


class EvaluationForm(FormulaireQuatuor, forms.Form):
    """The questions of the moment come first; `choix` and `parole` are what is kept."""

    texte = forms.CharField(
        label="Ce que vous voulez en dire",
        max_length=PAROLE_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=f"{PAROLE_MAX} caractères au plus. Ne nommez personne, et relisez-vous : un détail peut "
        "vous faire reconnaître.",
    )
    montrer = forms.BooleanField(
        label="Mon texte peut être lu, sans mon nom et sans mes autres réponses, par les directions et "
        "les cadres de la démarche",
        required=False,
    )

    def __init__(self, *args: Any, nature: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions(nature)
        posees = {
            question.cle: forms.TypedChoiceField(
                label=question.texte,
                choices=question.choix,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": "Choisissez une réponse."},
            )
            for question in self.questions
        }
        self.fields = {**posees, **self.fields}

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("texte") and not donnees.get("montrer"):
            self.add_error(
                "montrer",
                "Sans cette case, personne ne lirait votre texte : cochez-la, ou effacez le texte.",
            )
        return donnees

    @property
    def choix(self) -> dict[str, int]:
        return {question.cle: self.cleaned_data[question.cle] for question in self.questions}
