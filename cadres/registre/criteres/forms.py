"""The form of the criteria: one field for each, and what cannot be one is said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from cadres.models import Cadre, Critere
from cadres.registre.criteres.interdits import NON_MESURABLE, motif_interdit
from collectivites.communs import metiers
from collectivites.communs.formulaires import FormulaireQuatuor

Genre = Critere.Genre


class CriteresForm(FormulaireQuatuor, forms.Form):
    """One field for each genre of criterion; what is empty is no criterion."""

    anciennete = forms.IntegerField(
        label="Dans le poste depuis au moins (années)",
        min_value=0,
        max_value=45,
        required=False,
        help_text="Compté au jour où chacun a été recensé.",
    )
    categorie = forms.MultipleChoiceField(
        label="Catégorie",
        choices=Cadre.Categorie.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    encadrement = forms.ChoiceField(
        label="Encadre une équipe",
        choices=(("", "Indifférent"), ("oui", "Oui"), ("non", "Non")),
        required=False,
    )
    agents = forms.IntegerField(
        label="Agents encadrés, au moins", min_value=1, max_value=5000, required=False
    )
    profil = forms.MultipleChoiceField(
        label="Profil",
        choices=Cadre.Profil.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    visee = forms.MultipleChoiceField(
        label="Ce que la DRH vise (vos cadres)",
        choices=[(champ, Cadre.visee_courte(champ)) for champ in Cadre.VISEES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    statut = forms.MultipleChoiceField(
        label="Statut (vos cadres)",
        choices=Cadre.Statut.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    domaine = forms.MultipleChoiceField(
        label="Famille de métiers", widget=forms.CheckboxSelectMultiple, required=False
    )
    autre = forms.CharField(
        label="Un autre critère ?",
        max_length=200,
        required=False,
        help_text="Écrivez-le : nous vous dirons s’il peut en être un.",
    )

    def __init__(self, *args: Any, domaines: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["domaine"]
        assert isinstance(champ, forms.MultipleChoiceField)
        champ.choices = [(code, metiers.dire(code, "Autre")) for code in domaines]
        if not domaines:
            del self.fields["domaine"]

    def criteres(self) -> dict[str, list[str]]:
        """genre → its values as texts, for the valid fields that say something."""
        self.is_valid()
        trouves: dict[str, list[str]] = {}
        for genre in Genre.values:
            valeur = self.cleaned_data.get(genre)
            if valeur in (None, "", []):
                continue
            trouves[genre] = [str(v) for v in valeur] if isinstance(valeur, list) else [str(valeur)]
        return trouves

    def refus(self) -> list[str]:
        """Why what was typed, or asked for in the address, cannot be a criterion."""
        demandes = [cle for cle in self.data if cle not in self.fields]
        raisons = [motif_interdit(cle) for cle in demandes]
        if autre := self.cleaned_data.get("autre", ""):
            raisons.append(motif_interdit(autre) or NON_MESURABLE)
        return list(dict.fromkeys(raison for raison in raisons if raison))


def donnees_des_criteres(criteres: list[Critere]) -> QueryDict:
    """The saved criteria, as the form would send them."""
    donnees = QueryDict(mutable=True)
    for critere in criteres:
        donnees.setlist(critere.genre, critere.valeurs)
    return donnees
