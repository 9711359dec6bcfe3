"""The « fiche de rémunération »: a comparison frozen as it was signed, and what changed since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from opportunites.remuneration.baremes.lecture import Baremes
from opportunites.remuneration.bulletin.codes import CODES
from opportunites.remuneration.comparaison.avantages import Unite
from opportunites.remuneration.comparaison.blocs import Bloc
from opportunites.remuneration.comparaison.comparaison import Comparaison, Paire, SousTotal
from opportunites.remuneration.intervalle import Intervalle


@dataclass(frozen=True)
class LigneFigee:
    """Amounts as they are printed: what was signed is what was read."""

    code: str
    libelle: str
    bloc: str
    origine: str
    accueil: str
    ecart: str
    reservee_a_la_personne: bool
    #: « par an » where the three amounts are those of a year; empty: of a month, or no money
    periode: str = ""
    #: the difference over a year, of what is money; empty in versions signed before it was printed
    ecart_an: str = ""
    #: adds up the lines of its block; versions signed before had none
    sous_total: bool = False
    #: left to employers, where the person reads a sum of more lines
    reservee_aux_employeurs: bool = False

    def est_lue_de(self, *, la_personne: bool) -> bool:
        return not (self.reservee_aux_employeurs if la_personne else self.reservee_a_la_personne)

    @property
    def lue(self) -> tuple[str, str]:
        """What one version may change from another; the difference follows."""
        return self.origine, self.accueil

    @property
    def est_inconnue(self) -> bool:
        return {self.origine, self.accueil} == {str(Intervalle.inconnu())}


@dataclass(frozen=True)
class FicheFigee:
    """Everything a version needs to be read again years later, without any barème.

    `empreinte` names the content of the barèmes it was computed with.
    """

    empreinte: str
    date: str
    lignes: tuple[LigneFigee, ...]
    prudences: tuple[str, ...]

    def en_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def depuis_json(cls, donnees: Mapping[str, Any]) -> FicheFigee:
        return cls(
            donnees["empreinte"],
            donnees["date"],
            tuple(LigneFigee(**ligne) for ligne in donnees["lignes"]),
            tuple(donnees["prudences"]),
        )


@dataclass(frozen=True)
class Changement:
    """A line that reads otherwise in the later version; None: it was not, or is no longer, there."""

    code: str
    libelle: str
    bloc: str
    avant: LigneFigee | None
    apres: LigneFigee | None
    reservee_a_la_personne: bool


def figer(comparaison: Comparaison, baremes: Baremes) -> FicheFigee:
    """Each line by month where it has one, by year otherwise, and the sum of each block; then the totals,
    by month and by year."""
    lignes = [ligne for bloc in Bloc for ligne in _du_bloc(comparaison, bloc)]
    for titre, totaux, reservee in (
        ("Totaux", comparaison.totaux, True),
        ("Totaux hors éléments familiaux", comparaison.hors_famille, False),
    ):
        for periode, paires in (("par mois", totaux.mois), ("par an", totaux.an)):
            lignes += [
                _figee(
                    code,
                    f"{CODES[code].libelle}, {periode}",
                    titre,
                    paire,
                    reservee=reservee,
                    an=totaux.an[code],
                )
                for code, paire in paires.items()
            ]
    return FicheFigee(
        baremes.empreinte,
        comparaison.accueil.situation.date.isoformat(),
        tuple(lignes),
        comparaison.prudences,
    )


def _du_bloc(comparaison: Comparaison, bloc: Bloc) -> Iterator[LigneFigee]:
    for ligne in comparaison.lignes:
        if ligne.bloc is bloc:
            yield _figee(
                ligne.code,
                ligne.libelle,
                ligne.bloc,
                ligne.mois or ligne.an,
                reservee=ligne.familiale or ligne.personnelle,
                unite=ligne.unite,
                an=ligne.an,
                annuelle=ligne.mois is None,
            )
    a_elle = comparaison.sous_total(bloc, vue_de_la_personne=True)
    aux_autres = comparaison.sous_total(bloc, vue_de_la_personne=False)
    if a_elle == aux_autres:
        yield from _sous_total(bloc, a_elle)
        return
    for ensemble in _sous_total(bloc, a_elle):
        yield replace(ensemble, reservee_a_la_personne=True)
    for ensemble in _sous_total(bloc, aux_autres):
        yield replace(ensemble, reservee_aux_employeurs=True)


def _sous_total(bloc: Bloc, somme: SousTotal) -> Iterator[LigneFigee]:
    for libelle, paire, an, annuelle in somme.rangees():
        ligne = _figee("ENSEMBLE", libelle, bloc, paire, reservee=False, an=an, annuelle=annuelle)
        yield replace(ligne, sous_total=True)


def _figee(
    code: str,
    libelle: str,
    bloc: str,
    paire: Paire,
    *,
    reservee: bool,
    an: Paire,
    unite: Unite = Unite.EUROS_PAR_AN,
    annuelle: bool = False,
) -> LigneFigee:
    en_euros = unite is Unite.EUROS_PAR_AN
    return LigneFigee(
        code,
        libelle,
        str(bloc),
        paire.origine.ecrit(unite.ecrit),
        paire.accueil.ecrit(unite.ecrit),
        paire.ecart.ecrit(unite.ecart),
        reservee,
        "par an" if en_euros and annuelle else "",
        an.ecart.ecrit(unite.ecart) if en_euros else "",
    )


def differences(avant: FicheFigee, apres: FicheFigee) -> list[Changement]:
    """What reads otherwise from one version to the next, in the order of the later one: the lines that
    make it, and the totals; the sum of a block would say it twice."""
    anciennes = {(li.bloc, li.libelle): li for li in avant.lignes if not li.sous_total}
    nouvelles = {(li.bloc, li.libelle): li for li in apres.lignes if not li.sous_total}
    changements = []
    for cle in [*nouvelles, *(c for c in anciennes if c not in nouvelles)]:
        ancienne, nouvelle = anciennes.get(cle), nouvelles.get(cle)
        if (ancienne and ancienne.lue) != (nouvelle and nouvelle.lue):
            vue = nouvelle or ancienne
            assert vue is not None
            changements.append(
                Changement(
                    vue.code,
                    vue.libelle,
                    vue.bloc,
                    ancienne,
                    nouvelle,
                    vue.reservee_a_la_personne,
                )
            )
    return changements
