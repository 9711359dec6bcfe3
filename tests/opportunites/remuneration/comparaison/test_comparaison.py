"""Two postes side by side: three blocks, totals by month and by year, with and without the family."""

from datetime import date
from decimal import Decimal

import pytest

from opportunites.remuneration.bulletin.calcul import calculer
from opportunites.remuneration.comparaison.blocs import BLOCS, Bloc
from opportunites.remuneration.comparaison.comparaison import comparer
from opportunites.remuneration.erreurs import SaisieRefusee
from opportunites.remuneration.intervalle import Intervalle
from tests.opportunites.remuneration.aide import (
    BAREMES,
    SIX_SEPTIEMES,
    avec,
    contractuel,
    entre,
    euros,
    exact,
    poste,
)

ICI = poste("Ville", enf=2)


def ligne(comparaison, code):
    return next(li for li in comparaison.lignes if li.code == code)


def test_une_ifse_plus_haute_est_une_difference_qui_tient_au_poste():
    c = comparer(ICI, poste("Métropole", enf=2, ifse="850"), BAREMES)
    assert ligne(c, "IFSE").mois.ecart == exact(150)
    assert ligne(c, "IFSE").an.ecart == exact(1800)
    assert ligne(c, "TIB").mois.ecart == exact(0)
    assert c.totaux.mois["brut"].ecart == exact(150)
    assert c.net_du_poste == c.totaux.mois["net_avant_PAS"].ecart == exact("135.71")


def test_chaque_ligne_est_dans_le_bloc_que_l_on_attend():
    c = comparer(ICI, ICI, BAREMES)
    blocs = {li.code: li.bloc for li in c.lignes}
    assert {c for c, b in blocs.items() if b is Bloc.PERSONNE} == {"TIB", "SFT", "IND_CSG", "TPP"}
    assert {"IFSE", "NBI", "PRIME_RESP", "CIA"} <= {c for c, b in blocs.items() if b is Bloc.POSTE}
    assert {"prime_annee", "mutuelle", "conges_rtt", "trajet"} <= {
        c for c, b in blocs.items() if b is Bloc.HORS_BULLETIN
    }
    assert len(c.lignes) == len(blocs)


def test_les_lignes_de_paie_font_le_brut():
    c = comparer(ICI, poste("Métropole", zone=1, nbi=25, prime_resp="0.15", primes="80"), BAREMES)
    for cote in ("origine", "accueil"):
        somme = sum(getattr(li.mois, cote).bas for li in c.lignes if li.code in BLOCS and li.mois)
        assert getattr(c.totaux.mois["brut"], cote) == exact(somme)


def test_l_annee_compte_le_cia_que_le_mois_ne_compte_pas():
    c = comparer(ICI, poste("Métropole", enf=2, cia="3000"), BAREMES)
    assert c.totaux.mois["brut"].ecart == exact(0)
    assert c.totaux.an["brut"].ecart == exact(1800)
    assert ligne(c, "CIA").mois is None
    assert ligne(c, "CIA").an.ecart == exact(1800)


def test_hors_famille_deux_personnes_se_comparent():
    """The same move, with four children or none: the same difference once the family is left out."""
    la = {"nbi": 25, "ifse": "900"}
    seul = comparer(poste("A"), poste("B", **la), BAREMES)
    famille = comparer(poste("A", enf=4), poste("B", enf=4, **la), BAREMES)
    assert famille.hors_famille == seul.hors_famille == seul.totaux
    assert famille.totaux.mois["brut"].ecart != seul.totaux.mois["brut"].ecart


def test_la_part_du_poste_laisse_de_cote_ce_qui_suit_la_personne():
    """Reclassed higher, with less IFSE: the poste alone would lose her money."""
    c = comparer(ICI, poste("Métropole", inm=560, enf=2, ifse="600"), BAREMES)
    pareil = comparer(ICI, poste("Métropole", enf=2, ifse="600"), BAREMES)
    assert c.net_du_poste == pareil.totaux.mois["net_avant_PAS"].ecart
    assert c.net_du_poste.haut < 0 < c.totaux.mois["net_avant_PAS"].ecart.bas


def test_une_ifse_inconnue_n_a_pas_de_borne_haute():
    c = comparer(ICI, poste("Métropole", enf=2, ifse=None), BAREMES)
    assert str(ligne(c, "IFSE").mois.accueil) == "inconnu"
    assert ligne(c, "IFSE").mois.ecart == entre("-700", None)
    assert c.totaux.mois["net_avant_PAS"].accueil.haut is None
    assert ligne(c, "TIB").mois.accueil == exact("2550")
    assert ligne(c, "TPP").mois.accueil == entre("-32.42", "0")


