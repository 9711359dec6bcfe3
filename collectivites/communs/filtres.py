"""What the filters and the orders of a list share; they live in the address of the page."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.http import QueryDict
from django.utils.choices import flatten_choices

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import sans_accents
from collectivites.models import Collectivite, Direction

#: The form that sends the filters; its fields stand apart from it, in the part htmx replaces.
FORMULAIRE = "filtres-liste"
MOTS_MAX = 6
_LISTE = {"form": FORMULAIRE}


def choix(libelle: str, choix: Any, vide: str = "Indifférent", **options: Any) -> Any:
    return django_filters.ChoiceFilter(
        label=libelle,
        choices=choix,
        empty_label=vide,
        widget=forms.Select(attrs=_LISTE),
        **options,
    )


def mot(libelle: str, champ: str, **options: Any) -> Any:
    return django_filters.CharFilter(
        label=libelle,
        field_name=champ,
        lookup_expr="icontains",
        max_length=60,
        widget=forms.TextInput(attrs=_LISTE),
        **options,
    )


class AvecPuces:
    """Mixin of a filterset: what is filtered is told in chips, each with the way to remove it."""

    form: forms.Form

    def puces(self, parametres: QueryDict) -> list[dict[str, str]]:
        """The chips: label, value, and the address without that filter. The search has none."""
        puces = []
        for nom, champ in self.form.fields.items():
            valeur = self.form.cleaned_data.get(nom) if self.form.is_valid() else None
            if nom == "q" or not valeur:
                continue
            libelle, texte = self.etiquette(nom, champ, valeur)
            reste = parametres.copy()
            for cle in (nom, "page"):
                reste.pop(cle, None)
            url = f"?{reste.urlencode()}"
            puces.append({"nom": nom, "libelle": libelle, "valeur": texte, "url": url})
        return puces

    def etiquette(self, nom: str, champ: forms.Field, valeur: Any) -> tuple[str, str]:
        """The label and the value of a chip, in words."""
        if not _a_choix(champ):
            return str(champ.label), str(valeur)
        choix = champ.choices  # type: ignore[attr-defined]
        libelles: dict[Any, Any] = dict(flatten_choices(list(choix)))
        valeurs = valeur if isinstance(valeur, list) else [valeur]
        return str(champ.label), ", ".join(str(libelles.get(v, v)) for v in valeurs)


class Filtre(AvecPuces, django_filters.FilterSet):
    """A search box, a collectivité of the démarche, a state; and an order of the rows.

    An unknown value is ignored: an old link still opens the list. `TRIS`: key of `?tri=` → what it
    orders by, unknown values last.
    """

    q = django_filters.CharFilter(label="Rechercher", method="chercher", max_length=120)
    collectivite = django_filters.ModelChoiceFilter(
        label="Collectivité",
        empty_label="Toutes les collectivités",
        queryset=Collectivite.objects.none(),
        field_name="",
        widget=forms.Select(attrs=_LISTE),
    )
    champ_collectivite = ""
    champs_recherche: tuple[str, ...] = ()
    #: What is found by the direction's name, whatever its accents.
    champ_direction = ""
    #: What the page calls a row, and what its search box says that it looks into.
    nom = "ligne,lignes"
    invite = ""
    TRIS: dict[str, Any] = {}

    def __init__(self, data: Any, *, queryset: QuerySet[Any], acteur: Acteur) -> None:
        self.acteur = acteur
        super().__init__(data, queryset=queryset)
        self.filters["collectivite"].field_name = self.champ_collectivite
        self.filters["collectivite"].queryset = Collectivite.objects.visibles_par(acteur)

    # --- Search and order -----------------------------------------------------------------------

    def chercher(self, lignes: QuerySet[Any], nom: str, valeur: str) -> QuerySet[Any]:
        """Every word, in any of the columns, whatever its accents and its case."""
        directions = self._directions()
        for mot in sans_accents(valeur).split()[:MOTS_MAX]:
            condition = Q()
            for champ in self.champs_recherche:
                condition |= Q(**{f"{champ}__contains": mot})
            if trouvees := [pk for pk, libelle in directions if mot in libelle]:
                condition |= Q(**{f"{self.champ_direction}__in": trouvees})
            lignes = lignes.filter(condition)
        return lignes

    def _directions(self) -> list[tuple[int, str]]:
        """The directions of the démarche, unaccented: some hundreds, read only for a search."""
        if not self.champ_direction:
            return []
        de_la_demarche = Direction.objects.filter(collectivite__demarche=self.acteur.demarche)
        return [(pk, sans_accents(nom)) for pk, nom in de_la_demarche.values_list("pk", "libelle")]

    @property
    def tri_courant(self) -> str:
        """The order that the address asks for, if the list knows it; else the list's own."""
        demande = str(self.data.get("tri", ""))
        return demande if demande.removeprefix("-") in self.TRIS else ""

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        lignes = super().filter_queryset(queryset)
        if not (tri := self.tri_courant):
            return self.par_defaut(lignes)
        expression = self.TRIS[tri.removeprefix("-")]
        if callable(expression):
            expression = expression(self.acteur)
        elif isinstance(expression, str):
            expression = F(expression)
        if tri.startswith("-"):
            return lignes.order_by(expression.desc(nulls_last=True), "-pk")
        return lignes.order_by(expression.asc(nulls_last=True), "pk")

    def par_defaut(self, lignes: QuerySet[Any]) -> QuerySet[Any]:
        return lignes

    # --- What the page says of them -------------------------------------------------------------

    @property
    def recherche(self) -> str:
        return str(self.data.get("q", "")).strip()

    @property
    def sont_poses(self) -> bool:
        """Whether the list is narrowed: an empty result then says something else."""
        return any(self.data.get(nom) for nom in self.form.fields)


def _a_choix(champ: forms.Field) -> bool:
    return isinstance(champ, forms.ChoiceField) and not isinstance(champ, forms.ModelChoiceField)


def rang_de(champ: str, etats: Any, **avant: Q) -> Case:
    """The place of each state in `etats`: states are sorted by where they stand, not by letter."""
    return Case(
        *(When(condition, then=Value(-1)) for condition in avant.values()),
        *(When(**{champ: etat}, then=Value(rang)) for rang, etat in enumerate(etats)),
        default=Value(len(etats)),
        output_field=IntegerField(),
    )
