"""What the new employer gives the person: their matricule and e-mail there."""

from __future__ import annotations

from typing import Any

from django import forms

from cadres.candidature.comptes import refus_adresse
from cadres.fiche.anciens import est_ancien_courriel
from cadres.fiche.identifiants import TOUJOURS_ANCIEN
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import FormulaireQuatuor


class IdentifiantsForm(FormulaireQuatuor, forms.Form):
    """Both are optional, one at least is given: they are not always known on the same day."""

    matricule = forms.CharField(
        label="Nouveau matricule",
        max_length=40,
        required=False,
        help_text="L’ancien reste sur la fiche, avec sa date : vos imports le reconnaissent encore.",
    )
    courriel = forms.EmailField(
        label="Nouveau courriel professionnel",
        max_length=254,
        required=False,
        help_text="Les messages de Quatuor iront à cette adresse.",
        error_messages={"invalid": "Écrivez une adresse complète, comme prenom.nom@loiret.fr."},
    )
    garde_l_adresse = forms.BooleanField(
        label="La personne garde l’adresse de son ancien employeur (messagerie commune)",
        required=False,
    )

    def __init__(self, *args: Any, acteur: Acteur, cadre: Cadre, **kwargs: Any) -> None:
        super().__init__(
            *args, initial={"matricule": cadre.matricule, "courriel": cadre.courriel}, **kwargs
        )
        self.acteur, self.cadre = acteur, cadre

    def _autres(self) -> Any:
        return Cadre.objects.geres_par(self.acteur).exclude(pk=self.cadre.pk)

    def clean_matricule(self) -> str:
        matricule: str = self.cleaned_data["matricule"].strip()
        if matricule and self._autres().filter(matricule=matricule).exists():
            raise forms.ValidationError("Un autre cadre du registre porte déjà ce matricule.")
        return matricule

    def clean_courriel(self) -> str:
        courriel: str = self.cleaned_data["courriel"].strip().lower()
        if courriel and self._autres().filter(courriel__iexact=courriel).exists():
            raise forms.ValidationError("Un autre cadre du registre porte déjà ce courriel.")
        if refus := refus_adresse(
            self.acteur.collectivite, courriel, self.cadre.nom, self.cadre.prenom
        ):
            raise forms.ValidationError(refus)
        return courriel

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        courriel = donnees.get("courriel") or ""
        if not self.errors and not courriel and not donnees.get("matricule"):
            raise forms.ValidationError(
                "Donnez le nouveau matricule, le nouveau courriel, ou les deux."
            )
        if (
            courriel
            and not donnees.get("garde_l_adresse")
            and est_ancien_courriel(self.cadre, courriel)
        ):
            self.add_error("courriel", TOUJOURS_ANCIEN)
        return donnees
