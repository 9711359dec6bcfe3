"""The dates of the law, on a table of cases: month ends, leap years, the hour of Paris."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from opportunites.dossier.droit import delais
from opportunites.dossier.droit.delais import regles

#: The reference list of delays, as published with the sources of the project (rule, number, unit).
REFERENCE = {
    "SILENCE_ORIGINE": (2, "mois", "CGFP L511-3"),
    "PREAVIS_MOBILITE": (3, "mois", "CGFP L511-3"),
    "PREAVIS_STATUT": (6, "mois", "CGFP L511-3"),
    "DEMISSION_CT_1": (8, "jours", "88-145"),
    "DEMISSION_CT_2": (1, "mois", "88-145"),
    "DEMISSION_CT_3": (2, "mois", "88-145"),
    "REINTEG_DETACH": (3, "mois", "86-68"),
    "IMMERSION_DEMANDE": (3, "mois", "2022-1043"),
    "IMMERSION_REPONSE": (1, "mois", "2022-1043"),
    "DVE_PUBLICITE": (1, "mois", "2018-1351"),
    "EF_MIN": (6, "mois", "L544-1"),
    "MAD_MAX": (3, "ans", "2008-580"),
    "DETACH_LONG": (5, "ans", "86-68"),
    "MUTATION_INDEMNITE": (3, "ans", "L512-25"),
}


def j(texte):
    return date.fromisoformat(texte)


@pytest.mark.parametrize("code", sorted(REFERENCE))
def test_each_rule_agrees_with_the_reference(code):
    regle = regles()[code]
    nombre, unite, texte = REFERENCE[code]

    assert (regle.nombre, regle.unite) == (nombre, unite)
    assert texte in regle.texte
    assert regle.confiance == "V"


@pytest.mark.parametrize(
    ("recue", "tacite", "depart", "statut"),
    [
        ("2027-03-15", "2027-05-15", "2027-06-15", "2027-09-15"),
        ("2026-12-31", "2027-02-28", "2027-03-31", "2027-06-30"),
        ("2027-12-31", "2028-02-29", "2028-03-31", "2028-06-30"),  # leap year
        ("2027-11-30", "2028-01-30", "2028-02-29", "2028-05-30"),
        ("2026-11-30", "2027-01-30", "2027-02-28", "2027-05-30"),
        ("2028-02-29", "2028-04-29", "2028-05-29", "2028-08-29"),
        ("2027-02-28", "2027-04-28", "2027-05-28", "2027-08-28"),
        ("2027-08-31", "2027-10-31", "2027-11-30", "2028-02-29"),
        ("2027-10-31", "2027-12-31", "2028-01-31", "2028-04-30"),
    ],
)
def test_a_request_of_a_titulaire(recue, tacite, depart, statut):
    assert delais.acceptation_tacite(j(recue)) == j(tacite)
    assert delais.depart_au_plus_tard(j(recue)) == j(depart)
    assert delais.depart_au_plus_tard(j(recue), six_mois=True) == j(statut)
    assert delais.premier_jour("commun", j(recue)) == j(depart)


@pytest.mark.parametrize(
    ("notifiee", "tranche", "fin"),
    [
        ("2027-01-31", "moins_6_mois", "2027-02-08"),
        ("2027-12-28", "moins_6_mois", "2028-01-05"),
        ("2028-02-25", "moins_6_mois", "2028-03-04"),  # over a 29 February
        ("2027-03-15", "moins_2_ans", "2027-04-15"),
        ("2027-01-31", "moins_2_ans", "2027-02-28"),
        ("2027-01-30", "moins_2_ans", "2027-02-28"),  # from the 31st: no 31 February
        ("2028-01-30", "moins_2_ans", "2028-02-29"),
        ("2027-02-28", "moins_2_ans", "2027-03-31"),  # from 1 March, all of March
        ("2027-03-15", "2_ans", "2027-05-15"),
        ("2026-12-31", "2_ans", "2027-02-28"),
        ("2027-12-31", "2_ans", "2028-02-29"),
    ],
)
def test_the_notice_of_a_contractuel_starts_on_the_day_after(notifiee, tranche, fin):
    assert delais.fin_de_preavis(j(notifiee), tranche) == j(fin)
    depart = delais.premier_jour("demission", j(notifiee), tranche=tranche)
    assert (depart - j(fin)).days == 1


def test_without_seniority_the_longest_notice_is_kept():
    assert delais.premier_jour("demission", j("2027-03-15")) == j("2027-05-16")


@pytest.mark.parametrize(
    ("titulaire", "effet", "due"),
    [
        ("2024-06-01", "2027-05-31", True),
        ("2024-06-01", "2027-06-01", False),
        ("2024-02-29", "2027-02-27", True),
        ("2024-02-29", "2027-02-28", False),
    ],
)
def test_the_indemnite_of_three_years(titulaire, effet, due):
    assert delais.indemnite_due(j(titulaire), j(effet)) is due


def test_silence_is_acquired_once_its_last_day_is_over():
    assert not delais.est_acquise(j("2026-12-31"), j("2027-02-28"))
    assert delais.est_acquise(j("2026-12-31"), j("2027-03-01"))


@pytest.mark.parametrize(
    ("instant", "jour"),
    [
        (datetime(2027, 3, 14, 23, 30, tzinfo=UTC), "2027-03-15"),  # winter: half past midnight
        (datetime(2027, 6, 30, 22, 30, tzinfo=UTC), "2027-07-01"),  # summer: half past midnight
        (datetime(2027, 6, 30, 21, 59, tzinfo=UTC), "2027-06-30"),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), "2027-01-01"),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "2027-03-28"),  # the night of the change
    ],
)
def test_the_day_is_that_of_paris(instant, jour):
    assert timezone.localdate(instant) == j(jour)


@pytest.mark.parametrize(
    ("famille", "options", "attendu"),
    [
        ("commun", {}, ["2027-05-15", "2027-06-15"]),
        ("commun", {"six_mois": True}, ["2027-05-15", "2027-09-15"]),
        ("demission", {}, ["2027-03-23", "2027-04-15", "2027-05-15"]),
        ("demission", {"tranche": "moins_2_ans"}, ["2027-04-15"]),
        ("convention", {}, []),
        ("aucun", {}, []),
        ("", {}, []),
    ],
)
def test_the_dates_of_a_file(famille, options, attendu):
    dates = delais.echeances_du_depart(famille, j("2027-03-15"), **options)

    assert [e.quand.isoformat() for e in dates] == attendu
    assert all(e.regle and e.libelle for e in dates)


@pytest.mark.parametrize(
    ("voie", "attendu"),
    [
        ("MUTATION", []),
        ("MAD", ["2031-02-28"]),
        ("DETACHEMENT_COURT", ["2028-08-31"]),
        ("DETACHEMENT_LONG", ["2032-11-28", "2033-02-28"]),
        ("DETACHEMENT_EF", ["2028-09-01", "2032-11-28", "2033-02-28"]),
    ],
)
def test_what_follows_the_effect(voie, attendu):
    dates = delais.echeances_apres_effet(voie, j("2028-03-01"))

    assert [e.quand.isoformat() for e in dates] == attendu
