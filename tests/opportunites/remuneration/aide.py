"""Short ways to write a payslip in a test."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from opportunites.remuneration.baremes.lecture import baremes
from opportunites.remuneration.bulletin.calcul import calculer
from opportunites.remuneration.bulletin.situation import Employeur, Situation, Statut
from opportunites.remuneration.comparaison.poste import PosteCompare
from opportunites.remuneration.intervalle import Intervalle

JOUR = date(2026, 11, 1)
BAREMES = baremes()
SANS_VM = Employeur(vm=Decimal(0))
TOUT_CONNU = Employeur(vm=Decimal(0), at=Decimal("0.015"), chomage=Decimal("0.0405"))


def euros(texte):
    return Decimal(str(texte))


def situation(**champs):
    """An attaché of the 6th échelon on 1 November 2026, unless said otherwise."""
    montants = {
        cle: euros(valeur) if isinstance(valeur, str | int | float) and cle in _MONTANTS else valeur
        for cle, valeur in champs.items()
    }
    if not {"inm", "tib", "base"} & set(montants):
        montants["inm"] = 518
    return Situation(**{"date": JOUR, "employeur": SANS_VM, **montants})


_MONTANTS = {
    *("tib", "base", "point", "ifse", "primes", "cia_m", "cia_an", "prime_resp", "ind_csg"),
    *("tpp", "ir"),
}


def contractuel(**champs):
    return situation(**{"statut": Statut.CONTRACTUEL, "employeur": TOUT_CONNU, **champs})


def bulletin(**champs):
    return calculer(situation(**champs), BAREMES)


def bulletin_contractuel(**champs):
    return calculer(contractuel(**champs), BAREMES)


def exact(montant):
    return Intervalle.exact(euros(montant))


def entre(bas, haut):
    return Intervalle(euros(bas), None if haut is None else euros(haut))


def poste(nom="Ville", *, ifse="700", cia="1200", nbi=0, prime_resp="0", avantages=None, **champs):
    """A poste of which everything is known; None for an amount: nobody has told it."""
    return PosteCompare(
        nom,
        situation(**champs),
        Intervalle.inconnu() if ifse is None else exact(ifse),
        Intervalle.inconnu() if cia is None else exact(cia),
        nbi,
        None if prime_resp is None else euros(prime_resp),
        avantages or {},
    )


def avec(poste_compare, **champs):
    return replace(poste_compare, **champs)


SIX_SEPTIEMES = Fraction(6, 7)
