"""Forms of a cadre on their own data: skills, a correction asked for, and its answer."""

from __future__ import annotations

from typing import Any

from django import forms

from cadres.donnees_personnelles.predicats import SANS_EXPLICATION
from cadres.fiche.referentiels import NIVEAUX, competences_par_domaine
from cadres.models import DemandeCorrection
from collectivites.communs.formulaires import FormulaireQuatuor


class CompetencesForm(FormulaireQuatuor, forms.Form):
    """How far one's own skills go: one field a skill, grouped as the list is. What is left alone says
    nothing: no answer is put in anybody's mouth."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for _, competences in competences_par_domaine():
            for competence in competences:
                self.fields[competence.code] = forms.TypedChoiceField(
                    label=competence.libelle,
                    choices=[("", "Je n’en dis rien"), *NIVEAUX],
                    coerce=int,
                    required=False,
                )

    def groupes(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [
            (domaine, [self[competence.code] for competence in competences])
            for domaine, competences in competences_par_domaine()
        ]


class CorrectionDonneesForm(FormulaireQuatuor, forms.ModelForm):
    """What is wrong in one's own file."""

    class Meta:
        model = DemandeCorrection
        fields = ["champ", "explication"]
        widgets = {"explication": forms.Textarea(attrs={"rows": 5, "maxlength": 2000})}
        help_texts = {"explication": "Écrivez ce qui est juste, et depuis quand s’il le faut."}
        error_messages = {
            "champ": {"required": "Choisissez ce qui est faux."},
            "explication": {"required": "Écrivez ce qu’il faut mettre à la place."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["champ"].label = "Ce qui est faux"
        self.fields["champ"].choices = [  # type: ignore[attr-defined]
            ("", "Choisir"),
            *DemandeCorrection.Champ.choices,
        ]
        self.fields["explication"].label = "Ce qu’il faut écrire à la place"
        self.fields["explication"].max_length = 2000  # type: ignore[attr-defined]

    def clean_explication(self) -> str:
        texte = str(self.cleaned_data["explication"]).strip()
        if len(texte) > 2000:
            raise forms.ValidationError("Dites-le en 2 000 caractères au plus.")
        return texte


class ReponseCorrectionForm(FormulaireQuatuor, forms.Form):
    """The answer of the HR direction."""

    reponse = forms.CharField(
        label="Votre réponse",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="La personne la lira telle quelle. Nécessaire si vous ne corrigez pas.",
    )

    @property
    def faite(self) -> bool:
        """Which of the two buttons was pressed: the correction is made, or refused."""
        return self.data.get("decision") == "faite"

    def clean_reponse(self) -> str:
        reponse = str(self.cleaned_data["reponse"]).strip()
        if not self.faite and not reponse:
            raise forms.ValidationError(SANS_EXPLICATION)
        return reponse
