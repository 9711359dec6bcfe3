"""The forms of the opinions of a host, and of first meetings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from cadres.models import Cadre
from collectivites.communs.formulaires import FormulaireQuatuor
from opportunites.models import Avis, Demande
from opportunites.postes.predicats import rendez_vous_impossible


class AvisForm(FormulaireQuatuor, forms.Form):
    """Whether the host would take this person, and why."""

    sens = forms.ChoiceField(
        label="Votre avis",
        widget=forms.RadioSelect,
        choices=[
            (Avis.Sens.FAVORABLE.value, "Nous pourrions accueillir cette personne"),
            (Avis.Sens.DEFAVORABLE.value, "Pas sur ce poste"),
        ],
    )
    motif = forms.CharField(
        label="Pourquoi",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="La personne lit cette raison. Parlez du poste et de l’expérience, rien d’autre.",
    )

    def __init__(self, *args: Any, ancien: Avis | None, **kwargs: Any) -> None:
        if ancien is not None:
            kwargs.setdefault("initial", {"sens": ancien.sens, "motif": ancien.motif})
        super().__init__(*args, **kwargs)


class DemandeForm(FormulaireQuatuor, forms.Form):
    """A conversation, or an immersion."""

    nature = forms.ChoiceField(
        label="Ce que vous demandez",
        widget=forms.RadioSelect,
        choices=[
            (Demande.Nature.ENTRETIEN.value, "Une conversation exploratoire, sans engagement"),
            (
                Demande.Nature.IMMERSION.value,
                "Une immersion de 2 à 10 jours ouvrés dans le service (décret 2022-1043)",
            ),
        ],
    )
    message = forms.CharField(
        label="Quelques mots pour l’employeur du poste",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )


class ReponseDemandeForm(FormulaireQuatuor, forms.Form):
    """The answer of the host."""

    accord = forms.TypedChoiceField(
        label="Votre réponse",
        widget=forms.RadioSelect,
        choices=[("oui", "Accepter la demande"), ("non", "Décliner la demande")],
        coerce=lambda valeur: valeur == "oui",
        empty_value=None,
    )
    rendez_vous_le = forms.DateTimeField(
        label="Rendez-vous le",
        required=False,
        help_text="Heure de Paris, pour une heure. La personne reçoit le fichier pour son agenda.",
    )
    rendez_vous_lieu = forms.CharField(
        label="Lieu, ou numéro à appeler", required=False, max_length=200
    )
    reponse = forms.CharField(
        label="Vos mots à la personne",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        help_text="Qui la recevra si vous acceptez ; une raison courtoise sinon.",
    )

    def __init__(self, *args: Any, demande: Demande, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if demande.nature != Demande.Nature.ENTRETIEN:
            del self.fields["rendez_vous_le"], self.fields["rendez_vous_lieu"]

    def clean(self) -> dict[str, Any]:
        """A conversation that is accepted has its hour: otherwise nothing would happen."""
        donnees: dict[str, Any] = self.cleaned_data
        if "rendez_vous_le" not in self.fields or not donnees.get("accord"):
            return {**donnees, "rendez_vous_le": None, "rendez_vous_lieu": ""}
        if "rendez_vous_le" in self.errors:
            return donnees
        quand = donnees.get("rendez_vous_le")
        if quand is None:
            self.add_error("rendez_vous_le", "Proposez le jour et l’heure de la conversation.")
        elif refus := rendez_vous_impossible(quand):
            self.add_error("rendez_vous_le", refus)
        return donnees


class InterrogerForm(FormulaireQuatuor, forms.Form):
    """Somebody who did not rank the poste, and what the host writes to them."""

    cadre = forms.ModelChoiceField(label="Personne", queryset=Cadre.objects.none())
    message = forms.CharField(
        label="Vos mots à la personne",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        help_text="Dites pourquoi vous pensez à elle. Elle seule les lit.",
    )

    def __init__(self, *args: Any, personnes: QuerySet[Cadre], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["cadre"]
        assert isinstance(champ, forms.ModelChoiceField)
        champ.queryset = personnes
        champ.label_from_instance = _nom_et_employeur  # type: ignore[assignment,method-assign]


def _nom_et_employeur(cadre: Cadre) -> str:
    return f"{cadre.nom_complet}, {cadre.collectivite.nom_court}"
