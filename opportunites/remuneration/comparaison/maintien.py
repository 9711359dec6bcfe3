"""« Maintien de l’IFSE »: what the host intends, which no law grants between two employers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from opportunites.remuneration.erreurs import Refus, SaisieRefusee, refuser
from opportunites.remuneration.intervalle import Intervalle
from opportunites.remuneration.montants import arrondi
from opportunites.remuneration.textes import INSECABLE, insecables, jour

MOIS_DE_REFERENCE = 12
PHRASE = insecables(
    "Aucun texte ne garantit l’IFSE d’un employeur à l’autre : seul l’arrêté de l’employeur "
    "d’accueil l’accorde, dans la limite de sa délibération."
)


@dataclass(frozen=True)
class Maintien:
    """`ifse`: monthly, a range where the host gave one. `mois` None: no term was told."""

    ifse: Intervalle
    deliberation: str
    deliberation_du: date
    mois: int | None = None

    def controler(self) -> None:
        refus = []
        if self.ifse.bas is None or self.ifse.bas < 0 or self.ifse.haut is None:
            refus.append(Refus("ifse", "Donnez un montant, ou deux bornes positives ou nulles."))
        if not self.deliberation.strip():
            refus.append(Refus("deliberation", "Indiquez la délibération qui permet ce maintien."))
        if self.mois is not None and self.mois < 1:
            refus.append(Refus("mois", "La durée est d’un mois au moins, ou laissée vide."))
        if refus:
            raise SaisieRefusee(*refus)

    @property
    def intention(self) -> str:
        """What the host says, in a sentence that grants nothing."""
        duree = f"pendant{INSECABLE}{self.mois} mois" if self.mois else "sans durée annoncée"
        return insecables(
            f"L’accueil envisage une IFSE mensuelle {_montant(self.ifse)}, {duree} "
            f"({self.deliberation}, {jour(self.deliberation_du)})."
        )


def _montant(plage: Intervalle) -> str:
    return f"de {plage}" if plage.est_exact else str(plage)


def ifse_de_reference(douze_mois: Sequence[Decimal]) -> Decimal:
    """Monthly mean of the gross IFSE of the last twelve months, the CIA left out."""
    if len(douze_mois) != MOIS_DE_REFERENCE:
        raise refuser(
            "ifse",
            f"Donnez l’IFSE brute des douze derniers mois, sans le CIA ; reçu : {len(douze_mois)}.",
        )
    if any(not montant.is_finite() or montant < 0 for montant in douze_mois):
        raise refuser("ifse", "Une IFSE mensuelle est un montant positif ou nul.")
    return arrondi(Fraction(sum(douze_mois)) / MOIS_DE_REFERENCE)
