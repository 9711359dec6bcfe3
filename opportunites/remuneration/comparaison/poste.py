"""One side of a comparison: a person on a poste, with what is not known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from opportunites.remuneration.baremes.lecture import Baremes
from opportunites.remuneration.bulletin.situation import Situation, Statut
from opportunites.remuneration.comparaison.avantages import AVANTAGES
from opportunites.remuneration.erreurs import Refus, SaisieRefusee
from opportunites.remuneration.intervalle import Intervalle
from opportunites.remuneration.montants import ZERO, arrondi
from opportunites.remuneration.textes import enumeration

#: The transfert primes/points, which follows the IFSE, is long at its limit there.
IFSE_SATURANTE = Decimal(10_000)


@dataclass(frozen=True)
class PosteCompare:
    """`situation` says what is certain; the fields below what may be a range, or unknown.

    They take the place of `situation.ifse`, `.nbi`, `.prime_resp` and of any CIA: monthly for the IFSE, annual
    for the CIA, at full time. None for the NBI or the prime de responsabilité: nobody has told.
    """

    nom: str
    situation: Situation
    ifse: Intervalle = field(default_factory=Intervalle.inconnu)
    cia: Intervalle = field(default_factory=Intervalle.inconnu)
    nbi: int | None = None
    prime_resp: Decimal | None = None
    avantages: Mapping[str, Intervalle] = field(default_factory=dict)
    #: such as that of a grid known from memory only
    prudences: tuple[str, ...] = ()

    def controler(self) -> None:
        refus = [
            Refus(cle, f"Avantage inconnu ; admis : {enumeration(list(AVANTAGES))}.")
            for cle in self.avantages
            if cle not in AVANTAGES
        ]
        for cle, plage in (("ifse", self.ifse), ("cia", self.cia), *self.avantages.items()):
            if plage.bas is None or plage.bas < 0:
                refus.append(Refus(cle, f"Donnez un montant positif ou nul ; reçu : {plage}."))
        if refus:
            raise SaisieRefusee(*refus)

    def au_moins(self) -> tuple[Situation, Decimal]:
        """The lowest pay this poste may mean, and its CIA of the year."""
        return self._avec(
            self.ifse.bas or ZERO, self.nbi or 0, self.prime_resp or ZERO
        ), self.cia.bas or ZERO

    def au_plus(self, baremes: Baremes) -> tuple[Situation, Decimal] | None:
        """The highest; None when nothing bounds it."""
        if self.ifse.haut is None or self.cia.haut is None:
            return None
        return self.mois_au_plus(baremes), self.cia.haut

    def mois_au_plus(self, baremes: Baremes) -> Situation:
        """The highest ordinary month; where nothing bounds the IFSE, every other line is at its bound."""
        return self._au_plus_hors_cia(
            baremes, IFSE_SATURANTE if self.ifse.haut is None else self.ifse.haut
        )

    def _au_plus_hors_cia(self, baremes: Baremes, ifse: Decimal) -> Situation:
        """A NBI or a prime de responsabilité that is not told may be as high as the texts allow."""
        titulaire = self.situation.statut is Statut.TITULAIRE
        nbi, prime = self.nbi, self.prime_resp
        if nbi is None:
            nbi = baremes.nbi_maximale if titulaire else 0
        if prime is None:
            code = "PRIME_RESPONSABILITE_MAX"
            prime = baremes.parametre(code, self.situation.date).valeur
        return self._avec(ifse, nbi, prime)

    def _avec(self, ifse: Decimal, nbi: int, prime_resp: Decimal) -> Situation:
        """A `base` typed with its NBI gives way to the NBI of the poste."""
        s = self.situation
        return replace(
            s,
            tib=s.base if s.tib is None else s.tib,
            base=None,
            ifse=ifse,
            nbi=nbi,
            prime_resp=prime_resp,
            cia_an=ZERO,
            cia_m=ZERO,
        )

    def cia_reduit(self) -> Intervalle:
        """The CIA of the year as it is paid, part-time included."""

        def reduit(montant: Decimal | None) -> Decimal | None:
            return None if montant is None else arrondi(Fraction(montant) * self.situation.quot)

        return Intervalle(reduit(self.cia.bas), reduit(self.cia.haut))

    @property
    def inconnus(self) -> tuple[str, ...]:
        """What nobody has told, in words: « inconnu », never zero."""
        dits = [
            ("IFSE", self.ifse.haut is None),
            ("CIA", self.cia.haut is None),
            ("NBI", self.nbi is None and self.situation.statut is Statut.TITULAIRE),
            ("prime de responsabilité", self.prime_resp is None),
        ]
        dits += [
            (avantage.libelle, self.avantage(code).haut is None)
            for code, avantage in AVANTAGES.items()
        ]
        return tuple(libelle for libelle, inconnu in dits if inconnu)

    def avantage(self, code: str) -> Intervalle:
        return self.avantages.get(code, Intervalle.inconnu())


def montant_saisi(montant: Decimal | None) -> Intervalle:
    """A field of a form: left empty, it is unknown."""
    return Intervalle.inconnu() if montant is None else Intervalle.exact(montant)
