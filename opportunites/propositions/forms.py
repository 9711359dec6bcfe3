"""The forms of postes, propositions, reserves and moves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from cadres.fiche.referentiels import lire
from cadres.models import Cadre
from collectivites.communs.formulaires import FormulaireQuatuor, SaisieInstant
from collectivites.models import Direction, Poste
from opportunites.communs.pieces import verifier_dans_un_formulaire
from opportunites.models import Opportunite, Proposition, Reserve
from opportunites.propositions.calendrier import JOURS_POUR_REPONDRE_MAX, echeance_par_defaut

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur

GROUPES_IFSE = ("A1", "A2", "A3", "A4")
#: Télétravail: three days a week at most (décret 2016-151).
JOURS_TELETRAVAIL_MAX = 3


@cache
def cadres_emplois_de_categorie_a() -> tuple[str, ...]:
    """Those of the registre's reference list, in its order."""
    noms = [ligne["cadre_emplois"] for ligne in lire("grades") if ligne["categorie"] in {"A", "A+"}]
    return tuple(dict.fromkeys(noms))


class OpportuniteForm(FormulaireQuatuor, forms.ModelForm):
    """A poste and its opening, described together."""

    presentation = forms.CharField(
        label="Présentation aux cadres",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ce qui rend ce poste intéressant, en quelques phrases.",
        max_length=4000,
    )
    vacance = forms.ChoiceField(
        label="Situation du poste",
        required=False,
        choices=Opportunite.Vacance.choices,
        initial=Opportunite.Vacance.VACANT,
        help_text="Qui tient encore le poste n’est jamais nommé.",
    )
    vacant_le = forms.DateField(
        label="Vacant à partir du", required=False, help_text="Si vous connaissez le jour."
    )
    date_prise_poste = forms.DateField(label="Prise de poste souhaitée", required=False)
    cadres_emplois = forms.MultipleChoiceField(
        label="Cadres d’emplois admis",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    groupe_ifse = forms.ChoiceField(
        label="Groupe IFSE",
        required=False,
        choices=[("", "À préciser"), *((g, g) for g in GROUPES_IFSE)],
    )
    jours_teletravail = forms.IntegerField(
        label="Jours de télétravail par semaine",
        required=False,
        min_value=0,
        max_value=JOURS_TELETRAVAIL_MAX,
    )

    class Meta:
        model = Poste
        fields = [
            "intitule",
            "direction",
            "missions",
            "cadres_emplois",
            "groupe_ifse",
            "nb_agents_encadres",
            "jours_teletravail",
            "domaine",
            "lieu",
            "nbi_points",
            "ouvert_contractuel",
            "emploi_fonctionnel",
        ]
        widgets = {"missions": forms.Textarea(attrs={"rows": 5})}

    field_order = [
        "intitule",
        "direction",
        "presentation",
        "missions",
        "cadres_emplois",
        "groupe_ifse",
        "nb_agents_encadres",
        "jours_teletravail",
        "domaine",
        "lieu",
        "nbi_points",
        "vacance",
        "vacant_le",
        "date_prise_poste",
        "ouvert_contractuel",
        "emploi_fonctionnel",
    ]

    def __init__(
        self,
        *args: Any,
        acteur: Acteur,
        opportunite: Opportunite | None = None,
        **kwargs: Any,
    ) -> None:
        if opportunite is not None:
            kwargs["instance"] = opportunite.poste
            kwargs["initial"] = {
                "presentation": opportunite.presentation,
                "date_prise_poste": opportunite.date_prise_poste,
                "vacance": opportunite.vacance,
                "vacant_le": opportunite.vacant_le,
            }
        super().__init__(*args, **kwargs)
        directions = Direction.objects.visibles_par(acteur)
        champ_direction = self.fields["direction"]
        assert isinstance(champ_direction, forms.ModelChoiceField)
        champ_direction.queryset = directions
        champ_direction.empty_label = "À préciser"
        # Names that came from elsewhere (an import, the demo) stay among the choices.
        noms = dict.fromkeys([*self.instance.cadres_emplois, *cadres_emplois_de_categorie_a()])
        champ_admis = self.fields["cadres_emplois"]
        assert isinstance(champ_admis, forms.MultipleChoiceField)
        champ_admis.choices = [(nom, nom) for nom in noms]
        ancien = self.instance.groupe_ifse
        if ancien and ancien not in GROUPES_IFSE:
            champ_groupe = self.fields["groupe_ifse"]
            assert isinstance(champ_groupe, forms.ChoiceField)
            champ_groupe.choices = [("", "À préciser"), *((g, g) for g in (*GROUPES_IFSE, ancien))]

    def clean_vacance(self) -> str:
        return self.cleaned_data["vacance"] or Opportunite.Vacance.VACANT

    def clean_vacant_le(self) -> date | None:
        jour: date | None = self.cleaned_data["vacant_le"]
        if self.cleaned_data.get("vacance") == Opportunite.Vacance.A_UNE_DATE and jour is None:
            raise forms.ValidationError("Indiquez le jour à partir duquel le poste est vacant.")
        return jour

    def clean_nbi_points(self) -> int | None:
        points: int | None = self.cleaned_data["nbi_points"]
        if points is not None and points > 200:
            raise forms.ValidationError("Vérifiez ce nombre\u00a0: 200 points au plus.")
        return points

    def clean_nb_agents_encadres(self) -> int | None:
        nombre: int | None = self.cleaned_data["nb_agents_encadres"]
        if nombre is not None and nombre > 10_000:
            raise forms.ValidationError("Vérifiez ce nombre\u00a0: 10\u00a0000 agents au plus.")
        return nombre


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
        help_text="La personne lit ce texte, comme une lettre. Parlez de son expérience.",
    )

    def __init__(self, *args: Any, candidats: list[Cadre], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["cadre"]
        assert isinstance(champ, forms.ModelChoiceField)
        champ.queryset = Cadre.objects.filter(pk__in=[c.pk for c in candidats]).order_by("pk")
        champ.choices = [(c.pk, c.nom_complet) for c in candidats]


class EnvoiForm(FormulaireQuatuor, forms.Form):
    """By when the person must answer."""

    repondre_avant = forms.DateTimeField(
        label="Réponse attendue avant le",
        widget=SaisieInstant,
        help_text="Heure de Paris. Laissez le temps de lire et d’en parler\u00a0: deux semaines "
        "est un bon délai.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"repondre_avant": echeance_par_defaut()})
        super().__init__(*args, **kwargs)

    def clean_repondre_avant(self) -> datetime:
        limite: datetime = self.cleaned_data["repondre_avant"]
        maintenant = timezone.now()
        if limite <= maintenant:
            raise forms.ValidationError("Choisissez une date à venir.")
        if limite > maintenant + timedelta(days=JOURS_POUR_REPONDRE_MAX):
            raise forms.ValidationError(
                f"Choisissez une date dans les {JOURS_POUR_REPONDRE_MAX} jours."
            )
        return limite


class RefusForm(FormulaireQuatuor, forms.Form):
    """A coded reason that stays private."""

    motif = forms.ChoiceField(
        label="Ce qui vous fait refuser",
        choices=Proposition.Motif.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une raison\u00a0: elle reste privée."},
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
                "Lever la réserve\u00a0: la mobilité se poursuit telle quelle",
            ),
            (
                Reserve.Etat.RETENUE.value,
                "Retenir la réserve\u00a0: les deux DRH en tiennent compte, sans arrêt du dossier",
            ),
            (
                Reserve.Etat.COMPLEMENT.value,
                "Demander un complément, une seule fois\u00a0: le délai court toujours",
            ),
        ],
    )
    motif = forms.CharField(
        label="Motif",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="Les deux DRH le liront\u00a0; il entre au journal.",
    )

    def __init__(self, *args: Any, complement_possible: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["decision"]
        assert isinstance(champ, forms.ChoiceField)
        if not complement_possible:
            champ.choices = [
                (code, texte)
                for code, texte in ArbitrageForm.base_fields["decision"].choices  # type: ignore[attr-defined]
                if code != Reserve.Etat.COMPLEMENT
            ]

    def suite(self) -> str:
        """What the decision leads to, once it is done."""
        if self.cleaned_data["decision"] == Reserve.Etat.COMPLEMENT:
            return "Le complément est demandé. Sans lui, vous pouvez toujours lever ou retenir."
        return "Votre arbitrage est enregistré. Les deux DRH sont prévenues."