def test_une_nbi_et_une_prime_inconnues_sont_bornees_par_les_textes():
    c = comparer(ICI, poste("Métropole", enf=2, nbi=None, prime_resp=None), BAREMES)
    assert ligne(c, "NBI").mois.accueil == entre("0", "590.73")
    assert ligne(c, "PRIME_RESP").mois.accueil == entre("0", "382.50")
    assert c.totaux.mois["brut"].accueil.haut is not None


def test_un_cia_inconnu_n_ouvre_que_l_annee():
    c = comparer(ICI, poste("Métropole", enf=2, cia=None), BAREMES)
    assert c.totaux.mois["brut"].ecart == exact(0)
    assert c.totaux.an["brut"].accueil.haut is None


def test_une_fourchette_d_ifse_donne_une_fourchette_de_net():
    la = avec(poste("Métropole", enf=2), ifse=entre(800, 900))
    c = comparer(ICI, la, BAREMES)
    assert c.totaux.mois["brut"].ecart == entre(100, 200)
    net = c.totaux.mois["net_avant_PAS"].accueil
    for ifse in (800, 850, 900):
        assert net.contient(
            calculer(poste(enf=2, ifse=ifse).au_moins()[0], BAREMES).montant("net_avant_PAS")
        )


@pytest.mark.parametrize("champ", ["ifse", "cia"])
def test_ignorer_un_montant_elargit_chaque_total(champ):
    su = comparer(ICI, poste("Métropole", enf=2, ifse="800", cia="1500"), BAREMES)
    tu = comparer(
        ICI, poste("Métropole", enf=2, **{"ifse": "800", "cia": "1500", champ: None}), BAREMES
    )
    for periode in ("mois", "an"):
        for code, paire in getattr(su.totaux, periode).items():
            assert getattr(tu.totaux, periode)[code].ecart.couvre(paire.ecart)
    assert tu.totaux.an["brut"].ecart != su.totaux.an["brut"].ecart


def test_un_avantage_tu_est_inconnu_et_elargit_le_total_hors_bulletin():
    dits = {code: exact(0) for code in _en_euros()}
    ici = poste("Ville", avantages={**dits, "prime_annee": exact(1500)})
    la = poste("Métropole", avantages=dits)
    c = comparer(ici, la, BAREMES)
    assert c.sous_total(Bloc.HORS_BULLETIN, vue_de_la_personne=True).an.ecart == exact(-1500)
    sans = {code: plage for code, plage in dits.items() if code != "prime_annee"}
    tu = comparer(ici, poste("Métropole", avantages=sans), BAREMES)
    assert tu.sous_total(Bloc.HORS_BULLETIN, vue_de_la_personne=True).an.ecart == entre(-1500, None)
    assert "13e mois ou prime de fin d’année (CGFP L714-11)" in tu.accueil.inconnus


def test_les_sous_totaux_des_deux_premiers_blocs_font_le_brut_au_centime():
    c = comparer(ICI, poste("Métropole", zone=1, nbi=25, prime_resp="0.15", primes="80"), BAREMES)
    sommes = [c.sous_total(bloc, vue_de_la_personne=True) for bloc in (Bloc.PERSONNE, Bloc.POSTE)]
    for cote in ("origine", "accueil"):
        mois = sum(getattr(s.mois, cote).bas for s in sommes)
        an = sum(getattr(s.an, cote).bas for s in sommes)
        assert getattr(c.totaux.mois["brut"], cote) == exact(mois)
        assert getattr(c.totaux.an["brut"], cote) == exact(an)


def test_un_sous_total_est_un_intervalle_des_qu_une_ligne_est_inconnue():
    tu = comparer(ICI, poste("Métropole", ifse=None), BAREMES)
    somme = tu.sous_total(Bloc.POSTE, vue_de_la_personne=True)
    assert somme.mois.accueil == entre(0, None)
    assert somme.mois.ecart.haut is None
    borne = comparer(ICI, poste("Métropole", prime_resp=None), BAREMES)
    somme = borne.sous_total(Bloc.POSTE, vue_de_la_personne=True)
    assert somme.mois.accueil == entre(700, "1082.50")


def test_le_cia_n_est_compte_que_dans_l_annee_du_sous_total():
    c = comparer(ICI, poste("Métropole", enf=2, cia="3000"), BAREMES)
    (_, mois, douze, _), (libelle, an, _, annuelle) = c.sous_total(
        Bloc.POSTE, vue_de_la_personne=True
    ).rangees()
    assert (mois.accueil, douze.accueil, an.accueil) == (exact(700), exact(8400), exact(11400))
    assert (libelle, annuelle) == ("Ensemble, CIA compris", True)


