"""The five readers attack what is printed; none of them finds a small number.

An outsider and a reader of several documents know all that is printed of a day; each employer knows
besides its own people and those who came to it; a reader of two days knows both. Only the draw of the
démarche stands before a reader of the code.
"""

from __future__ import annotations

import random
import time

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, milp

from pilotage.indicateurs.secret import publier_table
from tests.pilotage.indicateurs.protection.attaquant import EMPLOYEURS, Attaquant
from tests.pilotage.indicateurs.protection.demarches import (
    Personne,
    avancer,
    imprimer,
    peupler,
    repartir,
    verite,
)

SEUIL = 5
LECTEURS = (None, *range(EMPLOYEURS))


def deux_jours(graine: int, mobilites: int, suite: int):
    hasard = random.Random(graine)
    gens = peupler(hasard, mobilites)
    return [gens, avancer(hasard, gens, suite)] if suite else [gens]


@pytest.mark.lent
@pytest.mark.parametrize(
    ("mobilites", "suite"), [(3, 2), (18, 0), (18, 1), (18, 9), (40, 1), (40, 15)]
)
def test_no_reader_finds_a_small_number(mobilites, suite):
    for graine in range(2):
        jours = deux_jours(graine, mobilites, suite)
        imprimes, verites = imprimer(jours), [verite(gens) for gens in jours]
        for lecteur in LECTEURS:
            attaquant = Attaquant(verites, imprimes, lecteur)
            assert attaquant.trouvees(SEUIL) == [], (graine, lecteur)
            if lecteur is None:
                assert attaquant.sous_le_seuil(SEUIL) == [], graine


@pytest.mark.lent
@pytest.mark.parametrize(("mobilites", "suite"), [(3, 0), (18, 6), (40, 9)])
def test_nor_with_what_is_told_of_each_promotion(mobilites, suite):
    hasard = random.Random(mobilites)
    premier = repartir(hasard, peupler(hasard, mobilites), 2)
    jours = [premier, avancer(hasard, premier, suite)] if suite else [premier]
    imprimes, verites = imprimer(jours, promotions=2), [verite(gens, 2) for gens in jours]
    assert any(cle[0] == "promotion" for cle in imprimes[0])
    for lecteur in LECTEURS:
        attaquant = Attaquant(verites, imprimes, lecteur)
        assert attaquant.trouvees(SEUIL) == [], lecteur
        if lecteur is None:
            assert attaquant.sous_le_seuil(SEUIL) == []


def test_what_nearly_all_of_a_promotion_reached_is_not_told_of_it():
    """Who is in it is known by name: « 20 of 20 received a proposition » says it of each."""
    gens = [Personne(o, s, 4, promotion=0) for o in range(4) for s in (0, 1) for _ in range(5)]
    autres = [Personne(o, s, 3, promotion=1) for o in range(4) for s in (0, 1) for _ in range(5)]
    autres += [Personne(o, s, 4, promotion=1) for o in range(4) for s in (0, 1) for _ in range(5)]
    dites = imprimer([[*gens, *autres]], promotions=2)[0]
    assert ("promotion", 3, 0) in dites
    assert not {("promotion", 4, 0), ("promotion", 4, 1)} & set(dites)


def test_the_attacker_is_a_good_one():
    """All printed, it finds: the engine is not held by an attacker who finds nothing."""
    gens = peupler(random.Random(1), 18)
    from pilotage.indicateurs.protection.moteur import figures, valeur
    from tests.pilotage.indicateurs.protection.demarches import releve

    tout = {cle: valeur(releve(gens), cle) for cle in figures(EMPLOYEURS)}
    assert len(Attaquant([verite(gens)], [tout], 0).trouvees(SEUIL)) > 5


# --- The matrix of 18 moves: 166 of 200 gave a cell to one of the four ----------------------------


