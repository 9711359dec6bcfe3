"""Writing a step, and saying that it is done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.models import Collectivite
from pilotage.cadrage.feuille_de_route import predicats
from pilotage.cadrage.feuille_de_route.actions import liens
from pilotage.cadrage.formulaires import FORMATS, AvecDocument, ChoixDuResponsable, responsables
from pilotage.models import EtapeRoute


class EtapeForm(FormulaireQuatuor, forms.Form):
    """A step: what, whose, when, after what."""

    intitule = forms.CharField(label="Ce qui doit être fait", max_length=160)
    phase = forms.ChoiceField(label="Acte de la démarche", choices=EtapeRoute.Phase.choices)
    concernees = forms.ModelMultipleChoiceField(
        label="Collectivités concernées",
        queryset=Collectivite.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="Chacune dira, pour elle, que l’étape est faite.",
    )
    responsable = ChoixDuResponsable(
        label="Responsable", queryset=None, required=False, empty_label="À désigner"
    )
    debut = forms.DateField(label="À partir du", required=False)
    echeance = forms.DateField(label="Échéance")
    apres = forms.ModelMultipleChoiceField(
        label="Vient après",
        queryset=EtapeRoute.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Elle ne pourra pas être faite avant celles-ci.",
    )
    pour_les_elus = forms.BooleanField(
        label="À dire aux élus",
        required=False,
        help_text="Elle apparaît parmi les prochaines dates de la note pour les élus.",
    )

    def __init__(
        self, *args: Any, acteur: Acteur, etape: EtapeRoute | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.acteur, self.etape = acteur, etape
        employeurs = Collectivite.objects.filter(demarche=acteur.demarche)
        autres = EtapeRoute.objects.visibles_par(acteur)
        if etape is not None:
            autres = autres.exclude(pk=etape.pk)
        self._choisir("concernees", employeurs)
        self._choisir("responsable", responsables(acteur))
        self._choisir("apres", autres)
        if etape is None:
            self.fields["concernees"].initial = employeurs
        elif (ancien := etape.responsable) and ancien.est_fini(timezone.localdate()):
            self.fields[
                "responsable"
            ].help_text = (
                f"{ancien.utilisateur.nom_complet} n’a plus de mandat : désignez quelqu’un d’autre."
            )
        if not autres.exists():
            del self.fields["apres"]

    def _choisir(self, nom: str, valeurs: Any) -> None:
        champ = self.fields[nom]
        assert isinstance(champ, forms.ModelChoiceField)
        champ.queryset = valeurs

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        concernees = list(donnees.get("concernees") or ())
        donnees["concernees"] = concernees
        donnees["apres"] = list(donnees.get("apres") or ())
        closes: Any = ()
        if self.etape is not None:
            closes = self.etape.clotures.en_vigueur().values_list("collectivite", flat=True)
        if "concernees" not in self.errors:
            self._dire(
                "concernees",
                predicats.refus_des_concernees(self.acteur, concernees, closes=closes),
            )
            self._dire(
                "responsable",
                predicats.refus_responsable(
                    donnees.get("responsable"), self.acteur.demarche, concernees
                ),
            )
        if echeance := donnees.get("echeance"):
            refus = predicats.refus_de_periode(self.acteur.demarche, donnees.get("debut"), echeance)
            self._dire("echeance", refus)
        if "apres" in self.fields:
            boucle = predicats.refus_de_cycle(
                self.etape, donnees["apres"], liens(self.acteur.demarche)
            )
            self._dire("apres", boucle)
        return donnees

    def _dire(self, champ: str, refus: str | None) -> None:
        if refus is not None:
            self.add_error(champ, refus)


class EtapeFaiteForm(FormulaireQuatuor, AvecDocument):
    """The day on which a step was done, and its proof."""

    faite_le = forms.DateField(label="Faite le", initial=timezone.localdate)
    preuve = forms.CharField(
        label="Ce qui le prouve",
        max_length=300,
        help_text="En une ligne : une délibération et son numéro, un compte rendu, un article.",
    )
    field_order = ("faite_le", "preuve", "piece")

    def __init__(self, *args: Any, acteur: Acteur, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acteur = acteur
        self.fields["piece"].required = True
        self.fields["piece"].label = "Le document qui le montre"
        self.fields[
            "piece"
        ].help_text = f"{FORMATS} Les employeurs de la démarche le lisent : n’y nommez aucun cadre."

    def clean_faite_le(self) -> date:
        jour: date = self.cleaned_data["faite_le"]
        if refus := predicats.refus_du_jour(self.acteur.demarche, jour):
            raise forms.ValidationError(refus)
        return jour
