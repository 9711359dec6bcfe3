"""Forms of a move's file: route and dates, answer of the origin, team left, follow-up."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from cadres.models import Cadre
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.communs.typographie import date_texte
from opportunites.communs.pieces import verifier_dans_un_formulaire
from opportunites.dossier.actions.depart import accorder_le_depart, motifs_admis, refuser_le_depart
from opportunites.dossier.actions.mobilites import demande_impossible
from opportunites.dossier.droit.checklist import echeance_impossible
from opportunites.dossier.droit.voies import obstacle_a_la_preparation, poser, voies_possibles
from opportunites.dossier.predicats.dossier import refus_opposer_un_refus
from opportunites.models import Element, Impact, Mobilite, ReponseOrigine, Suivi

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur

OUI_NON = [("oui", "Oui"), ("non", "Non")]
CHAMPS_MOBILITE = (
    "voie",
    "demande_recue_le",
    "date_souhaitee",
    "date_effet",
    "preavis_six_mois",
    "anciennete_services",
    "titularise_le",
    "cet_jours",
)


class MobiliteForm(FormulaireQuatuor, forms.Form):
    """The statutory route, the dates, and the facts that the law asks for."""

    voie = forms.ChoiceField(label="Voie statutaire", widget=forms.RadioSelect)
    demande_recue_le = forms.DateField(
        label="Demande reçue par l’employeur d’origine le",
        required=False,
        help_text="Les délais légaux partent de ce jour. À défaut, ils sont estimés à partir de "
        "l’accord de la personne.",
    )
    date_souhaitee = forms.DateField(
        label="Date souhaitée par l’accueil",
        required=False,
        help_text="Elle peut précéder la fin du préavis\u00a0: l’employeur d’origine l’accepte, ou "
        "convient d’une autre.",
    )
    date_effet = forms.DateField(
        label="Date d’effet",
        help_text="Au plus tôt à la fin du préavis, ou à la date convenue avec l’origine.",
    )
    preavis_six_mois = forms.BooleanField(
        label="Le statut particulier porte le préavis à six mois",
        required=False,
        help_text="CGFP L511-3, alinéa 3.",
    )
    anciennete_services = forms.ChoiceField(
        label="Services chez l’employeur d’origine",
        required=False,
        choices=[("", "À préciser"), *Mobilite.Services.choices],
        help_text="Détermine le préavis (décret 88-145, article 39). Sans réponse, deux mois.",
    )
    titularise_le = forms.DateField(
        label="Date de titularisation",
        required=False,
        help_text="Seulement pour dire si une indemnité est due à l’origine (CGFP L512-25). Elle ne "
        "sert à rien d’autre.",
    )
    cet_jours = forms.DecimalField(
        label="Solde du compte épargne-temps, en jours",
        required=False,
        min_value=0,
        max_value=120,
        decimal_places=1,
        help_text="Pour information\u00a0: ce n’est jamais un motif de refus.",
    )
    cet_convention = forms.ChoiceField(
        label="Convention financière signée\u00a0?",
        required=False,
        choices=[("", "Pas encore décidé"), *OUI_NON],
        help_text="Elle est facultative (décret 2004-878, article 11).",
    )

    def __init__(self, *args: Any, acteur: Acteur, mobilite: Mobilite, **kwargs: Any) -> None:
        initial = {nom: getattr(mobilite, nom) for nom in CHAMPS_MOBILITE}
        initial["cet_convention"] = {None: "", True: "oui", False: "non"}[mobilite.cet_convention]
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)
        self.acteur, self.mobilite = acteur, mobilite
        champ = self.fields["voie"]
        assert isinstance(champ, forms.ChoiceField)
        champ.choices = [(voie.code, voie.libelle) for voie in voies_possibles(mobilite)]
        # Only what the law needs of this person is asked.
        if mobilite.cadre.statut in {Cadre.Statut.CDI, Cadre.Statut.CDD}:
            del self.fields["preavis_six_mois"], self.fields["titularise_le"]
        elif mobilite.cadre.statut:
            del self.fields["anciennete_services"]

    def clean_date_effet(self) -> date:
        effet: date = self.cleaned_data["date_effet"]
        accord = timezone.localdate(self.mobilite.ouverte_le)
        if effet < accord:
            raise forms.ValidationError("Cette date précède l’accord de la personne.")
        if effet > accord + timedelta(days=3 * 366):
            raise forms.ValidationError("Cette date est trop lointaine\u00a0: trois ans au plus.")
        return effet

    def clean_demande_recue_le(self) -> date | None:
        recue = self._pas_a_venir("demande_recue_le")
        voie = self.cleaned_data.get("voie")
        if voie and (erreur := demande_impossible(self.acteur, self.mobilite, voie, recue)):
            raise forms.ValidationError(erreur)
        return recue

    def clean_titularise_le(self) -> date | None:
        return self._pas_a_venir("titularise_le")

    def clean_cet_convention(self) -> bool | None:
        return {"": None, "oui": True, "non": False}[self.cleaned_data["cet_convention"]]

    def _pas_a_venir(self, nom: str) -> date | None:
        jour: date | None = self.cleaned_data[nom]
        if jour is not None and jour > timezone.localdate():
            raise forms.ValidationError("Cette date est à venir.")
        return jour

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            essai = copy.copy(self.mobilite)
            poser(essai, **donnees)
            if motif := obstacle_a_la_preparation(essai):
                self.add_error("date_effet", motif)
        return donnees


class ReponseForm(FormulaireQuatuor, forms.Form):
    """What the employer of origin answers: a date, or a refusal on its legal ground."""

    ACCORD, REFUS = "accord", "refus"

    decision = forms.ChoiceField(label="Votre réponse", widget=forms.RadioSelect)
    date_convenue = forms.DateField(
        label="Date de départ, en cas d’accord",
        error_messages={"required": "Donnez la date convenue."},
        help_text="Celle que l’accueil souhaite, ou une autre, dans la limite du préavis.",
    )
    motif = forms.ChoiceField(
        label="Motif légal, en cas de refus",
        error_messages={"required": "Choisissez le motif légal."},
        widget=forms.RadioSelect,
        help_text="Le compte épargne-temps, la charge de travail ordinaire ou le coût n’en sont pas.",
    )
    texte = forms.CharField(
        label="Explication",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=3000,
        help_text="Nécessaire en cas de refus. La personne et l’employeur d’accueil la lisent.",
    )
    piece = forms.FileField(
        label="Pièce, en cas de refus\u00a0: la décision",
        error_messages={"required": "Joignez la décision de refus."},
        help_text="PDF, PNG, JPEG ou Word (.docx), 5\u00a0Mo au plus.",
    )

    def __init__(self, *args: Any, acteur: Acteur, mobilite: Mobilite, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.acteur, self.mobilite = acteur, mobilite
        decision, motif = self.fields["decision"], self.fields["motif"]
        assert isinstance(decision, forms.ChoiceField)
        assert isinstance(motif, forms.ChoiceField)
        decision.choices = [(self.ACCORD, "Accord, à la date ci-dessous")]
        self.fields["date_convenue"].initial = mobilite.date_souhaitee or mobilite.date_effet
        if refus_opposer_un_refus(acteur, mobilite) is None:
            decision.choices = [
                *decision.choices,
                (self.REFUS, "Refus, pour un motif que la loi admet, avec sa pièce"),
            ]
            motifs = motifs_admis(mobilite)
            motif.choices = [(m.value, m.label) for m in ReponseOrigine.Motif if m.value in motifs]
        else:
            decision.initial = self.ACCORD
            del self.fields["motif"], self.fields["piece"]

    def clean_piece(self) -> UploadedFile | None:
        return verifier_dans_un_formulaire(self.cleaned_data["piece"])

    def full_clean(self) -> None:
        """Each answer asks for its own fields: those of the other one are not required."""
        decision = self.data.get("decision")
        inutiles = (
            (("motif", "piece") if decision == self.ACCORD else ("date_convenue",))
            if decision
            else ("motif", "piece", "date_convenue")
        )
        champs = [self.fields[nom] for nom in inutiles if nom in self.fields]
        for champ in champs:
            champ.required = False
        super().full_clean()
        for champ in champs:
            champ.required = True

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        if donnees.get("decision") == self.REFUS and not donnees.get("texte"):
            self.add_error("texte", "Expliquez ce motif.")
        return donnees

    def repondre(self) -> str:
        """Do what was answered, and say it in one sentence."""
        donnees = self.cleaned_data
        qui = {"acteur": self.acteur, "mobilite": self.mobilite, "texte": donnees["texte"]}
        if donnees["decision"] == self.ACCORD:
            accorder_le_depart(**qui, date_convenue=donnees["date_convenue"])
            return (
                f"Votre accord est enregistré\u00a0: départ le {date_texte(donnees['date_convenue'])}. "
                "L’accueil et la personne sont prévenus."
            )
        refuser_le_depart(**qui, motif=donnees["motif"], piece=donnees["piece"])
        return (
            "Le refus et sa pièce sont enregistrés. L’accueil et la personne sont prévenus\u00a0; "
            "vous pourrez encore convenir d’une date."
        )


class PointForm(FormulaireQuatuor, forms.Form):
    """A thing to do that no rule could know of."""

    libelle = forms.CharField(
        label="Ce qui est à faire",
        max_length=200,
        help_text="N’écrivez rien que la personne ne pourrait lire.",
    )
    cote = forms.ChoiceField(label="À la charge de", widget=forms.RadioSelect)
    echeance = forms.DateField(label="À faire avant le")

    def __init__(self, *args: Any, mobilite: Mobilite, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mobilite = mobilite
        cote = self.fields["cote"]
        assert isinstance(cote, forms.ChoiceField)
        cote.choices = [
            (Element.Cote.ORIGINE.value, mobilite.collectivite_origine.nom),
            (Element.Cote.ACCUEIL.value, mobilite.collectivite_accueil.nom),
            (Element.Cote.CADRE.value, mobilite.cadre.nom_complet),
        ]

    def clean_echeance(self) -> date:
        echeance: date = self.cleaned_data["echeance"]
        if erreur := echeance_impossible(self.mobilite, echeance):
            raise forms.ValidationError(erreur)
        return echeance


class ImpactForm(FormulaireQuatuor, forms.ModelForm):
    """The team that is left, and how it is covered."""

    class Meta:
        model = Impact
        fields = (
            "plan",
            "remplacement_le",
            "recouvrement_jours",
            "interim",
            "risque",
            "precision",
        )
        widgets = {
            "plan": forms.RadioSelect,
            "risque": forms.RadioSelect,
            "precision": forms.Textarea(attrs={"rows": 4, "maxlength": 3000}),
        }
        help_texts = {
            "recouvrement_jours": "Jours où la personne et son successeur travaillent ensemble.",
            "interim": "Une fonction plutôt qu’un nom\u00a0: « la directrice adjointe ».",
            "precision": "Dossiers exposés, échéances, décisions attendues. N’écrivez rien que la "
            "personne ne pourrait lire.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom in ("plan", "risque"):
            champ = self.fields[nom]
            assert isinstance(champ, forms.ChoiceField)
            choix = Impact.Plan.choices if nom == "plan" else Impact.Risque.choices
            champ.choices = choix


class SuiviForm(FormulaireQuatuor, forms.Form):
    """Six or twelve months later."""

    en_poste = forms.ChoiceField(
        label="La personne est-elle toujours dans ce poste\u00a0?",
        widget=forms.RadioSelect,
        choices=OUI_NON,
    )
    bilan = forms.ChoiceField(
        label="Comment cela se passe-t-il\u00a0?",
        widget=forms.RadioSelect,
        choices=Suivi.Bilan.choices,
    )
    themes = forms.MultipleChoiceField(
        label="Ce que l’on en retient pour la suite",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=Suivi.Theme.choices,
        help_text="Ces réponses sont comptées avec toutes les autres, jamais citées.",
    )
    note = forms.CharField(
        label="Une précision",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    def __init__(self, *args: Any, suivi: Suivi, **kwargs: Any) -> None:
        kwargs.setdefault(
            "initial",
            {
                "en_poste": {None: None, True: "oui", False: "non"}[suivi.en_poste],
                "bilan": suivi.bilan,
                "themes": suivi.themes,
                "note": suivi.note,
            },
        )
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        if suivi.cote == Suivi.Cote.CADRE:
            self.fields["en_poste"].label = "Êtes-vous toujours dans ce poste\u00a0?"
            note.help_text = "Vous seul la relisez\u00a0: aucun employeur ne la voit."
        else:
            note.help_text = (
                "Votre service RH, votre DGS et la personne la relisent, personne d’autre."
            )

    def clean_en_poste(self) -> bool:
        return bool(self.cleaned_data["en_poste"] == "oui")
