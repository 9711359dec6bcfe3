"""What a payslip is computed from, and what is refused: each refusal names its input."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from opportunites.remuneration.baremes.lecture import DEBUT_BULLETIN, Baremes
from opportunites.remuneration.erreurs import Refus, SaisieRefusee
from opportunites.remuneration.montants import ZERO
from opportunites.remuneration.textes import enumeration, euros, fraction, jour, taux

UN = Fraction(1)
JOURS_DU_MOIS = 30
ENFANTS_MAX = 20
MONTANT_MAX = Decimal(100_000)
POINT_MAX = Decimal(1_000)
ZONES = (1, 2, 3)
CATEGORIES = ("A", "B", "C")
#: Paid share of full time: half at least (CGFP L612-1 and following).
QUOTITE_MIN = Fraction(1, 2)
TAUX_MAX = Decimal("0.20")


class Statut(StrEnum):
    TITULAIRE = "titulaire"
    CONTRACTUEL = "contractuel"


class Fnal(StrEnum):
    """Which rate of the FNAL the employer owes, by its size."""

    GRAND = "50 agents et plus"
    PETIT = "moins de 50 agents"
    AUCUN = "non compté"


@dataclass(frozen=True)
class Employeur:
    """Rates of its own. None: nobody has told it, and the cost has no upper bound."""

    nom: str = ""
    fnal: Fnal = Fnal.GRAND
    #: versement mobilité, local and regional together
    vm: Decimal | None = None
    #: accidents du travail, rate notified each year (contractuels)
    at: Decimal | None = None
    #: assurance chômage, 0 for an employer that insures itself (contractuels)
    chomage: Decimal | None = None


@dataclass(frozen=True)
class Situation:
    """One month of one person on one poste. Amounts are those of a full time month, in euros.

    The names are those of the keys of `manage.py estimer_paie`.
    """

    date: date
    statut: Statut = Statut.TITULAIRE
    cat: str = "A"
    #: indice nouveau majoré; or `tib`, or `base`, in its place
    inm: int | None = None
    tib: Decimal | None = None
    #: traitement soumis à retenue: with `tib`, the rest is NBI; alone, it is the traitement
    base: Decimal | None = None
    #: annual value of the point, in place of the one in force
    point: Decimal | None = None
    #: points of NBI
    nbi: int = 0
    zone: int = 3
    enf: int = 0
    ifse: Decimal = ZERO
    primes: Decimal = ZERO
    #: CIA spread over the months
    cia_m: Decimal = ZERO
    #: CIA paid at once, this very month
    cia_an: Decimal = ZERO
    #: prime de responsabilité of an emploi fonctionnel, rate of the TIB
    prime_resp: Decimal = ZERO
    #: indemnité compensatrice de la CSG, as it is paid: part-time does not reduce it again
    ind_csg: Decimal = ZERO
    #: share of the pay of a full time: 6/7 for 80 % (`temps_partiel.part_payee`)
    quot: Fraction = UN
    #: monthly abatement of the transfert primes/points, in place of that of the category
    tpp: Decimal | None = None
    #: indemnité de résidence in place of the one of the zone
    ir: Decimal | None = None
    #: thirtieths of the month that are paid
    jours: int = JOURS_DU_MOIS
    employeur: Employeur = field(default_factory=Employeur)

    @property
    def part(self) -> Fraction:
        """What is paid of a whole month at full time."""
        return self.quot * Fraction(self.jours, JOURS_DU_MOIS)


_MONTANTS = ("tib", "base", "ifse", "primes", "cia_m", "cia_an", "ind_csg", "tpp", "ir")
_NOMS = {
    "tib": "Le traitement",
    "base": "La base soumise à retenue",
    "ifse": "L’IFSE",
    "primes": "Le montant des autres primes",
    "cia_m": "Le CIA mensuel",
    "cia_an": "Le CIA annuel",
    "ind_csg": "L’indemnité compensatrice de la CSG",
    "tpp": "L’abattement du transfert primes/points",
    "ir": "L’indemnité de résidence",
    "vm": "Le taux du versement mobilité",
    "at": "Le taux des accidents du travail",
    "chomage": "Le taux de l’assurance chômage",
}


def controler(situation: Situation, baremes: Baremes) -> None:
    """Raise `SaisieRefusee` with everything that is wrong, or nothing."""
    refus = [
        *_date(situation, baremes),
        *_traitement(situation, baremes),
        *_montants(situation),
        *_nombres(situation, baremes),
        *_propres_au_contractuel(situation),
        *_taux(situation),
    ]
    if refus:
        raise SaisieRefusee(*refus)


def _date(s: Situation, baremes: Baremes) -> Iterator[Refus]:
    if s.date < DEBUT_BULLETIN:
        yield Refus(
            "date",
            f"Un bulletin entier se calcule à partir du {jour(DEBUT_BULLETIN)} ; avant, seul le "
            "traitement est calculé, depuis 2010.",
        )
    elif s.date > (fin := baremes.dernier_jour):
        yield Refus("date", f"Aucun taux n’est connu après le {jour(fin)}.")


def _traitement(s: Situation, baremes: Baremes) -> Iterator[Refus]:
    if s.inm is None and s.tib is None and s.base is None:
        yield Refus(
            "inm", "Indiquez un indice majoré (inm), un traitement (tib) ou une base (base)."
        )
    if s.inm is not None and (s.tib is not None or s.base is not None):
        en_trop = "tib" if s.tib is not None else "base"
        yield Refus(en_trop, f"« {en_trop} » remplace l’indice majoré : donnez l’un ou l’autre.")
    if s.inm is not None:
        yield from _indice(s.inm, s.date, baremes)
    if s.base is not None and s.tib is not None and s.base < s.tib:
        yield Refus("base", "La base soumise à retenue (TIB et NBI) ne peut pas être sous le TIB.")
    if s.base is not None and s.nbi:
        yield Refus("nbi", "La base comprend déjà la NBI : donnez l’une ou l’autre.")
    if s.point is not None and not (s.point.is_finite() and 0 < s.point <= POINT_MAX):
        yield Refus("point", "La valeur annuelle du point est un montant positif, tel que 59,0734.")


def _indice(inm: int, ce_jour: date, baremes: Baremes) -> Iterator[Refus]:
    haut = baremes.inm_maximal
    bas = 1
    if ce_jour >= DEBUT_BULLETIN:
        bas = int(baremes.parametre("INM_MINIMUM_TRAITEMENT", ce_jour).valeur)
    if not bas <= inm <= haut:
        yield Refus(
            "inm", f"L’indice majoré va de {bas} à {haut} au {jour(ce_jour)} ; reçu : {inm}."
        )


def controler_traitement(situation: Situation, baremes: Baremes) -> None:
    """The same for a traitement alone, which is computed for earlier days than a payslip."""
    refus = [*_traitement(situation, baremes), *_montants(situation, ("tib", "base"))]
    if refus:
        raise SaisieRefusee(*refus)


def _montants(s: Situation, cles: Sequence[str] = _MONTANTS) -> Iterator[Refus]:
    for cle in cles:
        montant = getattr(s, cle)
        if montant is not None and not (montant.is_finite() and 0 <= montant <= MONTANT_MAX):
            yield Refus(
                cle,
                f"{_NOMS[cle]} est un montant mensuel de 0 à {euros(MONTANT_MAX)} ; "
                f"reçu : {montant}.",
            )


def _nombres(s: Situation, baremes: Baremes) -> Iterator[Refus]:
    points_max = baremes.nbi_maximale
    if not 0 <= s.nbi <= points_max:
        yield Refus("nbi", f"La NBI va de 0 à {points_max} points ; reçu : {s.nbi}.")
    if s.zone not in ZONES:
        yield Refus("zone", f"La zone d’indemnité de résidence est 1, 2 ou 3 ; reçu : {s.zone}.")
    if not 0 <= s.enf <= ENFANTS_MAX:
        yield Refus("enf", f"Le nombre d’enfants va de 0 à {ENFANTS_MAX} ; reçu : {s.enf}.")
    if s.cat not in CATEGORIES:
        yield Refus("cat", f"La catégorie est {enumeration(CATEGORIES)} ; reçu : {s.cat}.")
    if not QUOTITE_MIN <= s.quot <= 1:
        yield Refus(
            "quot",
            f"La part payée va de 1/2 à 1 (6/7 à 80 %, 32/35 à 90 %) ; reçu : {fraction(s.quot)}.",
        )
    if not 0 <= s.jours <= JOURS_DU_MOIS:
        yield Refus("jours", f"Un mois compte de 0 à 30 trentièmes ; reçu : {s.jours}.")
    plafond = baremes.parametre("PRIME_RESPONSABILITE_MAX", max(s.date, DEBUT_BULLETIN)).valeur
    if not 0 <= s.prime_resp <= plafond:
        yield Refus(
            "prime_resp", f"La prime de responsabilité va de 0 à {taux(plafond)} du traitement."
        )


def _propres_au_contractuel(s: Situation) -> Iterator[Refus]:
    if s.statut is not Statut.CONTRACTUEL:
        return
    if s.nbi or (s.base is not None and s.tib is not None and s.base > s.tib):
        yield Refus("nbi", "La NBI est réservée aux fonctionnaires : laissez-la à 0.")
    if s.tpp:
        yield Refus("tpp", "Le transfert primes/points ne concerne que les fonctionnaires.")


def _taux(s: Situation) -> Iterator[Refus]:
    for champ in fields(Employeur):
        if champ.name not in ("vm", "at", "chomage"):
            continue
        valeur = getattr(s.employeur, champ.name)
        if valeur is not None and not (valeur.is_finite() and 0 <= valeur <= TAUX_MAX):
            yield Refus(champ.name, f"{_NOMS[champ.name]} va de 0 à {taux(TAUX_MAX)}.")
