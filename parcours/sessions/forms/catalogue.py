"""What one offers to the four."""

from typing import Any

from django import forms

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import FormulaireQuatuor
from parcours.models import Prestation


class PrestationForm(FormulaireQuatuor, forms.ModelForm):
    """What is offered, and to whom it suits."""

    class Meta:
        model = Prestation
        fields = (
            "intitule",
            "nature",
            "description",
            "par_le_cabinet",
            "prestataire",
            "format",
            "duree_minutes",
            "lieu",
            "cout",
            "prerequis",
        )
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "prestataire": "Une école, un service, un cabinet. Pas de nom de personne.",
            "cout": "Par exemple « gratuit pour tous » ou « 90 € par personne ».",
            "prerequis": "Ce qu’il faut avoir fait, ou rien.",
        }

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acteur = acteur

    def clean_intitule(self) -> str:
        intitule: str = self.cleaned_data["intitule"]
        memes = Prestation.objects.filter(
            collectivite=self.acteur.collectivite, intitule=intitule, archivee_le=None
        ).exclude(pk=self.instance.pk)
        if memes.exists():
            raise forms.ValidationError("Votre collectivité offre déjà une prestation de ce nom.")
        return intitule
