"""The voie changes the answer: what it keeps, what it reclasses, who pays, whom it is open to."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

import opportunites
from opportunites.remuneration.baremes import grilles
from opportunites.remuneration.bulletin.situation import Employeur, Statut
from opportunites.remuneration.comparaison import voies
from opportunites.remuneration.comparaison.voies import (
    VOIES,
    Payeur,
    controler_voie,
    echelon_propose,
)
from opportunites.remuneration.erreurs import SaisieRefusee
from tests.opportunites.remuneration.aide import BAREMES, JOUR, contractuel, euros, situation

FICHIER = (
    Path(opportunites.__file__).parent / "dossier" / "droit" / "referentiels" / "voies_mobilite.csv"
)
AILLEURS = {"zone": 1, "employeur": Employeur("Métropole", vm=euros("0.02"))}
CONSERVENT = ("MUTATION", "MAD", "SERVICE_COMMUN", "AFFECTATION_INTERNE")
RECLASSENT = ("DETACHEMENT_LONG", "DETACHEMENT_COURT", "INTEGRATION_DIRECTE")
STATUTS = {"titulaire": Statut.TITULAIRE, "cdi": Statut.CONTRACTUEL, "cdd": Statut.CONTRACTUEL}


def passer(voie, origine, **accueil):
    return voies.passer(voie, origine, **{**AILLEURS, **accueil})


def fichier():
    with FICHIER.open(encoding="utf-8", newline="") as flux:
        return {ligne["code"]: ligne for ligne in csv.DictReader(flux)}


def test_les_voies_sont_celles_du_referentiel():
    assert set(VOIES) == set(fichier())


@pytest.mark.parametrize("voie", VOIES)
def test_une_voie_est_ouverte_a_ceux_du_referentiel(voie):
    publics = {STATUTS[p] for p in fichier()[voie]["publics"].split("|") if p in STATUTS}
    assert VOIES[voie].publics == publics


@pytest.mark.parametrize("voie", CONSERVENT)
def test_le_grade_et_le_traitement_restent(voie):
    origine = situation(inm=518, enf=2)
    arrivee = passer(voie, origine).situation
    assert (arrivee.inm, arrivee.enf, arrivee.zone) == (518, 2, 1)


@pytest.mark.parametrize("voie", CONSERVENT)
def test_ce_que_le_poste_quitte_apportait_y_reste(voie):
    origine = situation(nbi=25, ifse="700", primes="50", cia_m="10", prime_resp="0.1", ir="30")
    nue = situation(zone=1)
    arrivee = passer(voie, origine).situation
    assert replace(arrivee, employeur=nue.employeur) == nue


@pytest.mark.parametrize("voie", CONSERVENT)
def test_les_taux_de_l_employeur_sont_ceux_de_qui_paie(voie):
    origine = situation()
    payeur = origine.employeur if voie == "MAD" else AILLEURS["employeur"]
    assert passer(voie, origine).situation.employeur == payeur


def test_une_base_sans_sa_nbi_est_le_traitement():
    origine = situation(tib="3000", base="3120")
    assert passer("MUTATION", origine).situation.base is None
    assert passer("MUTATION", origine).situation.tib == 3000


def test_en_mise_a_disposition_l_origine_paie_et_la_fiche_le_dit():
    passage = passer("MAD", situation())
    assert passage.effet.payeur is Payeur.ORIGINE
    assert "l’employeur d’origine qui paie" in passage.effet.a_dire
    assert [v for v, e in VOIES.items() if e.payeur is Payeur.ORIGINE] == ["MAD"]


@pytest.mark.parametrize("voie", RECLASSENT)
def test_un_reclassement_demande_l_echelon_d_accueil(voie):
    with pytest.raises(SaisieRefusee) as refus:
        passer(voie, situation())
    assert refus.value.refus[0].cle == "echelon_accueil"


@pytest.mark.parametrize("voie", RECLASSENT)
def test_un_reclassement_montre_les_deux_echelons(voie):
    ici = grilles.classement(BAREMES, "Attaché", "7", JOUR)
    la = grilles.classement(BAREMES, "Ingénieur", "7", JOUR)
    passage = passer(voie, situation(inm=ici.inm), echelon_origine=ici, echelon_accueil=la)
    assert passage.situation.inm == la.inm == 583
    assert (passage.echelon_origine, passage.echelon_accueil) == (ici, la)
    assert any("de mémoire" in p for p in passage.prudences)


def test_une_grille_de_memoire_porte_sa_prudence_jusqu_au_passage():
    la = grilles.classement(BAREMES, "Administrateur hors classe", "1", JOUR)
    passage = passer("DETACHEMENT_LONG", situation(), echelon_accueil=la)
    assert any("Administrateur hors classe, échelon 1" in p for p in passage.prudences)


def test_l_echelon_propose_est_a_indice_egal_ou_superieur():
    assert echelon_propose(BAREMES, situation(inm=519), "Ingénieur").inm == 545
    assert echelon_propose(BAREMES, situation(inm=None, tib="2550"), "Ingénieur") is None


def test_un_emploi_fonctionnel_a_son_propre_indice():
    with pytest.raises(SaisieRefusee) as refus:
        passer("DETACHEMENT_EF", situation())
    assert refus.value.refus[0].cle == "inm_emploi"
    assert passer("DETACHEMENT_EF", situation(tib="2550"), inm_emploi=835).situation.inm == 835


@pytest.mark.parametrize("voie", ["CONTRAT_CDD", "PORTABILITE_CDI"])
def test_un_contrat_demande_sa_remuneration(voie):
    with pytest.raises(SaisieRefusee) as refus:
        passer(voie, contractuel())
    assert refus.value.refus[0].cle == "base_contrat"
    passage = passer(voie, contractuel(), base_contrat=euros(4200))
    assert (passage.situation.tib, passage.situation.inm) == (euros(4200), None)


def test_en_disponibilite_le_titulaire_devient_contractuel():
    passage = passer("DISPONIBILITE", situation(nbi=25), inm_emploi=600)
    assert passage.situation.statut is Statut.CONTRACTUEL
    assert passage.situation.nbi == 0


@pytest.mark.parametrize(
    ("voie", "statut", "admise"),
    [
        ("MUTATION", Statut.CONTRACTUEL, "CONTRAT_CDD"),
        ("CONTRAT_CDD", Statut.TITULAIRE, "MUTATION"),
        ("TÉLÉPORTATION", Statut.TITULAIRE, "MUTATION"),
    ],
)
def test_une_voie_fermee_dit_celles_qui_sont_ouvertes(voie, statut, admise):
    with pytest.raises(SaisieRefusee) as refus:
        controler_voie(voie, statut)
    assert refus.value.refus[0].cle == "voie"
    assert admise in str(refus.value)