def test_les_jours_et_les_heures_n_entrent_dans_aucun_total():
    dits = {code: exact(0) for code in _en_euros()}
    la = poste("Métropole", avantages={**dits, "conges_rtt": exact(50)})
    c = comparer(poste("Ville", avantages=dits), la, BAREMES)
    assert c.sous_total(Bloc.HORS_BULLETIN, vue_de_la_personne=True).an.ecart == exact(0)


def test_la_famille_et_les_participations_ne_sont_que_dans_la_vue_de_la_personne():
    c = comparer(ICI, ICI, BAREMES)
    vues = {
        vue: {li.code for bloc in Bloc for li in c.du_bloc(bloc, vue_de_la_personne=vue)}
        for vue in (True, False)
    }
    assert vues[True] - vues[False] == {"SFT", "mutuelle", "prevoyance"}


def test_un_titulaire_compare_avec_un_contrat():
    la = avec(poste("Région"), situation=contractuel(tib="4000"))
    c = comparer(ICI, la, BAREMES)
    assert c.totaux.mois["brut"].accueil == exact(4700)
    assert ligne(c, "TPP").mois.accueil == exact(0)


def test_la_prudence_d_une_grille_suit_le_poste_et_celle_de_l_employeur_non():
    la = avec(poste("Métropole"), prudences=("grille de mémoire",))
    assert comparer(ICI, la, BAREMES).prudences == ("grille de mémoire",)


@pytest.mark.parametrize(
    ("champs", "cle"),
    [
        ({"ifse": Intervalle(Decimal(-1), Decimal(5))}, "ifse"),
        ({"cia": Intervalle(None, Decimal(5))}, "cia"),
        ({"avantages": {"yacht": exact(1)}}, "yacht"),
        ({"avantages": {"transport": exact(-1)}}, "transport"),
    ],
)
def test_une_saisie_impossible_nomme_son_champ(champs, cle):
    with pytest.raises(SaisieRefusee) as refus:
        comparer(ICI, avec(ICI, **champs), BAREMES)
    assert cle in [r.cle for r in refus.value.refus]


def _en_euros():
    return [
        *("prime_annee", "mutuelle", "prevoyance", "titres_restaurant", "teletravail"),
        *("transport", "astreintes", "vehicule_logement"),
    ]


def test_le_net_de_l_annee_est_douze_mois_et_le_cia():
    c = comparer(poste("A", cia="0"), poste("B", cia="0"), BAREMES)
    mois, an = c.totaux.mois["brut"].origine, c.totaux.an["brut"].origine
    assert an == mois.fois(12)
    assert mois == exact(euros("3217.58"))


def test_a_temps_partiel_le_cia_est_celui_qui_est_paye():
    partiel = poste("A", quot=SIX_SEPTIEMES, cia="1400")
    c = comparer(partiel, partiel, BAREMES)
    assert ligne(c, "CIA").an.origine == exact(1200)
    sans = comparer(avec(partiel, cia=exact(0)), partiel, BAREMES)
    assert sans.totaux.an["brut"].ecart == exact(1200)


def test_un_plafond_pas_encore_connu_est_refuse_ou_reconduit_avec_prudence():
    futur = avec(poste("Région"), situation=contractuel(tib="6000", date=date(2027, 3, 1)))
    with pytest.raises(SaisieRefusee):
        comparer(futur, futur, BAREMES)
    prudences = comparer(futur, futur, BAREMES, projection=True).prudences
    assert any("plafond de 2026 reconduit" in p for p in prudences)


def test_la_part_du_poste_hors_famille_ne_dit_rien_des_enfants():
    """A NBI raises the SFT of whoever has children: the part seen by the employers must not show it."""
    la = {"nbi": 25, "ifse": "900"}
    seul = comparer(poste("A"), poste("B", **la), BAREMES)
    famille = comparer(poste("A", enf=3), poste("B", enf=3, **la), BAREMES)
    assert famille.net_du_poste_hors_famille == seul.net_du_poste
    assert famille.net_du_poste != seul.net_du_poste


def test_une_ifse_inconnue_n_est_pas_refusee_pour_un_plafond_inconnu():
    futur = date(2027, 3, 1)
    paie = contractuel(tib="3000", date=futur)
    la = avec(poste("Région", ifse=None, cia="0"), situation=paie)
    c = comparer(avec(poste("Ville", cia="0"), situation=paie), la, BAREMES)
    assert c.totaux.mois["brut"].accueil == entre(3000, None)


@pytest.mark.parametrize("champs", [{"base": "3000"}, {"tib": "3000", "base": "3100"}])
def test_une_base_saisie_laisse_la_nbi_au_poste(champs):
    c = comparer(poste("A", nbi=25, **champs), poste("B", nbi=None, **champs), BAREMES)
    assert ligne(c, "TIB").mois.ecart == exact(0)
    assert ligne(c, "NBI").mois.origine == exact("123.07")
