"""What the solver is compared with behaves as its name says."""

import numpy as np
import pytest

from opportunites.mouvement.comparaison.generateur import Taille, campagne
from opportunites.mouvement.comparaison.references import (
    REFERENCES,
    acceptation_differee,
    cycles_d_echange,
    deux_phases,
    deux_phases_fortes,
    premier_arrive,
    un_par_un,
)
from opportunites.mouvement.normalisation import normaliser
from opportunites.mouvement.schema import valider
from opportunites.mouvement.solveur import resoudre
from tests.opportunites.mouvement.campagnes import campagne as petite
from tests.opportunites.mouvement.campagnes import instance


def _affectation(instance, choix):
    return {
        instance.cadres[i]: instance.postes[instance.v_poste[w]]
        for i, w in enumerate(choix)
        if w >= 0
    }


def test_le_premier_arrive_bloque_la_chaine():
    cas = normaliser(valider(instance("11")))
    assert _affectation(cas, premier_arrive(cas)) == {"B": "v9"}
    # v2, freed by B, is offered again: its host accepts nobody.
    assert _affectation(cas, un_par_un(cas)) == {"B": "v9"}


def test_un_par_un_repropose_les_postes_liberes_mais_ne_voit_aucun_echange():
    cas = normaliser(petite("a1 b1 c1 d1", {"B": ("b1", "a1"), "A": ("a1", "d1")}))
    assert _affectation(cas, premier_arrive(cas)) == {"A": "d1"}
    assert _affectation(cas, un_par_un(cas)) == {"A": "d1", "B": "a1"}
    echange = normaliser(petite("a1 b1", {"A": ("a1", "b1"), "B": ("b1", "a1")}))
    assert _affectation(echange, un_par_un(echange)) == {}
    for methode in (cycles_d_echange, deux_phases, deux_phases_fortes):
        assert _affectation(echange, methode(echange)) == {"A": "b1", "B": "a1"}


def test_l_acceptation_differee_ne_fait_pas_d_envieux():
    """Stable: whoever prefers a poste finds it filled by people its host likes at least as much."""
    for graine in range(8):
        cas = normaliser(campagne(Taille(60, vacance=0.15), graine))
        choix = acceptation_differee(cas)
        assert cas.admissible(choix)
        rang = np.where(choix >= 0, cas.v_rang[choix], 99)
        prises = np.bincount(cas.v_poste[choix[choix >= 0]], minlength=len(cas.postes))
        restent = (choix < 0) & (cas.origine >= 0)
        restent = np.bincount(cas.origine[restent], minlength=len(cas.postes))
        for w in np.flatnonzero(cas.v_rang < rang[cas.v_cadre]):
            poste = cas.v_poste[w]
            assert prises[poste] + restent[poste] == cas.places[poste]
            la = [a for a in choix[choix >= 0] if cas.v_poste[a] == poste]
            assert all(cas.v_hote[a] <= cas.v_hote[w] for a in la)


@pytest.mark.parametrize("nom", REFERENCES)
def test_aucune_ne_sert_plus_que_l_optimum_ni_ne_brise_de_regle(nom):
    for graine in range(8):
        probleme = campagne(Taille(60, vacance=0.15), graine).sans_plafond()
        resultat = resoudre(probleme)
        choix = REFERENCES[nom](resultat.instance)
        assert resultat.instance.admissible(choix)
        assert (choix >= 0).sum() <= resultat.mouvements


def test_deux_phases_fortes_gardent_ce_que_la_premiere_a_servi():
    cas = normaliser(campagne(Taille(60, vacance=0.15), 2))
    premiere, fortes = un_par_un(cas), deux_phases_fortes(cas)
    servis = premiere >= 0
    assert (fortes[servis] == premiere[servis]).all()
    assert (fortes >= 0).sum() > servis.sum()
