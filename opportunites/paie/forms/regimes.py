"""The régime indemnitaire of a collectivité, typed or deposited."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from collectivites.communs.formulaires import FormulaireQuatuor
from opportunites.models import GroupeIndemnitaire
from opportunites.paie.forms.champs import avantages_saisis, champs_des_avantages, montant
from opportunites.paie.tableur import MONTANTS, diagnostiquer, en_desordre

TAILLE_MAX = 2 * 1024 * 1024
LIGNES_LIBRES = 3
#: Personal quantities: no délibération fixes them.
HORS_DELIBERATION = ("av_astreintes", "av_cet", "av_trajet", "av_vehicule_logement")


class _DeliberationForm(FormulaireQuatuor, forms.Form):
    deliberee_le = forms.DateField(
        label="Date de la délibération",
        help_text="La même date remplace ce qui était enregistré pour cette délibération.",
    )
    reference = forms.CharField(
        label="Référence", required=False, max_length=80, help_text="Par exemple : n° 2025-114."
    )

    def clean_deliberee_le(self) -> date:
        jour: date = self.cleaned_data["deliberee_le"]
        if not date(2014, 5, 20) <= jour <= timezone.localdate():
            raise forms.ValidationError(
                "Choisissez une date passée, depuis la création du RIFSEEP (20 mai 2014)."
            )
        return jour


class RegimeForm(_DeliberationForm):
    """The délibération and the advantages that it, or another one, gives to all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        avantages = champs_des_avantages()
        self.fields |= {n: c for n, c in avantages.items() if n not in HORS_DELIBERATION}

    def de_la_deliberation(self) -> list[Any]:
        return [self["deliberee_le"], self["reference"]]

    def des_avantages(self) -> list[Any]:
        return [self[nom] for nom in self.fields if nom.startswith("av_")]

    def avantages(self) -> dict[str, Decimal]:
        return avantages_saisis(self.cleaned_data)


class GroupeForm(FormulaireQuatuor, forms.Form):
    """A row: a group, and what the délibération bounds."""

    code = forms.CharField(label="Groupe", max_length=10, required=False)
    libelle = forms.CharField(label="Fonctions", max_length=120, required=False)
    ifse_min = montant("IFSE minimum", max_value=200_000)
    ifse_indicatif = montant("IFSE indicatif", max_value=200_000)
    ifse_max = montant("IFSE maximum", max_value=200_000)
    cia_min = montant("CIA minimum", max_value=200_000)
    cia_indicatif = montant("CIA indicatif", max_value=200_000)
    cia_max = montant("CIA maximum", max_value=200_000)

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        remplie = any(v not in {None, ""} for v in donnees.values())
        if remplie and not donnees.get("code"):
            self.add_error("code", "Nommez ce groupe, ou videz la ligne.")
        for faute in en_desordre({champ: donnees.get(champ) for champ in MONTANTS}):
            champ = "ifse_max" if "IFSE" in faute else "cia_max"
            self.add_error(champ, f"{faute[0].upper()}{faute[1:]}.")
        return donnees


class _Groupes(forms.BaseFormSet):
    def clean(self) -> None:
        codes: set[str] = set()
        for ligne in self.forms:
            code = ligne.cleaned_data.get("code") if ligne.is_valid() else ""
            if code and code in codes:
                ligne.add_error("code", "Ce groupe est déjà plus haut.")
            codes.add(code or "")
        if not self._est_fautif() and not codes - {""}:
            raise forms.ValidationError("Donnez au moins un groupe.")

    def _est_fautif(self) -> bool:
        return any(ligne.errors for ligne in self.forms)


GroupesForm = forms.formset_factory(
    GroupeForm, formset=_Groupes, extra=LIGNES_LIBRES, max_num=60, validate_max=True
)


def groupes_saisis(lignes: Any) -> list[GroupeIndemnitaire]:
    """The rows of a valid `GroupesForm` that name a group."""
    return [
        GroupeIndemnitaire(**ligne.cleaned_data)
        for ligne in lignes
        if ligne.cleaned_data.get("code")
    ]


class ImportRegimeForm(_DeliberationForm):
    """A spreadsheet: read whole, and said line by line when something is wrong."""

    fichier = forms.FileField(
        label="Tableur des groupes",
        help_text="Excel, LibreOffice ou CSV, 2 Mo au plus. Exportez le modèle pour les colonnes.",
    )

    groupes: tuple[GroupeIndemnitaire, ...] = ()

    def clean_fichier(self) -> UploadedFile:
        fichier: UploadedFile = self.cleaned_data["fichier"]
        if (fichier.size or 0) > TAILLE_MAX:
            raise forms.ValidationError("Ce fichier dépasse 2 Mo.")
        diagnostic = diagnostiquer(fichier.read(), fichier.name or "")
        if diagnostic.erreurs:
            raise forms.ValidationError(list(diagnostic.erreurs))
        self.groupes = diagnostic.groupes
        return fichier
