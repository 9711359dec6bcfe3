"""What the journal may be narrowed to."""

from django import forms
from django.db import models

from collectivites.communs.formulaires import FormulaireQuatuor


class Lignes(models.TextChoices):
    """What is read, decisions unless said."""

    DECISIONS = "", "Les décisions"
    SUIVI = "suivi", "Les rappels et le suivi"
    TOUT = "tout", "Toutes les lignes"


class FiltresJournal(FormulaireQuatuor, forms.Form):
    """Which lines of the journal to read. An unknown value filters nothing."""

    lignes = forms.ChoiceField(label="Montrer", choices=Lignes.choices, required=False)
    acte = forms.ChoiceField(label="Acte", required=False)
    auteur = forms.ChoiceField(label="Décidé par", required=False)
    au_nom_de = forms.ChoiceField(label="Au nom de", required=False)
    personne = forms.CharField(label="Cadre concerné", required=False, max_length=60)
    depuis = forms.DateField(label="Depuis le", required=False)
    jusqu_au = forms.DateField(label="Jusqu’au", required=False)
    delegation = forms.ChoiceField(label="Sous délégation", required=False)

    def __init__(self, *args: object, choix: dict[str, list[tuple[str, str]]], **kwargs: object):
        """`choix`: field → what it offers."""
        super().__init__(*args, **kwargs)
        for nom, tous in (
            ("acte", "Tous les actes"),
            ("auteur", "Tout le monde"),
            ("au_nom_de", "Toutes et tous"),
            ("delegation", "Avec ou sans"),
        ):
            champ = self.fields[nom]
            assert isinstance(champ, forms.ChoiceField)
            champ.choices = [("", tous), *choix[nom]]
