"""What each DRH types in a pay sheet: its own side alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils import timezone

from collectivites.communs.formulaires import FormulaireQuatuor
from opportunites.models import FicheRemuneration
from opportunites.paie.calculs.calcul import (
    Noms,
    calculer_tout,
    cia_de_l_annee,
    date_du_calcul,
)
from opportunites.paie.calculs.connu import de_direction
from opportunites.paie.calculs.postes import poste_d_origine
from opportunites.paie.calculs.saisie import SaisieAccueil, SaisieOrigine
from opportunites.paie.forms.champs import (
    avantages_saisis,
    champs_des_avantages,
    emploi_de_direction,
    entier,
    grade,
    montant,
    present_le,
    repartir,
    verse_le,
    zone,
)
from opportunites.paie.voies import voies_pour
from opportunites.remuneration.baremes.lecture import baremes
from opportunites.remuneration.erreurs import SaisieRefusee

REGLES_CIA = [
    ("", "Inconnue"),
    ("prorata", "Au prorata du temps de présence"),
    ("presence", "Sous condition de présence à une date"),
    ("aucun", "Non versé l’année du mouvement"),
]


class _CoteForm(FormulaireQuatuor, forms.Form):
    """Common to both sides. `groupes`: the titles under which the fields are laid."""

    groupes: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

    def __init__(self, *args: Any, fiche: FicheRemuneration, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fiche = fiche
        self.fields |= champs_des_avantages()

    def sections(self) -> Iterator[tuple[str, str, list[BoundField]]]:
        """For the template: title, explanation, fields."""
        dits: set[str] = set()
        for titre, aide, noms in self.groupes:
            dits.update(noms)
            yield titre, aide, [self[nom] for nom in noms if nom in self.fields]
        yield (
            "Ce qui n’est pas sur un bulletin",
            "Laissez vide ce que vous ne savez pas : la fiche écrira « inconnu », jamais zéro. "
            "Mettez 0 pour ce qui n’existe pas chez vous.",
            [self[nom] for nom in self.fields if nom not in dits],
        )

    def valeurs(self) -> dict[str, Any]:
        """Of the dataclass that keeps them."""
        donnees = {n: v for n, v in self.cleaned_data.items() if not n.startswith("av_")}
        return donnees | {"avantages": avantages_saisis(self.cleaned_data)}


class OrigineForm(_CoteForm):
    """The person as she is paid today."""

    statut = forms.ChoiceField(
        label="Statut",
        choices=[("titulaire", "Fonctionnaire"), ("contractuel", "Contractuel")],
    )
    categorie = forms.ChoiceField(label="Catégorie", choices=[(c, c) for c in "ABC"])
    grade = grade()
    echelon = forms.CharField(label="Échelon", required=False, max_length=10)
    inm = entier("Indice majoré", 1600, "À donner si le grade n’est pas dans la liste.")
    tib = montant(
        "Rémunération mensuelle du contrat", "Contractuel seulement, à la place de l’indice."
    )
    quotite = forms.IntegerField(
        label="Temps de travail, en %", min_value=50, max_value=100, initial=100
    )
    zone = zone()
    ifse_bas = montant(
        "IFSE brute par mois", "Moyenne des douze derniers mois, sans le CIA, à temps plein."
    )
    cia_bas = montant("CIA par an", "Le dernier versé. Il n’est jamais acquis.")
    cia_regle = forms.ChoiceField(
        label="CIA de l’année du départ", choices=REGLES_CIA, required=False
    )
    cia_present_le = present_le()
    cia_verse_le = verse_le()
    nbi = entier("Points de NBI", 200, "0 s’il n’y en a pas.")
    prime_resp = montant(
        "Prime de responsabilité, en % du traitement", "0 hors emploi fonctionnel.", max_value=100
    )
    primes = montant("Autres primes par mois", "0 s’il n’y en a pas.")

    groupes = (
        (
            "La carrière",
            "Ni enfant, ni situation familiale : la personne les ajoute pour elle seule.",
            ("statut", "categorie", "grade", "echelon", "inm", "tib", "quotite", "zone"),
        ),
        (
            "Les primes du poste actuel",
            "Montants bruts à temps plein. Laissez vide ce que vous ne savez pas.",
            (
                "ifse_bas",
                "cia_bas",
                "cia_regle",
                "cia_present_le",
                "cia_verse_le",
                "nbi",
                "prime_resp",
                "primes",
            ),
        ),
    )

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                poste_d_origine(self.saisie(), "", _jour_de(self.fiche), baremes())
                cia_de_l_annee(self.saisie(), self._jour_du_mouvement())
            except SaisieRefusee as refusee:
                repartir(self, refusee)
        return donnees

    def _jour_du_mouvement(self) -> date:
        """The day that the host has said; until then, both dates of the CIA are of one year."""
        if self.fiche.saisie_accueil.get("date_effet"):
            return _jour_de(self.fiche)
        saisie = self.saisie()
        return saisie.cia_present_le or saisie.cia_verse_le or timezone.localdate()

    def saisie(self) -> SaisieOrigine:
        return SaisieOrigine(**self.valeurs())


class AccueilForm(_CoteForm):
    """The proposed poste, and what the host intends for the IFSE."""

    voie = forms.ChoiceField(label="Voie envisagée")
    date_effet = forms.DateField(label="Date d’effet envisagée")
    emploi = forms.ChoiceField(required=False)
    grade = grade("Grade d’accueil, si la voie reclasse")
    echelon = forms.CharField(label="Échelon d’accueil", required=False, max_length=10)
    inm = entier(
        "Indice majoré d’accueil",
        1600,
        "Celui de l’emploi fonctionnel, du contrat, ou d’un grade absent de la liste.",
    )
    tib = montant("Rémunération mensuelle du contrat", "Contrat seulement.")
    zone = zone()
    ifse_bas = montant("IFSE brute par mois, au moins", "Un seul montant : remplissez cette case.")
    ifse_haut = montant("IFSE brute par mois, au plus", "Pour une fourchette.")
    cia_bas = montant("CIA par an, au moins")
    cia_haut = montant("CIA par an, au plus")
    cia_regle = forms.ChoiceField(
        label="CIA de l’année d’arrivée", choices=REGLES_CIA, required=False
    )
    cia_present_le = present_le()
    cia_verse_le = verse_le()
    nbi = entier("Points de NBI", 200, "0 s’il n’y en a pas.")
    prime_resp = montant(
        "Prime de responsabilité, en % du traitement",
        "0 hors emploi fonctionnel ; 15 % au plus.",
        max_value=100,
    )
    primes = montant("Autres primes par mois", "0 s’il n’y en a pas.")
    maintien_deliberation = forms.CharField(
        label="Délibération qui permet le maintien",
        required=False,
        max_length=120,
        help_text="Par exemple : délibération n° 2025-114, article 6.",
    )
    maintien_du = forms.DateField(label="Date de cette délibération", required=False)
    maintien_mois = entier("Durée du maintien, en mois", 120, "Vide : sans durée annoncée.")
    vm = montant("Versement mobilité, en %", "Local et régional ensemble.", max_value=20)
    agents = entier("Nombre d’agents", 200_000, "Pour le taux du FNAL.")

    groupes = (
        (
            "La voie et la carrière",
            "Mutation et mise à disposition gardent le grade ; détachement et intégration "
            "reclassent.",
            ("voie", "date_effet", "emploi", "grade", "echelon", "inm", "tib", "zone"),
        ),
        (
            "Les primes du poste proposé",
            "Un montant, ou une fourchette. Laissez vide ce que vous ne savez pas.",
            (
                "ifse_bas",
                "ifse_haut",
                "cia_bas",
                "cia_haut",
                "cia_regle",
                "cia_present_le",
                "cia_verse_le",
                "nbi",
                "prime_resp",
                "primes",
            ),
        ),
        (
            "Si vous envisagez un maintien de l’IFSE",
            "Aucun texte ne le garantit d’un employeur à l’autre : seul votre arrêté l’accordera. "
            "L’IFSE ci-dessus est celle que vous envisagez.",
            ("maintien_deliberation", "maintien_du", "maintien_mois"),
        ),
        ("Pour le coût du poste", "La personne ne le lit pas.", ("vm", "agents")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        poste = self.fiche.proposition.opportunite.poste
        champ = self.fields["voie"]
        assert isinstance(champ, forms.ChoiceField)
        champ.choices = voies_pour(self.fiche.proposition.cadre, poste)
        self.employeur = de_direction(poste)
        if self.employeur["employeur"]:
            self.fields["emploi"] = emploi_de_direction(
                **self.employeur, jour=date_du_calcul(timezone.localdate())
            )
            self.fields["nbi"].help_text = "Vide : celle que les textes donnent à l’emploi."
        else:
            del self.fields["emploi"]

    def valeurs(self) -> dict[str, Any]:
        return super().valeurs() | self.employeur

    def clean_date_effet(self) -> date:
        effet: date = self.cleaned_data["date_effet"]
        if effet != date_du_calcul(effet):
            dernier = baremes().dernier_jour
            raise forms.ValidationError(
                f"Choisissez une date du 01/01/2024 au {dernier:%d/%m/%Y} : les taux ne sont pas "
                "connus au-delà."
            )
        return effet

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        if donnees.get("maintien_deliberation") and not donnees.get("maintien_du"):
            self.add_error("maintien_du", "Donnez la date de la délibération.")
        if not self.errors:
            try:
                calculer_tout(
                    SaisieOrigine.depuis_json(self.fiche.saisie_origine or _A_DEFAUT),
                    self.saisie(),
                    Noms("", ""),
                    timezone.localdate(),
                )
            except SaisieRefusee as refusee:
                repartir(self, refusee)
        return donnees

    def saisie(self) -> SaisieAccueil:
        return SaisieAccueil(**self.valeurs())


#: Stands for an origin that has typed nothing yet, so that the host's own errors are told.
_A_DEFAUT = {"inm": 500}


def _jour_de(fiche: FicheRemuneration) -> date:
    """The date of effect that the host has said, else today."""
    dite = fiche.saisie_accueil.get("date_effet")
    return date_du_calcul(date.fromisoformat(dite) if dite else timezone.localdate())
