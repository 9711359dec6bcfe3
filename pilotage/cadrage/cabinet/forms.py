"""Inviting the firm, ending its seat, depositing a document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from collectivites.communs.formulaires import FormulaireQuatuor, SaisieDate
from collectivites.models import Demarche
from opportunites.communs.pieces import verifier_dans_un_formulaire


class InvitationCabinetForm(FormulaireQuatuor, forms.Form):
    """Who, until when, why."""

    prenom = forms.CharField(label="Prénom", max_length=80)
    nom = forms.CharField(label="Nom", max_length=80)
    courriel = forms.EmailField(label="Adresse professionnelle", max_length=254)
    fin = forms.DateField(
        label="Jusqu’au (inclus)",
        widget=SaisieDate(),
        help_text="L’accès s’éteint de lui-même ce soir-là.",
    )
    motif = forms.CharField(
        label="Pourquoi ?",
        max_length=300,
        help_text="Les autres DGS le lisent. Inscrit au journal.",
    )

    def __init__(self, *args: Any, demarche: Demarche, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.demarche = demarche

    def clean_fin(self) -> Any:
        fin = self.cleaned_data["fin"]
        if fin < timezone.localdate():
            raise forms.ValidationError("Choisissez aujourd’hui, ou un jour à venir.")
        if fin > self.demarche.date_fin:
            raise forms.ValidationError("La démarche sera finie ce jour-là.")
        return fin


class FinCabinetForm(FormulaireQuatuor, forms.Form):
    """Why it ends."""

    motif = forms.CharField(
        label="Pourquoi ?",
        max_length=300,
        help_text="Les autres DGS le lisent. Inscrit au journal.",
    )


class DocumentForm(FormulaireQuatuor, forms.Form):
    """A document for the employers."""

    titre = forms.CharField(label="Titre", max_length=160)
    usage = forms.CharField(
        label="À quoi il sert",
        max_length=300,
        required=False,
        help_text="Par exemple : à relire avant la réunion des DGS.",
    )
    piece = forms.FileField(
        label="Document",
        help_text="PDF, image ou Word (.docx), 5 Mo au plus. Il ne nomme aucune personne.",
    )

    def clean_piece(self) -> UploadedFile | None:
        return verifier_dans_un_formulaire(self.cleaned_data["piece"])
