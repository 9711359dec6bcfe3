"""The cost of a poste over the coming years, for the two DRH and the DGS: the CNRACL alone makes it rise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from opportunites.remuneration.baremes.lecture import Baremes
from opportunites.remuneration.baremes.lecture import baremes as ceux_du_paquet
from opportunites.remuneration.bulletin.annee import AnneeType, annee_type
from opportunites.remuneration.bulletin.codes import CODES, Genre
from opportunites.remuneration.bulletin.situation import Fnal, Statut
from opportunites.remuneration.comparaison.poste import PosteCompare
from opportunites.remuneration.intervalle import Intervalle
from opportunites.remuneration.textes import insecables

ANNEES = (2026, 2027, 2028)
SEUIL_FNAL = 50
SEUIL_VM = 11
HYPOTHESES = tuple(
    insecables(h)
    for h in (
        "Point d’indice, échelon et primes supposés constants.",
        "Les taux sont ceux déjà fixés à ce jour ; celui de la CNRACL suit le décret 2025-86.",
        "Un plafond de la sécurité sociale qui n’est pas encore connu est reconduit.",
    )
)


@dataclass(frozen=True)
class LigneDeCout:
    """A charge of the employer over a whole year."""

    code: str
    libelle: str
    an: Intervalle


@dataclass(frozen=True)
class CoutAnnuel:
    """One year. `taux_cnracl` None for a contractuel."""

    annee: int
    brut: Intervalle
    charges: tuple[LigneDeCout, ...]
    cout: Intervalle
    taux_cnracl: Decimal | None
    prudences: tuple[str, ...]


def fnal_selon_effectif(agents: int) -> Fnal:
    return Fnal.GRAND if agents >= SEUIL_FNAL else Fnal.PETIT


def doit_le_versement_mobilite(agents: int) -> bool:
    return agents >= SEUIL_VM


def couts(
    poste: PosteCompare, annees: Sequence[int] = ANNEES, baremes: Baremes | None = None
) -> list[CoutAnnuel]:
    """Each year whole, at the rates of its first day."""
    baremes = baremes or ceux_du_paquet()
    poste.controler()
    return [_cout(poste, annee, baremes) for annee in annees]


def _cout(poste: PosteCompare, annee: int, baremes: Baremes) -> CoutAnnuel:
    debut = date(annee, 1, 1)
    de_l_annee = replace(poste, situation=replace(poste.situation, date=debut))
    situation, cia = de_l_annee.au_moins()
    bas = annee_type(situation, cia, baremes, projection=True)
    au_plus = de_l_annee.au_plus(baremes)
    haut = annee_type(*au_plus, baremes, projection=True) if au_plus else None
    titulaire = situation.statut is Statut.TITULAIRE
    return CoutAnnuel(
        annee,
        _plage("brut", bas, haut),
        tuple(
            LigneDeCout(ligne.code, CODES[ligne.code].libelle, _plage(ligne.code, bas, haut))
            for ligne in bas.mois.de_genre(Genre.CHARGE)
        ),
        _plage("cout_employeur", bas, haut),
        baremes.taux("CNRACL_P", debut).valeur if titulaire else None,
        bas.mois.prudences,
    )


def _plage(code: str, bas: AnneeType, haut: AnneeType | None) -> Intervalle:
    """No upper bound where an amount or a rate of the employer is unknown."""
    if haut is None or bas.mois.fourchette(code).haut is None:
        return Intervalle(bas.montant(code), None)
    return Intervalle(bas.montant(code), haut.montant(code))
