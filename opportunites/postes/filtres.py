"""The filters and the orders of the lists; they live in the address of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.http import QueryDict
from django.utils import timezone

from collectivites.communs.typographie import sans_accents
from collectivites.models import Collectivite, Direction
from opportunites.models import Mobilite, Opportunite, Proposition, Voeu
from opportunites.postes.emplois import admettant, emplois_proposes

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur

#: The form that sends the filters; its fields stand apart from it, in the part htmx replaces.
FORMULAIRE = "filtres-liste"
MOTS_MAX = 6
_LISTE = {"form": FORMULAIRE}


def _choix(libelle: str, choix: Any, vide: str = "Indifférent", **options: Any) -> Any:
    return django_filters.ChoiceFilter(
        label=libelle,
        choices=choix,
        empty_label=vide,
        widget=forms.Select(attrs=_LISTE),
        **options,
    )


def _mot(libelle: str, champ: str) -> Any:
    return django_filters.CharFilter(
        label=libelle,
        field_name=champ,
        lookup_expr="icontains",
        max_length=60,
        widget=forms.TextInput(attrs=_LISTE),
    )


class Filtre(django_filters.FilterSet):
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

    def puces(self, parametres: QueryDict) -> list[dict[str, str]]:
        """The chips: label, value, and the address without that filter."""
        puces = []
        for nom, champ in self.form.fields.items():
            valeur = self.form.cleaned_data.get(nom) if self.form.is_valid() else None
            if nom == "q" or not valeur:
                continue
            texte = str(dict(champ.choices).get(valeur, valeur) if _a_choix(champ) else valeur)
            reste = parametres.copy()
            for cle in (nom, "page"):
                reste.pop(cle, None)
            puces.append(
                {"libelle": str(champ.label), "valeur": texte, "url": f"?{reste.urlencode()}"}
            )
        return puces


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


OUI_NON = (("oui", "Oui"), ("non", "Non"))


class OpportuniteFiltre(Filtre):
    """The postes, as an employer reads them: how many ranked one is its own host's alone."""

    etat = _choix("État", Opportunite.Etat.choices, "Tous les états")
    domaine = _mot("Domaine de métier", "poste__domaine")
    emplois = _choix("Cadre d’emplois admis", emplois_proposes, method="admettre")
    vacance = _choix("Situation du poste", Opportunite.Vacance.choices)
    fonctionnel = _choix("Emploi fonctionnel", OUI_NON, method="cocher_fonctionnel")
    contractuel = _choix("Ouvert aux contractuels", OUI_NON, method="cocher_contractuel")
    lieu = _mot("Lieu de travail", "poste__lieu")
    champ_collectivite = "poste__collectivite"
    champs_recherche = ("poste__recherche",)
    champ_direction = "poste__direction"
    nom = "poste,postes"
    invite = "Intitulé, domaine, direction…"
    TRIS = {
        "poste": "poste__recherche",
        "collectivite": "poste__collectivite__nom_court",
        "etat": rang_de("etat", Opportunite.Etat.values),
        "prise": "date_prise_poste",
        "voeux": lambda acteur: _les_miens(acteur, "nb_voeux"),
        "propositions": lambda acteur: _les_miens(acteur, "nb_propositions"),
    }

    class Meta:
        model = Opportunite
        fields: list[str] = []

    def admettre(self, lignes: QuerySet[Any], nom: str, valeur: str) -> QuerySet[Any]:
        return admettant(lignes, "poste__cadres_emplois", valeur)

    def cocher_fonctionnel(self, lignes: QuerySet[Any], nom: str, valeur: str) -> QuerySet[Any]:
        return lignes.filter(poste__emploi_fonctionnel=valeur == "oui")

    def cocher_contractuel(self, lignes: QuerySet[Any], nom: str, valeur: str) -> QuerySet[Any]:
        return lignes.filter(poste__ouvert_contractuel=valeur == "oui")

    def par_defaut(self, lignes: QuerySet[Any]) -> QuerySet[Any]:
        """Those still prepared, then the last published: the order of an index."""
        return lignes.order_by(F("publiee_le").desc(nulls_first=True), "-pk")


def _les_miens(acteur: Acteur, compte: str) -> Case:
    """What another host does not tell must not show through the order either."""
    return Case(When(poste__collectivite=acteur.collectivite, then=F(compte)))


