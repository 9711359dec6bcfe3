"""From what was typed to the two postes that are compared."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from opportunites.paie.calculs.classement import (
    avec_sa_nbi,
    dans_la_grille,
    echelon_de_direction,
    indice_tape,
)
from opportunites.paie.calculs.saisie import SaisieAccueil, SaisieOrigine, SaisiePoste
from opportunites.remuneration.baremes import grilles
from opportunites.remuneration.baremes.grilles import Echelon
from opportunites.remuneration.baremes.lecture import Baremes
from opportunites.remuneration.bulletin.calcul import calculer
from opportunites.remuneration.bulletin.situation import Employeur, Fnal, Situation, Statut
from opportunites.remuneration.bulletin.temps_partiel import part_payee
from opportunites.remuneration.comparaison.poste import PosteCompare
from opportunites.remuneration.comparaison.voies import Carriere, Passage, effet, passer
from opportunites.remuneration.cout_employeur import fnal_selon_effectif
from opportunites.remuneration.intervalle import Intervalle
from opportunites.remuneration.montants import ZERO


def poste_d_origine(
    saisie: SaisieOrigine, nom: str, jour: date, baremes: Baremes, enfants: int = 0
) -> tuple[PosteCompare, Echelon | None]:
    """The present poste, checked: raises `SaisieRefusee` with the field at fault."""
    echelon = _echelon(saisie, jour, baremes)
    inm = echelon.inm if echelon else saisie.inm
    situation = Situation(
        jour,
        statut=Statut(saisie.statut),
        cat=saisie.categorie,
        inm=inm if saisie.tib is None else saisie.inm,
        tib=saisie.tib,
        zone=saisie.zone,
        enf=enfants,
        primes=saisie.primes or ZERO,
        quot=part_payee(Fraction(saisie.quotite, 100), jour, baremes),
    )
    poste = _poste(saisie, nom, situation, echelon)
    _eprouver(poste, baremes)
    return poste, echelon


def poste_d_accueil(
    saisie: SaisieAccueil,
    nom: str,
    origine: PosteCompare,
    echelon_origine: Echelon | None,
    baremes: Baremes,
) -> tuple[PosteCompare, Passage]:
    """The proposed one, by its voie, at the same date."""
    jour = origine.situation.date
    choisie = effet(saisie.voie)
    echelon: Echelon | None = None
    prudences: tuple[str, ...] = ()
    if choisie.carriere is Carriere.RECLASSEE:
        echelon = _echelon(saisie, jour, baremes)
    elif choisie.carriere is Carriere.FONCTIONNELLE and saisie.direction:
        echelon = echelon_de_direction(saisie, saisie.direction, jour, baremes)
        tapee = indice_tape(saisie, saisie.direction, echelon)
        saisie, prudences = avec_sa_nbi(saisie, saisie.direction, jour, baremes)
        prudences = (*tapee, *prudences)
    inm = saisie.inm
    if choisie.carriere is Carriere.RECLASSEE and echelon is None and inm is not None:
        echelon = _sans_grille(inm, jour)
    par_contrat = choisie.carriere is Carriere.CONTRAT
    passage = passer(
        saisie.voie,
        origine.situation,
        zone=saisie.zone,
        employeur=_employeur(saisie, nom),
        echelon_origine=echelon_origine,
        echelon_accueil=echelon,
        inm_emploi=inm,
        base_contrat=saisie.tib if par_contrat else None,
    )
    situation = replace(passage.situation, primes=saisie.primes or ZERO)
    poste = _poste(saisie, nom, situation, None, (*passage.prudences, *prudences))
    _eprouver(poste, baremes)
    return poste, passage


def _echelon(saisie: SaisiePoste, jour: date, baremes: Baremes) -> Echelon | None:
    """The line of the grid; an index typed beside it must be its own."""
    if not saisie.grade or saisie.tib is not None:
        return None
    if not saisie.echelon and saisie.inm is not None:
        return None
    return dans_la_grille(saisie, grilles.echelons(baremes, saisie.grade, jour), saisie.grade)


def _sans_grille(inm: int, jour: date) -> Echelon:
    """A host's grade that no file holds: its index is what the host says."""
    return Echelon(
        "", "Grade d’accueil", "indiqué", 0, "", inm, jour, "indice saisi par l’accueil", "V", ""
    )


def _employeur(saisie: SaisieAccueil, nom: str) -> Employeur:
    """A démarche of four large employers: 50 agents and more unless told otherwise."""
    return Employeur(
        nom,
        fnal=Fnal.GRAND if saisie.agents is None else fnal_selon_effectif(saisie.agents),
        vm=None if saisie.vm is None else saisie.vm / 100,
    )


def _poste(
    saisie: SaisiePoste,
    nom: str,
    situation: Situation,
    echelon: Echelon | None,
    prudences: tuple[str, ...] = (),
) -> PosteCompare:
    if echelon is not None and echelon.prudence:
        prudences = (*prudences, f"{echelon.intitule} : {echelon.prudence}")
    return PosteCompare(
        nom,
        situation,
        ifse=saisie.ifse,
        cia=saisie.cia,
        nbi=saisie.nbi if situation.statut is Statut.TITULAIRE else saisie.nbi or 0,
        prime_resp=_part(saisie.prime_resp),
        avantages={code: Intervalle.exact(v) for code, v in saisie.avantages.items()},
        prudences=prudences,
    )


def _part(pourcent: Decimal | None) -> Decimal | None:
    return None if pourcent is None else pourcent / 100


def _eprouver(poste: PosteCompare, baremes: Baremes) -> None:
    """Both ends can be paid: what is out of bounds is said now, beside its field."""
    poste.controler()
    calculer(poste.au_moins()[0], baremes, projection=True)
    if poste.ifse.haut is not None:
        calculer(poste.mois_au_plus(baremes), baremes, projection=True)
