"""What must hold on any campaign."""

import copy
import random

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from opportunites.mouvement.comparaison.generateur import Taille, campagne
from opportunites.mouvement.normalisation import rangs_voulus
from opportunites.mouvement.schema import valider
from opportunites.mouvement.solveur import resoudre
from tests.opportunites.mouvement.hasard import cas_au_hasard

graines = st.integers(0, 10**6)
CAS = settings(max_examples=25)


def _sans_decision(graine):
    """Accepted moves aside, so that changing one thing does not make the case impossible."""
    cas = cas_au_hasard(graine, cadres=12)
    cas["decisions"] = []
    for poste in cas["postes"]:
        poste.pop("min_fill", None)
    cas["config"]["count_exits"] = False
    return cas


def _mouvements(cas, plafonds):
    probleme = valider(cas)
    return resoudre(probleme if plafonds else probleme.sans_plafond()).mouvements


def _melange(cas, graine):
    autre, h = copy.deepcopy(cas), random.Random(graine)
    for liste in (autre["collectivites"], autre["postes"], autre["cadres"], autre["decisions"]):
        h.shuffle(liste)
    for cadre in autre["cadres"]:
        h.shuffle(cadre["wishes"])
    hotes = list(autre["host"].items())
    h.shuffle(hotes)
    for _, avis in hotes:
        h.shuffle(avis)
    autre["host"] = dict(hotes)
    return autre


@pytest.mark.parametrize("plafonds", [False, True])
@given(graines)
@CAS
def test_l_ordre_du_fichier_ne_change_ni_la_reponse_ni_son_empreinte(plafonds, graine):
    cas = cas_au_hasard(graine, cadres=12)
    problemes = [valider(cas), valider(_melange(cas, graine))]
    a, b = [resoudre(p if plafonds else p.sans_plafond()) for p in problemes]
    assert a.empreinte == b.empreinte
    assert (a.statut, a.affectation, a.tombes) == (b.statut, b.affectation, b.tombes)


@pytest.mark.parametrize("plafonds", [False, True])
@given(graines)
@CAS
def test_plus_de_tolerance_ou_un_avis_de_plus_n_enleve_aucun_mouvement(plafonds, graine):
    cas = _sans_decision(graine)
    avant = _mouvements(cas, plafonds)
    large = copy.deepcopy(cas)
    for c in large["collectivites"]:
        if "balance_min" in c:
            c["balance_min"] -= 1
            c["balance_max"] += 1
    assert _mouvements(large, plafonds) >= avant
    accueillant, h = copy.deepcopy(cas), random.Random(graine)
    cadre, poste = h.choice(cas["cadres"])["id"], h.choice(cas["postes"])["id"]
    accueillant["host"][poste].append({"cadre": cadre, "rank": 1})
    assert _mouvements(accueillant, plafonds) >= avant


@pytest.mark.parametrize("plafonds", [False, True])
@given(graines)
@CAS
def test_un_voeu_de_plus_n_en_enleve_aucun_et_un_refus_n_en_ajoute_pas(plafonds, graine):
    cas = _sans_decision(graine)
    avant = _mouvements(cas, plafonds)
    h = random.Random(graine)
    demandeur, poste = h.choice(cas["cadres"]), h.choice(cas["postes"])["id"]
    refus = copy.deepcopy(cas)
    refus["decisions"] = [{"cadre": demandeur["id"], "poste": poste, "status": "refused"}]
    assert _mouvements(refus, plafonds) <= avant
    if poste != demandeur["poste"]:  # one's own poste would be a cut-off
        demandeur["wishes"].append({"poste": poste, "rank": 9})
        assert _mouvements(cas, plafonds) >= avant


@pytest.mark.parametrize("plafonds", [False, True])
@given(graines)
@CAS
def test_personne_ne_bouge_sans_mieux_et_les_soldes_se_compensent(plafonds, graine):
    probleme = valider(_sans_decision(graine))
    resultat = resoudre(probleme if plafonds else probleme.sans_plafond())
    cadres = {c.id: c for c in probleme.cadres}
    for cadre, poste in resultat.affectation.items():
        assert poste in rangs_voulus(cadres[cadre])
        assert cadre in probleme.avis[poste]
    dehors = [c for c in resultat.affectation if not (cadres[c].poste or cadres[c].employeur)]
    assert sum(resultat.soldes.values()) == len(dehors)


@given(graines)
@CAS
def test_les_plafonds_ne_font_jamais_mieux_que_leur_absence(graine):
    cas = _sans_decision(graine)
    assert _mouvements(cas, plafonds=True) <= _mouvements(cas, plafonds=False)


@pytest.mark.parametrize("tolerance", [None, 0, 3])
def test_un_grand_mouvement_sans_plafond_porte_la_preuve_de_son_optimum(tolerance):
    probleme = campagne(Taille(3_000, tolerance=tolerance), 7).sans_plafond()
    resultat = resoudre(probleme)
    assert resultat.certificat.verifie()
    assert resultat.instance.admissible(resultat.solution.choix)
    assert resultat.mouvements > 1_000


def test_la_preuve_ne_vaut_pas_pour_une_autre_solution():
    certificat = resoudre(campagne(Taille(60), 1).sans_plafond()).certificat
    [flot, *_] = certificat.flots
    assert certificat.verifie()
    flot[flot.argmax()] -= 1
    assert not certificat.verifie()