class PosteOuvertFiltre(OpportuniteFiltre):
    """The published postes, as a cadre reads them: what they ranked, what is new to them."""

    miens = _choix(
        "Mes vœux",
        (
            ("classes", "Les postes que j’ai classés"),
            ("autres", "Ceux que je n’ai pas classés"),
            ("nouveaux", "Les nouveaux depuis ma dernière visite"),
        ),
        "Tous les postes",
        method="selon_mes_voeux",
    )
    TRIS = {cle: OpportuniteFiltre.TRIS[cle] for cle in ("poste", "collectivite", "prise")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.filters["etat"]  # they are all published

    def selon_mes_voeux(self, lignes: QuerySet[Any], nom: str, valeur: str) -> QuerySet[Any]:
        if valeur == "nouveaux":
            depuis = self.acteur.utilisateur.visite_precedente
            return lignes if depuis is None else lignes.filter(publiee_le__gt=depuis)
        classes = Exists(Voeu.objects.visibles_par(self.acteur).filter(opportunite=OuterRef("pk")))
        return lignes.filter(classes if valeur == "classes" else ~classes)


COTES = (("accueil", "Vers nous"), ("origine", "De chez nous"))


class PropositionFiltre(Filtre):
    etat = _choix("État", Proposition.Etat.choices, "Tous les états")
    cote = _choix("Sens", COTES, "Dans les deux sens", method="du_cote")
    champ_collectivite = "opportunite__poste__collectivite"
    champs_recherche = ("opportunite__poste__recherche", "cadre__recherche")
    nom = "proposition,propositions"
    invite = "Poste, personne…"
    TRIS = {
        "poste": "opportunite__poste__recherche",
        "personne": "cadre__recherche",
        "de": "collectivite_origine__nom_court",
        "vers": "opportunite__poste__collectivite__nom_court",
        "etat": rang_de("etat", Proposition.Etat.values),
        "reponse": "repondre_avant",
    }

    class Meta:
        model = Proposition
        fields: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.acteur.cadre_id is not None:
            del self.filters["cote"]  # they are all theirs

    def du_cote(self, lignes: QuerySet[Any], nom: str, valeur: str) -> QuerySet[Any]:
        if valeur == "origine":
            return lignes.filter(collectivite_origine=self.acteur.collectivite)
        return lignes.filter(opportunite__poste__collectivite=self.acteur.collectivite)

    def par_defaut(self, lignes: QuerySet[Any]) -> QuerySet[Any]:
        """Late ones, what awaits somebody by its date, then what is over, the last first."""
        E = Proposition.Etat
        tardives = Q(etat=E.ENVOYEE, repondre_avant__lte=timezone.now())
        vivantes = (E.ENVOYEE, E.VALIDEE, E.BROUILLON, E.ACCEPTEE)
        return lignes.order_by(
            rang_de("etat", vivantes, tardives=tardives),
            Case(When(etat=E.ENVOYEE, then=F("repondre_avant"))),
            "-creee_le",
            "-pk",
        )


class MobiliteFiltre(Filtre):
    etat = _choix("État", Mobilite.Etat.choices, "Tous les états")
    cote = _choix("Sens", COTES, "Dans les deux sens", method="du_cote")
    voie = _choix("Voie statutaire", Mobilite.Voie.choices)
    champ_collectivite = "collectivite_accueil"
    champs_recherche = ("poste_accueil__recherche", "cadre__recherche")
    nom = "mobilité,mobilités"
    invite = "Personne, poste d’accueil…"
    TRIS = {
        "personne": "cadre__recherche",
        "de": "collectivite_origine__nom_court",
        "vers": "collectivite_accueil__nom_court",
        "poste": "poste_accueil__recherche",
        "voie": "voie",
        "effet": "date_effet",
        "etat": rang_de("etat", Mobilite.Etat.values),
    }

    class Meta:
        model = Mobilite
        fields: list[str] = []

    def du_cote(self, lignes: QuerySet[Any], nom: str, valeur: str) -> QuerySet[Any]:
        return lignes.filter(**{f"collectivite_{valeur}": self.acteur.collectivite})

    def par_defaut(self, lignes: QuerySet[Any]) -> QuerySet[Any]:
        """Those to certify, those that are prepared by their date, then what is over."""
        ouverte = Mobilite.Etat.OUVERTE
        echues = Q(etat=ouverte, date_effet__lte=timezone.localdate())
        return lignes.order_by(
            rang_de("etat", (ouverte,), echues=echues),
            Case(When(etat=ouverte, then=F("date_effet"))).asc(nulls_last=True),
            "-ouverte_le",
            "-pk",
        )
