"""The scenario « at least 85 % of the moves, least envy », against an enumeration."""

import itertools
import math

import pytest

from opportunites.mouvement.comparaison.generateur import Taille, campagne
from opportunites.mouvement.donnees import Conduite
from opportunites.mouvement.envie import envies
from opportunites.mouvement.moindre_envie import moindre_envie
from opportunites.mouvement.schema import valider
from opportunites.mouvement.solveur import resoudre
from tests.opportunites.mouvement import force_brute
from tests.opportunites.mouvement.hasard import cas_au_hasard


def _envies(cas, affectation):
    nombre = 0
    for cadre in cas["cadres"]:
        obtenu = {p: r for r, p in force_brute.options(cas, cadre)}
        rang = obtenu.get(affectation.get(cadre["id"]), math.inf)
        for rang_voulu, poste in force_brute.options(cas, cadre):
            avis = {}
            for a in cas["host"][poste]:
                avis[a["cadre"]] = min(a["rank"], avis.get(a["cadre"], a["rank"]))
            nombre += sum(
                rang_voulu < rang and p == poste and avis[autre] > avis[cadre["id"]]
                for autre, p in affectation.items()
            )
    return nombre


def _minimum(cas, mouvements, boucle, chaine):
    """(least envy, most moves with it) among what keeps enough moves."""
    choix = [[p for _, p in force_brute.options(cas, c)] + [None] for c in cas["cadres"]]
    valeurs = []
    for combinaison in itertools.product(*choix):
        affectation = {c["id"]: p for c, p in zip(cas["cadres"], combinaison, strict=True) if p}
        if (
            len(affectation) >= mouvements
            and force_brute._possible(cas, affectation)
            and force_brute._dans_les_plafonds(cas, affectation, boucle, chaine)
        ):
            valeurs.append((_envies(cas, affectation), -len(affectation)))
    return min(valeurs)


@pytest.mark.parametrize("plafonds", [False, True])
def test_l_envie_est_la_moindre_possible(plafonds):
    vus = 0
    for graine in range(500, 620):
        cas = cas_au_hasard(graine, cadres=6)
        cas["decisions"] = []
        probleme = valider(cas) if plafonds else valider(cas).sans_plafond()
        resultat = resoudre(probleme)
        if resultat.mouvements < 2:
            continue
        scenario = moindre_envie(resultat)
        reglages = probleme.reglages
        mini = _minimum(
            cas, math.ceil(0.85 * resultat.mouvements), reglages.boucle_max, reglages.chaine_max
        )
        assert scenario.statut == "optimal"
        assert (len(envies(scenario)), -scenario.mouvements) == mini
        vus += len(envies(resultat)) > 0
    assert vus > 3


def test_l_envie_se_paie_de_mouvements_et_pas_plus_que_promis():
    resultat = resoudre(campagne(Taille(30, vacance=0.15), 3))
    scenario = moindre_envie(resultat, conduite=Conduite(limite=30))
    assert len(envies(scenario)) < len(envies(resultat))
    assert 0.85 * resultat.mouvements <= scenario.mouvements <= resultat.mouvements
