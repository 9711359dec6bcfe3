"""Forms of the Word models: a document to deposit, the people to write to."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import FormulaireQuatuor
from opportunites.dossier.modeles.champs import champs_de
from opportunites.dossier.modeles.fabrication import LETTRES_MAX
from opportunites.dossier.modeles.grammaire import lire
from opportunites.dossier.modeles.paquet import TAILLE_MAX, TROP_LOURD, ModeleRefuse, controler
from opportunites.dossier.modeles.sujets import dire, sujets
from opportunites.models import ModeleWord
from opportunites.mots import FormeLettres, GenreModele


class DepotModeleForm(FormulaireQuatuor, forms.Form):
    """A Word document of the collectivité, read before it is kept: all its faults at once."""

    genre = forms.ChoiceField(
        label="Ce modèle sert à",
        choices=GenreModele.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites à quoi sert ce modèle : ses champs en dépendent."},
    )
    nom = forms.CharField(
        label="Nom du modèle",
        max_length=80,
        help_text="Un modèle du même nom et du même genre est remplacé.",
        error_messages={"required": "Donnez un nom à ce modèle."},
    )
    fichier = forms.FileField(
        label="Document Word",
        help_text="Un .docx de 2\u00a0Mo au plus, sans macro ni lien.",
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        error_messages={
            "required": "Choisissez un document Word.",
            "empty": "Ce fichier est vide. Vérifiez-le, puis redéposez-le.",
        },
    )

    #: What was read of a document that has no fault.
    contenu: bytes = b""
    champs: tuple[str, ...] = ()

    def clean_fichier(self) -> UploadedFile:
        fichier: UploadedFile = self.cleaned_data["fichier"]
        if (fichier.size or 0) > TAILLE_MAX:
            raise forms.ValidationError(TROP_LOURD)
        if PurePath(fichier.name or "").suffix.lower() in {".docm", ".dotm", ".doc", ".dot"}:
            raise forms.ValidationError(
                "Enregistrez ce document au format .docx, puis redéposez-le."
            )
        self.contenu = fichier.read()
        genre = self.cleaned_data.get("genre")
        try:
            controler(self.contenu)
            if not genre:
                return fichier  # told beside its own field
            lecture = lire(self.contenu, champs_de(genre))
        except ModeleRefuse as refus:
            raise forms.ValidationError(refus.message) from refus
        if lecture.defauts:
            raise forms.ValidationError([str(defaut) for defaut in lecture.defauts])
        if not lecture.cles:
            raise forms.ValidationError(
                "Ce document ne nomme aucun champ : toutes les lettres seraient les mêmes. Placez au moins "
                "{{ personne.nom }}."
            )
        self.champs = lecture.cles
        return fichier


class LettresForm(FormulaireQuatuor, forms.Form):
    """To whom, and in which form."""

    choisis = forms.MultipleChoiceField(
        label="Pour qui",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Choisissez au moins une personne.",
            "invalid_choice": "Une des personnes choisies n’est plus dans la liste.",
        },
    )
    forme = forms.ChoiceField(
        label="Sous quelle forme",
        choices=FormeLettres.choices,
        initial=FormeLettres.DOCX,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, acteur: Acteur, modele: ModeleWord, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["choisis"]
        assert isinstance(champ, forms.MultipleChoiceField)
        champ.choices = [(str(sujet.pk), dire(sujet)) for sujet in sujets(acteur, modele.genre)]

    @property
    def est_vide(self) -> bool:
        """Nobody to write to, for now."""
        champ = self.fields["choisis"]
        assert isinstance(champ, forms.MultipleChoiceField)
        return not champ.choices

    def clean_choisis(self) -> list[int]:
        choisis = [int(pk) for pk in self.cleaned_data["choisis"]]
        if len(choisis) > LETTRES_MAX:
            raise forms.ValidationError(
                f"{LETTRES_MAX} lettres au plus à la fois : faites-les en deux fois."
            )
        return choisis
