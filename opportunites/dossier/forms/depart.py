"""The forms of the employer of origin: its answer, and the team that is left."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import FormulaireQuatuor
from opportunites.communs.pieces import verifier_dans_un_formulaire
from opportunites.dossier.droit.voies import motifs_admis
from opportunites.dossier.predicats import refus_opposer_un_refus
from opportunites.models import Impact, Mobilite, ReponseOrigine


class ReponseForm(FormulaireQuatuor, forms.Form):
    """What the employer of origin answers: a date, or a refusal on its legal ground."""

    ACCORD, REFUS = "accord", "refus"

    decision = forms.ChoiceField(label="Votre réponse", widget=forms.RadioSelect)
    date_convenue = forms.DateField(
        label="Date de départ, en cas d’accord",
        error_messages={"required": "Donnez la date convenue."},
        help_text="Celle que l’accueil souhaite, ou une autre, dans la limite du préavis.",
    )
    motif = forms.ChoiceField(
        label="Motif légal, en cas de refus",
        error_messages={"required": "Choisissez le motif légal."},
        widget=forms.RadioSelect,
        help_text="Le compte épargne-temps, la charge de travail ordinaire ou le coût n’en sont pas.",
    )
    texte = forms.CharField(
        label="Explication",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3000,
        help_text="Nécessaire en cas de refus. La personne et l’employeur d’accueil la lisent.",
    )
    piece = forms.FileField(
        label="Pièce, en cas de refus : la décision",
        error_messages={"required": "Joignez la décision de refus."},
        help_text="PDF, PNG, JPEG ou Word (.docx), 5\u00a0Mo au plus.",
    )

    def __init__(self, *args: Any, acteur: Acteur, mobilite: Mobilite, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acteur, self.mobilite = acteur, mobilite
        decision, motif = self.fields["decision"], self.fields["motif"]
        assert isinstance(decision, forms.ChoiceField)
        assert isinstance(motif, forms.ChoiceField)
        decision.choices = [(self.ACCORD, "Accord, à la date ci-dessous")]
        self.fields["date_convenue"].initial = mobilite.date_souhaitee or mobilite.date_effet
        if refus_opposer_un_refus(acteur, mobilite) is None:
            decision.choices = [
                *decision.choices,
                (self.REFUS, "Refus, pour un motif que la loi admet, avec sa pièce"),
            ]
            motifs = motifs_admis(mobilite)
            motif.choices = [(m.value, m.label) for m in ReponseOrigine.Motif if m.value in motifs]
        else:
            decision.initial = self.ACCORD
            del self.fields["motif"], self.fields["piece"]

    def clean_piece(self) -> UploadedFile | None:
        return verifier_dans_un_formulaire(self.cleaned_data["piece"])

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        for nom in self._de_l_autre_reponse():
            if self.has_error(nom, "required"):
                del self.errors[nom]
        if donnees.get("decision") == self.REFUS and not donnees.get("texte"):
            self.add_error("texte", "Expliquez ce motif.")
        return donnees

    def _de_l_autre_reponse(self) -> tuple[str, ...]:
        """Each answer asks for its own fields, shown as required: not for those of the other one."""
        decision = self.data.get("decision")
        if not decision:
            return ("motif", "piece", "date_convenue")
        return ("motif", "piece") if decision == self.ACCORD else ("date_convenue",)


class ImpactForm(FormulaireQuatuor, forms.ModelForm):
    """The team that is left, and how it is covered."""

    class Meta:
        model = Impact
        fields = (
            "plan",
            "remplacement_le",
            "recouvrement_jours",
            "interim",
            "risque",
            "precision",
        )
        widgets = {
            "plan": forms.RadioSelect,
            "risque": forms.RadioSelect,
            "precision": forms.Textarea(attrs={"rows": 4, "maxlength": 3000}),
        }
        help_texts = {
            "recouvrement_jours": "Jours où la personne et son successeur travaillent ensemble.",
            "interim": "Une fonction plutôt qu’un nom : « la directrice adjointe ».",
            "precision": "Dossiers exposés, échéances, décisions attendues. N’écrivez rien que la "
            "personne ne pourrait lire.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom in ("plan", "risque"):
            champ = self.fields[nom]
            assert isinstance(champ, forms.ChoiceField)
            choix = Impact.Plan.choices if nom == "plan" else Impact.Risque.choices
            champ.choices = choix
