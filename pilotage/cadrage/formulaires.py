"""What the forms of the cadrage share: a document, and who answers for something."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Mandat
from collectivites.mots import ROLES_EMPLOYEUR
from opportunites.communs.pieces import verifier_dans_un_formulaire

FORMATS = "PDF, image PNG ou JPEG, ou document Word, 5 Mo au plus."


class AvecDocument(forms.Form):
    """A form that takes a document, recognised by its content."""

    piece = forms.FileField(label="Document", required=False, help_text=FORMATS)

    def clean_piece(self) -> UploadedFile | None:
        return verifier_dans_un_formulaire(self.cleaned_data["piece"])


class ChoixDuResponsable(forms.ModelChoiceField):
    """Somebody by their name, and in whose name they act."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.utilisateur.nom_complet} ({obj.libelle})"


def responsables(acteur: Acteur) -> QuerySet[Mandat]:
    """Everybody who holds a live mandat of employer in the démarche."""
    return (
        Mandat.objects.en_vigueur()
        .filter(collectivite__demarche=acteur.demarche, role__in=ROLES_EMPLOYEUR)
        .select_related("utilisateur", "collectivite")
        .order_by("collectivite", "role", "utilisateur__nom", "pk")
    )


class MotifForm(forms.Form):
    """A reason, for what is undone or done without."""

    motif = forms.CharField(
        label="Pourquoi",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ces mots restent au journal des décisions.",
    )
