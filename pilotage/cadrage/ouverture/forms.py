"""The three written steps of an opening: the démarche, its employers, who directs them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django import forms

from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.communs.typographie import de
from collectivites.models import Demarche, Utilisateur
from collectivites.mots import CodeCollectivite, Role
from pilotage.cadrage.ouverture.siren import est_un_siren, siren_propre
from pilotage.cadrage.regles import champs
from pilotage.models.gardes_des_regles import COLONNES

DIRECTIONS = (Role.DGS, Role.DRH)
MINIMUM = 2
#: Of a person, in the form of the directions.
CHAMPS_PERSONNE = ("prenom", "nom", "courriel")


class DemarcheForm(FormulaireQuatuor, forms.Form):
    """Its name, and the rules that its DGS will read first."""

    nom = forms.CharField(
        label="Nom de la démarche",
        max_length=120,
        help_text="Celui que liront les personnes : « Parcours mobilité Centre-Val de Loire ».",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champs.poser(self, COLONNES)

    def clean_nom(self) -> str:
        nom = str(self.cleaned_data["nom"])
        if Demarche.objects.filter(nom__iexact=nom).exists():
            raise forms.ValidationError("Une démarche porte déjà ce nom.")
        return nom

    def clean(self) -> dict[str, Any]:
        valeurs = super().clean() or {}
        champs.controler(self, valeurs)
        return self.cleaned_data


class EmployeursForm(FormulaireQuatuor, forms.Form):
    """The kinds of employer that take part: one block each, left empty by those that do not."""

    CHAMPS = ("nom", "nom_court", "siren", "domaine_courriel", "groupe_employeur")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in CodeCollectivite.values:
            self._poser(code)

    def _poser(self, code: str) -> None:
        exemples = {"ville": ("Ville d’Orléans", "Ville")}.get(code, ("", ""))
        self.fields |= {
            f"{code}_nom": forms.CharField(
                label="Nom",
                max_length=120,
                required=False,
                help_text=f"Par exemple : {exemples[0]}." if exemples[0] else "",
            ),
            f"{code}_nom_court": forms.CharField(
                label="Nom court",
                max_length=40,
                required=False,
                help_text=f"Celui des tableaux : {exemples[1]}." if exemples[1] else "",
            ),
            f"{code}_siren": forms.CharField(label="SIREN", max_length=14, required=False),
            f"{code}_domaine_courriel": forms.CharField(
                label="Domaine des adresses",
                max_length=120,
                required=False,
                help_text="Ce qui suit l’arobase. Facultatif." if exemples[0] else "",
            ),
            f"{code}_groupe_employeur": forms.CharField(
                label="Groupe",
                max_length=40,
                required=False,
                help_text="Un même mot chez deux employeurs qui partagent leurs services ou leurs "
                "directions : ce qu’un agent confie à l’un reste alors caché à l’autre. Facultatif."
                if exemples[0]
                else "",
            ),
        }

    def blocs(self) -> list[tuple[str, list[Any]]]:
        """(kind, its fields)."""
        return [
            (str(code.label), [self[f"{code.value}_{champ}"] for champ in self.CHAMPS])
            for code in CodeCollectivite
        ]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        presents = [c for c in CodeCollectivite.values if self._commence(c)]
        for code in presents:
            self._completer(code)
        if len(presents) < MINIMUM:
            self.add_error(None, "Une démarche réunit deux employeurs au moins.")
        self._sans_doublon("siren", presents, "Deux employeurs ne portent pas le même SIREN.")
        self._sans_doublon("nom", presents, "Deux employeurs ne portent pas le même nom.")
        self._groupes(presents)
        return donnees

    def _commence(self, code: str) -> bool:
        return any(self.cleaned_data.get(f"{code}_{champ}") for champ in self.CHAMPS) or any(
            f"{code}_{champ}" in self.errors for champ in self.CHAMPS
        )

    def _completer(self, code: str) -> None:
        for champ, manque in (
            ("nom", "Écrivez le nom de cet employeur, ou videz tout son bloc."),
            ("nom_court", "Écrivez un nom court, pour les tableaux."),
            ("siren", "Écrivez son SIREN : neuf chiffres."),
        ):
            nom = f"{code}_{champ}"
            if not self.cleaned_data.get(nom) and nom not in self.errors:
                self.add_error(nom, manque)
        siren = siren_propre(self.cleaned_data.get(f"{code}_siren") or "")
        if siren and not est_un_siren(siren):
            self.add_error(
                f"{code}_siren",
                "Ce n’est pas un SIREN : neuf chiffres, dont le dernier contrôle les autres.",
            )
        else:
            self.cleaned_data[f"{code}_siren"] = siren
        domaine = (self.cleaned_data.get(f"{code}_domaine_courriel") or "").lstrip("@").lower()
        if domaine and ("." not in domaine or " " in domaine or "@" in domaine):
            self.add_error(f"{code}_domaine_courriel", "Écrivez un domaine, comme orleans.fr.")
        else:
            self.cleaned_data[f"{code}_domaine_courriel"] = domaine

    def _sans_doublon(self, champ: str, presents: list[str], message: str) -> None:
        vus: dict[str, str] = {}
        for code in presents:
            valeur = (self.cleaned_data.get(f"{code}_{champ}") or "").casefold()
            if valeur and valeur in vus:
                self.add_error(f"{code}_{champ}", message)
            vus.setdefault(valeur, code)

    def _groupes(self, presents: list[str]) -> None:
        compte = Counter(self.cleaned_data.get(f"{c}_groupe_employeur") for c in presents)
        for code in presents:
            groupe = self.cleaned_data.get(f"{code}_groupe_employeur")
            if groupe and compte[groupe] == 1:
                self.add_error(
                    f"{code}_groupe_employeur",
                    "Un groupe réunit deux employeurs au moins : écrivez le même mot chez l’autre.",
                )

    def employeurs(self) -> list[dict[str, str]]:
        """Those that take part, in the order of their kinds."""
        return [
            {"code": code, **{c: self.cleaned_data[f"{code}_{c}"] for c in self.CHAMPS}}
            for code in CodeCollectivite.values
            if self.cleaned_data.get(f"{code}_nom")
        ]


class DirectionsForm(FormulaireQuatuor, forms.Form):
    """The DGS and the DRH of each employer. One address written twice is one person."""

    def __init__(
        self, *args: Any, employeurs: list[dict[str, str]], par: Utilisateur, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.employeurs, self.par = employeurs, par
        for employeur in employeurs:
            for role in DIRECTIONS:
                self._poser(f"{employeur['code']}_{role.value}")

    def _poser(self, cle: str) -> None:
        self.fields |= {
            f"{cle}_prenom": forms.CharField(label="Prénom", max_length=80),
            f"{cle}_nom": forms.CharField(label="Nom", max_length=80),
            f"{cle}_courriel": forms.EmailField(
                label="Adresse professionnelle",
                max_length=254,
                error_messages={
                    "invalid": "Écrivez une adresse complète, comme prenom.nom@ville.fr."
                },
            ),
        }

    def blocs(self) -> list[tuple[str, list[tuple[str, list[Any]]]]]:
        """(employer, [(role, its fields)])."""
        return [
            (
                employeur["nom"],
                [
                    (
                        str(role.label),
                        [self[f"{employeur['code']}_{role.value}_{c}"] for c in CHAMPS_PERSONNE],
                    )
                    for role in DIRECTIONS
                ],
            )
            for employeur in self.employeurs
        ]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        noms: dict[str, tuple[str, str]] = {}
        for cle in self._cles():
            courriel = (donnees.get(f"{cle}_courriel") or "").strip().lower()
            if not courriel:
                continue
            donnees[f"{cle}_courriel"] = courriel
            if refus := refus_de_l_adresse(courriel, self.par):
                self.add_error(f"{cle}_courriel", refus)
            nom = (donnees.get(f"{cle}_prenom", ""), donnees.get(f"{cle}_nom", ""))
            if noms.setdefault(courriel, nom) != nom:
                autre = " ".join(noms[courriel]).strip()
                self.add_error(
                    f"{cle}_courriel", f"Plus haut, cette adresse est celle {de(autre)}."
                )
        return donnees

    def _cles(self) -> list[str]:
        return [f"{e['code']}_{role.value}" for e in self.employeurs for role in DIRECTIONS]

    def directions(self) -> list[dict[str, str]]:
        """(employer, role) and the person, in order."""
        return [
            {
                "code": employeur["code"],
                "role": role.value,
                **{
                    c: self.cleaned_data[f"{employeur['code']}_{role.value}_{c}"]
                    for c in CHAMPS_PERSONNE
                },
            }
            for employeur in self.employeurs
            for role in DIRECTIONS
        ]


def refus_de_l_adresse(courriel: str, par: Utilisateur) -> str | None:
    """An operator gives no role to themselves, nor to another operator."""
    if courriel == par.email.lower():
        return "Vous ne vous donnez pas de rôle à vous-même."
    if Utilisateur.objects.filter(email__iexact=courriel, is_superuser=True).exists():
        return "Cette adresse est celle d’un exploitant : il n’agit pour aucun employeur."
    return None


class PersonneForm(FormulaireQuatuor, forms.Form):
    """Who follows a DGS or a DRH, named by the operator where nobody else can."""

    role = forms.ChoiceField(
        label="Comme", choices=[(r.value, r.label) for r in DIRECTIONS], widget=forms.RadioSelect
    )
    prenom = forms.CharField(label="Prénom", max_length=80)
    nom = forms.CharField(label="Nom", max_length=80)
    courriel = forms.EmailField(label="Adresse professionnelle", max_length=254)
    motif = forms.CharField(
        label="Pourquoi ?",
        max_length=300,
        help_text="Inscrit au journal de la démarche, et dit à ses DGS.",
    )

    def __init__(self, *args: Any, par: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.par = par

    def clean_courriel(self) -> str:
        courriel = str(self.cleaned_data["courriel"]).strip().lower()
        if refus := refus_de_l_adresse(courriel, self.par):
            raise forms.ValidationError(refus)
        return courriel


class AdresseForm(FormulaireQuatuor, forms.Form):
    """A new address for somebody who directs: the former one is told."""

    courriel = forms.EmailField(label="Nouvelle adresse professionnelle", max_length=254)
    motif = forms.CharField(
        label="Pourquoi ?",
        max_length=300,
        help_text="Inscrit au journal de la démarche, et dit à l’ancienne adresse.",
    )

    def __init__(self, *args: Any, par: Utilisateur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.par = par

    def clean_courriel(self) -> str:
        courriel = str(self.cleaned_data["courriel"]).strip().lower()
        if refus := refus_de_l_adresse(courriel, self.par):
            raise forms.ValidationError(refus)
        if Utilisateur.objects.filter(email__iexact=courriel).exists():
            raise forms.ValidationError("Un compte existe déjà pour cette adresse.")
        return courriel


class MotifForm(FormulaireQuatuor, forms.Form):
    """Why an access ends."""

    motif = forms.CharField(
        label="Pourquoi ?",
        max_length=300,
        help_text="Inscrit au journal de la démarche, et dit à ses DGS.",
    )
