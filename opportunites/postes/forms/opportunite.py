"""A poste and its opening, described on one page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.communs.metiers.formulaire import AIDE, AvecLaFamille, FamilleField
from collectivites.models import Direction, Poste
from opportunites.communs.pieces import verifier_dans_un_formulaire
from opportunites.models import Opportunite
from opportunites.postes.champs import CHAMPS_DE_L_OPPORTUNITE
from opportunites.postes.emplois import cadres_emplois_de_categorie_a

GROUPES_IFSE = ("A1", "A2", "A3", "A4")
#: Télétravail: three days a week at most (décret 2016-151).
JOURS_TELETRAVAIL_MAX = 3


class OpportuniteForm(AvecLaFamille, FormulaireQuatuor, forms.ModelForm):
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

    numero = forms.CharField(label="Numéro du poste", required=False, max_length=40)
    responsable = forms.CharField(
        label="Fonction du responsable direct",
        required=False,
        max_length=120,
        help_text="Sa fonction, non son nom : « directeur général adjoint, solidarités ».",
    )
    contact_nom = forms.CharField(
        label="Personne à contacter",
        required=False,
        max_length=120,
        help_text="Les cadres l’appellent avant de classer le poste ou de répondre.",
    )
    contact_telephone = forms.CharField(label="Son téléphone", required=False, max_length=40)
    contact_courriel = forms.EmailField(label="Son courriel", required=False)
    voeux_avant = forms.DateField(
        label="Dernier jour pour classer ce poste",
        required=False,
        help_text="Ce jour compris. Vide : jusqu’à ce que vous closiez le poste aux vœux.",
    )
    remuneration_min = forms.IntegerField(
        label="Rémunération brute annuelle, à partir de (euros)",
        required=False,
        min_value=1,
        max_value=400_000,
    )
    remuneration_max = forms.IntegerField(
        label="Rémunération brute annuelle, jusqu’à (euros)",
        required=False,
        min_value=1,
        max_value=400_000,
    )
    remuneration = forms.CharField(
        label="Rémunération, en quelques mots",
        required=False,
        max_length=200,
        help_text="« selon grille et RIFSEEP, groupe A2 ». Cela n’engage pas la collectivité.",
    )
    domaine = FamilleField(help_text=AIDE)
    piece = forms.FileField(
        label="Fiche de poste",
        required=False,
        help_text="PDF, PNG, JPG ou DOCX, 5 Mo au plus. Elle remplace la précédente.",
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
        "numero",
        "direction",
        "responsable",
        "presentation",
        "missions",
        "piece",
        "contact_nom",
        "contact_telephone",
        "contact_courriel",
        "remuneration_min",
        "remuneration_max",
        "remuneration",
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
        "voeux_avant",
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
            kwargs["initial"] = {nom: getattr(opportunite, nom) for nom in CHAMPS_DE_L_OPPORTUNITE}
        super().__init__(*args, **kwargs)
        self.dire_la_famille()
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

    def clean_piece(self) -> UploadedFile | None:
        return verifier_dans_un_formulaire(self.cleaned_data["piece"])

    def clean_remuneration_max(self) -> int | None:
        haut: int | None = self.cleaned_data["remuneration_max"]
        bas = self.cleaned_data.get("remuneration_min")
        if haut is not None and bas is not None and haut < bas:
            raise forms.ValidationError("Ce montant doit être au moins égal au premier.")
        return haut

    def clean_contact_courriel(self) -> str:
        courriel: str = self.cleaned_data["contact_courriel"]
        if courriel and not self.cleaned_data.get("contact_nom"):
            raise forms.ValidationError("Dites aussi le nom de la personne à contacter.")
        return courriel

    def clean_nbi_points(self) -> int | None:
        points: int | None = self.cleaned_data["nbi_points"]
        if points is not None and points > 200:
            raise forms.ValidationError("Vérifiez ce nombre : 200 points au plus.")
        return points

    def clean_nb_agents_encadres(self) -> int | None:
        nombre: int | None = self.cleaned_data["nb_agents_encadres"]
        if nombre is not None and nombre > 10_000:
            raise forms.ValidationError("Vérifiez ce nombre : 10\u00a0000 agents au plus.")
        return nombre