def cellules_trouvees(cases, connues: dict, lecteur: int) -> list[tuple[int, int]]:
    """The small cells between others that this employer finds, from sums of cells that are known.

    `connues`: set of cells → what they sum to.
    """
    lieux = [(o, h) for o in range(4) for h in range(4) if o != h]
    rang = {lieu: i for i, lieu in enumerate(lieux)}
    egalites = dict(connues)
    egalites |= {frozenset([x]): cases[x[0]][x[1]] for x in lieux if lecteur in x}
    matrice = np.array([[1 if x in somme else 0 for x in lieux] for somme in egalites])
    droite = np.array(list(egalites.values()))
    contrainte = LinearConstraint(matrice, droite, droite)
    cherchees = [x for x in lieux if lecteur not in x and 0 < cases[x[0]][x[1]] < SEUIL]
    vues = {x: {cases[x[0]][x[1]]} for x in cherchees}
    for x in cherchees:
        for signe in (1, -1):
            if len(vues[x]) > 1:
                break
            objectif = np.zeros(len(lieux))
            objectif[rang[x]] = signe
            monde = milp(objectif, constraints=contrainte, integrality=np.ones(len(lieux))).x
            for y in cherchees:
                vues[y].add(round(monde[rang[y]]))
    return [x for x in cherchees if len(vues[x]) == 1]


def matrice_au_hasard(graine: int):
    gens = peupler(random.Random(graine), 18)
    return gens, verite(gens).mouvements.sum(axis=2).tolist()


def marges(imprime: dict) -> dict:
    """The printed figures of moves, as sums of cells."""
    tous = range(4)
    sommes = {}
    for (genre, a, b), n in imprime.items():
        if genre == "depart":
            sommes[frozenset((a, h) for h in tous if h != a)] = n
        elif genre == "arrivee":
            sommes[frozenset((o, a) for o in tous if o != a)] = n
        elif (genre, b) == ("echange", -1):
            sommes[frozenset((o, h) for o in tous for h in tous if o != h)] = n
    return sommes


def une_table_protegee_seule(cases) -> dict:
    """The inner cells with their margins, hidden from an outsider only: what was printed before."""
    table = publier_table(
        [[None if o == h else n for h, n in enumerate(ligne)] for o, ligne in enumerate(cases)],
        SEUIL,
    )
    dites = {
        frozenset([(o, h)]): n
        for o, ligne in enumerate(table.cases)
        for h, n in enumerate(ligne)
        if n is not None
    }
    for o, n in enumerate(table.lignes):
        if n is not None:
            dites[frozenset((o, h) for h in range(4) if h != o)] = n
    for h, n in enumerate(table.colonnes):
        if n is not None:
            dites[frozenset((o, h) for o in range(4) if o != h)] = n
    return dites


@pytest.mark.lent
def test_none_of_two_hundred_matrices_of_18_moves_gives_a_cell_to_one_of_the_four():
    avant = apres = 0
    for graine in range(200):
        gens, cases = matrice_au_hasard(graine)
        dites = marges(imprimer([gens])[0])
        apres += any(cellules_trouvees(cases, dites, lecteur) for lecteur in range(4))
        if graine < 20:
            ancienne = une_table_protegee_seule(cases)
            avant += any(cellules_trouvees(cases, ancienne, lecteur) for lecteur in range(4))
    assert avant >= 5, "the attack must be one that succeeds"
    assert apres == 0


# --- What it costs --------------------------------------------------------------------------------


def test_at_40_moves_most_margins_are_still_printed():
    parts = []
    for graine in range(20):
        imprime = imprimer([peupler(random.Random(graine), 40)])[0]
        parts.append(sum(cle[0] in ("depart", "arrivee") for cle in imprime) / 8)
        assert ("etape", 6, -1) in imprime
    assert sum(parts) / len(parts) >= 0.6


def test_at_18_moves_the_totals_are_told():
    for graine in range(10):
        imprime = imprimer([peupler(random.Random(graine), 18)])[0]
        assert {("etape", 0, -1), ("etape", 1, -1), ("etape", 6, -1)} <= set(imprime)


def test_a_note_is_protected_in_a_moment():
    """One arrêté makes the notes of four employers; the bound is generous for a busy machine."""
    gens = peupler(random.Random(3), 40)
    debut = time.process_time()
    for _ in range(3):
        imprimer([gens])
    assert (time.process_time() - debut) / 3 / EMPLOYEURS < 0.05
