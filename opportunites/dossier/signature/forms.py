"""Forms of the folders to sign: what joins them, and the file that comes back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.refus import ActionImpossible
from opportunites.communs.pieces import verifier_dans_un_formulaire
from opportunites.dossier.signature.manifeste import Piece
from opportunites.dossier.signature.retour import Comparaison, comparer
from opportunites.models import DossierASigner
from opportunites.mots import CONSTATS_A_ASSUMER

#: Bytes of a signed file: what a request may hold.
TAILLE_MAX = 20 * 1024 * 1024
ANNEXES = ("annexe_1", "annexe_2", "annexe_3")


class DossierForm(FormulaireQuatuor, forms.Form):
    """What is to be signed, and what joins the papers of the house."""

    objet = forms.CharField(
        label="Ce qui est à signer",
        max_length=120,
        initial="Mobilité entre deux employeurs : accord des deux directions des ressources humaines",
        help_text="Le titre de la page à signer.",
        error_messages={"required": "Dites ce qui est à signer."},
    )
    annexe_1 = forms.FileField(
        label="Une annexe : l’arrêté, la convention",
        required=False,
        help_text="PDF, PNG, JPEG ou Word (.docx), 5\u00a0Mo au plus chacune.",
    )
    annexe_2 = forms.FileField(label="Une deuxième annexe", required=False)
    annexe_3 = forms.FileField(label="Une troisième annexe", required=False)

    def clean_annexe_1(self) -> UploadedFile | None:
        return verifier_dans_un_formulaire(self.cleaned_data["annexe_1"])

    def clean_annexe_2(self) -> UploadedFile | None:
        return verifier_dans_un_formulaire(self.cleaned_data["annexe_2"])

    def clean_annexe_3(self) -> UploadedFile | None:
        return verifier_dans_un_formulaire(self.cleaned_data["annexe_3"])

    def annexes(self) -> list[Piece]:
        """What was joined, under names that do not collide."""
        deposees = [f for nom in ANNEXES if (f := self.cleaned_data.get(nom)) is not None]
        return [
            Piece(f"annexe-{rang}-{fichier.name}", f"Annexe {rang}", fichier.read())
            for rang, fichier in enumerate(deposees, 1)
        ]


class RetourForm(FormulaireQuatuor, forms.Form):
    """The file that the parapheur gave back, held at once against the one that left."""

    fichier = forms.FileField(
        label="Le PDF signé",
        help_text="Tel que votre parapheur l’a rendu, ou numérisé. 20\u00a0Mo au plus.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={
            "required": "Choisissez le PDF signé.",
            "empty": "Ce fichier est vide. Vérifiez-le, puis remettez-le.",
        },
    )
    signataires = forms.CharField(
        label="Qui a signé",
        max_length=120,
        required=False,
        help_text="Nom et qualité. À dire si le fichier ne le dit pas : signature à la main, visa sans certificat.",
    )
    signe_le = forms.DateField(label="Signé le", required=False)
    malgre = forms.BooleanField(
        label="J’ai lu ce qui diffère, et je garde ce fichier", required=False
    )

    contenu: bytes = b""
    comparaison: Comparaison | None = None

    def __init__(self, *args: Any, dossier: DossierASigner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier = dossier

    def clean_fichier(self) -> UploadedFile:
        fichier: UploadedFile = self.cleaned_data["fichier"]
        if (fichier.size or 0) > TAILLE_MAX:
            raise forms.ValidationError("Ce fichier dépasse 20\u00a0Mo.")
        self.contenu = fichier.read()
        with self.dossier.piece.open("rb") as envoye:
            octets = envoye.read()
        try:
            self.comparaison = comparer(octets, self.contenu, self.dossier.reference)
        except ActionImpossible as refus:
            raise forms.ValidationError(refus.message) from refus
        return fichier

    def clean_signe_le(self) -> Any:
        jour = self.cleaned_data["signe_le"]
        if jour is not None and jour > timezone.localdate():
            raise forms.ValidationError("Cette date est à venir.")
        if jour is not None and jour < timezone.localdate(self.dossier.fait_le):
            raise forms.ValidationError("Cette date précède le dossier.")
        return jour

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        if self.comparaison is None:
            return donnees
        if not self.comparaison.signatures:
            for nom, phrase in (
                ("signataires", "Ce fichier ne dit pas qui l’a signé : dites-le."),
                ("signe_le", "Ce fichier ne dit pas quand il a été signé : dites-le."),
            ):
                if not donnees.get(nom) and nom not in self.errors:
                    self.add_error(nom, phrase)
        if self.comparaison.constat in CONSTATS_A_ASSUMER and not donnees.get("malgre"):
            self.add_error("fichier", list(self.comparaison.ecarts))
            self.add_error(
                "malgre",
                "Choisissez de nouveau le fichier, et cochez cette case si vous le gardez.",
            )
        return donnees
