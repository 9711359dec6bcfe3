"""The filters of the lists; they live in the address of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet

from collectivites.models import Collectivite
from collectivites.typographie import sans_accents
from opportunites.models import Mobilite, Opportunite, Proposition

if TYPE_CHECKING:
    from collectivites.acteur import Acteur


class _Filtre(django_filters.FilterSet):
    """A search box, a collectivité of the démarche, a state."""

    q = django_filters.CharFilter(
        label="Rechercher", method="chercher", widget=forms.TextInput(attrs={"type": "search"})
    )
    collectivite = django_filters.ModelChoiceFilter(
        label="Collectivité",
        empty_label="Toutes les collectivités",
        queryset=Collectivite.objects.none(),
        field_name="",
    )
    champ_collectivite = ""
    champs_recherche: tuple[str, ...] = ()

    def __init__(self, data: Any, *, queryset: QuerySet[Any], acteur: Acteur) -> None:
        super().__init__(data, queryset=queryset)
        self.filters["collectivite"].field_name = self.champ_collectivite
        self.filters["collectivite"].queryset = Collectivite.objects.visibles_par(acteur)
        if "etat" in self.filters:
            self.filters["etat"].extra["empty_label"] = "Tous les états"

    def chercher(self, lignes: QuerySet[Any], nom: str, valeur: str) -> QuerySet[Any]:
        """Every word, in any of the columns; `recherche` ones hold neither accents nor capitals."""
        for mot in valeur.split()[:6]:
            condition = Q()
            for champ in self.champs_recherche:
                nu = champ.endswith("recherche")
                condition |= (
                    Q(**{f"{champ}__contains": sans_accents(mot)})
                    if nu
                    else Q(**{f"{champ}__icontains": mot})
                )
            lignes = lignes.filter(condition)
        return lignes

    @property
    def sont_poses(self) -> bool:
        """Whether the list is narrowed: an empty result then says something else."""
        return any(self.data.get(nom) for nom in self.filters)


class OpportuniteFiltre(_Filtre):
    etat = django_filters.ChoiceFilter(label="État", choices=Opportunite.Etat)
    champ_collectivite = "poste__collectivite"
    champs_recherche = ("poste__recherche", "poste__direction__libelle")

    class Meta:
        model = Opportunite
        fields: list[str] = []


class PropositionFiltre(_Filtre):
    etat = django_filters.ChoiceFilter(label="État", choices=Proposition.Etat)
    champ_collectivite = "opportunite__poste__collectivite"
    champs_recherche = ("opportunite__poste__recherche", "cadre__recherche")

    class Meta:
        model = Proposition
        fields: list[str] = []


class MobiliteFiltre(_Filtre):
    etat = django_filters.ChoiceFilter(label="État", choices=Mobilite.Etat)
    champ_collectivite = "collectivite_accueil"
    champs_recherche = ("poste_accueil__recherche", "cadre__recherche")

    class Meta:
        model = Mobilite
        fields: list[str] = []
