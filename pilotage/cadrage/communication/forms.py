"""Writing an action of the plan, and the shared words."""

from __future__ import annotations

from typing import Any

from django import forms

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.models import Collectivite
from pilotage.cadrage.communication.predicats import refus_du_jour, refus_porteur
from pilotage.cadrage.formulaires import AvecDocument, ChoixDuResponsable, responsables
from pilotage.models import ActionCommunication


class ActionForm(FormulaireQuatuor, AvecDocument):
    """What is said, to whom, by which channel, by whom, when."""

    intitule = forms.CharField(label="Action", max_length=160)
    public = forms.ChoiceField(label="Public", choices=ActionCommunication.Public.choices)
    message = forms.CharField(
        label="Message",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ce que ce public doit retenir.",
    )
    canal = forms.CharField(
        label="Canal",
        max_length=120,
        help_text="Par exemple : réunion, intranet, conférence de presse, magazine.",
    )
    collectivite = forms.ModelChoiceField(
        label="Qui la porte",
        queryset=Collectivite.objects.none(),
        required=False,
        empty_label="Toutes les collectivités ensemble",
    )
    responsable = ChoixDuResponsable(
        label="Responsable", queryset=None, required=False, empty_label="À désigner"
    )
    jour = forms.DateField(label="Date")
    etat = forms.ChoiceField(label="État", choices=ActionCommunication.Etat.choices)

    def __init__(
        self, *args: Any, acteur: Acteur, action: ActionCommunication | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.acteur = acteur
        for nom, valeurs in (
            ("collectivite", Collectivite.objects.filter(pk=acteur.collectivite.pk)),
            ("responsable", responsables(acteur)),
        ):
            champ = self.fields[nom]
            assert isinstance(champ, forms.ModelChoiceField)
            champ.queryset = valeurs
        self.fields["piece"].label = "Support"
        if action is not None and action.piece:
            self.fields["piece"].help_text = f"Remplace {action.nom_piece}."
        self.order_fields(
            (
                "intitule",
                "public",
                "message",
                "canal",
                "collectivite",
                "responsable",
                "jour",
                "etat",
                "piece",
            )
        )

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        refus = refus_porteur(self.acteur, donnees.get("collectivite"), donnees.get("responsable"))
        if refus:
            self.add_error("responsable", refus)
        jour, etat = donnees.get("jour"), donnees.get("etat")
        if jour and etat and (refus := refus_du_jour(self.acteur.demarche, jour, etat)):
            self.add_error("jour", refus)
        return donnees


class LangageForm(forms.Form):
    """A new version of the shared words. `depuis`: the one that the writer read."""

    depuis = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    texte = forms.CharField(
        label="Éléments de langage",
        max_length=900,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text="Les phrases que chacun reprend devant les élus, la presse et les agents. 900 caractères au plus.",
    )
