"""The year of the move: months shared by thirtieths, and a CIA at each end."""

from datetime import date
from decimal import Decimal

import pytest

from opportunites.remuneration.comparaison.annee_mobilite import (
    CiaDeLAnnee,
    RegleCia,
    annee_de_mobilite,
    trentiemes,
)
from opportunites.remuneration.erreurs import SaisieRefusee
from opportunites.remuneration.intervalle import Intervalle
from tests.opportunites.remuneration.aide import BAREMES, entre, exact, poste

ICI, LA = poste("Ville"), poste("Métropole", ifse="900", cia="2400")
AUCUN = CiaDeLAnnee(RegleCia.AUCUN)


def annee(jour, origine=ICI, accueil=LA, cia_origine=AUCUN, cia_accueil=AUCUN):
    return annee_de_mobilite(origine, accueil, jour, cia_origine, cia_accueil, BAREMES)


@pytest.mark.parametrize(
    ("jour", "parts"),
    [
        (date(2026, 9, 1), (0, 30)),
        (date(2026, 9, 2), (1, 29)),
        (date(2026, 9, 16), (15, 15)),
        (date(2026, 2, 28), (27, 3)),
        (date(2026, 10, 30), (29, 1)),
        (date(2026, 10, 31), (30, 0)),
    ],
)
def test_le_mois_se_partage_en_trentiemes(jour, parts):
    assert trentiemes(jour) == parts


def test_au_premier_du_mois_chacun_paie_des_mois_entiers():
    a = annee(date(2026, 9, 1))
    assert [b.date.month for b in a.origine[0].bulletins] == list(range(1, 9))
    assert [b.date.month for b in a.accueil[0].bulletins] == [9, 10, 11, 12]
    assert a.ecart("brut") == exact(4 * 200 - 1200)


def test_au_milieu_du_mois_le_traitement_de_l_annee_reste_entier():
    a = annee(date(2026, 9, 16))
    assert a.montant("TIB") == exact(12 * 2550)
    assert a.origine[0].bulletins[-1].montant("TIB") == 1275
    assert a.accueil[0].bulletins[0].montant("IFSE") == 450


def test_le_premier_janvier_l_origine_ne_paie_rien():
    a = annee(date(2026, 1, 1))
    assert a.origine[0].bulletins == ()
    assert a.montant("TIB") == exact(12 * 2550)


@pytest.mark.parametrize(
    ("jour", "ici", "la"),
    [
        (date(2026, 7, 1), "600", "1200"),
        (date(2026, 9, 16), "850", "700"),
        (date(2026, 1, 1), "0", "2400"),
    ],
)
def test_au_prorata_chacun_doit_son_temps_de_presence(jour, ici, la):
    prorata = CiaDeLAnnee(RegleCia.PRORATA)
    a = annee(jour, cia_origine=prorata, cia_accueil=prorata)
    assert (a.cia_origine, a.cia_accueil) == (exact(ici), exact(la))


@pytest.mark.parametrize(
    ("present_le", "ici", "la"),
    [
        (date(2026, 8, 31), "1200", "0"),
        (date(2026, 9, 1), "0", "2400"),
        (date(2026, 12, 31), "0", "2400"),
    ],
)
def test_la_presence_se_lit_au_jour_dit(present_le, ici, la):
    """Moving on 1 September: present at the origin until the eve, at the host from that very day."""
    presence = CiaDeLAnnee(RegleCia.PRESENCE, present_le=present_le)
    a = annee(date(2026, 9, 1), cia_origine=presence, cia_accueil=presence)
    assert (a.cia_origine, a.cia_accueil) == (exact(ici), exact(la))


def test_une_regle_inconnue_laisse_le_cia_entre_rien_et_tout():
    a = annee(date(2026, 9, 1), cia_origine=CiaDeLAnnee(), cia_accueil=CiaDeLAnnee())
    assert (a.cia_origine, a.cia_accueil) == (entre(0, 1200), entre(0, 2400))
    assert a.montant("brut").largeur == Decimal(3600)
    assert any("entre deux bornes" in p for p in a.phrases)


def test_une_ifse_inconnue_ne_borne_pas_l_annee():
    a = annee(date(2026, 9, 1), accueil=poste("Métropole", ifse=None))
    assert a.montant("brut").haut is None
    assert a.montant("brut").bas is not None


@pytest.mark.parametrize(
    "cia",
    [
        CiaDeLAnnee(RegleCia.PRORATA, verse_le=date(2027, 1, 31)),
        CiaDeLAnnee(RegleCia.PRESENCE, present_le=date(2025, 12, 31)),
        CiaDeLAnnee(RegleCia.PRESENCE),
    ],
)
def test_une_date_d_une_autre_annee_est_refusee(cia):
    with pytest.raises(SaisieRefusee) as refus:
        annee(date(2026, 9, 1), cia_origine=cia)
    assert refus.value.refus[0].cle in {"cia_date", "present_le"}
    assert "2026" in str(refus.value)


def test_le_cia_de_l_origine_verse_apres_le_depart_est_paye_seul():
    a = annee(
        date(2026, 9, 1),
        cia_origine=CiaDeLAnnee(RegleCia.PRORATA, verse_le=date(2026, 11, 30)),
    )
    dernier = a.origine[0].bulletins[-1]
    assert (dernier.date.month, dernier.montant("brut")) == (11, 800)


def test_sans_mouvement_c_est_l_annee_du_poste_actuel_avec_son_cia_entier():
    a = annee(date(2026, 9, 1))
    brut = Intervalle.exact(a.sans_mouvement[0].montant("brut"))
    assert brut == exact(12 * Decimal("3217.58") + 1200)
