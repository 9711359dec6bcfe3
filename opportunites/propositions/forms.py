"""The forms of propositions, of their answers, and of the réserves on them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from cadres.models import Cadre
from collectivites.communs.formulaires import FormulaireQuatuor, SaisieInstant
from collectivites.communs.typographie import date_texte
from opportunites.communs.pieces import verifier_dans_un_formulaire
from opportunites.models import Proposition, Reserve
from opportunites.propositions.calendrier import echeance_par_defaut
from opportunites.propositions.predicats import limite_impossible


class PropositionForm(FormulaireQuatuor, forms.Form):
    """To whom, among those who ranked the poste, and why in words that the person will read."""

    cadre = forms.ModelChoiceField(
        label="Personne",
        queryset=Cadre.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "Choisissez une personne qui a classé ce poste."},
    )
    pourquoi = forms.CharField(
        label="Pourquoi ce poste lui est proposé",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        help_text="La personne lit ce texte, comme une lettre, et elle seule avec vous. Parlez de son "
        "expérience.",
    )
    pourquoi_employeur = forms.CharField(
        label="Ce que lira son employeur actuel",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text="Il lit ce texte à l’envoi, et rien de celui du dessus. Ne dites ni vœu ni rencontre.",
    )

    def __init__(self, *args: Any, candidats: list[tuple[Cadre, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["cadre"]
        assert isinstance(champ, forms.ModelChoiceField)
        champ.queryset = Cadre.objects.filter(pk__in=[c.pk for c, _ in candidats]).order_by("pk")
        champ.choices = [(c.pk, f"{c.nom_complet}, {connu}") for c, connu in candidats]


class TextesForm(FormulaireQuatuor, forms.Form):
    """The two texts of a proposition that is not sent yet."""

    pourquoi = forms.CharField(
        label="Pourquoi ce poste lui est proposé",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        help_text=PropositionForm.base_fields["pourquoi"].help_text,
    )
    pourquoi_employeur = forms.CharField(
        label="Ce que lira son employeur actuel",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        help_text=PropositionForm.base_fields["pourquoi_employeur"].help_text,
    )


class AccordForm(FormulaireQuatuor, forms.Form):
    """May that DGS learn of it?"""

    accord = forms.TypedChoiceField(
        label="Votre réponse",
        widget=forms.RadioSelect,
        choices=[
            ("oui", "Oui, cette personne peut l’apprendre dès maintenant"),
            ("non", "Non, pas avant que la proposition me soit envoyée"),
        ],
        coerce=lambda valeur: valeur == "oui",
        empty_value=None,
    )


class QuestionForm(FormulaireQuatuor, forms.Form):
    """What the person wants to know before they answer."""

    texte = forms.CharField(
        label="Votre question", widget=forms.Textarea(attrs={"rows": 4}), max_length=1000
    )


class ReponseQuestionForm(FormulaireQuatuor, forms.Form):
    """What the host answers."""

    reponse = forms.CharField(
        label="Votre réponse",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
        help_text="La personne la lit sur la page de la proposition. Son employeur actuel ne lit ni la "
        "question ni la réponse.",
    )


class EnvoiForm(FormulaireQuatuor, forms.Form):
    """By when the person must answer."""

    repondre_avant = forms.DateTimeField(
        label="Réponse attendue avant le",
        widget=SaisieInstant,
        help_text="Heure de Paris. Laissez le temps de lire et d’en parler : deux semaines "
        "est un bon délai.",
    )

    def __init__(self, *args: Any, commune: datetime | None = None, **kwargs: Any) -> None:
        """`commune`: the deadline that the exchange already has."""
        kwargs.setdefault("initial", {"repondre_avant": commune or echeance_par_defaut()})
        super().__init__(*args, **kwargs)
        if commune is not None:
            self.fields["repondre_avant"].disabled = True
            self.fields["repondre_avant"].help_text = "La date limite commune de cet échange."

    def clean_repondre_avant(self) -> datetime:
        limite: datetime = self.cleaned_data["repondre_avant"]
        if refus := limite_impossible(limite):
            raise forms.ValidationError(refus)
        return limite


class RefusForm(FormulaireQuatuor, forms.Form):
    """A coded reason that stays private."""

    motif = forms.ChoiceField(
        label="Ce qui vous fait refuser",
        choices=Proposition.Motif.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une raison : elle reste privée."},
        help_text="Votre employeur et celui du poste ne verront pas cette raison. Elle compte, "
        "sans votre nom, dans une statistique de la démarche.",
    )
    commentaire = forms.CharField(
        label="Une précision, que personne d’autre ne lira",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class ReserveForm(FormulaireQuatuor, forms.Form):
    """What the service fears."""

    sujet = forms.ChoiceField(
        label="Sujet", choices=Reserve.Sujet.choices, widget=forms.RadioSelect
    )
    texte = forms.CharField(
        label="Ce que le service perdrait ou risque",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=3000,
    )
    piece = forms.FileField(
        label="Pièce",
        required=False,
        help_text="PDF, PNG, JPG ou DOCX, 5\u00a0Mo au plus. Les deux employeurs la lisent.",
    )

    def clean_piece(self) -> UploadedFile | None:
        return verifier_dans_un_formulaire(self.cleaned_data["piece"])


class ArbitrageForm(FormulaireQuatuor, forms.Form):
    """What the DGS decides of a reserve."""

    decision = forms.ChoiceField(
        label="Votre décision",
        widget=forms.RadioSelect,
        choices=[
            (
                Reserve.Etat.LEVEE.value,
                "Lever la réserve : la mobilité se poursuit telle quelle",
            ),
            (
                Reserve.Etat.RETENUE.value,
                "Retenir la réserve : les deux DRH en tiennent compte, sans arrêt du dossier",
            ),
            (
                Reserve.Etat.COMPLEMENT.value,
                "Demander un complément, une seule fois : le délai court toujours",
            ),
        ],
    )
    motif = forms.CharField(
        label="Motif",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="Les deux DRH le liront ; il entre au journal.",
    )

    nouvelle_date = forms.DateField(
        label="Nouvelle date d’effet",
        required=False,
        help_text="Si vous retenez la réserve pour reporter le départ : le dossier prend cette date, et "
        "la personne l’apprend.",
    )
    field_order = ("decision", "nouvelle_date", "motif")

    def __init__(
        self,
        *args: Any,
        complement_possible: bool,
        date_effet: date | None = None,
        dossier_ouvert: bool = False,
        sujet: str = "",
        **kwargs: Any,
    ) -> None:
        """`date_effet`: that of the file, when one is open; a reserve on the calendar that is held
        must then say the new one."""
        super().__init__(*args, **kwargs)
        self.date_exigee = sujet == Reserve.Sujet.CALENDRIER and date_effet is not None
        self.date_effet = date_effet
        if not dossier_ouvert:
            del self.fields["nouvelle_date"]
        champ = self.fields["decision"]
        assert isinstance(champ, forms.ChoiceField)
        if not complement_possible:
            champ.choices = [
                (code, texte)
                for code, texte in ArbitrageForm.base_fields["decision"].choices  # type: ignore[attr-defined]
                if code != Reserve.Etat.COMPLEMENT
            ]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        nouvelle = donnees.get("nouvelle_date")
        retenue = donnees.get("decision") == Reserve.Etat.RETENUE
        if nouvelle and donnees.get("decision") and not retenue:
            self.add_error("nouvelle_date", "Une nouvelle date va avec une réserve retenue.")
        if self.date_exigee and retenue and "nouvelle_date" not in self.errors:
            if not nouvelle:
                self.add_error("nouvelle_date", "Dites la date à laquelle le départ est reporté.")
            elif self.date_effet and nouvelle <= self.date_effet:
                self.add_error(
                    "nouvelle_date", f"Le départ est déjà prévu le {date_texte(self.date_effet)}."
                )
        return donnees

    def suite(self) -> str:
        """What the decision leads to, once it is done."""
        if self.cleaned_data["decision"] == Reserve.Etat.COMPLEMENT:
            return "Le complément est demandé. Sans lui, vous pouvez toujours lever ou retenir."
        if nouvelle := self.cleaned_data.get("nouvelle_date"):
            return (
                f"Votre arbitrage est enregistré, et le dossier porte la date du {date_texte(nouvelle)}. "
                "Les deux directions sont prévenues."
            )
        return "Votre arbitrage est enregistré. Les deux directions sont prévenues."


class ComplementForm(FormulaireQuatuor, forms.Form):
    """What a DGS asked for before arbitrating."""

    complement = forms.CharField(
        label="Votre complément", widget=forms.Textarea(attrs={"rows": 5}), max_length=3000
    )
    piece = forms.FileField(
        label="Pièce",
        required=False,
        help_text="PDF, PNG, JPG ou DOCX, 5\u00a0Mo au plus. Elle remplace la précédente.",
    )

    def clean_piece(self) -> UploadedFile | None:
        return verifier_dans_un_formulaire(self.cleaned_data["piece"])
