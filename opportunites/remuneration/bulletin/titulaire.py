"""Lines of a titulaire: CNRACL, RAFP under its annual ceiling, and what the employer adds."""

from __future__ import annotations

from decimal import Decimal

from opportunites.remuneration.bulletin.cotisations import (
    poser_charges_communes,
    poser_csg,
    poser_nets,
)
from opportunites.remuneration.bulletin.gains import poser_gains
from opportunites.remuneration.bulletin.lignes import CumulRafp, Feuille
from opportunites.remuneration.montants import ZERO, arrondi
from opportunites.remuneration.textes import euros, taux

SOUMIS = "traitement et NBI"
ASSIETTE_RAFP = "assiette du RAFP"


def poser_titulaire(feuille: Feuille) -> None:
    poser_gains(feuille)
    soumis = feuille["TIB"] + feuille["NBI"]
    feuille.cotiser("CNRACL_S", soumis, sur=SOUMIS)
    _poser_assiette_rafp(feuille)
    feuille.cotiser("RAFP_S", feuille["RAFP_base"], sur=ASSIETTE_RAFP)
    poser_csg(feuille)
    poser_nets(feuille)
    for code in ("CNRACL_P", "MALADIE_P", "AF_P"):
        feuille.cotiser(code, soumis, sur=SOUMIS)
    feuille.cotiser("ATIACL", feuille["TIB"], sur="traitement")
    feuille.cotiser("RAFP_P", feuille["RAFP_base"], sur=ASSIETTE_RAFP)
    poser_charges_communes(feuille, soumis, SOUMIS)


def assiette_rafp(
    accessoires: Decimal,
    tib: Decimal,
    part: Decimal,
    *,
    gipa: Decimal = ZERO,
    cumul: CumulRafp | None = None,
) -> Decimal:
    """What the RAFP bears on, this month: the ceiling is that of the year, month after month.

    `part` is the share of the TIB that caps it; the GIPA escapes it. The base of the month is what the ceiling
    of the months so far allows, less what they have already borne: a CIA paid at once takes up the room that
    earlier months left.
    """
    avant = cumul or CumulRafp()
    permise = min(avant.accessoires + accessoires, avant.plafond + part * tib)
    return arrondi(permise) - avant.base + gipa


def _poser_assiette_rafp(feuille: Feuille) -> None:
    part = feuille.baremes.parametre("RAFP_PLAFOND_TIB", feuille.situation.date)
    codes = ("IR", "SFT", "primes", "IND_CSG", "TPP")
    accessoires = sum((feuille[code] for code in codes), ZERO)
    avant = feuille.cumul
    base = assiette_rafp(accessoires, feuille["TIB"], part.valeur, cumul=avant)
    formule = (
        f"le moindre de {euros(accessoires)} et de {taux(part.valeur)} × {euros(feuille['TIB'])}"
    )
    if avant.plafond:
        formule += f", en cumul de l’année (assiette déjà retenue : {euros(avant.base)})"
    feuille.poser(
        "RAFP_base",
        base,
        formule,
        part,
        entrees={"Accessoires du traitement": euros(accessoires), "TIB": euros(feuille["TIB"])},
    )
    feuille.cumul = CumulRafp(
        avant.accessoires + accessoires,
        avant.plafond + part.valeur * feuille["TIB"],
        avant.base + base,
    )
