"""The lines of a payslip as they are handed out, and the sheet on which they are laid one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from opportunites.remuneration.baremes.lecture import Baremes, Valeur
from opportunites.remuneration.bulletin.codes import CODES, Genre
from opportunites.remuneration.bulletin.situation import Situation, Statut
from opportunites.remuneration.intervalle import Intervalle
from opportunites.remuneration.montants import ZERO, arrondi, somme
from opportunites.remuneration.textes import euros, insecables, nombre, taux

SAISIE = "montant saisi"
_GRAVITE = "VDM"


def pire(confiances: Iterable[str]) -> str:
    """M outweighs D, which outweighs V."""
    return max(confiances, key=_GRAVITE.index, default="V")


@dataclass(frozen=True)
class Ligne:
    """One amount and all that allows to do it again. `montant` None: unknown, never zero.

    `depuis`: since when the figures it rests on are in force, the latest of them.
    """

    code: str
    libelle: str
    genre: Genre
    montant: Decimal | None
    formule: str
    entrees: Mapping[str, str]
    regle: str
    source: str
    depuis: date | None
    confiance: str
    prudences: tuple[str, ...] = ()
    #: the figures of the barèmes it rests on, each with its source and the day it was verified
    valeurs: tuple[Valeur, ...] = ()

    @property
    def fourchette(self) -> Intervalle:
        return Intervalle.inconnu() if self.montant is None else Intervalle.exact(self.montant)


@dataclass(frozen=True)
class CumulRafp:
    """What the months of the year already paid weigh in the annual ceiling of the RAFP."""

    accessoires: Decimal = ZERO
    plafond: Decimal = ZERO
    base: Decimal = ZERO


@dataclass(frozen=True)
class Bulletin:
    """A payslip. `cumul`: what it leaves to the next month of the same year."""

    date: date
    statut: Statut
    lignes: tuple[Ligne, ...]
    cumul: CumulRafp = field(default_factory=CumulRafp)

    def ligne(self, code: str) -> Ligne | None:
        return next((ligne for ligne in self.lignes if ligne.code == code), None)

    def montant(self, code: str) -> Decimal:
        """What is known of it; zero for a line that this statut does not have."""
        ligne = self.ligne(code)
        return ZERO if ligne is None or ligne.montant is None else ligne.montant

    def fourchette(self, code: str) -> Intervalle:
        """The same, with no upper bound where a rate of the employer is unknown."""
        ligne = self.ligne(code)
        if ligne is None:
            return Intervalle.exact(ZERO)
        if code in ("total_patronal", "cout_employeur") and self.inconnues:
            return Intervalle(ligne.montant, None)
        return ligne.fourchette

    @property
    def inconnues(self) -> tuple[Ligne, ...]:
        return tuple(ligne for ligne in self.lignes if ligne.montant is None)

    @property
    def prudences(self) -> tuple[str, ...]:
        """Each caution once, in the order of the lines."""
        return tuple(dict.fromkeys(p for ligne in self.lignes for p in ligne.prudences))

    def de_genre(self, genre: Genre) -> tuple[Ligne, ...]:
        return tuple(ligne for ligne in self.lignes if ligne.genre is genre)


class Feuille:
    """Lines being laid, in the order of a payslip, each from those before it."""

    def __init__(
        self,
        situation: Situation,
        baremes: Baremes,
        *,
        projection: bool = False,
        cumul: CumulRafp | None = None,
    ) -> None:
        self.situation, self.baremes = situation, baremes
        self.projection = projection
        self.cumul = cumul or CumulRafp()
        self.lignes: dict[str, Ligne] = {}

    def __getitem__(self, code: str) -> Decimal:
        ligne = self.lignes.get(code)
        return ZERO if ligne is None or ligne.montant is None else ligne.montant

    def poser(
        self,
        code: str,
        montant: Decimal | None,
        formule: str,
        *valeurs: Valeur,
        entrees: Mapping[str, str] | None = None,
        source: str = "",
        prudence: str = "",
        confiance: str = "",
    ) -> None:
        definition = CODES[code]
        prudences = [p for p in (prudence, *(v.prudence for v in valeurs)) if p]
        self.lignes[code] = Ligne(
            code,
            definition.libelle,
            definition.genre,
            montant,
            insecables(formule),
            {**{v.libelle: nombre(v.valeur) for v in valeurs}, **(entrees or {})},
            insecables(definition.regle),
            source or " ; ".join(dict.fromkeys(v.source for v in valeurs)) or SAISIE,
            max((v.debut for v in valeurs), default=None),
            confiance or pire(v.confiance for v in valeurs),
            tuple(insecables(f"{definition.libelle} : {p}") for p in dict.fromkeys(prudences)),
            valeurs,
        )

    def cotiser(
        self,
        code: str,
        assiette: Decimal,
        *autres: Valeur,
        sur: str,
        bareme: str = "",
        prudence: str = "",
    ) -> None:
        """A line that is a rate of the barème times `assiette`, named by `sur`."""
        valeur = self.baremes.taux(bareme or code, self.situation.date)
        self.poser(
            code,
            arrondi(valeur.valeur * assiette),
            f"{taux(valeur.valeur)} × {euros(assiette)} ({sur})",
            valeur,
            *autres,
            entrees={sur: euros(assiette)},
            prudence=prudence,
        )

    def cotiser_au_taux_saisi(
        self, code: str, propre: Decimal | None, assiette: Decimal, *autres: Valeur, sur: str
    ) -> None:
        """The same with a rate of the employer's own; unknown when nobody has told it."""
        if propre is None:
            self.poser(
                code,
                None,
                "inconnu : taux propre à l’employeur, non renseigné",
                source="taux propre à l’employeur",
                prudence="taux inconnu, le coût réel est supérieur",
            )
            return
        self.poser(
            code,
            arrondi(propre * assiette),
            f"{taux(propre)} × {euros(assiette)} ({sur})",
            *autres,
            entrees={sur: euros(assiette), "Taux saisi": taux(propre)},
            source="taux propre à l’employeur, saisi",
        )

    def sous_plafond(
        self, assiette: Decimal, nombre_de_plafonds: int = 1
    ) -> tuple[Decimal, Valeur]:
        """What of `assiette` is under so many plafonds of the sécurité sociale.

        A year whose plafond is not known yet stops only those it would touch: it never goes down.
        """
        ce_jour = self.situation.date
        plafond = self.baremes.plafond(ce_jour, prolonge=True)
        if assiette > plafond.valeur * nombre_de_plafonds and not self.projection:
            plafond = self.baremes.plafond(ce_jour)
        return min(assiette, plafond.valeur * nombre_de_plafonds), plafond

    def totaliser(self, code: str, genre: Genre, formule: str) -> None:
        """The sum of the lines of a kind, exactly as they are printed."""
        lignes = self._de(genre)
        self.poser(
            code,
            somme(ligne.montant or ZERO for ligne in lignes),
            formule,
            source="somme des lignes",
            confiance=self.confiance_de(lignes),
        )

    @staticmethod
    def confiance_de(lignes: Iterable[Ligne]) -> str:
        """That of the least sure line among those that weigh anything."""
        return pire(ligne.confiance for ligne in lignes if ligne.montant != ZERO)

    def _de(self, genre: Genre) -> list[Ligne]:
        return [ligne for ligne in self.lignes.values() if ligne.genre is genre]

    def bulletin(self) -> Bulletin:
        s = self.situation
        return Bulletin(s.date, s.statut, tuple(self.lignes.values()), self.cumul)
