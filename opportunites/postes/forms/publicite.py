"""The forms of the publicity of a poste, of opinions, first meetings and pledges."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from collectivites.communs.formulaires import FormulaireQuatuor
from opportunites.communs.pieces import verifier_dans_un_formulaire
from opportunites.models import Avis, Demande, Opportunite
from opportunites.postes.actions.engagements import POSTES_MAX
from opportunites.postes.actions.urgence import fin_impossible


class PubliciteForm(FormulaireQuatuor, forms.Form):
    """The declaration of vacancy (DVE), then its public notice."""

    dve_numero = forms.CharField(
        label="Numéro de la déclaration de vacance (DVE)",
        max_length=40,
        help_text="Celui que rend le centre de gestion, ou le CNFPT pour un emploi A+.",
    )
    dve_transmise_le = forms.DateField(label="Déclaration transmise le")
    avis_publie_le = forms.DateField(
        label="Avis publié le",
        required=False,
        help_text="Sur Choisir le service public. Un mois de publicité court à partir de ce jour.",
    )

    def __init__(self, *args: Any, opportunite: Opportunite, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                "dve_numero": opportunite.dve_numero,
                "dve_transmise_le": opportunite.dve_transmise_le,
                "avis_publie_le": opportunite.avis_publie_le,
            },
        )
        super().__init__(*args, **kwargs)
        self.urgence_fin = opportunite.urgence_fin

    def clean_dve_transmise_le(self) -> date:
        jour: date = self.cleaned_data["dve_transmise_le"]
        if jour > timezone.localdate():
            raise forms.ValidationError("Cette date est à venir\u00a0: notez ce qui est fait.")
        return jour

    def clean_avis_publie_le(self) -> date | None:
        jour: date | None = self.cleaned_data["avis_publie_le"]
        if jour is None:
            if self.urgence_fin:
                raise forms.ValidationError(
                    "Une urgence abrège la publicité de cet avis\u00a0: levez-la d’abord."
                )
            return None
        if jour > timezone.localdate():
            raise forms.ValidationError("Cette date est à venir\u00a0: notez ce qui est fait.")
        transmise = self.cleaned_data.get("dve_transmise_le")
        if transmise and jour < transmise:
            raise forms.ValidationError("L’avis se publie une fois la déclaration transmise.")
        if self.urgence_fin and jour >= self.urgence_fin:
            raise forms.ValidationError(
                "L’urgence déclarée achève la publicité avant ce jour\u00a0: levez-la d’abord."
            )
        return jour


class UrgenceForm(FormulaireQuatuor, forms.Form):
    """Why the publicity lasts less than a month, and until when."""

    motif = forms.CharField(
        label="Ce qui fait l’urgence",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        help_text="Une nécessité du service, précise et datée. Toute personne qui lit le poste ou "
        "sa proposition lit ce motif.",
    )
    fin = forms.DateField(
        label="Publicité accomplie le",
        help_text="À partir de ce jour, une proposition n’est plus sous réserve de publicité.",
    )

    def __init__(self, *args: Any, opportunite: Opportunite, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial", {"motif": opportunite.urgence_motif, "fin": opportunite.urgence_fin}
        )
        super().__init__(*args, **kwargs)
        self.opportunite = opportunite

    def clean_fin(self) -> date:
        fin: date = self.cleaned_data["fin"]
        if erreur := fin_impossible(self.opportunite, fin):
            raise forms.ValidationError(erreur)
        return fin


class AvisForm(FormulaireQuatuor, forms.Form):
    """Whether the host would take this person, and why."""

    sens = forms.ChoiceField(
        label="Votre avis",
        widget=forms.RadioSelect,
        choices=[
            (Avis.Sens.FAVORABLE.value, "Nous pourrions accueillir cette personne"),
            (Avis.Sens.DEFAVORABLE.value, "Pas sur ce poste"),
        ],
    )
    motif = forms.CharField(
        label="Pourquoi",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="La personne lit cette raison. Parlez du poste et de l’expérience, rien d’autre.",
    )

    def __init__(self, *args: Any, ancien: Avis | None, **kwargs: Any) -> None:
        if ancien is not None:
            kwargs.setdefault("initial", {"sens": ancien.sens, "motif": ancien.motif})
        super().__init__(*args, **kwargs)


class DemandeForm(FormulaireQuatuor, forms.Form):
    """A conversation, or an immersion."""

    nature = forms.ChoiceField(
        label="Ce que vous demandez",
        widget=forms.RadioSelect,
        choices=[
            (Demande.Nature.ENTRETIEN.value, "Une conversation exploratoire, sans engagement"),
            (
                Demande.Nature.IMMERSION.value,
                "Une immersion de 2 à 10 jours ouvrés dans le service (décret 2022-1043)",
            ),
        ],
    )
    message = forms.CharField(
        label="Quelques mots pour l’employeur du poste",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )


class ReponseDemandeForm(FormulaireQuatuor, forms.Form):
    """The answer of the host."""

    accord = forms.TypedChoiceField(
        label="Votre réponse",
        widget=forms.RadioSelect,
        choices=[("oui", "Accepter la demande"), ("non", "Décliner la demande")],
        coerce=lambda valeur: valeur == "oui",
        empty_value=None,
    )
    reponse = forms.CharField(
        label="Vos mots à la personne",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        help_text="Une date et un contact si vous acceptez\u00a0; une raison courtoise sinon.",
    )


class EngagementForm(FormulaireQuatuor, forms.Form):
    """How many postes the collectivité pledges."""

    nombre = forms.IntegerField(
        label="Postes promis à la démarche", min_value=1, max_value=POSTES_MAX
    )


class ComplementForm(FormulaireQuatuor, forms.Form):
    """What a DGS asked for before arbitrating."""

    complement = forms.CharField(
        label="Votre complément", widget=forms.Textarea(attrs={"rows": 5}), max_length=3000
    )
    piece = forms.FileField(
        label="Pièce",
        required=False,
        help_text="PDF, PNG, JPG ou DOCX, 5\u00a0Mo au plus. Elle remplace la précédente.",
    )

    def clean_piece(self) -> UploadedFile | None:
        return verifier_dans_un_formulaire(self.cleaned_data["piece"])
