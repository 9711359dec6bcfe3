"""The forms of the workshop: dates, settings, decisions, what becomes propositions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.models import Demarche
from opportunites.campagne.calcul.parametres import LIMITE, MODES, Parametres, par_defaut
from opportunites.campagne.mots import Etape, Scenario
from opportunites.campagne.predicats import (
    cloture_impossible,
    date_d_effet_impossible,
    deplacement_impossible,
    se_deplace,
)
from opportunites.models import Campagne

#: What a select offers; « sans » travels for « no limit ».
SANS = "sans"
TOLERANCES = [("0", "0"), ("1", "±1"), ("2", "±2"), ("3", "±3"), (SANS, "sans limite")]
CHAINES = [("1", "1"), ("3", "3"), ("5", "5"), ("8", "8"), (SANS, "sans limite")]
BOUCLES = [("2", "2"), ("3", "3"), ("4", "4"), (SANS, "sans limite")]
DATES = {e.value for e in Etape}


def _nombre(valeur: str) -> int | None:
    return None if valeur == SANS else int(valeur)


def _texte(valeur: int | None) -> str:
    return SANS if valeur is None else str(valeur)


class OuvertureForm(FormulaireQuatuor, forms.Form):
    """All its dates, once."""

    nom = forms.CharField(
        label="Nom de la campagne", max_length=80, help_text="Par exemple : Mouvement 2027."
    )
    voeux_du = forms.DateField(label="Ouverture des vœux")
    voeux_au = forms.DateField(
        label="Clôture des vœux",
        help_text="Un vœu ajouté ensuite compte pour la campagne suivante.",
    )
    avis_au = forms.DateField(
        label="Fin des avis des employeurs",
        help_text="Chaque employeur dit qui il accueillerait sur ses postes, et dans quel ordre.",
    )
    simulation_au = forms.DateField(
        label="Fin des simulations",
        help_text="Ensuite, plus de nouveau scénario : ceux qui sont calculés se relancent sur les "
        "données du jour, et se réparent.",
    )
    propositions_au = forms.DateField(label="Envoi des propositions au plus tard")
    reponses_au = forms.DateField(label="Fin des réponses")

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        precedente: date | None = None
        for etape in Etape:
            jour = donnees.get(etape.value)
            if jour and precedente and jour <= precedente:
                self.add_error(etape.value, "Cette date doit suivre la précédente.")
            precedente = jour or precedente
        fin_des_voeux = donnees.get("voeux_au")
        if fin_des_voeux and (refus := cloture_impossible(fin_des_voeux)):
            self.add_error("voeux_au", refus)
        return donnees

    def dates(self) -> dict[str, date]:
        return {nom: jour for nom, jour in self.cleaned_data.items() if nom in DATES}


class DeplacementForm(FormulaireQuatuor, forms.Form):
    """One date moves, and those that follow with it."""

    etape = forms.ChoiceField(label="Date à déplacer", choices=Etape.choices)
    jour = forms.DateField(
        label="Nouvelle date",
        help_text="Les dates suivantes se décalent d’autant de jours. Chacun est prévenu une fois.",
    )

    def __init__(self, *args: Any, campagne: Campagne, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campagne = campagne
        champ = self.fields["etape"]
        assert isinstance(champ, forms.ChoiceField)
        champ.choices = [(e.value, e.label) for e in Etape if se_deplace(campagne, e)]

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        if {"etape", "jour"} <= donnees.keys():
            etape = Etape(donnees["etape"])
            if refus := deplacement_impossible(self.campagne, etape, donnees["jour"]):
                self.add_error("jour", refus)
        return donnees


class ReglagesForm(FormulaireQuatuor, forms.Form):
    """What a run is asked. A tolerance for each collectivité: `tolerance_<code>`."""

    scenario = forms.ChoiceField(
        label="Ce que le calcul cherche", choices=Scenario.choices, widget=forms.RadioSelect
    )
    chaine_max = forms.ChoiceField(
        label="Longueur d’une chaîne",
        choices=CHAINES,
        help_text="Plus courte, elle résiste mieux à un refus.",
    )
    boucle_max = forms.ChoiceField(label="Taille d’un échange", choices=BOUCLES)

    def __init__(
        self, *args: Any, demarche: Demarche, parametres: Parametres | None, **kwargs: Any
    ) -> None:
        self.base = parametres or par_defaut(demarche)
        super().__init__(*args, **kwargs)
        self.initial = {
            "scenario": self.base["scenario"],
            "chaine_max": _texte(self.base["chaine_max"]),
            "boucle_max": _texte(self.base["boucle_max"]),
        }
        self.codes = []
        for c in demarche.collectivites.order_by("pk"):
            nom = f"tolerance_{c.code}"
            self.codes.append((nom, c.code))
            self.fields[nom] = forms.ChoiceField(label=c.nom_court, choices=TOLERANCES)
            self.initial[nom] = _texte(self.base["tolerances"].get(c.code))

    @property
    def tolerances(self) -> list[Any]:
        """The bound fields, for the template."""
        return [self[nom] for nom, _ in self.codes]

    def parametres(self) -> Parametres:
        """Decisions taken on the scenario at hand are kept; a repair is asked for elsewhere."""
        lu = self.cleaned_data
        return {
            "scenario": lu["scenario"],
            "mode": MODES[0],
            "chaine_max": _nombre(lu["chaine_max"]),
            "boucle_max": _nombre(lu["boucle_max"]),
            "limite": LIMITE,
            "tolerances": {code: _nombre(lu[nom]) for nom, code in self.codes},
            "decisions": self.base["decisions"],
        }


class DecisionForm(FormulaireQuatuor, forms.Form):
    """Why a person changes what the calculation found."""

    motif = forms.CharField(
        label="Pourquoi",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text="Le journal garde cette raison, sans nom. Parlez du poste ou du service.",
    )


class PreparationForm(FormulaireQuatuor, forms.Form):
    """Which components become propositions, and when an exchange takes effect."""

    composantes = forms.TypedMultipleChoiceField(
        label="Ce qui devient des propositions",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choisissez au moins une chaîne ou un échange."},
    )
    date_effet = forms.DateField(
        label="Date d’effet des échanges",
        required=False,
        help_text="Un échange prend effet le même jour pour tous. Une chaîne n’en a pas besoin.",
    )

    def __init__(self, *args: Any, composantes: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.boucles = {c.numero for c in composantes if c.boucle}
        champ = self.fields["composantes"]
        assert isinstance(champ, forms.TypedMultipleChoiceField)
        champ.choices = [(c.numero, f"{c.titre}, {c.personnes} : {c.suite}") for c in composantes]
        if not self.boucles:
            del self.fields["date_effet"]

    def clean_date_effet(self) -> date | None:
        jour: date | None = self.cleaned_data["date_effet"]
        if jour is not None and (refus := date_d_effet_impossible(jour)):
            raise forms.ValidationError(refus)
        return jour

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        choisies = set(donnees.get("composantes") or ())
        manque = not donnees.get("date_effet") and "date_effet" not in self.errors
        if choisies & self.boucles and manque:
            self.add_error("date_effet", "Un échange a une seule date d’effet : choisissez-la.")
        return donnees
