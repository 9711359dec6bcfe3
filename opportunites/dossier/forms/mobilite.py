"""The form that prepares a move: route and dates."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.formulaires import FormulaireQuatuor
from collectivites.communs.typographie import date_texte
from opportunites.dossier.droit.voies import (
    avant_l_accord,
    obstacle_a_la_preparation,
    poser,
    voies_possibles,
)
from opportunites.dossier.predicats import demande_impossible
from opportunites.models import Mobilite
from opportunites.propositions.liens import effet_commun

OUI_NON = [("oui", "Oui"), ("non", "Non")]
CHAMPS_MOBILITE = (
    "voie",
    "demande_recue_le",
    "date_souhaitee",
    "date_effet",
    "preavis_six_mois",
    "anciennete_services",
    "titularise_le",
    "designation_le",
    "cet_jours",
)


class MobiliteForm(FormulaireQuatuor, forms.Form):
    """The statutory route, the dates, and the facts that the law asks for."""

    voie = forms.ChoiceField(label="Voie statutaire", widget=forms.RadioSelect)
    demande_recue_le = forms.DateField(
        label="Demande reçue par l’employeur d’origine le",
        required=False,
        help_text="Le jour où l’origine a reçu la demande écrite de la personne : les délais légaux "
        "en partent. À défaut, ils sont estimés à partir de son accord.",
    )
    date_souhaitee = forms.DateField(
        label="Date souhaitée par l’accueil",
        required=False,
        help_text="Elle peut précéder la fin du préavis : l’employeur d’origine l’accepte, ou "
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
    designation_le = forms.DateField(
        label="Dernière désignation de l’autorité territoriale d’accueil",
        required=False,
        help_text="Élection ou réélection : les six mois qui protègent un emploi fonctionnel en "
        "repartent (CGFP L544-1).",
    )
    cet_jours = forms.DecimalField(
        label="Solde du compte épargne-temps, en jours",
        required=False,
        min_value=0,
        max_value=120,
        decimal_places=1,
        help_text="Pour information : ce n’est jamais un motif de refus.",
    )
    cet_convention = forms.ChoiceField(
        label="Convention financière signée ?",
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
        if commune := effet_commun(mobilite.proposition_id):
            self.fields["date_effet"].help_text = (
                f"Date commune de l’échange dont cette mobilité fait partie : le {date_texte(commune)}. "
                "Ses mobilités prennent effet ensemble."
            )
            self.initial["date_effet"] = self.initial["date_effet"] or commune
        champ = self.fields["voie"]
        assert isinstance(champ, forms.ChoiceField)
        champ.choices = [(voie.code, voie.libelle) for voie in voies_possibles(mobilite)]
        # Only what the law needs of this person is asked.
        if not mobilite.poste_accueil.emploi_fonctionnel:
            del self.fields["designation_le"]
        if mobilite.cadre.statut in {Cadre.Statut.CDI, Cadre.Statut.CDD}:
            del self.fields["preavis_six_mois"], self.fields["titularise_le"]
        elif mobilite.cadre.statut:
            del self.fields["anciennete_services"]

    def clean_date_effet(self) -> date:
        effet: date = self.cleaned_data["date_effet"]
        if refus := avant_l_accord(self.mobilite, effet):
            raise forms.ValidationError(refus)
        if effet > timezone.localdate(self.mobilite.ouverte_le) + timedelta(days=3 * 366):
            raise forms.ValidationError("Cette date est trop lointaine : trois ans au plus.")
        return effet

    def clean_demande_recue_le(self) -> date | None:
        recue = self._pas_a_venir("demande_recue_le")
        voie = self.cleaned_data.get("voie")
        if voie and (refus := demande_impossible(self.acteur, self.mobilite, voie, recue)):
            raise forms.ValidationError(refus)
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
