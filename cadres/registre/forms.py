"""Forms written against the list: the criteria, a saved view."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.http import QueryDict

from cadres.models import Cadre, Critere
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.communs.typographie import sans_accents

Genre = Critere.Genre
FORMULAIRE = "criteres-form"

#: What can never be a criterion: (name of the ground, words that betray it, unaccented). CGFP L131-1 and L131-2.
_INTERDITS: tuple[tuple[str, str], ...] = (
    (
        "L’âge",
        r"\b(ages?|agee?s?|naissances?|nee?s? (en|avant|apres)|jeunes?|seniors?|vieux|retraites?)\b|^(?!.*(poste|anciennet|experien|metier|grade|management)).*\b[2-7][0-9] ans\b",
    ),
    (
        "Le sexe",
        r"\b(sexe|genre|civilite|femmes?|hommes?|feminin|masculin|parite|madame|monsieur)\b",
    ),
    (
        "La famille",
        r"\b(famill\w+|enfants?|mari[eé]\w*|mariage|couples?|conjoint\w*|celibat\w*|divorc\w*|mere|pere|parents?|grossesse|enceinte|maternite|paternite|garde)\b",
    ),
    (
        "La santé",
        r"\b(sante|malad\w+|handicap\w*|rqth|invalid\w*|arrets?|absenteisme|absences?|apte|inapte|aptitude medicale|apparence|physique)\b",
    ),
    (
        "L’origine",
        r"\b(origines?|nationalite|etranger\w*|ethni\w*|race|patronyme|accent|lieu de naissance)\b",
    ),
    (
        "L’opinion ou la religion",
        r"\b(opinions?|politi\w+ personnelle|parti|syndi\w+|religi\w+|croyan\w+|philosophi\w+|greve\w*)\b",
    ),
    (
        "L’orientation ou l’identité de genre",
        r"\b(orientation sexuelle|homosexu\w*|identite de genre)\b",
    ),
)
_LOI = (
    "Code général de la fonction publique, articles L131-1 et L131-2. "
    "Ce qui compte se dit autrement\u00a0: l’ancienneté dans le poste, le métier exercé, "
    "l’équipe encadrée."
)
NON_MESURABLE = (
    "Le registre ne sait pas mesurer ce critère. Dites-le avec ceux de la page, ou décidez cadre "
    "par cadre, en écrivant votre motif."
)


def motif_interdit(texte: str) -> str:
    """Why these words cannot be a criterion; empty when they name nothing forbidden."""
    mots = sans_accents(texte)
    for nom, motif in _INTERDITS:
        if re.search(motif, mots):
            return f"{nom} ne peut pas être un critère. {_LOI}"
    return ""


class CriteresForm(FormulaireQuatuor, forms.Form):
    """One field for each genre of criterion; what is empty is no criterion."""

    anciennete = forms.IntegerField(
        label="Dans le poste depuis au moins (années)", min_value=0, max_value=45, required=False
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
        label="Domaine de métier", widget=forms.CheckboxSelectMultiple, required=False
    )
    autre = forms.CharField(
        label="Un autre critère\u00a0?",
        max_length=200,
        required=False,
        help_text="Écrivez-le\u00a0: nous vous dirons s’il peut en être un.",
    )

    def __init__(self, *args: Any, domaines: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["domaine"]
        assert isinstance(champ, forms.MultipleChoiceField)
        champ.choices = [(domaine, domaine) for domaine in domaines]
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


class VueForm(FormulaireQuatuor, forms.Form):
    """The name under which filters, columns and order are kept."""

    nom = forms.CharField(
        label="Nom de la vue",
        max_length=60,
        error_messages={"required": "Donnez un nom à cette vue."},
    )
    parametres = forms.CharField(required=False, max_length=1500, widget=forms.HiddenInput)
