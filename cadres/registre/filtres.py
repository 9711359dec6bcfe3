"""The filters of the registre. They live in the URL, and read only what the reader may see."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from cadres.candidature.rangs import PARTI
from cadres.candidature.situations import CHOIX, en_situation
from cadres.models import Cadre, Candidature
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import decaler
from collectivites.communs.filtres import AvecPuces
from collectivites.communs.listes import valeurs_de
from collectivites.communs.metiers.formulaire import FamilleFilter
from collectivites.communs.typographie import accorder, date_texte, sans_accents
from collectivites.models import Direction
from collectivites.mots import CodeCollectivite

#: The form that sends the filters; its fields stand apart from it, in the part htmx replaces.
FORMULAIRE = "filtres-registre"
MOTS_MAX = 8
#: Different grades, or cadres d’emplois, of a démarche; beyond, somebody types what they want there.
VALEURS_MAX = 1_000
OUI_NON = (("oui", "Oui"), ("non", "Non"))


class _Cases(forms.CheckboxSelectMultiple):
    def __init__(self) -> None:
        super().__init__(attrs={"form": FORMULAIRE})


def _liste() -> forms.Select:
    return forms.Select(attrs={"form": FORMULAIRE})


def _texte() -> forms.TextInput:
    return forms.TextInput(attrs={"form": FORMULAIRE})


class RegistreFiltre(AvecPuces, filters.FilterSet):
    """An unknown value is ignored: an old link still opens the list.

    `distinct=False`: columns of the cadre, or of the one collectivité, repeat nobody; asking for
    distinct rows would read and sort the whole list before its first page.
    """

    q = filters.CharFilter(label="Rechercher", method="chercher")
    collectivite = filters.MultipleChoiceFilter(
        label="Collectivité",
        field_name="collectivite__code",
        choices=CodeCollectivite.choices,
        widget=_Cases,
        distinct=False,
    )
    situation = filters.MultipleChoiceFilter(
        label="Situation", choices=CHOIX, method="situer", widget=_Cases
    )
    categorie = filters.MultipleChoiceFilter(
        label="Catégorie", choices=Cadre.Categorie.choices, widget=_Cases, distinct=False
    )
    profil = filters.MultipleChoiceFilter(
        label="Profil", choices=Cadre.Profil.choices, widget=_Cases, distinct=False
    )
    anciennete = filters.NumberFilter(
        label="Dans le poste depuis au moins (années)",
        method="anciennete_minimale",
        min_value=0,
        max_value=60,
        widget=forms.NumberInput(attrs={"form": FORMULAIRE, "step": "1"}),
    )
    direction = filters.CharFilter(
        label="Direction", method="de_cette_direction", widget=_texte(), max_length=60
    )
    grade = filters.CharFilter(label="Grade", method="qui_contient", widget=_texte(), max_length=60)
    encadrement = filters.ChoiceFilter(
        label="Encadre une équipe",
        choices=OUI_NON,
        method="encadrer",
        widget=_liste(),
        empty_label="Indifférent",
    )
    joignable = filters.ChoiceFilter(
        label="A un courriel (vos cadres)",
        choices=OUI_NON,
        method="joindre",
        widget=_liste(),
        empty_label="Indifférent",
    )
    domaine = FamilleFilter(formulaire=FORMULAIRE)
    cadre_emplois = filters.CharFilter(
        label="Cadre d’emplois", method="qui_contient", widget=_texte(), max_length=120
    )
    statut = filters.MultipleChoiceFilter(
        label="Statut (vos cadres)",
        choices=Cadre.Statut.choices,
        method="de_ce_statut",
        widget=_Cases,
    )
    origine = filters.ChoiceFilter(
        label="Origine (vos cadres)",
        choices=Candidature.Origine.choices,
        method="de_cette_origine",
        widget=_liste(),
        empty_label="Indifférent",
    )
    confie = filters.ChoiceFilter(
        label="Confié à un accompagnateur (vos cadres)",
        choices=OUI_NON,
        method="confier",
        widget=_liste(),
        empty_label="Indifférent",
    )
    echeance = filters.DateFilter(
        label="Échéance avant le",
        method="ne_rien_changer",
        widget=forms.DateInput(attrs={"form": FORMULAIRE, "type": "date"}, format="%Y-%m-%d"),
    )
    partis = filters.ChoiceFilter(
        label="Personnes parties (de la démarche, ou de la collectivité)",
        choices=(("oui", "Les afficher aussi"), ("seules", "N’afficher qu’elles")),
        method="ne_rien_changer",
        widget=_liste(),
        empty_label="Ne pas les afficher",
    )

    class Meta:
        model = Cadre
        fields: list[str] = []

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        self.acteur = acteur
        super().__init__(*args, **kwargs)

    def chercher(self, cadres: QuerySet[Cadre], nom: str, valeur: str) -> QuerySet[Cadre]:
        """Each word must be somewhere, whatever its accents. Matricule and courriel: one's own."""
        for mot in sans_accents(valeur).split()[:MOTS_MAX]:
            trouve = Q(recherche__contains=mot)
            if "@" in mot or any(c.isdigit() for c in mot):
                trouve |= Q(collectivite=self.acteur.collectivite) & (
                    Q(courriel__icontains=mot) | Q(matricule__icontains=mot)
                )
            cadres = cadres.filter(trouve)
        return cadres

    def situer(self, cadres: QuerySet[Cadre], nom: str, valeurs: list[str]) -> QuerySet[Cadre]:
        if not valeurs:
            return cadres
        choix = Q()
        for valeur in valeurs:
            choix |= en_situation(self.acteur, valeur)
        return cadres.filter(choix)

    def anciennete_minimale(
        self, cadres: QuerySet[Cadre], nom: str, annees: Any
    ) -> QuerySet[Cadre]:
        return cadres.filter(
            date_entree_poste__lte=decaler(timezone.localdate(), annees=-int(annees))
        )

    def de_cette_direction(self, cadres: QuerySet[Cadre], nom: str, valeur: str) -> QuerySet[Cadre]:
        """By every word of its name, whatever the accents: directions are few, and read apart."""
        mots = sans_accents(valeur).split()[:MOTS_MAX]
        directions = Direction.objects.filter(collectivite__demarche=self.acteur.demarche)
        trouvees = [
            pk
            for pk, libelle in directions.values_list("pk", "libelle")
            if all(mot in sans_accents(libelle) for mot in mots)
        ]
        return cadres.filter(direction__in=trouvees)

    def qui_contient(self, cadres: QuerySet[Cadre], nom: str, valeur: str) -> QuerySet[Cadre]:
        """By a part of its words, whatever the accents. The values in use are few, and leapt from their index: then
        an index is asked for equal ones, which row-level security lets it answer, where a LIKE reads everybody."""
        cherche = sans_accents(valeur)
        siens = Cadre.objects.filter(demarche=self.acteur.demarche)
        connues = valeurs_de(nom, siens, au_plus=VALEURS_MAX + 1)
        if len(connues) > VALEURS_MAX:
            return cadres.filter(**{f"{nom}__icontains": valeur})
        return cadres.filter(**{f"{nom}__in": [v for v in connues if cherche in sans_accents(v)]})

    def encadrer(self, cadres: QuerySet[Cadre], nom: str, valeur: str) -> QuerySet[Cadre]:
        return cadres.filter(encadrement=valeur == "oui")

    def joindre(self, cadres: QuerySet[Cadre], nom: str, valeur: str) -> QuerySet[Cadre]:
        sans = Q(courriel="")
        siens = self._siens(cadres)
        return siens.exclude(sans) if valeur == "oui" else siens.filter(sans)

    def de_ce_statut(
        self, cadres: QuerySet[Cadre], nom: str, valeurs: list[str]
    ) -> QuerySet[Cadre]:
        return self._siens(cadres).filter(statut__in=valeurs) if valeurs else cadres

    def de_cette_origine(self, cadres: QuerySet[Cadre], nom: str, valeur: str) -> QuerySet[Cadre]:
        return self._siens(cadres).filter(candidature__origine=valeur)

    def confier(self, cadres: QuerySet[Cadre], nom: str, valeur: str) -> QuerySet[Cadre]:
        return self._siens(cadres).filter(accompagnateur__isnull=valeur == "non")

    def ne_rien_changer(self, cadres: QuerySet[Cadre], nom: str, valeur: str) -> QuerySet[Cadre]:
        return cadres  # leavers: see filter_queryset; the échéance: see cadres.registre.tris

    def filter_queryset(self, queryset: QuerySet[Cadre]) -> QuerySet[Cadre]:
        """Whoever left is shown when asked for, here or by the situation."""
        cadres = super().filter_queryset(queryset)
        partis = self.form.cleaned_data.get("partis")
        if partis == "seules":
            return cadres.filter(rang=PARTI)
        demandes = self.form.cleaned_data.get("situation") or []
        if partis == "oui" or Candidature.Etat.RETIRE in demandes:
            return cadres
        return cadres.filter(rang__lt=PARTI)

    def _siens(self, cadres: QuerySet[Cadre]) -> QuerySet[Cadre]:
        return cadres.filter(collectivite=self.acteur.collectivite)

    def etiquette(self, nom: str, champ: forms.Field, valeur: Any) -> tuple[str, str]:
        if nom == "echeance":
            return "Échéance", f"avant le {date_texte(valeur)}"
        if nom == "anciennete":
            return "Ancienneté", f"{int(valeur)} {accorder(valeur, 'an')} et plus"
        libelle, texte = super().etiquette(nom, champ, valeur)
        return libelle.partition(" (")[0], texte
