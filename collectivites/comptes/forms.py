"""Forms of accounts, mandats and delegations."""

import re
from time import monotonic, sleep
from typing import Any, cast

from allauth.account.forms import LoginForm, ResetPasswordForm
from django import forms
from django.conf import settings
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.acteurs.predicats import refus_ouvrir_un_acces
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.communs.lexique import dire
from collectivites.comptes.porte.volontaires import collectivites_a_joindre
from collectivites.models import Collectivite, Mandat
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


def _dire_l_adresse(champ: forms.Field) -> None:
    """One name for it on the page and in the summary of errors, and an example of what is expected."""
    champ.label = "Adresse professionnelle"
    champ.error_messages["invalid"] = "Écrivez une adresse complète, comme prenom.nom@ville.fr."


class ConnexionForm(LoginForm):
    """An address and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dire_l_adresse(self.fields["login"])


class OubliForm(ResetPasswordForm):
    """« Mot de passe oublié »: to write a mail takes a while, and would tell that an account exists."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _dire_l_adresse(self.fields["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        debut = monotonic()
        adresse = cast(str, super().save(request, **kwargs))
        sleep(max(0.0, settings.DUREE_DE_L_OUBLI - (monotonic() - debut)))
        return adresse


class DelegationForm(FormulaireQuatuor, forms.Form):
    """To whom, for which acts, from when until when."""

    delegataire = forms.ModelChoiceField(
        label="À quelle personne ?", queryset=Mandat.objects.none(), empty_label=None
    )
    actes = forms.MultipleChoiceField(
        label="Pour quels actes ?",
        choices=Acte.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins un acte."},
    )
    debut = forms.DateField(label="À partir du", initial=timezone.localdate)
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
        actes = cast(forms.MultipleChoiceField, self.fields["actes"])
        actes.choices = [(acte.value, dire(str(acte.label))) for acte in Acte]
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

    def clean_debut(self) -> Any:
        debut = self.cleaned_data["debut"]
        if debut < timezone.localdate():
            raise forms.ValidationError("Choisissez aujourd’hui, ou un jour à venir.")
        return debut

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        debut, fin = donnees.get("debut"), donnees.get("fin")
        if debut and fin and fin < debut:
            self.add_error("fin", "Choisissez un jour après le premier.")
        return donnees


class AccesForm(FormulaireQuatuor, forms.Form):
    """Who, as what, from when until when."""

    prenom = forms.CharField(label="Prénom", max_length=80)
    nom = forms.CharField(label="Nom", max_length=80)
    courriel = forms.EmailField(label="Adresse professionnelle", max_length=254)
    role = forms.ChoiceField(
        label="Comme",
        choices=[(r.value, r.label) for r in (Role.GESTIONNAIRE, Role.DRH)],
        widget=forms.RadioSelect,
        initial=Role.GESTIONNAIRE.value,
    )
    debut = forms.DateField(label="À partir du", widget=forms.DateInput())
    fin = forms.DateField(
        label="Jusqu’au (inclus)",
        widget=forms.DateInput(),
        required=False,
        help_text="Pour une absence ou un intérim. L’accès s’éteint de lui-même ce soir-là.",
    )

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acteur = acteur

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        debut, fin = donnees.get("debut"), donnees.get("fin")
        if debut and debut < timezone.localdate():
            self.add_error("debut", "Choisissez aujourd’hui, ou un jour à venir.")
        if debut and fin and fin < debut:
            self.add_error("fin", "Choisissez un jour après le premier.")
        if refus := refus_ouvrir_un_acces(self.acteur, donnees.get("role", ""), fin):
            self.add_error("fin", refus)
        return donnees


class FinAccesForm(FormulaireQuatuor, forms.Form):
    """The last day of somebody's access."""

    fin = forms.DateField(
        label="Dernier jour (inclus)",
        widget=forms.DateInput(),
        help_text="La personne en est prévenue par courriel.",
    )

    def clean_fin(self) -> Any:
        fin = self.cleaned_data["fin"]
        if fin < timezone.localdate():
            raise forms.ValidationError("Choisissez aujourd’hui, ou un jour à venir.")
        return fin


class VolontaireForm(FormulaireQuatuor, forms.Form):
    """Who asks to be listed, at which employer. Without a link: HR clicks on none that a stranger wrote."""

    collectivite = forms.ModelChoiceField(
        label="Votre employeur",
        queryset=Collectivite.objects.none(),
        empty_label="Choisissez",
    )
    prenom = forms.CharField(label="Prénom", max_length=80)
    nom = forms.CharField(label="Nom", max_length=80)
    courriel = forms.EmailField(
        label="Adresse professionnelle",
        max_length=254,
        help_text="Votre direction vous répond à cette adresse.",
    )
    poste = forms.CharField(label="Poste occupé", max_length=200, required=False)
    mots = forms.CharField(
        label="Quelques mots",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ce qui vous ferait envie, si vous voulez déjà en parler. Rien de personnel ni de "
        "médical.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = cast("forms.ModelChoiceField[Collectivite]", self.fields["collectivite"])
        champ.queryset = collectivites_a_joindre()
        plusieurs = len({c.demarche_id for c in champ.queryset}) > 1
        champ.label_from_instance = (  # type: ignore[method-assign]
            lambda obj: f"{obj.nom} ({obj.demarche.nom})" if plusieurs else obj.nom
        )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        for nom in ("prenom", "nom", "poste", "mots"):
            if re.search(r"://|\bwww\.", str(donnees.get(nom, "")), re.IGNORECASE):
                self.add_error(nom, "Écrivez sans adresse de site : aucun lien ne part d’ici.")
        return donnees
