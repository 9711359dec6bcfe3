"""How a background job drives a run: progress, cancel, time limit."""

import pytest

from opportunites.mouvement.comparaison.generateur import Taille, campagne
from opportunites.mouvement.donnees import CalculAnnule, Conduite
from opportunites.mouvement.solveur import resoudre

# Twice as many hosts accept: seconds of proof.
DUR = Taille(150, accueil=0.6)


def test_le_progres_avance_jusqu_a_la_fin():
    parts = []
    resoudre(campagne(Taille(40), 1), conduite=Conduite(progres=lambda _, p: parts.append(p)))
    assert parts == sorted(parts)
    assert (parts[0], parts[-1]) == (0.0, 1.0)


def test_arrete_a_temps_il_rend_ce_qu_il_a_avec_une_borne_prouvee():
    libre = resoudre(campagne(DUR, 3).sans_plafond())
    resultat = resoudre(campagne(DUR, 3), conduite=Conduite(limite=0.05))
    assert resultat.statut == "feasible"
    assert resultat.secondes < 5
    assert 0 < resultat.mouvements <= resultat.borne <= libre.mouvements
    assert resultat.instance.admissible(resultat.solution.choix)


def test_annule_pendant_la_recherche_il_s_arrete():
    """The cancel comes while HiGHS is at work, in a process of its own."""
    demandes = []

    def annuler():
        demandes.append(1)
        return len(demandes) > 6

    with pytest.raises(CalculAnnule):
        resoudre(campagne(DUR, 3), conduite=Conduite(limite=60, annuler=annuler))


def test_a_part_ou_ici_la_reponse_est_la_meme():
    probleme = campagne(Taille(60, vacance=0.15), 5)
    ici = resoudre(probleme)
    a_part = resoudre(probleme, conduite=Conduite(annuler=lambda: False))
    assert ici.affectation == a_part.affectation
    assert ici.empreinte == a_part.empreinte
    assert ici.versions["scipy"]
