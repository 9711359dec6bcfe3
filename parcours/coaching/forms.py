"""Forms of the coaching, of the bilan and of the exit. What is typed here goes nowhere else."""

from datetime import date, datetime
from typing import Any, ClassVar, cast

from django import forms
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils import timezone

from collectivites.communs import metiers
from collectivites.communs.calendrier import est_ouvre
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.communs.typographie import date_texte
from collectivites.mots import CodeCollectivite
from parcours.coaching.competences import competences_par_domaine
from parcours.models.bilan import Maturite, Voie

#: Characters. A note is a page or two, not a book.
TEXTE_MAX = 20_000
DUREES = (
    (30, "30 min"),
    (45, "45 min"),
    (60, "1 h"),
    (90, "1 h 30"),
    (120, "2 h"),
    (180, "3 h"),
)
PAS_SI_LOIN = "Cette date est loin : vérifiez l’année."
LIEN_SUR = "Écrivez une adresse qui commence par https://."
CRENEAU = ("debut", "nombre", "duree_minutes", "lieu", "lien_visio")


class RendezVousCoachingForm(FormulaireQuatuor, forms.Form):
    """A date, a length, a place."""

    debut = forms.DateTimeField(
        label="Date et heure",
        widget=forms.DateTimeInput(),
        error_messages={"invalid": "Écrivez une date et une heure, par exemple 23/03/2027 09:30."},
    )
    duree_minutes = forms.TypedChoiceField(label="Durée", choices=DUREES, coerce=int, initial=90)
    lieu = forms.CharField(
        label="Lieu",
        max_length=160,
        required=False,
        help_text="Adresse ou téléphone. La personne le lit, pas son employeur.",
    )
    lien_visio = forms.URLField(
        label="Lien de visioconférence",
        max_length=300,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https"], message=LIEN_SUR)],
        error_messages={"invalid": LIEN_SUR},
        help_text="La personne l’ouvre depuis sa page, son courriel et son agenda.",
    )
    malgre = forms.BooleanField(
        label="Garder cette date malgré cela", required=False, widget=forms.HiddenInput
    )

    def clean_debut(self) -> datetime:
        debut: datetime = self.cleaned_data["debut"]
        if abs((debut - timezone.now()).days) > 366:
            raise forms.ValidationError(PAS_SI_LOIN)
        return debut

    def demander_confirmation(self, alerte: str) -> None:
        """What stands in the way is said beside the date, with a box to go on."""
        self.add_error("debut", alerte)
        self.fields["malgre"].widget = forms.CheckboxInput()


class CreneauxForm(FormulaireQuatuor, forms.Form):
    """Hours in a row, one day."""

    debut = forms.DateTimeField(
        label="Premier créneau",
        widget=forms.DateTimeInput(),
        error_messages={"invalid": "Écrivez une date et une heure, par exemple 23/03/2027 09:30."},
    )
    nombre = forms.IntegerField(
        label="Combien à la suite",
        min_value=1,
        max_value=8,
        initial=1,
        help_text="3 créneaux d’une heure à partir de 9 h : 9 h, 10 h et 11 h.",
    )
    duree_minutes = forms.TypedChoiceField(label="Durée", choices=DUREES, coerce=int, initial=60)
    lieu = forms.CharField(label="Lieu", max_length=160, required=False)
    lien_visio = forms.URLField(
        label="Lien de visioconférence",
        max_length=300,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https"], message=LIEN_SUR)],
        error_messages={"invalid": LIEN_SUR},
    )
    malgre = forms.BooleanField(
        label="Ouvrir ces créneaux malgré cela", required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        debut: datetime | None = donnees.get("debut")
        if debut is None:
            return donnees
        jour = timezone.localdate(debut)
        if abs((debut - timezone.now()).days) > 366:
            self.add_error("debut", PAS_SI_LOIN)
        elif not est_ouvre(jour) and not donnees.get("malgre"):
            self.add_error(
                "debut",
                f"Le {date_texte(jour)} n’est pas un jour ouvré. Choisissez un autre jour, ou cochez "
                "la case pour le garder.",
            )
            self.fields["malgre"].widget = forms.CheckboxInput()
        return donnees

    @property
    def creneaux(self) -> dict[str, Any]:
        """What `ouvrir_creneaux` takes."""
        return {champ: self.cleaned_data[champ] for champ in CRENEAU}


def _zone(label: str, aide: str, lignes: int) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=aide,
        max_length=TEXTE_MAX,
        widget=forms.Textarea(attrs={"rows": lignes, "autocomplete": "off"}),
    )


