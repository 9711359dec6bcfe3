"""The present poste against the proposed one: each line, each total, by month and by year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from opportunites.remuneration.baremes.lecture import Baremes
from opportunites.remuneration.baremes.lecture import baremes as ceux_du_paquet
from opportunites.remuneration.bulletin.annee import annee_type
from opportunites.remuneration.bulletin.calcul import calculer
from opportunites.remuneration.bulletin.codes import CODES, Genre
from opportunites.remuneration.bulletin.lignes import Bulletin
from opportunites.remuneration.bulletin.situation import Situation, Statut
from opportunites.remuneration.comparaison.avantages import AVANTAGES, Unite
from opportunites.remuneration.comparaison.blocs import BLOCS, FAMILIALES, TOTAUX, Bloc
from opportunites.remuneration.comparaison.poste import PosteCompare
from opportunites.remuneration.intervalle import Intervalle, total

MOIS_PAR_AN = 12


@dataclass(frozen=True)
class Paire:
    """The same amount on both sides."""

    origine: Intervalle
    accueil: Intervalle

    @property
    def ecart(self) -> Intervalle:
        return self.accueil - self.origine


@dataclass(frozen=True)
class LigneComparee:
    """`mois` None: the line has no monthly amount (CIA, avantages)."""

    code: str
    libelle: str
    bloc: Bloc
    unite: Unite
    mois: Paire | None
    an: Paire
    familiale: bool = False
    personnelle: bool = False


@dataclass(frozen=True)
class SousTotal:
    """A block. `mois` leaves out what is paid once a year, `an` counts it; None: nothing is monthly."""

    mois: Paire | None
    an: Paire

    def rangees(self) -> Iterator[tuple[str, Paire, Paire, bool]]:
        """Name, amounts, the same over a year, and whether those amounts are a year's: the month, then
        the year where it holds more than twelve of them."""
        douze = None
        if self.mois is not None:
            ici, la = (cote.fois(MOIS_PAR_AN) for cote in (self.mois.origine, self.mois.accueil))
            douze = Paire(ici, la)
            yield "Ensemble", self.mois, douze, False
        if self.an != douze:
            libelle = "Ensemble, en euros" if douze is None else "Ensemble, CIA compris"
            yield libelle, self.an, self.an, True


@dataclass(frozen=True)
class Totaux:
    """Gross and nets; `mois` is an ordinary month, without a CIA paid at once."""

    mois: dict[str, Paire]
    an: dict[str, Paire]


@dataclass(frozen=True)
class Comparaison:
    """`hors_famille`: as if nobody had children, so that two people can be compared fairly.

    `net_du_poste`: what of the monthly difference of net holds to the poste and not to the person. The one with
    the family is for the person alone: an employer could count children from it.
    """

    origine: PosteCompare
    accueil: PosteCompare
    lignes: tuple[LigneComparee, ...]
    totaux: Totaux
    hors_famille: Totaux
    net_du_poste: Intervalle
    net_du_poste_hors_famille: Intervalle
    prudences: tuple[str, ...]

    def du_bloc(self, bloc: Bloc, *, vue_de_la_personne: bool) -> tuple[LigneComparee, ...]:
        """The lines of a block; family lines and participations are for the person alone."""
        return tuple(
            ligne
            for ligne in self.lignes
            if ligne.bloc is bloc
            and (vue_de_la_personne or not (ligne.familiale or ligne.personnelle))
        )

    def sous_total(self, bloc: Bloc, *, vue_de_la_personne: bool) -> SousTotal:
        """The lines of a block added up; days and hours do not add up with euros."""
        lignes = [
            ligne
            for ligne in self.du_bloc(bloc, vue_de_la_personne=vue_de_la_personne)
            if ligne.unite is Unite.EUROS_PAR_AN
        ]
        mois = [ligne.mois for ligne in lignes if ligne.mois is not None]
        return SousTotal(_somme(mois) if mois else None, _somme([ligne.an for ligne in lignes]))


@dataclass(frozen=True)
class _Cote:
    """The payslips of one side at both ends of what is known.

    `haut` None: nothing bounds the IFSE. The other lines are bounded all the same: those of `lignes_au_plus`.
    """

    poste: PosteCompare
    bas: Bulletin
    haut: Bulletin | None
    lignes_au_plus: Bulletin
    an_bas: dict[str, Decimal]
    an_haut: dict[str, Decimal] | None

    def mois(self, code: str) -> Intervalle:
        """A total, or the IFSE itself."""
        return _entre(
            self.bas.montant(code), None if self.haut is None else self.haut.montant(code)
        )

    def ligne(self, code: str) -> Intervalle:
        if code == "IFSE":
            return self.mois(code)
        return _entre(self.bas.montant(code), self.lignes_au_plus.montant(code))

    def an(self, code: str) -> Intervalle:
        return _entre(self.an_bas[code], None if self.an_haut is None else self.an_haut[code])

    @property
    def prudences(self) -> tuple[str, ...]:
        """Of the agent's lines: the employer's own rates are none of them."""
        lignes = [ligne for ligne in self.bas.lignes if ligne.genre is not Genre.CHARGE]
        return (*self.poste.prudences, *(p for ligne in lignes for p in ligne.prudences))


def comparer(
    origine: PosteCompare,
    accueil: PosteCompare,
    baremes: Baremes | None = None,
    *,
    projection: bool = False,
) -> Comparaison:
    """Both postes at the rates of their own date.

    `projection`: a plafond not known yet is taken as the last one, with a caution, instead of a refusal.
    """
    baremes = baremes or ceux_du_paquet()
    for poste in (origine, accueil):
        poste.controler()
    ici, la = (_cote(poste, baremes, projection) for poste in (origine, accueil))
    seul_ici, seul_la = (
        _cote(_sans_enfant(poste), baremes, projection) for poste in (origine, accueil)
    )
    return Comparaison(
        origine,
        accueil,
        (
            *_lignes_de_paie(ici, la),
            _ligne_cia(origine, accueil),
            *_hors_bulletin(origine, accueil),
        ),
        _totaux(ici, la),
        _totaux(seul_ici, seul_la),
        _net_du_poste(ici, la, baremes, projection),
        _net_du_poste(seul_ici, seul_la, baremes, projection),
        tuple(dict.fromkeys((*ici.prudences, *la.prudences))),
    )


def _somme(paires: list[Paire]) -> Paire:
    return Paire(total([p.origine for p in paires]), total([p.accueil for p in paires]))


def _entre(un: Decimal, autre: Decimal | None) -> Intervalle:
    if autre is None:
        return Intervalle(un, None)
    return Intervalle(min(un, autre), max(un, autre))


def _sans_enfant(poste: PosteCompare) -> PosteCompare:
    return replace(poste, situation=replace(poste.situation, enf=0))


def _cote(poste: PosteCompare, baremes: Baremes, projection: bool) -> _Cote:
    bas, cia_bas = poste.au_moins()
    au_plus = poste.au_plus(baremes)
    sans_borne = poste.ifse.haut is None
    mois_au_plus = calculer(
        poste.mois_au_plus(baremes),
        baremes,
        # A stand-in for an unbounded IFSE must not be refused for a plafond that its totals alone would touch.
        projection=projection or sans_borne,
    )
    return _Cote(
        poste,
        calculer(bas, baremes, projection=projection),
        None if sans_borne else mois_au_plus,
        mois_au_plus,
        _de_l_annee(bas, cia_bas, baremes, projection),
        None if au_plus is None else _de_l_annee(*au_plus, baremes, projection),
    )


def _de_l_annee(
    situation: Situation, cia: Decimal, baremes: Baremes, projection: bool
) -> dict[str, Decimal]:
    annee = annee_type(situation, cia, baremes, projection=projection)
    return {code: annee.montant(code) for code in TOTAUX}


def _lignes_de_paie(ici: _Cote, la: _Cote) -> Iterator[LigneComparee]:
    for code, bloc in BLOCS.items():
        if code == "CIA":
            continue
        mois = Paire(ici.ligne(code), la.ligne(code))
        yield LigneComparee(
            code,
            CODES[code].libelle,
            bloc,
            Unite.EUROS_PAR_AN,
            mois,
            Paire(mois.origine.fois(MOIS_PAR_AN), mois.accueil.fois(MOIS_PAR_AN)),
            familiale=code in FAMILIALES,
        )


def _ligne_cia(origine: PosteCompare, accueil: PosteCompare) -> LigneComparee:
    return LigneComparee(
        "CIA",
        "CIA (annuel, sans droit acquis)",
        BLOCS["CIA"],
        Unite.EUROS_PAR_AN,
        None,
        Paire(origine.cia_reduit(), accueil.cia_reduit()),
    )


def _hors_bulletin(origine: PosteCompare, accueil: PosteCompare) -> Iterator[LigneComparee]:
    for code, avantage in AVANTAGES.items():
        yield LigneComparee(
            code,
            avantage.libelle,
            Bloc.HORS_BULLETIN,
            avantage.unite,
            None,
            Paire(origine.avantage(code), accueil.avantage(code)),
            personnelle=avantage.personnel,
        )


def _totaux(ici: _Cote, la: _Cote) -> Totaux:
    return Totaux(
        {code: Paire(ici.mois(code), la.mois(code)) for code in TOTAUX},
        {code: Paire(ici.an(code), la.an(code)) for code in TOTAUX},
    )


def _net_du_poste(ici: _Cote, la: _Cote, baremes: Baremes, projection: bool) -> Intervalle:
    """The net of this person's grade and family on the other poste, less her net of today."""
    garde = ici.poste.situation
    pareil = replace(
        la.poste,
        nbi=la.poste.nbi if garde.statut is Statut.TITULAIRE else 0,
        situation=replace(
            la.poste.situation,
            statut=garde.statut,
            cat=garde.cat,
            inm=garde.inm,
            tib=garde.tib,
            base=garde.base,
            enf=garde.enf,
            ind_csg=garde.ind_csg,
            tpp=garde.tpp,
        ),
    )
    net = "net_avant_PAS"
    return _cote(pareil, baremes, projection).mois(net) - ici.mois(net)
