"""The dates of a prestation: opened, moved, split, cancelled."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import minuit
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.models import Mandat
from collectivites.mots import Role
from parcours.models import InscriptionSession, Session


class SessionForm(FormulaireQuatuor, forms.Form):
    """A date, a place, seats."""

    debut = forms.DateTimeField(label="Début", widget=forms.DateTimeInput())
    fin = forms.DateTimeField(label="Fin", widget=forms.DateTimeInput())
    journee_entiere = forms.BooleanField(
        label="Toute la journée (les heures ne comptent pas)", required=False
    )
    lieu = forms.CharField(label="Lieu", max_length=160, required=False)
    capacite = forms.IntegerField(label="Places", min_value=1, max_value=500, initial=12)
    inscription_avant = forms.DateTimeField(
        label="Inscriptions jusqu’au",
        widget=forms.DateTimeInput(),
        required=False,
        help_text="Sans date : jusqu’au début de la session.",
    )
    places_gardees = forms.IntegerField(
        label="Places gardées pour chaque collectivité",
        min_value=0,
        max_value=100,
        initial=0,
        required=False,
        help_text="Pour que les quatre aient leur chance. Zéro : premier arrivé, premier servi.",
    )
    gardees_jusquau = forms.DateField(
        label="Gardées jusqu’au", widget=forms.DateInput(), required=False
    )
    animateur: Any = forms.ModelChoiceField(
        label="Accompagnateur qui l’anime",
        queryset=Mandat.objects.none(),
        required=False,
        empty_label="Personne du cabinet",
    )

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["animateur"].queryset = (  # type: ignore[attr-defined]
            Mandat.objects.en_vigueur()
            .filter(collectivite__demarche=acteur.demarche, role=Role.ACCOMPAGNATEUR)
            .select_related("utilisateur", "collectivite")
            .order_by("utilisateur__nom")
        )
        self.fields["animateur"].label_from_instance = (  # type: ignore[attr-defined]
            lambda mandat: mandat.utilisateur.nom_complet
        )

    @staticmethod
    def initial_de(session: Session) -> dict[str, Any]:
        """The fields of a session; an all-day one shows its last day, not the midnight after."""
        fin = session.fin - timedelta(minutes=1) if session.journee_entiere else session.fin
        return {
            **{champ: getattr(session, champ) for champ in SessionForm.base_fields},
            "debut": timezone.localtime(session.debut),
            "fin": timezone.localtime(fin),
            "inscription_avant": timezone.localtime(session.inscription_avant),
        }

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        debut, fin = donnees.get("debut"), donnees.get("fin")
        if debut and fin and donnees.get("journee_entiere"):
            debut = minuit(timezone.localdate(debut))
            fin = minuit(timezone.localdate(fin) + timedelta(days=1))
            donnees |= {"debut": debut, "fin": fin}
        if debut and debut <= timezone.now():
            self.add_error("debut", "Cette date est passée.")
        if debut and fin and fin <= debut:
            self.add_error("fin", "Choisissez une fin après le début.")
        donnees["inscription_avant"] = donnees.get("inscription_avant") or debut
        if debut and donnees["inscription_avant"] > debut:
            self.add_error("inscription_avant", "Les inscriptions se ferment avant le début.")
        donnees["places_gardees"] = donnees.get("places_gardees") or 0
        if donnees["places_gardees"] and not donnees.get("gardees_jusquau"):
            self.add_error("gardees_jusquau", "Dites jusqu’à quel jour.")
        return donnees


class MotifForm(FormulaireQuatuor, forms.Form):
    """Why a session is cancelled: those enrolled read it."""

    motif = forms.CharField(
        label="Pourquoi la session est annulée",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Les inscrits lisent ce motif.",
    )


class DedoublerForm(FormulaireQuatuor, forms.Form):
    """The second date, and who goes there."""

    debut = forms.DateTimeField(label="Début", widget=forms.DateTimeInput())
    fin = forms.DateTimeField(label="Fin", widget=forms.DateTimeInput())
    lieu = forms.CharField(label="Lieu", max_length=160, required=False)
    capacite = forms.IntegerField(label="Places", min_value=1, max_value=500)
    transferees = forms.MultipleChoiceField(
        label="Qui passe dans la seconde session",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Chacun reçoit la nouvelle date. Qui attendait y a une place.",
    )

    def __init__(self, *args: Any, places: list[InscriptionSession], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["transferees"].choices = [  # type: ignore[attr-defined]
            (str(p.pk), f"{p.cadre.nom_liste}, {p.get_etat_display().lower()}") for p in places
        ]

    def clean_transferees(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["transferees"]]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        debut, fin = donnees.get("debut"), donnees.get("fin")
        if debut and debut <= timezone.now():
            self.add_error("debut", "Cette date est passée.")
        if debut and fin and fin <= debut:
            self.add_error("fin", "Choisissez une fin après le début.")
        if len(donnees.get("transferees") or ()) > (donnees.get("capacite") or 0):
            self.add_error("capacite", "Il y a moins de places que de personnes cochées.")
        return donnees
