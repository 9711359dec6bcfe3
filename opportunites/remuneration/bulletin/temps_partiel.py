"""From the time worked to the share paid, which is not the same at 80 % and 90 % (CGFP L612-5)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from opportunites.remuneration.baremes.lecture import Baremes
from opportunites.remuneration.bulletin.situation import QUOTITE_MIN, UN
from opportunites.remuneration.erreurs import refuser
from opportunites.remuneration.textes import fraction

_BONIFIEES = {Fraction(8, 10): "TEMPS_PARTIEL_80", Fraction(9, 10): "TEMPS_PARTIEL_90"}


def part_payee(travaillee: Fraction, ce_jour: date, baremes: Baremes) -> Fraction:
    """6/7 for 80 %, 32/35 for 90 %, otherwise the share worked itself."""
    if not QUOTITE_MIN <= travaillee <= UN:
        raise refuser(
            "quot",
            f"Le temps partiel va de 50 à 100 % du temps plein ; reçu : {fraction(travaillee)}.",
        )
    code = _BONIFIEES.get(travaillee)
    return baremes.fraction(code, ce_jour) if code else travaillee
