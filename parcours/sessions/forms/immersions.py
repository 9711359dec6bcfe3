"""An immersion: asked, answered, signed."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.calendrier import jours_ouvres
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.communs.typographie import date_texte
from collectivites.models import Collectivite
from parcours.regles import IMMERSION_PREAVIS_MOIS, est_demandee_a_temps, refus_de_jours
from parcours.sessions.actions.immersions import jours_deja_comptes

JOURS_DE_LA_SEMAINE = [
    (0, "Lundi"),
    (1, "Mardi"),
    (2, "Mercredi"),
    (3, "Jeudi"),
    (4, "Vendredi"),
]
DEMANDE = ("accueil", "jours", "service", "lieu", "fonctions", "motivation", "delai_reduit")


class ImmersionForm(FormulaireQuatuor, forms.Form):
    """Where, when, to see what."""

    accueil: Any = forms.ModelChoiceField(
        label="Collectivité d’accueil", queryset=Collectivite.objects.none(), empty_label="Choisir"
    )
    service = forms.CharField(label="Direction ou service", max_length=160)
    lieu = forms.CharField(label="Lieu", max_length=160, required=False)
    fonctions = forms.CharField(
        label="Fonctions que vous souhaitez observer",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    motivation = forms.CharField(
        label="Pourquoi cette immersion",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Les deux directions des ressources humaines le lisent.",
    )
    debut = forms.DateField(label="Premier jour", widget=forms.DateInput())
    fin = forms.DateField(label="Dernier jour", widget=forms.DateInput())
    semaine = forms.TypedMultipleChoiceField(
        label="Jours de la semaine",
        choices=JOURS_DE_LA_SEMAINE,
        coerce=int,
        initial=[0, 1, 2, 3, 4],
        widget=forms.CheckboxSelectMultiple,
        help_text="De 2 à 10 jours ouvrés, consécutifs ou non. Les jours fériés ne comptent pas.",
    )
    delai_reduit = forms.BooleanField(
        label=f"Demander l’accord des deux employeurs pour un délai de moins de "
        f"{IMMERSION_PREAVIS_MOIS} mois",
        required=False,
    )

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acteur = acteur
        self.fields["accueil"].queryset = Collectivite.objects.visibles_par(  # type: ignore[attr-defined]
            acteur
        ).exclude(pk=acteur.collectivite.pk)

    @property
    def demande(self) -> dict[str, Any]:
        """What `demander_immersion` takes: the working days, not how they were chosen."""
        return {champ: self.cleaned_data[champ] for champ in DEMANDE}

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        debut, fin = donnees.get("debut"), donnees.get("fin")
        if not (debut and fin):
            return donnees
        if fin < debut:
            self.add_error("fin", "Choisissez un jour après le premier.")
            return donnees
        if (fin - debut).days > 366:
            self.add_error("fin", "Ces dates sont trop éloignées l’une de l’autre.")
            return donnees
        jours = jours_ouvres(debut, fin, donnees.get("semaine") or [])
        donnees["jours"] = jours
        if refus := self._refus(jours):
            self.add_error("fin", refus)
        elif not donnees.get("delai_reduit") and not est_demandee_a_temps(
            jours[0], timezone.localdate()
        ):
            self.add_error(
                "delai_reduit",
                f"Le premier jour, {date_texte(jours[0])}, est à moins de "
                f"{IMMERSION_PREAVIS_MOIS} mois. Cochez cette case, ou choisissez plus tard.",
            )
        return donnees

    def _refus(self, jours: list[date]) -> str | None:
        if jours and jours[0] <= timezone.localdate():
            return "Choisissez des jours à venir."
        cadre = self.acteur.cadre_id
        return refus_de_jours(jours, jours_deja_comptes(cadre) if cadre else [])


class ReponseImmersionForm(FormulaireQuatuor, forms.Form):
    """Yes; no, and why; not now, and why."""

    reponse = forms.ChoiceField(
        label="Votre réponse",
        choices=[("accord", "Accorder"), ("report", "Reporter"), ("refus", "Refuser")],
        widget=forms.RadioSelect,
    )
    motif = forms.CharField(
        label="Pourquoi",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Obligatoire pour un report ou un refus. La personne le lit.",
    )
    apres = forms.DateField(label="Possible à partir du", widget=forms.DateInput(), required=False)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("reponse") in {"report", "refus"} and not donnees.get("motif"):
            self.add_error("motif", "Dites pourquoi. La personne le lira.")
        return donnees


class SignatureForm(FormulaireQuatuor, forms.Form):
    """The day on which the third signature was laid."""

    signee_le = forms.DateField(label="Convention signée le", widget=forms.DateInput())
