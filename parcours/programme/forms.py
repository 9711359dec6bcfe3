"""Forms of the promotions, of their programme and of the appointments."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import minuit
from collectivites.communs.formulaires import FormulaireQuatuor
from parcours.models import EtapeProgramme, Promotion, SuiviEtape
from parcours.programme.actions.inscriptions import cadres_a_inscrire
from parcours.programme.predicats import refus_de_date, refus_de_date_de_suivi

#: Above, a promotion is no longer one group, and its page no longer a page.
PLACES_MAX = 200


class PromotionForm(FormulaireQuatuor, forms.Form):
    """A name, dates, a size."""

    nom = forms.CharField(
        label="Nom de la promotion",
        max_length=80,
        help_text="Par exemple « Promotion 3, automne 2027 ».",
    )
    date_debut = forms.DateField(label="Premier jour", widget=forms.DateInput())
    date_fin = forms.DateField(label="Dernier jour", widget=forms.DateInput())
    places = forms.IntegerField(
        label="Nombre de places",
        min_value=1,
        max_value=PLACES_MAX,
        initial=30,
        help_text="Pour toutes les collectivités ensemble.",
    )

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acteur = acteur

    def clean_nom(self) -> str:
        nom: str = self.cleaned_data["nom"]
        if Promotion.objects.filter(demarche=self.acteur.demarche, nom__iexact=nom).exists():
            raise forms.ValidationError("Une promotion de la démarche porte déjà ce nom.")
        return nom

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        debut, fin = donnees.get("date_debut"), donnees.get("date_fin")
        if debut and fin and fin <= debut:
            self.add_error("date_fin", "Choisissez un jour après le premier.")
        elif fin and fin < timezone.localdate():
            self.add_error("date_fin", "Ce jour est passé : personne ne pourrait entrer.")
        return donnees


class EtapeForm(FormulaireQuatuor, forms.Form):
    """A step to add to a programme."""

    nature = forms.ChoiceField(label="Nature", choices=EtapeProgramme.Nature)
    intitule = forms.CharField(label="Intitulé", max_length=120)
    duree_minutes = forms.IntegerField(
        label="Durée, en minutes", min_value=15, max_value=7200, initial=180
    )
    apres = forms.ModelChoiceField(
        label="Après",
        queryset=EtapeProgramme.objects.none(),
        required=False,
        empty_label="Au début du programme",
    )

    def __init__(self, *args: Any, etapes: list[EtapeProgramme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["apres"]
        assert isinstance(champ, forms.ModelChoiceField)
        champ.queryset = EtapeProgramme.objects.filter(pk__in=[e.pk for e in etapes])
        # A bilan closes the programme: what is added comes before it.
        avant_bilan = [e for e in etapes if e.nature != EtapeProgramme.Nature.BILAN]
        champ.initial = avant_bilan[-1].pk if avant_bilan else None


class ModifierEtapeForm(FormulaireQuatuor, forms.Form):
    """Its name and how long it lasts."""

    intitule = forms.CharField(label="Intitulé", max_length=120)
    duree_minutes = forms.IntegerField(label="Durée, en minutes", min_value=15, max_value=7200)


class RendezVousForm(FormulaireQuatuor, forms.Form):
    """A date, an hour, a place: common to all, or one person's."""

    quand = forms.DateTimeField(
        label="Date et heure",
        widget=forms.DateTimeInput(),
        error_messages={"invalid": "Écrivez une date et une heure, par exemple 23/03/2027 09:30."},
    )
    lieu = forms.CharField(
        label="Lieu",
        max_length=160,
        required=False,
        help_text="Adresse et salle, ou « visioconférence ». La personne le lit.",
    )

    def __init__(self, *args: Any, promotion: Promotion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.promotion = promotion

    def clean_quand(self) -> datetime:
        quand: datetime = self.cleaned_data["quand"]
        if refus := refus_de_date(self.promotion, quand):
            raise forms.ValidationError(refus)
        return quand


class PeriodeForm(FormulaireQuatuor, forms.Form):
    """When the immersions of a promotion take place."""

    debut = forms.DateField(label="À partir du", widget=forms.DateInput())
    fin = forms.DateField(
        label="Jusqu’au",
        widget=forms.DateInput(),
        help_text="Une immersion se demande trois mois avant : laissez le temps de la demander.",
    )

    def __init__(self, *args: Any, promotion: Promotion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.promotion = promotion

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        debut, fin = donnees.get("debut"), donnees.get("fin")
        for champ, jour in (("debut", debut), ("fin", fin)):
            if jour and (refus := refus_de_date(self.promotion, minuit(jour))):
                self.add_error(champ, refus)
        if debut and fin and fin < debut:
            self.add_error("fin", "Choisissez un jour après le premier.")
        return donnees


class ImmersionFaiteForm(FormulaireQuatuor, forms.Form):
    """An immersion that took place outside Quatuor: its first day, and where."""

    quand = forms.DateField(label="Premier jour", widget=forms.DateInput())
    lieu = forms.CharField(
        label="Où", max_length=160, required=False, help_text="La direction qui a accueilli."
    )

    def __init__(self, *args: Any, suivi: SuiviEtape, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.suivi = suivi

    def clean_quand(self) -> datetime:
        quand = minuit(self.cleaned_data["quand"])
        if refus := refus_de_date_de_suivi(self.suivi, quand):
            raise forms.ValidationError(refus)
        return quand


class InscrireForm(FormulaireQuatuor, forms.Form):
    """Who enters the promotion, among one's own retained cadres."""

    cadres: Any = forms.ModelMultipleChoiceField(
        label="Cadres à inscrire",
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins un cadre."},
    )

    def __init__(
        self, *args: Any, acteur: Acteur, promotion: Promotion, libres: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.libres = libres
        champ = self.fields["cadres"]
        assert isinstance(champ, forms.ModelMultipleChoiceField)
        champ.queryset = cadres_a_inscrire(acteur, promotion)

    def clean_cadres(self) -> Any:
        choisis = self.cleaned_data["cadres"]
        if len(choisis) > self.libres:
            raise forms.ValidationError(
                f"Il reste {self.libres} place{'s' if self.libres > 1 else ''}, "
                f"et vous avez coché {len(choisis)} cadres."
            )
        return choisis


class InterrompreForm(FormulaireQuatuor, forms.Form):
    """Why the parcours stops: the person reads it."""

    motif = forms.CharField(
        label="Pourquoi le parcours s’arrête",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="La personne lit ce motif. Il est gardé au journal.",
    )
