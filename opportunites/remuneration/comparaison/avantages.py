"""What no payslip tells: the third block of a comparison."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from opportunites.remuneration.textes import INSECABLE, euros, nombre

_SINGULIER = re.compile(r"^(\w+)s\b")


class Unite(StrEnum):
    EUROS_PAR_AN = "€ par an"
    JOURS_PAR_AN = "jours par an"
    JOURS = "jours"
    HEURES = "heures par semaine"
    MINUTES = "minutes par trajet"

    def ecrit(self, valeur: Decimal) -> str:
        """« 1 200,00 € », « 50 jours par an », « 0 jour par an »."""
        if self is Unite.EUROS_PAR_AN:
            return euros(valeur)
        unite = str(self) if abs(valeur) >= 2 else _SINGULIER.sub(r"\1", self, count=1)
        return f"{nombre(valeur)}{INSECABLE}{unite}"

    def ecart(self, valeur: Decimal) -> str:
        """A difference says its way: « +190,00 € »."""
        return f"{'+' if valeur > 0 else ''}{self.ecrit(valeur)}"


@dataclass(frozen=True)
class Avantage:
    """`personnel`: shown to the person alone. A quantity that is no money enters no total."""

    libelle: str
    unite: Unite = Unite.EUROS_PAR_AN
    personnel: bool = False


AVANTAGES: dict[str, Avantage] = {
    "prime_annee": Avantage("13e mois ou prime de fin d’année (CGFP L714-11)"),
    "mutuelle": Avantage("Participation à la mutuelle", personnel=True),
    "prevoyance": Avantage("Participation à la prévoyance", personnel=True),
    "titres_restaurant": Avantage("Titres-restaurant, part de l’employeur"),
    "teletravail": Avantage("Forfait de télétravail"),
    "transport": Avantage("Transport et stationnement"),
    "astreintes": Avantage("Astreintes"),
    "vehicule_logement": Avantage("Véhicule ou logement de fonction"),
    "conges_rtt": Avantage("Congés et RTT", Unite.JOURS_PAR_AN),
    "cet": Avantage("Jours repris du compte épargne-temps", Unite.JOURS),
    "heures": Avantage("Durée du travail", Unite.HEURES),
    "trajet": Avantage("Trajet domicile-travail", Unite.MINUTES),
}
