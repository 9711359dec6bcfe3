"""Record random payslips of titulaires as OpenFisca-France computes them, for the differential test.

OpenFisca-France is no dependency of the project: run this in a virtual environment of its own,

    python -m venv <dossier> && <dossier>/bin/pip install openfisca-france
    <dossier>/bin/python scripts/temoins_openfisca.py tests/opportunites/remuneration/bulletin/temoins_openfisca.csv

What is asked of OpenFisca: the agent's lines only (its employer side lags behind, its residence zones are
those of housing benefits). It knows neither the transfert primes/points, hence premiums are handed to it
net of it, nor the NBI in the index of the SFT, hence a payslip has an NBI or two children, never both. It
shortens the plafond of February by its missing days: the monthly plafond of the year is handed to it.
"""

from __future__ import annotations

import csv
import random
import sys
from decimal import ROUND_HALF_UP, Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem

GRAINE = 20261123
NOMBRE = 1000
POINT = Decimal("59.0734")
TPP_MENSUEL = Decimal("32.42")
ENTREES = ("mois", "inm", "nbi", "enfants", "primes", "ir")
SORTIES = {
    "SFT": ("supplement_familial_traitement", 1),
    "CNRACL_S": ("pension_salarie", -1),
    "RAFP_S": ("rafp_salarie", -1),
    "CSG_DED": ("csg_deductible_salaire", -1),
    "CSG_NDED": ("csg_imposable_salaire", -1),
    "CRDS": ("crds_salaire", -1),
}


def centimes(valeur: Decimal) -> Decimal:
    return valeur.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def tirer(hasard: random.Random) -> dict[str, Any]:
    nbi = hasard.choice([0, 0, 0, 25, 35, 50, 100])
    enfants = hasard.choice([0, 1] if nbi else [0, 0, 1, 2, 2, 3, 4, 5])
    haut = hasard.choice([50, 600, 1500, 3000, 14000])
    return {
        "mois": f"{hasard.choice([2024, 2025])}-{hasard.randint(1, 12):02}",
        "inm": hasard.randint(366, 1515),
        "nbi": nbi,
        "enfants": enfants,
        "primes": centimes(Decimal(hasard.randint(0, haut * 100)) / 100),
        "ir": centimes(Decimal(hasard.choice([0, 0, hasard.randint(1802, 20000)])) / 100),
    }


def plafond_de(systeme: FranceTaxBenefitSystem, mois: str) -> float:
    pss = systeme.get_parameters_at_instant(mois).prelevements_sociaux.pss
    return float(pss.plafond_securite_sociale_mensuel)


def calculer(cas: list[dict[str, Any]], systeme: FranceTaxBenefitSystem, mois: str) -> None:
    """Fill in the outputs of the payslips of one month, one vectorised simulation for all."""
    simulation = SimulationBuilder().build_default_simulation(systeme, count=len(cas))
    categorie = systeme.get_variable("categorie_salarie").possible_values
    entrees = {
        "traitement_indiciaire_brut": [centimes(c["inm"] * POINT / 12) for c in cas],
        "nouvelle_bonification_indiciaire": [centimes(c["nbi"] * POINT / 12) for c in cas],
        "primes_fonction_publique": [c["primes"] - min(TPP_MENSUEL, c["primes"]) for c in cas],
        "indemnite_residence": [c["ir"] for c in cas],
        "af_nbenf_fonc": [c["enfants"] for c in cas],
        "indemnite_compensatrice_csg": [0] * len(cas),
        "plafond_securite_sociale": [plafond_de(systeme, mois)] * len(cas),
        "categorie_salarie": [categorie.public_titulaire_territoriale] * len(cas),
    }
    for nom, valeurs in entrees.items():
        exacts = valeurs if nom == "categorie_salarie" else [float(v) for v in valeurs]
        simulation.set_input(nom, mois, np.array(exacts))
    for code, (variable, signe) in SORTIES.items():
        for c, valeur in zip(cas, simulation.calculate(variable, mois), strict=True):
            c[code] = f"{signe * float(valeur) + 0.0:.4f}"


def main(destination: Path) -> None:
    hasard = random.Random(GRAINE)  # noqa: S311
    tous = [tirer(hasard) for _ in range(NOMBRE)]
    systeme = FranceTaxBenefitSystem()
    for mois in sorted({c["mois"] for c in tous}):
        calculer([c for c in tous if c["mois"] == mois], systeme, mois)
    with destination.open("w", encoding="utf-8", newline="") as fichier:
        fichier.write(
            f"# openfisca-france {version('openfisca-france')}, "
            f"openfisca-core {version('openfisca-core')}, graine {GRAINE}\n"
        )
        ecrivain = csv.DictWriter(fichier, [*ENTREES, *SORTIES], lineterminator="\n")
        ecrivain.writeheader()
        ecrivain.writerows(tous)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
