"""A family of métiers in a form, where one types, and in the filters of a list, where one chooses."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from collectivites.communs import metiers

#: The datalist that `composants/familles.html` writes.
LISTE = "familles"
AIDE = "Tapez quelques lettres d’une famille ou d’un métier, puis choisissez. " + metiers.PRUDENCE


class FamilleField(forms.CharField):
    """What is typed (a family, a métier, a name in use) becomes a code of the list.

    A text that the file already held outside the list is left alone (`gardee`): an import or a former
    version wrote it, and correcting another field must not lose it.
    """

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", "Famille de métiers")
        options.setdefault("required", False)
        options.setdefault("max_length", metiers.AUTRE_MAX)
        super().__init__(**options)
        self.widget.attrs["list"] = LISTE
        self.gardee = ""

    def clean(self, value: Any) -> str:
        texte = str(super().clean(value) or "").strip()
        if not texte:
            return ""
        if texte == self.gardee:
            return metiers.AUTRE
        if code := metiers.reconnaitre(texte):
            return code
        proche = metiers.suggerer(texte)
        conseil = f"Vouliez-vous dire « {proche} » ?" if proche else ""
        raise forms.ValidationError(
            "Cette famille n’est pas dans la liste. "
            + (conseil or "Tapez quelques lettres, puis choisissez.")
        )


class AvecLaFamille:
    """Mixin of the form of a model that has a family: its words in the field, its two columns out."""

    fields: dict[str, forms.Field]
    initial: MutableMapping[str, Any]
    instance: Any

    def dire_la_famille(self) -> None:
        """To be called once the fields are there."""
        champ = self.fields["domaine"]
        assert isinstance(champ, FamilleField)
        champ.gardee = self.instance.domaine_autre
        self.initial["domaine"] = self.instance.famille_de_metiers

    def clean_domaine(self) -> str:
        code: str = self.cleaned_data["domaine"]  # type: ignore[attr-defined]
        autre = self.instance.domaine_autre if code == metiers.AUTRE else ""
        self.cleaned_data["domaine_autre"] = autre  # type: ignore[attr-defined]
        return code


def propositions() -> list[tuple[str, str]]:
    """(what is written, what it belongs to): the families, then the métiers that lead there."""
    return [
        *((famille.libelle, famille.champ) for famille in metiers.FAMILLES.values()),
        *((metier, metiers.FAMILLES[code].libelle) for metier, code in metiers.METIERS.items()),
    ]


class _FamilleCherchee(django_filters.fields.ChoiceField):
    """A word is searched as well: an address or an alert kept before the list still opens."""

    def valid_value(self, value: Any) -> bool:
        return True


class FamilleFilter(django_filters.ChoiceFilter):
    """One family; or, from an address, the words of some."""

    field_class = _FamilleCherchee

    def __init__(self, *, formulaire: str, prefixe: str = "") -> None:
        self.prefixe = prefixe
        super().__init__(
            label="Famille de métiers",
            choices=metiers.CHOIX,
            empty_label="Toutes",
            widget=forms.Select(attrs={"form": formulaire}),
        )

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        condition = Q(**{f"{self.prefixe}domaine__in": metiers.trouver(value)})
        gardes = Q(**{f"{self.prefixe}domaine": metiers.AUTRE})
        for mot in value.split():
            gardes &= Q(**{f"{self.prefixe}domaine_autre__icontains": mot})
        return qs.filter(condition | gardes)
