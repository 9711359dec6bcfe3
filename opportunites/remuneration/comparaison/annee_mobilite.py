"""The year of the move, apart: two employers pay it, and each has its own rule for the CIA."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from opportunites.remuneration.baremes.lecture import Baremes
from opportunites.remuneration.baremes.lecture import baremes as ceux_du_paquet
from opportunites.remuneration.bulletin.annee import Annee, annee_civile
from opportunites.remuneration.bulletin.situation import Situation
from opportunites.remuneration.comparaison.poste import PosteCompare
from opportunites.remuneration.erreurs import refuser
from opportunites.remuneration.intervalle import Intervalle
from opportunites.remuneration.montants import ZERO, arrondi
from opportunites.remuneration.textes import insecables, jour

TRENTIEMES = 30
JOURS_PAR_AN = 360


class RegleCia(StrEnum):
    """What a délibération says of the CIA of somebody who was not there all year."""

    PRORATA = "au prorata du temps de présence"
    PRESENCE = "sous condition de présence à une date"
    AUCUN = "non versé l’année du mouvement"
    INCONNUE = "règle inconnue"


@dataclass(frozen=True)
class CiaDeLAnnee:
    """The CIA at one end. `verse_le` and `present_le` are in the year of the move."""

    regle: RegleCia = RegleCia.INCONNUE
    verse_le: date | None = None
    present_le: date | None = None


@dataclass(frozen=True)
class AnneeDeMobilite:
    """Totals of the year with the move, and without it; both ends of each in an interval."""

    date_effet: date
    cia_origine: Intervalle
    cia_accueil: Intervalle
    origine: tuple[Annee, Annee | None]
    accueil: tuple[Annee, Annee | None]
    sans_mouvement: tuple[Annee, Annee | None]
    phrases: tuple[str, ...]

    def montant(self, code: str) -> Intervalle:
        return _plage(self.origine, code) + _plage(self.accueil, code)

    def ecart(self, code: str) -> Intervalle:
        """Less what the whole year would have brought on the present poste."""
        return self.montant(code) - _plage(self.sans_mouvement, code)


def trentiemes(date_effet: date) -> tuple[int, int]:
    """Thirtieths of the month of the move that each employer pays: the 16th makes 15 and 15.

    A month counts thirty days whatever its length: arriving on a 31st, the whole month is the origin's.
    """
    ici = min(date_effet.day - 1, TRENTIEMES)
    return ici, TRENTIEMES - ici


def annee_de_mobilite(
    origine: PosteCompare,
    accueil: PosteCompare,
    date_effet: date,
    cia_origine: CiaDeLAnnee,
    cia_accueil: CiaDeLAnnee,
    baremes: Baremes | None = None,
    *,
    projection: bool = False,
) -> AnneeDeMobilite:
    """Twelve months, at the rates of each, split by thirtieths at `date_effet`."""
    baremes = baremes or ceux_du_paquet()
    for poste in (origine, accueil):
        poste.controler()
    ici, la = trentiemes(date_effet)
    mois = date_effet.month
    jours_ici = {m: TRENTIEMES if m < mois else ici if m == mois else 0 for m in range(1, 13)}
    jours_la = {m: TRENTIEMES - j for m, j in jours_ici.items()}
    presents = Fraction(sum(jours_ici.values()), JOURS_PAR_AN)
    du_ici = _cia_du(origine.cia, cia_origine, presents, date_effet, part=True)
    du_la = _cia_du(accueil.cia, cia_accueil, 1 - presents, date_effet, part=False)
    plein = dict.fromkeys(jours_ici, TRENTIEMES)
    verse_ici = _jour_de_versement(cia_origine, date_effet, date(date_effet.year, mois, 1))
    verse_la = _jour_de_versement(cia_accueil, date_effet, date(date_effet.year, 12, 1))
    return AnneeDeMobilite(
        date_effet,
        du_ici,
        du_la,
        _annees(replace(origine, cia=du_ici), jours_ici, verse_ici, baremes, projection),
        _annees(replace(accueil, cia=du_la), jours_la, verse_la, baremes, projection),
        _annees(origine, plein, verse_ici, baremes, projection),
        _phrases(date_effet, ici, la, cia_origine, cia_accueil),
    )


def _annees(
    poste: PosteCompare,
    jours: dict[int, int],
    verse_le: date,
    baremes: Baremes,
    projection: bool,
) -> tuple[Annee, Annee | None]:
    """The year at both ends of what is known; a month of no day is paid nothing."""
    bas, cia_bas = poste.au_moins()
    annee = verse_le.year  # that of the move: `_jour_de_versement` refuses any other

    def payee(situation: Situation, cia: Decimal) -> Annee:
        versement = {verse_le: cia}
        return annee_civile(
            situation, annee, versement, baremes, jours=jours, projection=projection
        )

    au_plus = poste.au_plus(baremes)
    if au_plus is None:
        return payee(bas, cia_bas), None
    return payee(bas, cia_bas), payee(*au_plus)


def _plage(annees: tuple[Annee, Annee | None], code: str) -> Intervalle:
    basse, haute = annees
    if haute is None:
        return Intervalle(basse.montant(code), None)
    bornes = sorted((basse.montant(code), haute.montant(code)))
    return Intervalle(bornes[0], bornes[1])


def _cia_du(
    plein: Intervalle, cia: CiaDeLAnnee, presence: Fraction, date_effet: date, *, part: bool
) -> Intervalle:
    """What of the CIA of a whole year is due by the employer left (`part`) or joined."""
    if cia.regle is RegleCia.AUCUN:
        return Intervalle.exact(ZERO)
    if cia.regle is RegleCia.PRORATA:
        return _prorata(plein, presence)
    if cia.regle is RegleCia.PRESENCE:
        if cia.present_le is None or cia.present_le.year != date_effet.year:
            raise refuser(
                "present_le",
                f"Indiquez la date de présence exigée, dans l’année {date_effet.year}.",
            )
        present = cia.present_le < date_effet if part else cia.present_le >= date_effet
        return plein if present else Intervalle.exact(ZERO)
    return Intervalle(ZERO, plein.haut)


def _prorata(plein: Intervalle, presence: Fraction) -> Intervalle:
    def de(montant: Decimal | None) -> Decimal | None:
        return None if montant is None else arrondi(Fraction(montant) * presence)

    return Intervalle(de(plein.bas), de(plein.haut))


def _jour_de_versement(cia: CiaDeLAnnee, date_effet: date, defaut: date) -> date:
    if cia.verse_le is None:
        return defaut
    if cia.verse_le.year != date_effet.year:
        raise refuser(
            "cia_date",
            f"Le CIA de l’année du mouvement est versé en {date_effet.year} ; "
            f"reçu : {jour(cia.verse_le)}.",
        )
    return cia.verse_le


def _phrases(
    date_effet: date, ici: int, la: int, cia_origine: CiaDeLAnnee, cia_accueil: CiaDeLAnnee
) -> tuple[str, ...]:
    phrases = []
    if date_effet.day > 1:
        phrases.append(
            f"Le mois du mouvement est partagé : {ici} trentièmes payés par l’origine, {la} par "
            "l’accueil (décompte par trentièmes, de mémoire, à vérifier)."
        )
    phrases.append(f"CIA de l’origine : {cia_origine.regle}.")
    phrases.append(f"CIA de l’accueil : {cia_accueil.regle}.")
    if RegleCia.INCONNUE in (cia_origine.regle, cia_accueil.regle):
        phrases.append("Une règle de CIA inconnue laisse le total entre deux bornes.")
    return tuple(insecables(p) for p in phrases)
