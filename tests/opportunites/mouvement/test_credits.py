"""Memory from one campaign to the next."""

from dataclasses import replace

import pytest

from opportunites.mouvement.calcul.ecarts import ecarts
from opportunites.mouvement.calcul.objectif import PLUS_GRAND_ECART, SOMME, niveaux
from opportunites.mouvement.calcul.reseau import construire
from opportunites.mouvement.calcul.sans_plafond import Resolution
from opportunites.mouvement.comparaison.generateur import Taille, campagne
from opportunites.mouvement.donnees import Conduite
from opportunites.mouvement.normalisation import normaliser
from opportunites.mouvement.solveur import resoudre
from tests.opportunites.mouvement.campagnes import campagne as petite

TOLERANCE = 2


def _avec_credits(probleme, cumuls):
    collectivites = tuple(replace(c, credit=cumuls[c.id]) for c in probleme.collectivites)
    return replace(probleme, collectivites=collectivites)


@pytest.mark.parametrize("plafonds", [False, True])
def test_trois_campagnes_de_suite_le_cumul_reste_dans_la_tolerance(plafonds):
    cumuls = dict.fromkeys("VADR", 0)
    for annee in range(3):
        probleme = campagne(Taille(40, vacance=0.15, tolerance=TOLERANCE), 100 + annee)
        probleme = _avec_credits(probleme if plafonds else probleme.sans_plafond(), cumuls)
        resultat = resoudre(probleme)
        assert resultat.statut == "optimal"
        assert resultat.critere == (PLUS_GRAND_ECART if any(cumuls.values()) else SOMME)
        assert resultat.ecarts_avant == {c: abs(n) for c, n in cumuls.items()}
        cumuls = {c: n + resultat.soldes[c] for c, n in cumuls.items()}
        assert resultat.ecarts_apres == {c: abs(n) for c, n in cumuls.items()}
        assert max(map(abs, cumuls.values())) <= TOLERANCE
    assert any(cumuls.values())


def test_le_plus_grand_ecart_d_abord_et_non_leur_somme():
    """N comes from outside and may fill one of two places, at the collectivité that has lost two or
    at the one that has lost none: the sums differ by nothing, the largest deviation decides."""
    probleme = petite("a1 d1", {"N": (None, "a1 d1")})
    [cadre] = probleme.cadres
    egaux = replace(probleme, cadres=(replace(cadre, voeux=(("a1", 1), ("d1", 1))),))
    assert resoudre(egaux).affectation == {"N": "a1"}
    resultat = resoudre(_avec_credits(egaux, {"a": 0, "d": -2}))
    assert resultat.affectation == {"N": "d1"}
    assert resultat.vecteur[PLUS_GRAND_ECART] == [1, 0]


# Four who exchange inside z: with rings of three at most, the capped engine has to answer.
QUATRE = {
    "W": ("z1", "z2"),
    "X": ("z2", "z3"),
    "Y": ("z3", "z4"),
    "Z": ("z4", "z1"),
}


@pytest.mark.parametrize("boucle", [3, 4])
@pytest.mark.parametrize("charge", "ad")
def test_a_somme_egale_deux_petits_ecarts_valent_mieux_qu_un_grand(boucle, charge):
    """Three from outside, three places at a and three at d, of which one has already gained two:
    wherever they go the deviations sum to five; (3, 2) is the best way, and (5, 0) the worst."""
    places = "a1 a2 a3 d1 d2 d3"
    dehors = dict.fromkeys(("N1", "N2", "N3"), (None, places))
    probleme = petite(f"{places} z1 z2 z3 z4", dehors | QUATRE, max_cycle=boucle, max_chain=5)
    probleme = replace(
        probleme,
        cadres=tuple(replace(c, voeux=tuple((p, 1) for p, _ in c.voeux)) for c in probleme.cadres),
        avis={p: dict.fromkeys(avis, 1) for p, avis in probleme.avis.items()},
    )
    resultat = resoudre(_avec_credits(probleme, {"a": 0, "d": 0, "z": 0, charge: 2}))
    assert resultat.mouvements == 3 + (4 if boucle == 4 else 0)
    assert resultat.vecteur[PLUS_GRAND_ECART] == [3, 2, 0]


def test_sans_credit_le_critere_est_la_somme():
    resultat = resoudre(campagne(Taille(40), 1))
    assert resultat.critere == SOMME
    assert resultat.vecteur[SOMME] == resultat.desequilibre


@pytest.mark.parametrize("graine", range(6))
def test_sans_arrivee_de_l_exterieur_les_deux_criteres_s_accordent(graine):
    """Balances of the optima of a network form an M-convex set: the vector that is least by its
    largest deviations is also least by their sum (see `calcul.ecarts`)."""
    probleme = campagne(Taille(80, vacance=0.15), graine).sans_plafond()
    cumuls = {"V": 1, "A": 0, "D": -1, "R": 0}
    resultat = resoudre(_avec_credits(probleme, cumuls))
    somme = _somme_minimale(_avec_credits(probleme, cumuls))
    assert sum(resultat.ecarts_apres.values()) == somme


def _somme_minimale(probleme):
    instance = normaliser(probleme)
    reseau = construire(instance)
    resolution = Resolution(reseau, Conduite())
    tous = [(reseau.couts(n.gains), n.etendue) for n in niveaux(instance, "moves_first")]
    assert resolution.groupes([*tous, (reseau.ecart, 2 * len(instance.cadres))])
    return sum(ecarts(instance, reseau.choix(resolution.flot, instance)))
