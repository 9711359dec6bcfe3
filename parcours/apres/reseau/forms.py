"""What one shows of oneself, and the word to a mentor."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from collectivites.communs.formulaires import FormulaireQuatuor
from parcours.models import DemandeMentor, PresenceReseau
from parcours.models.apres.reseau import MOT_MAX, RECIT_MAX


class PresenceForm(FormulaireQuatuor, forms.ModelForm):
    class Meta:
        model = PresenceReseau
        fields: ClassVar = ["ou", "recit", "repond", "mentor"]
        labels: ClassVar = {
            "ou": "Où vous êtes aujourd’hui",
            "recit": "Ce que vous pouvez en dire",
            "repond": "Je réponds aux suivants : mon adresse de courriel leur est montrée",
            "mentor": "Une personne d’une promotion suivante peut me demander d’être son mentor",
        }
        help_texts: ClassVar = {
            "ou": "Votre poste, votre service : ce que vous voulez en dire.",
            "recit": f"{RECIT_MAX} caractères au plus. Ce que vous auriez aimé savoir avant.",
        }
        widgets: ClassVar = {"recit": forms.Textarea(attrs={"rows": 5})}


class MotAuMentorForm(FormulaireQuatuor, forms.ModelForm):
    class Meta:
        model = DemandeMentor
        fields: ClassVar = ["mot"]
        labels: ClassVar = {"mot": "Votre mot"}
        help_texts: ClassVar = {
            "mot": f"{MOT_MAX} caractères au plus. Elle lira votre nom, votre employeur, et ces mots."
        }
        widgets: ClassVar = {"mot": forms.Textarea(attrs={"rows": 4})}

    def clean_mot(self) -> str:
        mot: Any = self.cleaned_data["mot"]
        return str(mot).strip()
