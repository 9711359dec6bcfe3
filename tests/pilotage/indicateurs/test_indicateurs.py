"""The figures, exact, on small démarches whose answer is known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cadres.models import Cadre
from collectivites.models import Collectivite, Demarche
from opportunites.models import Mobilite, Proposition
from pilotage.indicateurs import anciennete, entonnoir, matrice, refus, suivi, trajectoire
from pilotage.indicateurs.ensemble import lire
from pilotage.indicateurs.matrice import Equilibre
from pilotage.indicateurs.publication import publier
from pilotage.indicateurs.trajectoire import Rythme
from tests import fabriques

DEMARCHE = Demarche(date_debut=date(2025, 9, 1), date_fin=date(2028, 6, 30), objectif_mobilites=36)
PROMOTION = date(2026, 1, 1)


def courbe(flux, jour=date(2027, 3, 15), **options):
    return trajectoire.calculer(DEMARCHE, flux, jour, PROMOTION, **options)


# --- Trajectory -----------------------------------------------------------------------------------


def test_the_target_line_is_straight_from_the_first_promotion_to_the_end():
    assert trajectoire.prevues_le(PROMOTION, PROMOTION, DEMARCHE.date_fin, 36) == 0
    milieu = PROMOTION + (DEMARCHE.date_fin - PROMOTION) / 2
    assert trajectoire.prevues_le(milieu, PROMOTION, DEMARCHE.date_fin, 36) in (17, 18)
    assert trajectoire.prevues_le(DEMARCHE.date_fin, PROMOTION, DEMARCHE.date_fin, 36) == 36


def test_effective_moves_add_up_in_the_order_of_their_dates():
    t = courbe([("effective", date(2026, 9, 1), 2), ("effective", date(2026, 4, 1), 1)])
    assert t.effectives == ((date(2026, 4, 1), 1), (date(2026, 9, 1), 3))
    assert t.effectives_le(date(2026, 5, 1)) == 1
    assert t.effectives_le(date(2026, 1, 1)) == 0


def test_an_open_file_counts_as_engaged_from_today_on_even_without_a_date():
    t = courbe(
        [("effective", date(2026, 9, 1), 4), ("ouverte", None, 1), ("ouverte", date(2027, 9, 1), 2)]
    )
    assert t.engagees == ((date(2027, 3, 15), 5), (date(2027, 9, 1), 7))
    assert (t.nb_effectives, t.nb_engagees, t.nb_avec_engagees) == (4, 3, 7)


def test_an_abandoned_move_counts_for_nothing():
    assert courbe([("abandonnee", None, 3)]).nb_avec_engagees == 0


@pytest.mark.parametrize(
    ("effectives", "rythme"),
    [(40, Rythme.ATTEINT), (20, Rythme.TENU), (3, Rythme.RETARD)],
)
def test_the_pace_is_judged_against_the_line(effectives, rythme):
    assert courbe([("effective", date(2026, 9, 1), effectives)]).rythme == rythme


def test_a_delay_may_be_caught_up_when_the_pace_of_the_year_leads_there():
    tard = courbe([("effective", date(2027, 3, 1), 16)])
    assert tard.avance < 0
    assert tard.rythme == Rythme.RATTRAPABLE


def test_after_the_end_without_the_objective_it_is_missed():
    assert courbe([("effective", date(2027, 1, 1), 9)], date(2029, 1, 1)).rythme == Rythme.MANQUE


def test_the_projection_carries_the_pace_of_the_last_year_from_the_engaged_files():
    p = trajectoire.projeter(
        23, date(2027, 9, 1), date(2028, 6, 30), date(2026, 1, 1), date(2027, 3, 15), 17
    )
    # 17 a year over 303 days: 14.1 more; 1.28 × √14.1 = 4.8 on each side.
    assert (p.milieu, p.bas, p.haut) == (37, 32, 42)


def test_too_little_hindsight_gives_no_projection():
    jour = PROMOTION + timedelta(days=30)
    assert courbe([("effective", PROMOTION, 2)], jour).projection is None


# --- Matrix ---------------------------------------------------------------------------------------


def quatre():
    codes = ("ville", "agglomeration", "departement", "region")
    return [Collectivite(pk=rang, code=code, nom=code) for rang, code in enumerate(codes, 1)]


def test_the_matrix_gives_departures_arrivals_and_balance():
    m = matrice.calculer(quatre(), [(1, 2, 3), (1, 3, 2), (2, 1, 1)], 2)
    assert m.cases[0] == (None, 3, 2, 0)
    ville = m.bilans[0]
    assert (ville.departs, ville.arrivees, ville.solde) == (5, 1, -4)
    assert ville.equilibre == m.equilibre == Equilibre.HORS
    assert sum(b.solde for b in m.bilans) == 0
    assert m.total == 6


def test_at_the_tolerance_the_balance_has_no_margin():
    m = matrice.calculer(quatre(), [(1, 2, 2)], 2)
    assert m.equilibre == Equilibre.LIMITE
    assert [b.collectivite.code for b in m.au_bord()] == ["ville", "agglomeration"]


def test_a_move_inside_one_employer_is_counted_apart():
    m = matrice.calculer(quatre(), [(1, 1, 2), (1, 2, 1)], 2)
    assert (m.internes, m.total, m.bilans[0].departs) == (2, 1, 1)
    assert m.cases[0][0] is None


# --- Funnel ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("effectifs", "attendue"),
    [({}, None), ({3: 1}, 3), ({1: 1, 2: 1}, 1.5), ({1: 3, 9: 1}, 1), ({0: 2, 10: 3}, 10)],
)
def test_the_median_of_weighted_values(effectifs, attendue):
    assert entonnoir.mediane(effectifs) == attendue


def test_the_funnel_counts_each_step_by_employer(troupe):
    fabriques.faire_cadre(troupe.ville, "recense", civilite=Cadre.Civilite.HOMME)
    fabriques.faire_cadre(troupe.ville, "accord")
    fabriques.faire_cadre(troupe.ville, "desaccord")
    retenu = fabriques.faire_cadre(troupe.ville, "retenu")
    promotion = fabriques.faire_promotion(troupe.demarche)
    fabriques.faire_inscription(retenu, promotion, "achevee")
    e = lire(troupe.demarche, timezone.localdate()).entonnoir
    ville = [etape.par_collectivite[0] for etape in e.etapes]
    assert ville == [4, 2, 1, 1, 1, 0, 0, 0]
    assert e.etape("recenses").total == 4 + 3  # and the three of the cast
    assert e.etape("recenses").hommes == 1
    assert e.etape("volontaires").passage == round(100 * 4 / 7)


def test_somebody_who_moved_counts_for_the_employer_they_left(troupe):
    cadre = troupe.fiche_du_cadre
    p = fabriques.faire_proposition(fabriques.faire_opportunite(troupe.region), cadre, "realisee")
    fabriques.faire_mobilite(p, "effective")
    cadre.collectivite = troupe.region
    cadre.save()
    e = lire(troupe.demarche, timezone.localdate()).entonnoir
    assert e.etape("effectives").par_collectivite == (0, 0, 1, 0)
    assert e.etape("recenses").par_collectivite == (0, 0, 2, 1)


def test_the_delays_are_medians_in_days(troupe):
    e = lire(troupe.demarche, timezone.localdate()).entonnoir
    assert e.etape("volontaires").delai == 20  # listed 90 days ago, answered 70 days ago
    assert e.etape("retenus").delai == 10
    assert e.etape("effectives").delai is None


def test_who_is_still_in_a_parcours_is_not_lost():
    lignes = [
        {"depart": 1, "civilite": "F", **dict.fromkeys(entonnoir.CODES, 0)}
        | {"recenses": 10, "volontaires": 9, "retenus": 9, "en_parcours": 9, "acheves": 1}
    ]
    e = entonnoir.calculer(quatre(), lignes, [], en_cours=8)
    assert [p.code for p in e.pertes()] == ["proposes", "volontaires"]


def test_another_demarche_changes_nothing(troupe):
    avant = lire(troupe.demarche, timezone.localdate())
    fabriques.faire_cadre(troupe.autre_departement, "retenu")
    apres = lire(troupe.demarche, timezone.localdate())
    assert avant.entonnoir == apres.entonnoir
    assert avant.anciennete == apres.anciennete


# --- Years in the poste ---------------------------------------------------------------------------


def test_the_classes_begin_on_the_day_that_makes_the_years():
    assert anciennete.borne(3) == 1096
    assert anciennete.borne(6) == 2192


def test_years_in_the_poste_before_and_after(db):
    demarche = fabriques.faire_demarche()
    lieux = fabriques.faire_collectivites(demarche)
    # Listed 90 days ago. Two stay, in their poste since 1000 and 4000 days; one moved.
    fabriques.faire_cadre(lieux["ville"], date_entree_poste=fabriques.dans(-1000))
    fabriques.faire_cadre(lieux["ville"], date_entree_poste=fabriques.dans(-4000))
    fabriques.faire_cadre(lieux["ville"], date_entree_poste=None)
    parti = fabriques.faire_cadre(lieux["ville"], "retenu")
    p = fabriques.faire_proposition(fabriques.faire_opportunite(lieux["region"]), parti, "realisee")
    fabriques.faire_mobilite(p, "effective", anciennete_origine_jours=2560)
    Cadre.objects.filter(pk=parti.pk).update(
        collectivite=lieux["region"], date_entree_poste=fabriques.dans(-30)
    )
    a = anciennete.lire(demarche, timezone.localdate())
    # The one who moved left 60 days after being listed: 2560 - 60 = 2500 days before.
    assert a.avant == (1, 0, 1, 1, 0)
    assert a.apres == (2, 0, 0, 1, 0)
    assert a.mediane_avant == pytest.approx(2500 / 365.25)
    assert a.mediane_apres == pytest.approx(1000 / 365.25)
    assert a.effectif == 3


def test_nobody_gives_no_median(db):
    a = anciennete.lire(fabriques.faire_demarche(), timezone.localdate())
    assert (a.mediane_avant, a.effectif) == (None, 0)


# --- Refusals -------------------------------------------------------------------------------------

M = Proposition.Motif


def test_reasons_under_the_threshold_are_pooled():
    r = refus.regrouper({M.REMUNERATION: 6, M.CONTENU: 5, M.LIEU: 3, M.FAMILLE: 2}, 5)
    assert r.motifs == (("rémunération", 6), ("contenu du poste", 5), ("autres motifs", 5))
    assert set(r.regroupes) == {"lieu", "situation familiale"}


def test_a_pool_that_is_too_small_takes_the_smallest_reason_with_it():
    r = refus.regrouper({M.REMUNERATION: 8, M.CONTENU: 5, M.LIEU: 1}, 5)
    assert r.motifs == (("rémunération", 8), ("autres motifs", 6))


@pytest.mark.parametrize("effectifs", [{M.LIEU: 4}, {M.LIEU: 2, M.AUTRE: 2}])
def test_too_few_refusals_say_nothing(effectifs):
    r = refus.regrouper(effectifs, 5)
    assert (r.total, r.motifs) == (None, ())


def test_no_refusal_is_zero_and_may_be_said():
    assert refus.regrouper({}, 5).total == 0


def test_the_pay_is_not_told_when_few_invoke_it():
    assert refus.regrouper({M.REMUNERATION: 2, M.LIEU: 6}, 5).remuneration is None


# --- What comes next ------------------------------------------------------------------------------


def test_the_alarm_counts_who_waits_for_eight_weeks(troupe):
    fabriques.faire_inscription(
        troupe.fiche_du_cadre, etat="achevee", finie_le=fabriques.il_y_a(57)
    )
    candidature = troupe.fiche_du_cadre.candidature
    candidature.avancee = "acheve"
    candidature.save()
    attente = suivi.lire_sans_proposition(troupe.dgs_departement, timezone.now())
    assert (attente.total, attente.les_miens) == (1, 1)
    assert suivi.lire_sans_proposition(troupe.dgs_region, timezone.now()).les_miens == 0
    assert suivi.lire_sans_proposition(troupe.etranger_dgs, timezone.now()).total == 0

    fabriques.faire_proposition(fabriques.faire_opportunite(troupe.region), troupe.fiche_du_cadre)
    assert suivi.lire_sans_proposition(troupe.dgs_departement, timezone.now()).total == 0


def test_fifty_five_days_are_not_yet_eight_weeks(troupe):
    fabriques.faire_inscription(
        troupe.fiche_du_cadre, etat="achevee", finie_le=fabriques.il_y_a(55)
    )
    troupe.fiche_du_cadre.candidature.avancee = "acheve"
    troupe.fiche_du_cadre.candidature.save()
    assert suivi.lire_sans_proposition(troupe.dgs_departement, timezone.now()).total == 0


# --- What may be published ------------------------------------------------------------------------


def test_one_move_is_not_told(troupe):
    p = fabriques.faire_proposition(
        fabriques.faire_opportunite(troupe.region), troupe.fiche_du_cadre, "realisee"
    )
    fabriques.faire_mobilite(p, Mobilite.Etat.EFFECTIVE)
    publication = publier(lire(troupe.demarche, timezone.localdate()))
    assert publication.effectives is None
    assert publication.serie == ()
    assert publication.matrice.total is None
    assert publication.etape("effectives").ligne.total is None
    assert publication.etape("recenses").ligne.total is None  # the three of the cast


def test_the_departures_are_hidden_alike_in_both_tables(troupe):
    publication = publier(lire(troupe.demarche, timezone.localdate()))
    assert publication.etape("effectives").ligne.cases == publication.matrice.lignes
