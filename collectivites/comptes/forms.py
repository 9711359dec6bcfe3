"""Forms of accounts, mandats and delegations."""

from typing import Any, cast

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.models import Mandat
from collectivites.mots import Acte, Role


class InvitationForm(SetPasswordForm):
    """The first password of an invited person."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].label = "Choisissez un mot de passe"
        self.fields[
            "new_password1"
        ].help_text = "12 caractères au moins. Une phrase facile à retenir convient très bien."
        self.fields["new_password2"].label = "Écrivez-le une seconde fois"


class DelegationForm(FormulaireQuatuor, forms.Form):
    """To whom, for which acts, until when."""

    delegataire = forms.ModelChoiceField(
        label="À quelle personne ?", queryset=Mandat.objects.none(), empty_label=None
    )
    actes = forms.MultipleChoiceField(
        label="Pour quels actes ?",
        choices=Acte.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins un acte."},
    )
    fin = forms.DateField(
        label="Jusqu’au (inclus)",
        help_text="La délégation s’éteint d’elle-même ce soir-là.",
    )
    motif = forms.CharField(
        label="Pourquoi ?",
        max_length=300,
        required=False,
        help_text="Gardé au journal.",
    )

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = cast("forms.ModelChoiceField[Mandat]", self.fields["delegataire"])
        champ.queryset = (
            Mandat.objects.en_vigueur()
            .filter(collectivite=acteur.collectivite, role=Role.DRH)
            .select_related("utilisateur", "collectivite")
        )
        champ.label_from_instance = self._nommer  # type: ignore[method-assign]

    @staticmethod
    def _nommer(obj: Mandat) -> str:
        return f"{obj.utilisateur.nom_complet}, {obj.libelle}"

    def clean_fin(self) -> Any:
        fin = self.cleaned_data["fin"]
        if fin < timezone.localdate():
            raise forms.ValidationError("Choisissez une date à venir.")
        return fin
