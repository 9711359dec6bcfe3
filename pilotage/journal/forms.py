"""What the journal may be narrowed to."""

from django import forms

from collectivites.communs.formulaires import FormulaireQuatuor


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
