"""Lines of a contractuel: régime général and IRCANTEC, neither CNRACL, RAFP nor transfert primes/points."""

from __future__ import annotations

from opportunites.remuneration.bulletin.cotisations import (
    poser_charges_communes,
    poser_csg,
    poser_nets,
)
from opportunites.remuneration.bulletin.gains import poser_gains
from opportunites.remuneration.bulletin.lignes import Feuille

BRUT = "brut"
SOUS_PLAFOND = "brut sous le plafond"
TRANCHE_A = "brut hors SFT, sous le plafond"
TRANCHE_B = "brut hors SFT, au-delà du plafond"
PLAFOND_DU_MOIS = "le plafond est celui du mois, sans la régularisation de l’année du CIA"


def poser_contractuel(feuille: Feuille) -> None:
    poser_gains(feuille)
    _assurances(feuille, "S")
    poser_csg(feuille)
    poser_nets(feuille)
    _assurances(feuille, "P")
    brut = feuille["brut"]
    feuille.cotiser("MALADIE_RG_P", brut, sur=BRUT)
    feuille.cotiser("AF_RG_P", brut, sur=BRUT)
    _taux_de_l_employeur(feuille)
    poser_charges_communes(feuille, brut, BRUT)


def _assurances(feuille: Feuille, part: str) -> None:
    """Both retirement schemes, for the agent (S) or the employer (P).

    The plafond stays whole at part-time: its reduction is a choice of the two parties, made once in writing.
    """
    brut = feuille["brut"]
    plafonds_b = int(feuille.baremes.parametre("IRCANTEC_TB_PSS", feuille.situation.date).valeur)
    hors_sft = brut - feuille["SFT"]
    tranche_a, plafond = feuille.sous_plafond(hors_sft)
    tranche_b = feuille.sous_plafond(hors_sft, plafonds_b)[0] - tranche_a
    feuille.cotiser(f"IRCANTEC_TA_{part}", tranche_a, plafond, sur=TRANCHE_A)
    feuille.cotiser(f"IRCANTEC_TB_{part}", tranche_b, plafond, sur=TRANCHE_B)
    plafonnee, _ = feuille.sous_plafond(brut)
    mensuel = feuille.situation.cia_an and brut > plafonnee
    feuille.cotiser(
        f"VIEILLESSE_PLAF_{part}",
        plafonnee,
        plafond,
        sur=SOUS_PLAFOND,
        prudence=PLAFOND_DU_MOIS if mensuel else "",
    )
    feuille.cotiser(f"VIEILLESSE_DEPLAF_{part}", brut, sur=BRUT)


def _taux_de_l_employeur(feuille: Feuille) -> None:
    employeur, brut = feuille.situation.employeur, feuille["brut"]
    feuille.cotiser_au_taux_saisi("AT_P", employeur.at, brut, sur=BRUT)
    limite = feuille.baremes.parametre("CHOMAGE_PSS", feuille.situation.date)
    plafonnee, plafond = feuille.sous_plafond(brut, int(limite.valeur))
    feuille.cotiser_au_taux_saisi(
        "CHOMAGE_P", employeur.chomage, plafonnee, limite, plafond, sur=SOUS_PLAFOND
    )
