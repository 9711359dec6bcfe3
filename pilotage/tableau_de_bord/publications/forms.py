"""What a document for élus lets one write."""

from __future__ import annotations

from typing import Any

from django import forms

from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.communs.typographie import cite, enumerer
from collectivites.models import Demarche
from pilotage.models import DocumentElus
from pilotage.tableau_de_bord.publications.noms import nommes


class DocumentForm(FormulaireQuatuor, forms.ModelForm):
    """Three paragraphs, who answers questions, who signs."""

    class Meta:
        model = DocumentElus
        fields = ("retard", "demande", "langage", "contact", "signataire", "qualite")
        widgets = {
            nom: forms.Textarea(attrs={"rows": 4}) for nom in ("retard", "demande", "langage")
        }
        help_texts = {
            "retard": "Ce qui explique l’avance ou le retard, et ce que vous faites.",
            "demande": "Ce que vous attendez des élus de votre collectivité, et d’eux seuls.",
            "langage": "Les phrases qu’un élu peut reprendre.",
            "contact": "Nom, fonction, téléphone ou adresse de la personne qui répond aux questions.",
        }

    def __init__(self, *args: Any, demarche: Demarche, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.demarche = demarche

    def clean(self) -> dict[str, Any]:
        """A document says something: the paragraph on the situation is never empty."""
        donnees = super().clean() or {}
        if not (donnees.get("retard") or "").strip() and "retard" not in self.errors:
            self.add_error("retard", "Dites où nous en sommes : ce paragraphe ouvre le document.")
        for champ in ("retard", "demande", "langage"):
            if vus := nommes(donnees.get(champ) or "", self.demarche):
                self.add_error(
                    champ,
                    f"{enumerer([cite(nom) for nom in vus])} : c’est le nom d’une personne recensée. "
                    "Un document pour les élus ne nomme personne : dites-le autrement.",
                )
        return donnees
