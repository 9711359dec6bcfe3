"""The notation of `manage.py estimer_paie`: « inm=518;enf=2;ifse=700;date=2026-11-01 »."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from opportunites.remuneration.baremes.lecture import DEBUT_BULLETIN, Baremes
from opportunites.remuneration.bulletin.gains import traitement_seul
from opportunites.remuneration.bulletin.situation import (
    Employeur,
    Fnal,
    Situation,
    Statut,
    controler_traitement,
)
from opportunites.remuneration.bulletin.temps_partiel import part_payee
from opportunites.remuneration.comparaison.voies import controler_voie
from opportunites.remuneration.erreurs import Refus, SaisieRefusee, refuser
from opportunites.remuneration.textes import enumeration, jour

_NOMBRE = re.compile(r"[+-]?(\d{1,12}([.,]\d{0,12})?|[.,]\d{1,12})", re.ASCII)
_FNAL = {
    Decimal("0.005"): Fnal.GRAND,
    Decimal("0.001"): Fnal.PETIT,
    Decimal(0): Fnal.AUCUN,
}
#: No rate read here reaches 5 %: from there on, the figure is in percent (1,8 for 1,8 %).
_SEUIL_POURCENT = Decimal("0.05")
#: What a traitement alone may be given, before whole payslips.
CLES_DU_TRAITEMENT = frozenset({"inm", "point", "tib", "base", "quot", "date", "annee", "voie"})


@dataclass(frozen=True)
class Demande:
    """A situation to be paid, and the voie it is asked for."""

    situation: Situation
    voie: str
    cles: frozenset[str]

    @property
    def est_un_traitement_seul(self) -> bool:
        """Before whole payslips; with any other key, the payslip is asked for, and refused."""
        return self.situation.date < DEBUT_BULLETIN and self.cles <= CLES_DU_TRAITEMENT

    def traitement(self, baremes: Baremes) -> Decimal:
        """TIB, all that can be said of a day before whole payslips."""
        controler_traitement(self.situation, baremes)
        return traitement_seul(self.situation, baremes)


def lire(texte: str, aujourd_hui: date, baremes: Baremes) -> Demande:
    """Raises `SaisieRefusee` for an unknown key or a value that cannot be read."""
    brutes = _decouper(texte)
    refus: list[Refus] = []
    lues: dict[str, Any] = {}
    for cle, brute in brutes.items():
        try:
            lues[cle] = LECTEURS[cle](brute)
        except ValueError as erreur:
            refus.append(Refus(cle, f"« {cle}={brute} » : {erreur}."))
    if refus:
        raise SaisieRefusee(*refus)
    return Demande(_situation(lues, aujourd_hui, baremes), lues.get("voie", ""), frozenset(brutes))


def _decouper(texte: str) -> dict[str, str]:
    brutes: dict[str, str] = {}
    for morceau in filter(None, (m.strip() for m in texte.split(";"))):
        cle, egal, valeur = (partie.strip() for partie in morceau.partition("="))
        if cle not in LECTEURS:
            raise refuser(cle, f"Clé inconnue « {cle} » ; clés admises : {', '.join(LECTEURS)}.")
        if not egal or not valeur:
            raise refuser(cle, f"La clé « {cle} » attend une valeur, telle que {cle}=….")
        if cle in brutes:
            raise refuser(cle, f"La clé « {cle} » est donnée deux fois.")
        brutes[cle] = valeur
    return brutes


def _situation(lues: Mapping[str, Any], aujourd_hui: date, baremes: Baremes) -> Situation:
    ce_jour = _jour_demande(lues, aujourd_hui)
    champs = {
        cle: lues[cle]
        for cle in LECTEURS
        if cle in lues and cle not in {"annee", "date", "quot", "voie", "vm", "fnal"}
    }
    situation = Situation(
        ce_jour,
        quot=_quotite(lues.get("quot"), ce_jour, baremes),
        employeur=Employeur(vm=lues.get("vm"), fnal=lues.get("fnal", Fnal.GRAND)),
        **champs,
    )
    if "voie" in lues:
        controler_voie(lues["voie"], situation.statut)
    return situation


def _jour_demande(lues: Mapping[str, Any], aujourd_hui: date) -> date:
    """`annee` alone: its first day, of which the rates of the year are those."""
    donne, annee = lues.get("date"), lues.get("annee")
    if donne is None:
        return date(annee, 1, 1) if annee is not None else aujourd_hui
    if annee is not None and donne.year != annee:
        raise refuser("annee", f"L’année {annee} n’est pas celle de la date, {jour(donne)}.")
    assert isinstance(donne, date)
    return donne


def _quotite(donnee: Fraction | None, ce_jour: date, baremes: Baremes) -> Fraction:
    """80 % of the time is paid 6/7; a share already paid, such as 6/7, stays what it is."""
    if donnee is None or donnee == 1:
        return Fraction(1)
    return part_payee(donnee, max(ce_jour, DEBUT_BULLETIN), baremes)


def _nombre(brut: str) -> Decimal:
    nu = brut.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").removesuffix("€")
    if not _NOMBRE.fullmatch(nu):
        raise ValueError("attend un nombre, tel que 700 ou 700,50")
    return Decimal(nu.replace(",", "."))


def _entier(brut: str) -> int:
    valeur = _nombre(brut)
    if valeur != valeur.to_integral_value():
        raise ValueError("attend un nombre entier")
    return int(valeur)


def _taux(brut: str) -> Decimal:
    """0.018, 1.8 or 1,8 % are the same rate."""
    nu = brut.removesuffix("%").strip()
    valeur = _nombre(nu)
    return valeur / 100 if nu != brut or valeur >= _SEUIL_POURCENT else valeur


def _fnal(brut: str) -> Fnal:
    connu = _FNAL.get(_taux(brut))
    if connu is None:
        raise ValueError("attend 0,5 % (50 agents et plus), 0,1 % (moins de 50) ou 0")
    return connu


def _fraction(brut: str) -> Fraction:
    """A share such as 6/7, or a percentage: 80 %, 80, 0.8."""
    if "/" in brut:
        haut, _, bas = brut.partition("/")
        numerateur, denominateur = _entier(haut), _entier(bas)
        if denominateur <= 0:
            raise ValueError("attend une fraction, telle que 6/7")
        return Fraction(numerateur, denominateur)
    nu = brut.removesuffix("%").strip()
    valeur = Fraction(_nombre(nu))
    return valeur / 100 if nu != brut or valeur > 1 else valeur


def _jour(brut: str) -> date:
    try:
        return date.fromisoformat(brut)
    except ValueError:
        raise ValueError("attend une date, telle que 2026-11-01") from None


def _annee(brut: str) -> int:
    annee = _entier(brut)
    if not date.min.year <= annee <= date.max.year:
        raise ValueError("attend une année, telle que 2026")
    return annee


def _statut(brut: str) -> Statut:
    try:
        return Statut(brut.lower())
    except ValueError:
        raise ValueError(f"attend {enumeration(list(Statut))}") from None


def _categorie(brut: str) -> str:
    """A+ has no legal definition: it is paid as A."""
    return brut.upper().removesuffix("+") if brut.upper() == "A+" else brut.upper()


def _tpp(brut: str) -> Decimal | None:
    """`oui`: the abatement of the category; `non`: none; or its monthly amount."""
    if brut.lower() in {"oui", "1"}:
        return None
    return Decimal(0) if brut.lower() == "non" else _nombre(brut)


def _voie(brut: str) -> str:
    return brut.upper()


LECTEURS: dict[str, Callable[[str], Any]] = {
    "inm": _entier,
    "point": _nombre,
    "tib": _nombre,
    "base": _nombre,
    "nbi": _entier,
    "zone": _entier,
    "enf": _entier,
    "ifse": _nombre,
    "primes": _nombre,
    "cia_m": _nombre,
    "cia_an": _nombre,
    "quot": _fraction,
    "statut": _statut,
    "cat": _categorie,
    "date": _jour,
    "annee": _annee,
    "voie": _voie,
    "ind_csg": _nombre,
    "tpp": _tpp,
    "vm": _taux,
    "fnal": _fnal,
}
