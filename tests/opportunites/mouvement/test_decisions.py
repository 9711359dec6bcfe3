"""Answers: accepted, refused, withdrawn, proposed; and the repair that follows."""

from dataclasses import replace

from opportunites.mouvement.donnees import Decision
from opportunites.mouvement.solveur import resoudre
from tests.opportunites.mouvement.campagnes import campagne

# d1 is vacant. A opens a chain of three; Z alone would take d1 and stop there.
CHAINE = {"Z": ("z1", "d1"), "A": ("a1", "d1"), "B": ("b1", "a1"), "C": ("c1", "b1")}
POSTES = "a1 b1 c1 d1 z1"


def test_un_mouvement_accepte_est_fixe():
    resultat = resoudre(campagne(POSTES, CHAINE, decisions=[("Z", "d1", "accepted")]))
    assert resultat.affectation == {"Z": "d1"}


def test_un_refus_ecarte_le_couple_et_le_reste_est_refait():
    probleme = campagne(POSTES, CHAINE)
    assert resoudre(probleme).affectation == {"A": "d1", "B": "a1", "C": "b1"}
    apres = resoudre(probleme.avec_decisions(Decision("B", "a1", "refused")))
    assert apres.affectation == {"Z": "d1"}


def test_qui_se_retire_reste():
    resultat = resoudre(campagne(POSTES, CHAINE, decisions=[("A", None, "withdrawn")]))
    assert resultat.affectation == {"Z": "d1"}


def test_en_preparation_le_plus_de_mouvements_d_abord_puis_les_propositions_sont_gardees():
    probleme = campagne(POSTES, CHAINE, decisions=[("Z", "d1", "proposed")])
    ebauche = resoudre(probleme)
    assert (ebauche.mouvements, ebauche.gardes) == (3, 0)
    reparation = resoudre(probleme, "kept_first")
    assert (reparation.mouvements, reparation.gardes) == (1, 1)
    assert next(iter(reparation.vecteur)) == "propositions gardées"


def test_a_mouvements_egaux_ce_qui_est_propose_est_garde_malgre_le_tirage():
    cadres = {"A": ("a1", "d1"), "B": ("b1", "d1")}
    libre = resoudre(campagne("a1 b1 d1", cadres))
    garde = resoudre(campagne("a1 b1 d1", cadres, decisions=[("B", "d1", "proposed")]))
    assert (libre.affectation, garde.affectation) == ({"A": "d1"}, {"B": "d1"})


def test_deux_acceptes_pour_un_poste_l_un_tombe_et_c_est_dit():
    acceptes = [("Z", "d1", "accepted"), ("A", "d1", "accepted"), ("B", "a1", "accepted")]
    resultat = resoudre(campagne(POSTES, CHAINE, decisions=acceptes))
    assert resultat.statut == "infeasible"
    assert resultat.tombes == [("Z", "d1")]  # A and B hold together
    repare = resoudre(resultat.instance.probleme.sans_acceptes(resultat.tombes))
    assert repare.affectation == {"A": "d1", "B": "a1", "C": "b1"}


def test_accepte_puis_refuse_tombe():
    decisions = [("A", "d1", "accepted"), ("A", "d1", "refused")]
    resultat = resoudre(campagne(POSTES, CHAINE, decisions=decisions))
    assert (resultat.statut, resultat.tombes) == ("infeasible", [("A", "d1")])


def test_un_accepte_qu_un_plafond_ne_permet_plus_tombe():
    boucle = {"A": ("a1", "b1"), "B": ("b1", "c1"), "C": ("c1", "a1")}
    acceptes = [("A", "b1", "accepted")]
    court = resoudre(campagne("a1 b1 c1", boucle, decisions=acceptes, max_cycle=2))
    assert (court.statut, court.tombes) == ("infeasible", [("A", "b1")])
    assert resoudre(campagne("a1 b1 c1", boucle, decisions=acceptes)).mouvements == 3


def test_un_poste_critique_que_rien_ne_pourvoit_est_nomme():
    probleme = campagne("a1 b1", {"A": ("a1", "")})
    [premier, second] = probleme.postes
    critique = replace(probleme, postes=(premier, replace(second, minimum=1)))
    resultat = resoudre(critique)
    assert resultat.statut == "infeasible"
    assert "b1" in resultat.raisons[0]
