"""Forms of the steering room."""

from django import forms
from django.utils import timezone

from collectivites.communs.formulaires import FormulaireQuatuor
from pilotage.models import EtapeRoute


class EtapeFaiteForm(FormulaireQuatuor, forms.ModelForm):
    """The day on which a step was done, and its proof."""

    class Meta:
        model = EtapeRoute
        fields = ("faite_le", "preuve")
        labels = {"faite_le": "Faite le", "preuve": "Ce qui le prouve"}
        help_texts = {
            "preuve": "En une ligne : une délibération et son numéro, un compte rendu, "
            "un article.".replace(" :", "\u00a0:"),
        }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for champ in self.fields.values():
            champ.required = True
        self.fields["faite_le"].initial = timezone.localdate

    def clean_faite_le(self) -> object:
        jour = self.cleaned_data["faite_le"]
        if jour and jour > timezone.localdate():
            raise forms.ValidationError("Choisissez aujourd’hui ou un jour passé.")
        return jour


class FiltresJournal(FormulaireQuatuor, forms.Form):
    """Which lines of the journal to read. An unknown value filters nothing."""

    acte = forms.ChoiceField(label="Acte", required=False)
    auteur = forms.ChoiceField(label="Décidé par", required=False)
    depuis = forms.DateField(label="Depuis le", required=False)
    jusqu_au = forms.DateField(label="Jusqu’au", required=False)

    def __init__(
        self,
        *args: object,
        actes: list[tuple[str, str]],
        auteurs: list[tuple[str, str]],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        for nom, choix, tous in (
            ("acte", actes, "Tous les actes"),
            ("auteur", auteurs, "Tout le monde"),
        ):
            champ = self.fields[nom]
            assert isinstance(champ, forms.ChoiceField)
            champ.choices = [("", tous), *choix]
