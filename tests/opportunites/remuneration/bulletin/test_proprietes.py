"""What holds of any payslip, whatever its figures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from opportunites.remuneration.bulletin.calcul import calculer, calculer_le_mois
from opportunites.remuneration.bulletin.codes import Genre
from opportunites.remuneration.bulletin.lignes import Ligne
from opportunites.remuneration.bulletin.situation import Employeur, Situation, Statut
from opportunites.remuneration.bulletin.sorties import sorties
from tests.opportunites.remuneration.aide import BAREMES

ASSEZ = settings(max_examples=60, deadline=None)


def montants(haut=5000):
    return st.integers(0, haut * 100).map(lambda centimes: Decimal(centimes).scaleb(-2))


def taux_ou_inconnu():
    return st.one_of(st.none(), st.integers(0, 300).map(lambda n: Decimal(n).scaleb(-4)))


@st.composite
def situations(draw):
    statut = draw(st.sampled_from(Statut))
    titulaire = statut is Statut.TITULAIRE
    return Situation(
        draw(st.dates(date(2024, 1, 1), date(2026, 12, 31))),
        statut,
        draw(st.sampled_from("ABC")),
        inm=draw(st.integers(366, 1515)),
        nbi=draw(st.integers(0, 120)) if titulaire else 0,
        zone=draw(st.integers(1, 3)),
        enf=draw(st.integers(0, 6)),
        ifse=draw(montants()),
        primes=draw(montants(500)),
        cia_m=draw(montants(300)),
        cia_an=draw(st.one_of(st.just(Decimal(0)), montants())),
        prime_resp=draw(st.sampled_from([Decimal(0), Decimal("0.15")])),
        ind_csg=draw(montants(50)),
        quot=draw(st.sampled_from([Fraction(1), Fraction(6, 7), Fraction(1, 2), Fraction(32, 35)])),
        jours=draw(st.sampled_from([30, 30, 15, 1])),
        employeur=Employeur(
            vm=draw(taux_ou_inconnu()), at=draw(taux_ou_inconnu()), chomage=draw(taux_ou_inconnu())
        ),
    )


@ASSEZ
@given(situations())
def test_le_cout_depasse_le_brut_qui_depasse_le_net(situation):
    b = calculer_le_mois(situation, BAREMES)
    assert b.montant("cout_employeur") >= b.montant("brut") >= b.montant("net_avant_PAS") >= 0
    assert b.montant("net_imposable") >= b.montant("net_avant_PAS")


@ASSEZ
@given(situations())
def test_les_lignes_font_exactement_les_totaux(situation):
    b = calculer_le_mois(situation, BAREMES)

    def total(genre):
        return sum(b.montant(ligne.code) for ligne in b.de_genre(genre))

    assert total(Genre.GAIN) == b.montant("brut")
    assert b.montant("brut") - total(Genre.RETENUE) == b.montant("net_avant_PAS")
    assert total(Genre.CHARGE) == b.montant("total_patronal")
    assert b.montant("brut") + total(Genre.CHARGE) == b.montant("cout_employeur")


@ASSEZ
@given(situations())
def test_les_sorties_imprimees_font_aussi_les_totaux(situation):
    s = sorties(calculer_le_mois(situation, BAREMES))
    gains = ("TIB", "NBI", "IR", "SFT", "primes", "IND_CSG", "TPP")
    assert sum(s.get(code, 0) for code in gains) == s["brut"]
    charges = [code for code in s if code.endswith("_P") or code == "ATIACL"]
    assert sum(s[code] for code in charges) == s["total_patronal"]
    retenues = [c for c in s if c.endswith("_S") or c in ("CSG_DED", "CSG_NDED", "CRDS")]
    assert s["brut"] - sum(s[code] for code in retenues) == s["net_avant_PAS"]


@ASSEZ
@given(situations(), montants())
def test_plus_d_ifse_ne_fait_jamais_moins(situation, en_plus):
    """Of the gross and the cost to the cent; of the net, save the cents that rounding each line moves."""
    avant = calculer_le_mois(situation, BAREMES)
    apres = calculer_le_mois(replace(situation, ifse=situation.ifse + en_plus), BAREMES)
    for code in ("primes", "brut", "cout_employeur"):
        assert apres.montant(code) >= avant.montant(code)
    for code in ("net_avant_PAS", "net_imposable"):
        assert apres.montant(code) >= avant.montant(code) - Decimal("0.05")


@ASSEZ
@given(situations())
def test_un_taux_inconnu_elargit_le_cout_sans_le_baisser(situation):
    connu = replace(
        situation, employeur=Employeur(vm=Decimal(0), at=Decimal(0), chomage=Decimal(0))
    )
    certain = calculer_le_mois(connu, BAREMES).fourchette("cout_employeur")
    assert certain.est_exact
    tu = calculer_le_mois(replace(situation, employeur=Employeur()), BAREMES)
    assert tu.fourchette("cout_employeur").couvre(certain)
    assert tu.fourchette("cout_employeur").haut is None
    assert tu.ligne("VM_P").montant is None


@ASSEZ
@given(situations())
def test_chaque_ligne_dit_d_ou_elle_vient(situation):
    b = calculer_le_mois(situation, BAREMES)
    for ligne in b.lignes:
        assert isinstance(ligne, Ligne)
        assert ligne.libelle
        assert ligne.formule
        assert ligne.regle
        assert ligne.source
        assert ligne.confiance in "VDM"
        assert ligne.montant is None or ligne.montant == round(ligne.montant, 2)
        assert ligne.depuis is None or ligne.depuis <= situation.date


@ASSEZ
@given(situations())
def test_le_temps_partiel_ne_paie_jamais_plus_que_le_plein(situation):
    plein = calculer(replace(situation, quot=Fraction(1)), BAREMES)
    partiel = calculer(replace(situation, quot=Fraction(1, 2)), BAREMES)
    for code in ("TIB", "NBI", "IR", "SFT", "primes", "brut"):
        assert partiel.montant(code) <= plein.montant(code)
    assert abs(partiel.montant("TPP")) <= abs(plein.montant("TPP"))
