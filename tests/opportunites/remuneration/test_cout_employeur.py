"""The cost of a poste rises by three points of traitement a year, and says what it does not know."""

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest

from opportunites.remuneration.bulletin.situation import Employeur, Fnal
from opportunites.remuneration.cout_employeur import (
    couts,
    doit_le_versement_mobilite,
    fnal_selon_effectif,
)
from tests.opportunites.remuneration.aide import BAREMES, avec, contractuel, euros, exact, poste


def test_la_trajectoire_de_la_cnracl_fait_seule_la_hausse():
    trois = couts(poste(), baremes=BAREMES)
    assert [c.annee for c in trois] == [2026, 2027, 2028]
    assert [c.taux_cnracl for c in trois] == [euros("0.3765"), euros("0.4065"), euros("0.4365")]
    hausses = {apres.cout.bas - avant.cout.bas for avant, apres in pairwise(trois)}
    assert hausses == {12 * euros("76.50")}


def test_l_annee_est_douze_bulletins_et_le_cia():
    premiere = couts(poste(cia="0"), [2026], BAREMES)[0]
    assert premiere.cout.est_exact
    charges = sum(ligne.an.bas for ligne in premiere.charges)
    assert premiere.brut.bas + charges == premiere.cout.bas == 12 * euros("4645.08")
    assert couts(poste(cia="1200"), [2026], BAREMES)[0].brut == exact(premiere.brut.bas + 1200)


def test_un_versement_mobilite_inconnu_laisse_le_cout_sans_borne():
    tu = poste(employeur=Employeur())
    annee = couts(tu, [2026], BAREMES)[0]
    assert annee.cout.haut is None
    assert annee.cout.bas == couts(poste(), [2026], BAREMES)[0].cout.bas
    assert {ligne.code: str(ligne.an) for ligne in annee.charges}["VM_P"] == "inconnu"
    assert any("Versement mobilité" in p for p in annee.prudences)


def test_le_versement_mobilite_compte_sur_le_traitement():
    avec_vm = couts(poste(employeur=Employeur(vm=euros("0.018"))), [2026], BAREMES)[0]
    sans = couts(poste(), [2026], BAREMES)[0]
    assert avec_vm.cout.bas - sans.cout.bas == 12 * euros("45.90")


@pytest.mark.parametrize(("agents", "fnal"), [(49, Fnal.PETIT), (50, Fnal.GRAND)])
def test_le_fnal_change_a_cinquante_agents(agents, fnal):
    assert fnal_selon_effectif(agents) is fnal


@pytest.mark.parametrize(("agents", "du"), [(10, False), (11, True)])
def test_le_versement_mobilite_commence_a_onze_agents(agents, du):
    assert doit_le_versement_mobilite(agents) is du


def test_le_cout_d_un_contractuel_reconduit_le_plafond_et_le_dit():
    poste_contractuel = avec(poste(), situation=contractuel(tib="6000"))
    trois = couts(poste_contractuel, baremes=BAREMES)
    assert [c.taux_cnracl for c in trois] == [None, None, None]
    assert not trois[0].prudences or not any("reconduit" in p for p in trois[0].prudences)
    assert any("plafond de 2026 reconduit" in p for p in trois[1].prudences)
    assert trois[0].cout == trois[1].cout


def test_une_ifse_en_fourchette_donne_un_cout_en_fourchette():
    plage = replace(poste().ifse, haut=Decimal(900))
    annee = couts(avec(poste(), ifse=plage), [2026], BAREMES)[0]
    assert annee.brut.largeur == 12 * 200
    assert annee.cout.largeur >= annee.brut.largeur
