"""Forms of the import: the deposit of a staff list, its corrections, its columns."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms

from cadres.models import ImportCadres
from cadres.recensement.modeles import CHAMPS
from collectivites.communs.formulaires import FormulaireQuatuor

#: Bytes. A staff list of 20,000 rows weighs about 3 MB.
TAILLE_MAX = 20 * 1024 * 1024
EXTENSIONS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt")


class DepotForm(FormulaireQuatuor, forms.Form):
    """A staff list to deposit."""

    fichier = forms.FileField(
        label="Votre tableur",
        help_text=(
            "xlsx, xls, ods ou csv, tel qu’il sort de votre logiciel RH. "
            "Jusqu’à 20\u00a0000 lignes et 20\u00a0Mo."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(EXTENSIONS)}),
        error_messages={
            "required": "Choisissez un fichier.",
            "empty": "Ce fichier est vide. Vérifiez-le, puis redéposez-le.",
        },
    )

    def clean_fichier(self) -> Any:
        fichier = self.cleaned_data["fichier"]
        if fichier.size > TAILLE_MAX:
            raise forms.ValidationError(
                "Ce fichier dépasse 20\u00a0Mo. Gardez la seule feuille des cadres, puis redéposez-la."
            )
        if PurePath(fichier.name).suffix.lower() not in EXTENSIONS:
            raise forms.ValidationError(
                "Ce fichier n’est pas un tableur. Déposez un fichier xlsx, xls, ods ou csv."
            )
        return fichier


class CorrectionForm(forms.Form):
    """One value to replace in a row to correct."""

    ligne = forms.IntegerField(min_value=1)
    champ = forms.ChoiceField(choices=[(champ, champ) for champ in CHAMPS])
    valeur = forms.CharField(max_length=300, required=False)


class ColonnesForm(FormulaireQuatuor, forms.Form):
    """What each column of the file feeds."""

    def __init__(self, *args: Any, importation: ImportCadres, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colonnes = importation.resume.get("colonnes", [])
        choix = [("", "Ne pas reprendre"), *CHAMPS.items()]
        for rang, colonne in enumerate(self.colonnes):
            self.fields[f"colonne_{rang}"] = forms.ChoiceField(
                label=colonne["colonne"],
                choices=choix,
                required=False,
                initial=importation.correspondance.get(colonne["colonne"], colonne["champ"]),
            )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        pris: dict[str, str] = {}
        for rang, colonne in enumerate(self.colonnes):
            champ = donnees.get(f"colonne_{rang}") or ""
            if champ and champ in pris:
                self.add_error(
                    f"colonne_{rang}",
                    f"« {CHAMPS[champ]} » est déjà donné par la colonne « {pris[champ]} ».",
                )
            pris.setdefault(champ, colonne["colonne"])
        return donnees

    def correspondance(self) -> dict[str, str]:
        return {
            colonne["colonne"]: self.cleaned_data[f"colonne_{rang}"]
            for rang, colonne in enumerate(self.colonnes)
        }

    def lignes(self) -> list[dict[str, Any]]:
        """Each column beside its field, for the table."""
        return [
            {**colonne, "saisie": self[f"colonne_{rang}"]}
            for rang, colonne in enumerate(self.colonnes)
        ]
