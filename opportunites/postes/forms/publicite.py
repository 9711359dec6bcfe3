"""The forms of the publicity of a poste, and of the pledges."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from collectivites.communs.formulaires import FormulaireQuatuor
from opportunites.models import POSTES_MAX, Opportunite
from opportunites.postes.predicats import (
    fin_impossible,
    parution_impossible,
    transmission_impossible,
)


class PubliciteForm(FormulaireQuatuor, forms.Form):
    """The declaration of vacancy (DVE), then its public notice."""

    dve_numero = forms.CharField(
        label="Numéro de la déclaration de vacance (DVE)",
        max_length=40,
        help_text="Celui que rend le centre de gestion, ou le CNFPT pour un emploi A+.",
    )
    dve_transmise_le = forms.DateField(label="Déclaration transmise le")
    avis_publie_le = forms.DateField(
        label="Avis publié le",
        required=False,
        help_text="Sur Choisir le service public. Un mois de publicité court à partir de ce jour.",
    )

    def __init__(self, *args: Any, opportunite: Opportunite, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                "dve_numero": opportunite.dve_numero,
                "dve_transmise_le": opportunite.dve_transmise_le,
                "avis_publie_le": opportunite.avis_publie_le,
            },
        )
        super().__init__(*args, **kwargs)
        self.opportunite = opportunite

    def clean_dve_transmise_le(self) -> date:
        jour: date = self.cleaned_data["dve_transmise_le"]
        if refus := transmission_impossible(jour):
            raise forms.ValidationError(refus)
        return jour

    def clean_avis_publie_le(self) -> date | None:
        jour: date | None = self.cleaned_data["avis_publie_le"]
        transmise = self.cleaned_data.get("dve_transmise_le")
        if refus := parution_impossible(self.opportunite, transmise, jour):
            raise forms.ValidationError(refus)
        return jour


class UrgenceForm(FormulaireQuatuor, forms.Form):
    """Why the publicity lasts less than a month, and until when."""

    motif = forms.CharField(
        label="Ce qui fait l’urgence",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        help_text="Une nécessité du service, précise et datée. Toute personne qui lit le poste ou "
        "sa proposition lit ce motif.",
    )
    fin = forms.DateField(
        label="Publicité accomplie le",
        help_text="À partir de ce jour, une proposition n’est plus sous réserve de publicité.",
    )

    def __init__(self, *args: Any, opportunite: Opportunite, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial", {"motif": opportunite.urgence_motif, "fin": opportunite.urgence_fin}
        )
        super().__init__(*args, **kwargs)
        self.opportunite = opportunite

    def clean_fin(self) -> date:
        fin: date = self.cleaned_data["fin"]
        if refus := fin_impossible(self.opportunite, fin):
            raise forms.ValidationError(refus)
        return fin


class EngagementForm(FormulaireQuatuor, forms.Form):
    """How many postes the collectivité pledges."""

    nombre = forms.IntegerField(
        label="Postes promis à la démarche", min_value=1, max_value=POSTES_MAX
    )
