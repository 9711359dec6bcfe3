"""An offer of immersion, and the days that somebody asks of it."""

from typing import Any

from django import forms
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.communs.metiers.formulaire import AIDE, AvecLaFamille, FamilleField
from parcours.models import OffreImmersion
from parcours.models.immersion import PLACES_MAX
from parcours.regles import IMMERSION_JOURS_MAX, IMMERSION_JOURS_MIN
from parcours.sessions.forms.immersions import ImmersionForm
from parcours.sessions.predicats import refus_de_jours_de_l_offre

DEMANDE = ("jours", "motivation", "delai_reduit")


class OffreImmersionForm(AvecLaFamille, FormulaireQuatuor, forms.ModelForm):
    """A service, a period, how many people."""

    domaine = FamilleField(help_text=AIDE)

    class Meta:
        model = OffreImmersion
        fields = (
            "service",
            "lieu",
            "domaine",
            "fonctions",
            "debut",
            "fin",
            "nb_jours",
            "places",
            "contact_nom",
            "contact_courriel",
            "contact_telephone",
        )
        widgets = {"fonctions": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "fonctions": "Un conseil, une commission, une équipe au travail : ce que l’on verra.",
            "nb_jours": f"De {IMMERSION_JOURS_MIN} à {IMMERSION_JOURS_MAX} jours ouvrés, que chacun "
            "choisit dans la période.",
            "places": f"De 1 à {PLACES_MAX}, sur toute la période.",
            "contact_nom": "Qui accueille, et répond aux questions. Les cadres de la démarche le lisent.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dire_la_famille()
        for nom, bas, haut in (
            ("nb_jours", IMMERSION_JOURS_MIN, IMMERSION_JOURS_MAX),
            ("places", 1, PLACES_MAX),
        ):
            self.fields[nom] = forms.IntegerField(
                label=self.fields[nom].label,
                help_text=self.fields[nom].help_text,
                min_value=bas,
                max_value=haut,
            )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or self.cleaned_data
        debut, fin = donnees.get("debut"), donnees.get("fin")
        if debut and fin and fin <= debut:
            self.add_error("fin", "Choisissez un jour après le premier.")
        elif fin and fin <= timezone.localdate():
            self.add_error("fin", "Cette période est passée : choisissez des jours à venir.")
        elif debut and fin and (fin - debut).days > 366:
            self.add_error("fin", "Une offre dure un an au plus.")
        return donnees


class DemandeSurOffreForm(ImmersionForm):
    """One's own days, in the period of the offer: the rest is the offer's."""

    def __init__(self, *args: Any, acteur: Acteur, offre: OffreImmersion, **kwargs: Any) -> None:
        super().__init__(*args, acteur=acteur, **kwargs)
        self.offre = offre
        for nom in ("accueil", "service", "lieu", "fonctions"):
            del self.fields[nom]
        self.fields[
            "motivation"
        ].help_text = "L’accueil le lit ; votre employeur, si vous le prévenez."

    @property
    def demande(self) -> dict[str, Any]:
        """What `demander_sur_offre` takes."""
        return {champ: self.cleaned_data[champ] for champ in DEMANDE}

    def _refus(self, jours: list[Any]) -> str | None:
        return super()._refus(jours) or refus_de_jours_de_l_offre(self.offre, jours)
