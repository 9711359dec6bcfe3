"""The outputs of a payslip under the names of `manage.py estimer_paie`, in the order of a payslip."""

from __future__ import annotations

from decimal import Decimal

from opportunites.remuneration.bulletin.lignes import Bulletin
from opportunites.remuneration.bulletin.situation import Statut
from opportunites.remuneration.montants import ZERO

_GAINS = ("TIB", "NBI", "IR", "SFT", "primes", "TPP", "brut")
_TITULAIRE_S = ("CNRACL_S", "RAFP_base", "RAFP_S")
_CONTRACTUEL_S = ("IRCANTEC_TA_S", "IRCANTEC_TB_S", "VIEILLESSE_PLAF_S", "VIEILLESSE_DEPLAF_S")
_NETS = ("CSG_base", "CSG_DED", "CSG_NDED", "CRDS", "net_avant_PAS", "net_imposable")
_TITULAIRE_P = ("CNRACL_P", "RAFP_P", "MALADIE_P", "AF_P", "ATIACL")
_CONTRACTUEL_P = (
    *("IRCANTEC_TA_P", "IRCANTEC_TB_P", "VIEILLESSE_PLAF_P", "VIEILLESSE_DEPLAF_P"),
    *("MALADIE_RG_P", "AF_RG_P"),
)
_CHARGES = ("FNAL_P", "CSA_P", "VM_P", "CNFPT_P", "total_patronal", "cout_employeur")

#: Lines of a payslip that are printed under another, so that the printed charges add up.
REUNIES = {"CNFPT_P": ("CNFPT_APPR_P",)}

SI_PRESENTES = ("IND_CSG", "AT_P", "CHOMAGE_P")


def sorties(bulletin: Bulletin) -> dict[str, Decimal]:
    """Name to amount; a contractuel also has his own. Both rates of the CNFPT are one output.

    A line that only some payslips have comes last, when it is there: the printed lines always add up.
    """
    contractuel = bulletin.statut is Statut.CONTRACTUEL
    codes = (
        *_GAINS,
        *_TITULAIRE_S,
        *(_CONTRACTUEL_S if contractuel else ()),
        *_NETS,
        *_TITULAIRE_P,
        *(_CONTRACTUEL_P if contractuel else ()),
        *_CHARGES,
    )
    codes = (
        *codes,
        *(c for c in SI_PRESENTES if (li := bulletin.ligne(c)) and li.montant is not None),
    )
    return {
        code: sum((bulletin.montant(c) for c in (code, *REUNIES.get(code, ()))), ZERO)
        for code in codes
    }
