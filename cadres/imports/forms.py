"""Forms of the import: the deposit of a staff list, its corrections, its columns."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django import forms

from cadres.models import ImportCadres
from cadres.recensement.entetes.colonnes import SANS_SECOURS
from cadres.recensement.modeles import CHAMPS, FeuillePossible
from cadres.recensement.personnes.comparaison import DU_FICHIER, DU_REGISTRE
from cadres.recensement.personnes.modeles import AUTRE_PERSONNE
from cadres.recensement.resultat import Diagnostic
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.communs.typographie import compter

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
    partout = forms.BooleanField(required=False)


class LectureForm(FormulaireQuatuor, forms.Form):
    """Which sheet is read, and whether the rows that the file hides are taken."""

    feuille = forms.ChoiceField(
        label="Feuille à lire",
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Cette feuille n’est pas dans le fichier."},
    )
    masquees = forms.ChoiceField(
        label="Lignes masquées dans le fichier",
        widget=forms.RadioSelect,
        choices=(("avec", "Les reprendre comme les autres"), ("sans", "Les laisser de côté")),
        required=False,
    )

    def __init__(self, *args: Any, diagnostic: Diagnostic, **kwargs: Any) -> None:
        super().__init__(
            *args,
            initial={
                "feuille": diagnostic.feuille,
                "masquees": "sans" if diagnostic.sans_masquees else "avec",
            },
            **kwargs,
        )
        choix = self.fields["feuille"]
        assert isinstance(choix, forms.ChoiceField)
        choix.choices = [(f.nom, _libelle_de_feuille(f)) for f in diagnostic.feuilles]
        if len(diagnostic.feuilles) < 2:
            del self.fields["feuille"]
        if not diagnostic.masquees:
            del self.fields["masquees"]

    def lecture(self) -> dict[str, Any]:
        return {
            "feuille": self.cleaned_data.get("feuille") or "",
            "sans_masquees": self.cleaned_data.get("masquees") == "sans",
        }


def _libelle_de_feuille(feuille: FeuillePossible) -> str:
    """« Effectif 2026 (120 lignes, feuille active) »."""
    precisions = [compter(feuille.nb_lignes, "ligne")]
    if feuille.active:
        precisions.append("feuille active")
    if feuille.masquee:
        precisions.append("feuille masquée")
    return f"{feuille.nom} ({', '.join(precisions)})"


class ColonnesForm(FormulaireQuatuor, forms.Form):
    """What each column of the file feeds."""

    def __init__(self, *args: Any, importation: ImportCadres, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colonnes = importation.resume.get("colonnes", [])
        champs = [(champ, libelle) for champ, libelle in CHAMPS.items() if champ != "cle"]
        for rang, colonne in enumerate(self.colonnes):
            choix = [("", "Ne pas reprendre"), *champs]
            if colonne["code"] == "secours":
                choix[0] = ("", "Seulement là où l’autre colonne est vide")
                choix.insert(1, (SANS_SECOURS, "Ne pas reprendre du tout"))
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
            if champ in CHAMPS and champ in pris:
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


#: What « two persons » is called in a posted form, where the answer of the reading is empty.
AUTRE = "autre"


def reponses_postees(
    diagnostic: Diagnostic, donnees: Mapping[str, str]
) -> tuple[dict[int, int | str], dict[tuple[int, str], str]]:
    """(who is who, whose value wins) as posted, for the questions and conflicts of the diagnosis and
    no other: `qui_<row>`, `conflit_<row>_<field>`, and `tous` for the conflicts left unanswered."""
    decisions: dict[int, int | str] = {}
    for question in diagnostic.questions:
        dite = donnees.get(f"qui_{question.cadre.ligne}", "")
        if dite == AUTRE:
            decisions[question.cadre.ligne] = AUTRE_PERSONNE
        for candidat in question.candidats:
            if dite == str(candidat.fiche_id):
                decisions[question.cadre.ligne] = candidat.fiche_id
    tous = donnees.get("tous", "")
    reponses = {
        (conflit.ligne, conflit.champ): reponse
        for conflit in diagnostic.conflits
        if (reponse := tous or donnees.get(f"conflit_{conflit.ligne}_{conflit.champ}", ""))
        in {DU_FICHIER, DU_REGISTRE}
    }
    return decisions, reponses
