"""The forms of what a move still asks: a thing to do, then how it goes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from collectivites.communs.formulaires import FormulaireQuatuor
from opportunites.dossier.droit.checklist import echeance_impossible
from opportunites.models import Element, Mobilite, Suivi

OUI_NON = [("oui", "Oui"), ("non", "Non")]


class PointForm(FormulaireQuatuor, forms.Form):
    """A thing to do that no rule could know of."""

    libelle = forms.CharField(
        label="Ce qui est à faire",
        max_length=200,
        help_text="N’écrivez rien que la personne ne pourrait lire.",
    )
    cote = forms.ChoiceField(label="À la charge de", widget=forms.RadioSelect)
    echeance = forms.DateField(label="À faire avant le")

    def __init__(self, *args: Any, mobilite: Mobilite, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mobilite = mobilite
        cote = self.fields["cote"]
        assert isinstance(cote, forms.ChoiceField)
        cote.choices = [
            (Element.Cote.ORIGINE.value, mobilite.collectivite_origine.nom),
            (Element.Cote.ACCUEIL.value, mobilite.collectivite_accueil.nom),
            (Element.Cote.CADRE.value, mobilite.cadre.nom_complet),
        ]

    def clean_echeance(self) -> date:
        echeance: date = self.cleaned_data["echeance"]
        if refus := echeance_impossible(self.mobilite, echeance):
            raise forms.ValidationError(refus)
        return echeance


class SuiviForm(FormulaireQuatuor, forms.Form):
    """Six or twelve months later."""

    en_poste = forms.ChoiceField(
        label="La personne est-elle toujours dans ce poste ?",
        widget=forms.RadioSelect,
        choices=OUI_NON,
    )
    bilan = forms.ChoiceField(
        label="Comment cela se passe-t-il ?",
        widget=forms.RadioSelect,
        choices=Suivi.Bilan.choices,
    )
    themes = forms.MultipleChoiceField(
        label="Ce que l’on en retient pour la suite",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=Suivi.Theme.choices,
        help_text="Ces réponses sont comptées avec toutes les autres, jamais citées.",
    )
    note = forms.CharField(
        label="Une précision",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    def __init__(self, *args: Any, suivi: Suivi, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                "en_poste": {None: None, True: "oui", False: "non"}[suivi.en_poste],
                "bilan": suivi.bilan,
                "themes": suivi.themes,
                "note": suivi.note,
            },
        )
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        if suivi.cote == Suivi.Cote.CADRE:
            self.fields["en_poste"].label = "Êtes-vous toujours dans ce poste ?"
            note.help_text = "Vous seul la relisez : aucun employeur ne la voit."
        else:
            note.help_text = (
                "Votre service RH, votre DGS et la personne la relisent, personne d’autre."
            )

    def clean_en_poste(self) -> bool:
        return bool(self.cleaned_data["en_poste"] == "oui")
