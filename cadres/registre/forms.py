"""The name of a saved view; what is changed in several files at once."""

from __future__ import annotations

from typing import Any

from django import forms

from cadres.models import Cadre
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.communs.metiers.formulaire import FamilleField


class VueForm(FormulaireQuatuor, forms.Form):
    """The name under which filters, columns and order are kept."""

    nom = forms.CharField(
        label="Nom de la vue",
        max_length=60,
        error_messages={"required": "Donnez un nom à cette vue."},
    )
    parametres = forms.CharField(required=False, max_length=1500, widget=forms.HiddenInput)


class ChangerForm(FormulaireQuatuor, forms.Form):
    """What is left empty stays as each file has it."""

    PAREIL = ("", "Ne pas changer")
    AUCUN = "aucun"

    domaine = FamilleField(help_text="Laissée vide, chacun garde la sienne.")
    direction = forms.CharField(
        label="Direction",
        required=False,
        max_length=160,
        widget=forms.TextInput(attrs={"list": "directions"}),
        help_text="Laissée vide, chacun garde la sienne.",
    )
    profil = forms.ChoiceField(
        label="Profil",
        required=False,
        choices=(PAREIL, *Cadre.Profil.choices, (AUCUN, "Non précisé")),
    )
    sens = forms.ChoiceField(
        label="Ce que vous visez pour eux",
        required=False,
        choices=(
            PAREIL,
            ("ajouter", "Ajouter ce qui est coché"),
            ("remplacer", "Remplacer par ce qui est coché"),
        ),
    )
    visees = forms.MultipleChoiceField(
        label="Visées",
        required=False,
        choices=tuple(Cadre.VISEES.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        visees, sens = donnees.get("visees") or [], donnees.get("sens")
        if visees and not sens:
            self.add_error("sens", "Dites s’il faut ajouter ces visées ou remplacer les anciennes.")
        elif sens == "ajouter" and not visees:
            self.add_error("visees", "Cochez ce qui s’ajoute.")
        elif not self.errors and not self.valeurs():
            self.add_error(None, "Écrivez au moins une chose à changer.")
        return donnees

    def valeurs(self) -> dict[str, Any]:
        """field of a file → its new value."""
        dits = self.cleaned_data
        valeurs: dict[str, Any] = {c: dits[c] for c in ("domaine", "direction") if dits.get(c)}
        if "domaine" in valeurs:
            valeurs["domaine_autre"] = ""
        if "direction" in valeurs:
            valeurs["direction"] = " ".join(valeurs["direction"].split())
        if profil := dits.get("profil"):
            valeurs["profil"] = "" if profil == self.AUCUN else profil
        visees = dits.get("visees") or []
        if dits.get("sens") == "ajouter":
            valeurs |= dict.fromkeys(visees, True)
        elif dits.get("sens") == "remplacer":
            valeurs |= {champ: champ in visees for champ in Cadre.VISEES}
        return valeurs
