"""Proposing a change, refusing one."""

from __future__ import annotations

from typing import Any

from django import forms

from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.models import Demarche
from pilotage.cadrage.regles import champs
from pilotage.cadrage.regles.valeurs import CHAMPS, lire
from pilotage.mots import Regle


class ChangementForm(FormulaireQuatuor, forms.Form):
    """What the rule would become, and why."""

    def __init__(self, *args: Any, demarche: Demarche, regle: Regle, **kwargs: Any) -> None:
        super().__init__(*args, initial=lire(demarche), **kwargs)
        self.demarche, self.regle = demarche, regle
        champs.poser(self, CHAMPS[regle])
        self.fields["motif"] = forms.CharField(
            label="Pourquoi ?",
            max_length=600,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="Les autres DGS le lisent avant de répondre. Inscrit au journal.",
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        saisies = {c: self.cleaned_data[c] for c in CHAMPS[self.regle] if c in self.cleaned_data}
        if len(saisies) == len(CHAMPS[self.regle]):
            champs.controler(self, {**lire(self.demarche), **saisies})
            if not self.errors and self.valeurs() == lire(self.demarche, CHAMPS[self.regle]):
                self.add_error(CHAMPS[self.regle][0], "C’est déjà la règle : rien ne changerait.")
        return self.cleaned_data

    def valeurs(self) -> dict[str, Any]:
        return {c: self.cleaned_data[c] for c in CHAMPS[self.regle]}


class RefusForm(FormulaireQuatuor, forms.Form):
    """Why one does not agree."""

    motif = forms.CharField(
        label="Pourquoi refusez-vous ?",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Les autres DGS le lisent. Inscrit au journal.",
    )
