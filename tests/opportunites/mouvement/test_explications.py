"""What makes a move possible, why a wish is not served, who is envied: in words."""

import pytest

from opportunites.mouvement.bilan import bilan
from opportunites.mouvement.donnees import Decision
from opportunites.mouvement.envie import rapport
from opportunites.mouvement.explications import Libelles, expliquer
from opportunites.mouvement.pourquoi_pas import issue, pourquoi_pas
from opportunites.mouvement.schema import valider
from opportunites.mouvement.solveur import resoudre
from tests.opportunites.mouvement.campagnes import campagne, instance

CHAINE = {"E": ("v2", "r1"), "A": ("r1", "v9")}


def test_une_phrase_dit_ce_qui_rend_le_mouvement_possible_et_ce_qu_il_libere():
    phrases = expliquer(resoudre(campagne("r1 v2 v9", CHAINE)))
    assert phrases["E"]["phrase"] == (
        "E → poste r1 : possible parce que A quitte r1 pour v9 ; libère v2, qui reste vacant"
    )
    assert phrases["A"]["phrase"] == (
        "A → poste v9 : possible parce que v9 est vacant ; libère r1, que prend E"
    )


def test_la_version_pour_un_cadre_ne_nomme_personne_d_autre():
    resultat = resoudre(valider(instance("03")))
    noms = {c.id: f"Personne-{c.id}" for c in resultat.instance.probleme.cadres}
    phrases = expliquer(resultat, Libelles(cadre=noms.__getitem__))
    assert len(phrases) == 3
    for explication in phrases.values():
        assert "Personne-" in explication["phrase"]
        assert "Personne-" not in explication["phrase_cadre"]
    assert phrases["A"]["phrase_cadre"].startswith(
        "Poste r1 : possible parce que le titulaire part"
    )


def test_chaque_composante_dit_sa_longueur_ses_collectivites_et_son_effet():
    reponse = resoudre(valider(instance("11"))).json({}, [])
    [chaine] = reponse["components"]
    assert (chaine["kind"], chaine["length"]) == ("chain", 4)
    assert [m["cadre"] for m in chaine["moves"]] == ["A", "C", "E", "F"]  # from the vacancy down
    assert chaine["balance"] == {"V": 1, "D": 0, "A": -1, "R": 0}


def test_l_envie_justifiee_est_dite_avec_sa_raison():
    [envie] = rapport(resoudre(valider(instance("11"))))
    assert (envie["cadre"], envie["poste"], envie["servi"], envie["ouvre"]) == ("B", "v9", "A", 3)
    assert envie["phrase"] == (
        "l’hôte de v9 préfère B à A ; A obtient ce poste parce que son départ ouvre 3 mouvements"
    )


def test_pourquoi_pas_dit_le_prix():
    reponse = pourquoi_pas(resoudre(valider(instance("11"))), "B", "v9")
    assert (reponse.code, reponse.mouvements) == ("possible", 3)
    assert reponse.phrase == "possible, mais 3 mouvements de moins"
    assert reponse.resultat.affectation["B"] == "v9"


def test_a_egalite_c_est_le_tirage_ou_ce_qui_vient_avant_lui():
    resultat = resoudre(valider(instance("05")))
    assert pourquoi_pas(resultat, "A", "d1").code == "egalite"
    resultat = resoudre(valider(instance("08")))
    assert pourquoi_pas(resultat, "A", "r1").phrase == (
        "possible à égalité : le tirage au sort a départagé"
    )


IMPOSSIBLES = [
    ("A", "c1", [], "non_demande"),
    ("B", "a1", [("B", "a1", "refused")], "refus"),
    ("B", "a1", [("B", None, "withdrawn")], "retrait"),
    ("B", "a1", [("A", "d1", "refused")], "titulaire_reste"),
    ("Z", "d1", [("A", "d1", "accepted")], "accepte"),
]


@pytest.mark.parametrize(("cadre", "poste", "decisions", "code"), IMPOSSIBLES)
def test_pourquoi_pas_dit_la_regle_ou_l_obstacle(cadre, poste, decisions, code):
    cadres = {"Z": ("z1", "d1"), "A": ("a1", "d1"), "B": ("b1", "a1"), "C": ("c1", "b1")}
    resultat = resoudre(campagne("a1 b1 c1 d1 z1", cadres, decisions=decisions))
    assert pourquoi_pas(resultat, cadre, poste).code == code


def test_l_equilibre_et_les_plafonds_sont_des_obstacles_nommes():
    echange = resoudre(campagne("a1 d1", {"A": ("a1", "d1")}, tolerance=0))
    assert pourquoi_pas(echange, "A", "d1").code == "equilibre"
    boucle = {"A": ("a1", "b1"), "B": ("b1", "c1"), "C": ("c1", "a1")}
    court = resoudre(campagne("a1 b1 c1", boucle, max_cycle=2))
    assert pourquoi_pas(court, "A", "b1").code == "plafonds"


def test_chaque_voeu_a_une_issue_sans_rien_recalculer():
    cadres = {"Z": ("z1", "d1"), "A": ("a1", "d1"), "B": ("b1", "z1 a1"), "C": ("c1", "a1")}
    resultat = resoudre(campagne("a1 b1 c1 d1 z1", cadres, max_chain=2))
    assert resultat.affectation == {"Z": "d1", "B": "z1"}
    assert issue(resultat, "Z", "d1") == "servi"
    assert issue(resultat, "A", "d1") == "attribue"
    assert issue(resultat, "B", "a1") == "mieux_servi"
    assert issue(resultat, "C", "a1") == "titulaire_reste"
    tenu = resoudre(campagne("a1 d1", {"A": ("a1", "d1")}, tolerance=0))
    assert issue(tenu, "A", "d1") == "equilibre"
    refuse = resoudre(resultat.instance.probleme.avec_decisions(Decision("C", "a1", "refused")))
    assert issue(refuse, "C", "a1") == "refus"


def test_le_bilan_se_lit():
    texte = bilan(resoudre(valider(instance("11"))))
    assert texte.startswith("4 mouvements : le maximum possible.\n")
    assert "1. Chaîne de 4 mouvements" in texte
    assert "Ville +1" in texte
    assert "Agglomération −1" in texte
