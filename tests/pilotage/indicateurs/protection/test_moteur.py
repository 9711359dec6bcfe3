"""What the engine prints and hides, on cases that one follows by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pilotage.indicateurs.protection.moteur import (
    EFFECTIVES,
    ENGAGEES,
    Jour,
    Moteur,
    valeur,
)
from pilotage.indicateurs.protection.releve import Releve, aligner
from pilotage.indicateurs.protection.vue import ECHANGES

SEUIL = 5
RIEN = ((0,) * 4,) * 4
GROS = (100, 100, 100, 100)


def releve(departs=None, **champs) -> Releve:
    """Four employers of a hundred people each; all went to the last step, half of them women."""
    mouvements = departs or RIEN
    femmes = tuple(tuple(n // 2 for n in ligne) for ligne in mouvements)
    partis = tuple(sum(ligne) for ligne in mouvements)
    partis_femmes = tuple(sum(ligne) for ligne in femmes)
    etapes = (*(GROS,) * 6, partis)
    moitie = (*((50,) * 4,) * 6, partis_femmes)
    return replace(
        Releve(
            employeurs=("ville", "agglomeration", "departement", "region"),
            etapes=etapes,
            femmes=moitie,
            hommes=tuple(
                tuple(a - b for a, b in zip(tous, f, strict=True))
                for tous, f in zip(etapes, moitie, strict=True)
            ),
            mouvements=mouvements,
            mouvements_femmes=femmes,
            mouvements_hommes=tuple(
                tuple(a - b for a, b in zip(tous, f, strict=True))
                for tous, f in zip(mouvements, femmes, strict=True)
            ),
            engagees=400 - sum(partis),
        ),
        **champs,
    )


def dire(r: Releve, passes=(), secret=b"secret", seuil=SEUIL):
    return Moteur(r, list(passes), seuil, secret).imprimables()


GRANDE = ((0, 40, 40, 40), (40, 0, 40, 40), (40, 40, 0, 40), (40, 40, 40, 0))
#: Zero, zero, one and five who leave.
ZERO_ZERO_UN_CINQ = ((0, 0, 0, 0), (0, 0, 0, 0), (0, 1, 0, 0), (2, 2, 1, 0))


def test_large_numbers_are_all_told():
    dites = dire(releve(GRANDE))
    assert {("depart", o, -1) for o in range(4)} <= dites
    assert {("arrivee", h, -1) for h in range(4)} <= dites
    assert {EFFECTIVES, ECHANGES, ENGAGEES} <= dites


def test_zero_zero_one_five_leaves_the_one_in_doubt():
    """« n.c., 0, n.c., 5, total 6 » is printed of one table alone."""
    dites = dire(releve(ZERO_ZERO_UN_CINQ))
    departs = [(n, ("depart", o, -1) in dites) for o, n in enumerate((0, 0, 1, 5))]
    caches = sum(n for n, dit in departs if not dit)
    assert (1, False) in departs
    assert EFFECTIVES not in dites or caches >= SEUIL


def test_no_small_number_is_told():
    for r in (releve(ZERO_ZERO_UN_CINQ), releve(GRANDE)):
        for cle in dire(r):
            assert not 0 < valeur(r, cle) < SEUIL, cle


def test_who_hides_with_a_small_one_depends_on_the_secret_of_the_demarche():
    """Four employers alike but one: the code does not tell which of the three others is hidden."""
    departs = tuple(
        tuple(0 if o == h else (1 if o == 0 else 20) for h in range(4)) for o in range(4)
    )
    choix = {
        frozenset(("depart", o, -1) for o in range(1, 4)) - dire(releve(departs), secret=bytes([s]))
        for s in range(20)
    }
    assert len(choix) > 1
    assert all(choix)


def test_the_same_secret_hides_the_same():
    assert dire(releve(ZERO_ZERO_UN_CINQ)) == dire(releve(ZERO_ZERO_UN_CINQ))


def test_one_move_more_is_not_told_by_a_second_publication():
    avant = releve(GRANDE)
    premier = Jour(avant, dire(avant))
    une_de_plus = tuple(
        tuple(n + (1 if (o, h) == (0, 1) else 0) for h, n in enumerate(ligne))
        for o, ligne in enumerate(GRANDE)
    )
    dites = dire(releve(une_de_plus), [premier])
    assert dites & {EFFECTIVES, ECHANGES, ("depart", 0, -1), ("arrivee", 1, -1)} == set()


def test_many_moves_more_are_told_by_a_second_publication():
    avant = releve(GRANDE)
    premier = Jour(avant, dire(avant))
    apres = tuple(tuple(n and n + 20 for n in ligne) for ligne in GRANDE)
    dites = dire(releve(apres), [premier])
    assert {EFFECTIVES, ("depart", 0, -1), ("arrivee", 1, -1)} <= dites


def test_a_threshold_of_one_hides_nothing():
    assert EFFECTIVES in dire(releve(ZERO_ZERO_UN_CINQ), seuil=1)


@pytest.mark.parametrize("nombre", [1, 2])
def test_a_demarche_of_one_or_two_employers_is_protected_too(nombre):
    employeurs = ("ville", "region")[:nombre]
    r = aligner(releve(GRANDE), employeurs)
    dites = dire(r)
    assert all(not 0 < valeur(r, cle) < SEUIL for cle in dites)


def test_open_files_that_are_not_those_who_accepted_are_not_told():
    r = releve(GRANDE)
    assert ENGAGEES not in dire(replace(r, engagees=r.engagees + 1))


def test_a_share_of_women_is_not_told_when_an_employer_is_left_with_one_sex():
    """Region and Ville moved women alone: the Département, its own away, would know who they are."""
    mouvements = ((0, 0, 0, 6), (0, 0, 6, 0), (0, 6, 0, 0), (6, 0, 0, 0))
    femmes = ((0, 0, 0, 6), (0, 0, 0, 0), (0, 0, 0, 0), (6, 0, 0, 0))
    hommes = ((0, 0, 0, 0), (0, 0, 6, 0), (0, 6, 0, 0), (0, 0, 0, 0))
    r = releve(mouvements, mouvements_femmes=femmes, mouvements_hommes=hommes)
    assert ("sexe", 6, 0) not in dire(r)


def test_counts_follow_the_employers_when_their_order_changes():
    r = releve(ZERO_ZERO_UN_CINQ)
    autre = aligner(r, ("region", "ville", "agglomeration", "departement"))
    assert valeur(autre, ("depart", 0, -1)) == 5
    assert valeur(autre, ("arrivee", 1, -1)) == valeur(r, ("arrivee", 0, -1))
    assert aligner(r, ("ville", "region", "nouveau")).etapes[0] == (100, 100, 0)