class TexteRevuForm(FormulaireQuatuor, forms.Form):
    """One text that may be saved elsewhere meanwhile: `depasse` says so."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    depasse: ClassVar[str]

    def dire_depasse(self, revision: int) -> None:
        """What was typed stays, and now answers to that `revision`."""
        self.add_error("texte", self.depasse)
        # A copy, not a dict: QueryDict would give lists for texts.
        donnees = cast(QueryDict, self.data).copy()
        donnees["revision"] = str(revision)
        self.data = donnees


class NotePriveeForm(FormulaireQuatuor, forms.Form):
    texte = _zone(
        "Votre note personnelle", "Vous seul la lisez ici. Elle reste soumise au droit d’accès.", 8
    )


class CarnetForm(TexteRevuForm):
    texte = forms.CharField(
        label="Ce que vous voulez garder pour vous",
        # Sealed in the database: but whoever holds the server and its key could open it.
        help_text="Aucune page ne le montre à quelqu’un d’autre : ni à votre employeur, ni à la "
        "personne qui vous accompagne, ni à qui administre Quatuor.",
        max_length=TEXTE_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "autocomplete": "off"}),
    )

    depasse = (
        "Votre carnet a changé entre-temps, dans un autre onglet. Ce qui y est enregistré se lit "
        "ci-dessus : reprenez-le dans votre texte, puis gardez."
    )


class NoteForm(FormulaireQuatuor, forms.Form):
    texte = _zone("Votre note", "Vous deux la lisez, personne d’autre.", 8)


class ObjectifForm(FormulaireQuatuor, forms.Form):
    texte = forms.CharField(
        label="Objectif",
        max_length=300,
        help_text="Une phrase, à l’infinitif. Vous deux la lisez, personne d’autre.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class SyntheseForm(TexteRevuForm):
    texte = _zone(
        "Synthèse",
        "Vous l’écrivez à deux. Elle ne sort d’ici que si la personne accompagnée la publie.",
        14,
    )

    depasse = (
        "L’autre personne a enregistré une version entre-temps : elle est ci-dessous. "
        "Reprenez-la dans votre texte, puis enregistrez."
    )


class BilanForm(FormulaireQuatuor, forms.Form):
    """Everything may wait in a draft; to hand it over, one answer is needed."""

    competences = forms.MultipleChoiceField(
        label="Ce que vous avez gagné",
        required=False,
        choices=competences_par_domaine,
        widget=forms.CheckboxSelectMultiple,
        help_text="Cochez les compétences où vous avez progressé pendant le parcours.",
    )
    domaines = forms.MultipleChoiceField(
        label="Familles de métiers qui vous tentent",
        required=False,
        choices=metiers.CHOIX[:-1],
        widget=forms.CheckboxSelectMultiple,
    )
    collectivites = forms.MultipleChoiceField(
        label="Collectivités où vous iriez",
        required=False,
        choices=CodeCollectivite.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    voie = forms.ChoiceField(
        label="Encadrer, ou être expert",
        required=False,
        choices=Voie.choices,
        widget=forms.RadioSelect,
    )
    distance_km = forms.IntegerField(
        label="Distance domicile-travail acceptée, en km",
        required=False,
        min_value=0,
        max_value=300,
    )
    jours_teletravail = forms.TypedChoiceField(
        label="Télétravail souhaité",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", "Sans préférence"),
            (0, "Aucun"),
            (1, "1 jour par semaine"),
            (2, "2 jours par semaine"),
            (3, "3 jours par semaine"),
        ],
    )
    disponible_des = forms.DateField(
        label="Disponible à partir du", required=False, widget=forms.DateInput()
    )
    maturite = forms.ChoiceField(
        label="Où vous en êtes",
        required=False,
        choices=Maturite.choices,
        widget=forms.RadioSelect,
    )
    texte = forms.CharField(
        label="Avec vos mots",
        required=False,
        max_length=TEXTE_MAX,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        help_text="Ce que vous retenez, ce qui compte pour la suite. Seule la personne qui vous accompagne le lit.",
    )

    def __init__(self, *args: Any, remettre: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["maturite"].required = remettre
        self.fields["maturite"].error_messages["required"] = (
            "Dites où vous en êtes, pour remettre votre bilan."
        )

    def clean_disponible_des(self) -> date | None:
        jour: date | None = self.cleaned_data["disponible_des"]
        if jour and abs((jour - timezone.localdate()).days) > 5 * 366:
            raise forms.ValidationError(PAS_SI_LOIN)
        return jour


class SortieForm(FormulaireQuatuor, forms.Form):
    """Who, when, and a word."""

    entretien_le = forms.DateField(
        label="Prochain échange",
        widget=forms.DateInput(),
        help_text="Le jour où vous ferez le point ensemble, par exemple dans trois mois.",
    )
    entretien_avec = forms.CharField(
        label="Avec qui", max_length=120, help_text="Un nom et une fonction."
    )
    mot = forms.CharField(
        label="Votre mot",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="La personne le lit dans un courriel et sur sa page. "
        "Dites ce que son parcours a apporté, et ce que vous ferez pour la suite.",
    )

    def clean_entretien_le(self) -> date:
        jour: date = self.cleaned_data["entretien_le"]
        if jour <= timezone.localdate():
            raise forms.ValidationError("Choisissez un jour à venir.")
        if (jour - timezone.localdate()).days > 2 * 366:
            raise forms.ValidationError(PAS_SI_LOIN)
        return jour
