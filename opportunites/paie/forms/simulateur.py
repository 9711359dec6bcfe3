"""The simulation of a cadre: what she knows of her own pay, and nothing is kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from collectivites.communs.formulaires import FormulaireQuatuor
from opportunites.paie.calculs.calcul import Calcul, Noms, calculer_tout
from opportunites.paie.calculs.saisie import SaisieAccueil, SaisieOrigine
from opportunites.paie.forms.champs import emploi_de_direction, entier, grade, montant
from opportunites.paie.voies import AUCUNE
from opportunites.remuneration.erreurs import SaisieRefusee, refuser

#: The fields that are the person's own; the others are the poste's.
SIENS = ("inm", "tib", "quotite", "enfants", "ifse", "cia", "nbi", "taux")


class SimulationForm(FormulaireQuatuor, forms.Form):
    """`connu_origine`, `connu_accueil`: what the démarche knows already; a field left empty falls
    back on it, or stays unknown."""

    inm = entier("Votre indice majoré", 1600, "Sur votre bulletin de paie, « INM » ou « IM ».")
    tib = montant("Votre rémunération mensuelle de contrat", "À la place de l’indice.")
    ifse = montant("Votre IFSE brute par mois", "À temps plein.")
    cia = montant("Votre CIA par an", "Le dernier versé.")
    nbi = entier("Vos points de NBI", 200, "0 si vous n’en avez pas.")
    quotite = forms.IntegerField(
        label="Votre temps de travail, en %", min_value=50, max_value=100, initial=100
    )
    enfants = entier(
        "Enfants ouvrant droit au supplément familial", 20, "Vous seul voyez ces lignes."
    )
    taux = forms.DecimalField(
        label="Votre taux de prélèvement à la source, en %",
        required=False,
        min_value=0,
        max_value=60,
        decimal_places=1,
        help_text="Facultatif : pour lire aussi le net après impôt.",
    )
    voie = forms.ChoiceField(label="Voie", required=False)
    ifse_propose = montant(
        "IFSE annoncée par mois", "Vide : la fourchette de la délibération, si elle est connue."
    )
    cia_propose = montant("CIA annoncé par an")
    nbi_propose = entier("Points de NBI du poste", 200)
    prime_resp_propose = montant(
        "Prime de responsabilité annoncée, en % du traitement", "15 % au plus.", max_value=100
    )
    emploi = forms.ChoiceField(required=False)
    grade_accueil = grade("Grade d’accueil, si la voie reclasse")
    echelon_accueil = forms.CharField(label="Échelon d’accueil", required=False, max_length=10)
    tib_accueil = montant("Rémunération mensuelle du contrat proposé")
    inm_accueil = entier(
        "Indice majoré d’accueil", 1600, "Emploi fonctionnel, contrat, ou grade absent de la liste."
    )

    def __init__(
        self,
        *args: Any,
        voies: list[tuple[str, str]],
        connu_origine: dict[str, Any],
        connu_accueil: dict[str, Any],
        noms: Noms,
        jour: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.connu_origine, self.connu_accueil = connu_origine, connu_accueil
        self.noms, self.jour, self.voies = noms, jour, voies
        self.calcul: Calcul | None = None
        voie = self.fields["voie"]
        assert isinstance(voie, forms.ChoiceField)
        voie.choices = voies
        if connu_accueil["employeur"]:
            self.fields["emploi"] = emploi_de_direction(
                connu_accueil["employeur"], connu_accueil["population"], jour
            )
        else:
            del self.fields["emploi"], self.fields["prime_resp_propose"]
        if connu_origine["statut"] == "titulaire":
            del self.fields["tib"], self.fields["tib_accueil"]
        else:
            del self.fields["nbi"], self.fields["nbi_propose"]

    def siens(self) -> list[Any]:
        return [self[nom] for nom in SIENS if nom in self.fields]

    def du_poste(self) -> list[Any]:
        return [self[nom] for nom in self.fields if nom not in SIENS]

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.calcul = calculer(self, donnees)
            except SaisieRefusee as refusee:
                _repartir(self, refusee)
        return donnees


def calculer(form: SimulationForm, donnees: dict[str, Any]) -> Calcul:
    """Raises `SaisieRefusee`."""
    if not form.voies:
        raise refuser("voie", AUCUNE)
    return calculer_tout(
        _origine(form.connu_origine, donnees),
        _accueil(form.connu_accueil, donnees, form),
        form.noms,
        form.jour,
        enfants=donnees.get("enfants") or 0,
    )


def _origine(connu: dict[str, Any], donnees: dict[str, Any]) -> SaisieOrigine:
    valeurs = {n: v for n, v in connu.items() if n not in {"grade", "echelon"}}
    valeurs |= {"inm": donnees.get("inm"), "quotite": donnees["quotite"]}
    tib: Decimal | None = donnees.get("tib")
    if tib is not None:
        valeurs |= {"tib": tib, "inm": None}
    return SaisieOrigine(**_selon(valeurs, donnees, "ifse", "cia", "nbi"))


def _accueil(connu: dict[str, Any], donnees: dict[str, Any], form: SimulationForm) -> SaisieAccueil:
    dits = {
        "ifse": donnees.get("ifse_propose"),
        "cia": donnees.get("cia_propose"),
        "nbi": donnees.get("nbi_propose"),
        "prime_resp": donnees.get("prime_resp_propose"),
    }
    return SaisieAccueil(
        **_selon(connu, dits, "ifse", "cia", "nbi", "prime_resp"),
        emploi=donnees.get("emploi") or "",
        voie=donnees.get("voie") or form.voies[0][0],
        date_effet=form.jour,
        grade=donnees.get("grade_accueil") or "",
        echelon=donnees.get("echelon_accueil") or "",
        inm=donnees.get("inm_accueil"),
        tib=donnees.get("tib_accueil"),
    )


def _selon(connu: dict[str, Any], dits: dict[str, Any], *noms: str) -> dict[str, Any]:
    """What is said takes the place of what was known; a range, of both its bounds."""
    valeurs = dict(connu)
    for nom in noms:
        if dits.get(nom) is None:
            continue
        if nom in {"nbi", "prime_resp"}:
            valeurs[nom] = dits[nom]
        else:
            valeurs |= {f"{nom}_bas": dits[nom], f"{nom}_haut": None}
    return valeurs


_ICI = {
    "grade": "grade_accueil",
    "echelon": "echelon_accueil",
    "echelon_accueil": "grade_accueil",
    "prime_resp": "prime_resp_propose",
    "inm_emploi": "inm_accueil",
    "base_contrat": "tib_accueil",
    "quot": "quotite",
    "enf": "enfants",
}


def _repartir(form: SimulationForm, refusee: SaisieRefusee) -> None:
    for refus in refusee.refus:
        nom = _ICI.get(refus.cle, refus.cle)
        form.add_error(nom if nom in form.fields else None, refus.message)
