"""All that a sheet or a simulation says, from what both sides typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from opportunites.paie.calculs.postes import poste_d_accueil, poste_d_origine
from opportunites.paie.calculs.saisie import SaisieAccueil, SaisieOrigine
from opportunites.remuneration.baremes.grilles import Echelon
from opportunites.remuneration.baremes.lecture import DEBUT_BULLETIN, Baremes, baremes
from opportunites.remuneration.bulletin.calcul import calculer
from opportunites.remuneration.bulletin.codes import Genre
from opportunites.remuneration.bulletin.lignes import Ligne
from opportunites.remuneration.comparaison.annee_mobilite import (
    AnneeDeMobilite,
    CiaDeLAnnee,
    RegleCia,
    annee_de_mobilite,
)
from opportunites.remuneration.comparaison.comparaison import Comparaison, comparer
from opportunites.remuneration.comparaison.maintien import Maintien
from opportunites.remuneration.comparaison.voies import Passage
from opportunites.remuneration.cout_employeur import ANNEES, CoutAnnuel, couts
from opportunites.remuneration.regime_indemnitaire import depassement_du_plafond

#: What the démarche asks of a délibération about the CIA; a presence at a date is not asked for here.
REGLES_CIA = {
    "": RegleCia.INCONNUE,
    "prorata": RegleCia.PRORATA,
    "aucun": RegleCia.AUCUN,
}


@dataclass(frozen=True)
class Noms:
    """Of the two employers, and of the person's cadre d'emplois."""

    origine: str
    accueil: str
    cadre_emplois: str = ""


@dataclass(frozen=True)
class Calcul:
    """`couts` is for employers alone; `maintien` is what the host intends, where it said it."""

    comparaison: Comparaison
    passage: Passage
    echelon_origine: Echelon | None
    annee: AnneeDeMobilite
    couts: tuple[CoutAnnuel, ...]
    maintien: Maintien | None
    plafond: str

    @property
    def formules(self) -> tuple[Ligne, ...]:
        """The lines of the proposed payslip at its lower bound: what each rests on, and its source."""
        bas, _ = self.comparaison.accueil.au_moins()
        bulletin = calculer(bas, projection=True)
        return tuple(
            ligne
            for ligne in bulletin.lignes
            if ligne.genre in {Genre.GAIN, Genre.RETENUE} and ligne.montant
        )


def calculer_tout(
    origine: SaisieOrigine,
    accueil: SaisieAccueil,
    noms: Noms,
    aujourd_hui: date,
    *,
    enfants: int = 0,
) -> Calcul:
    """Both postes at the date of effect: a difference that a change of rate would make is no part of
    it. Raises `SaisieRefusee`."""
    textes = baremes()
    jour = accueil.date_effet or date_du_calcul(aujourd_hui, textes)
    ici, echelon = poste_d_origine(origine, noms.origine, jour, textes, enfants)
    la, passage = poste_d_accueil(accueil, noms.accueil, ici, echelon, textes)
    return Calcul(
        comparer(ici, la, textes, projection=True),
        passage,
        echelon,
        annee_de_mobilite(
            ici,
            la,
            jour,
            CiaDeLAnnee(REGLES_CIA[origine.cia_regle]),
            CiaDeLAnnee(REGLES_CIA[accueil.cia_regle]),
            textes,
            projection=True,
        ),
        tuple(couts(la, ANNEES, textes)),
        _maintien(accueil),
        _plafond(la.ifse.haut, noms.cadre_emplois, textes),
    )


def date_du_calcul(voulue: date, textes: Baremes | None = None) -> date:
    """The day asked for, within those that the barèmes know."""
    textes = textes or baremes()
    return min(max(voulue, DEBUT_BULLETIN), textes.dernier_jour)


def _maintien(accueil: SaisieAccueil) -> Maintien | None:
    if not accueil.maintien_deliberation or accueil.maintien_du is None:
        return None
    maintien = Maintien(
        accueil.ifse, accueil.maintien_deliberation, accueil.maintien_du, accueil.maintien_mois
    )
    maintien.controler()
    return maintien


def _plafond(ifse: Decimal | None, cadre_emplois: str, textes: Baremes) -> str:
    """Information, never a block: beyond what the State gives its first group."""
    if ifse is None:
        return ""
    return depassement_du_plafond(textes, cadre_emplois, 1, ifse * 12)
