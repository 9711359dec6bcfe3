"""The month of a promotion: what each day holds, and whom nobody else learns of."""

from datetime import date, datetime

import pytest
from django.utils import timezone

from parcours.models import SuiviEtape
from parcours.programme.mois import mois_de, semaines
from tests import fabriques

pytestmark = pytest.mark.django_db


def a(*moment):
    return timezone.make_aware(datetime(*moment))


@pytest.fixture
def promotion(troupe):
    """From January to June 2027: a common date, an immersion, an appointment of each employer."""
    promotion = fabriques.faire_promotion(
        troupe.demarche, date_debut=date(2027, 1, 11), date_fin=date(2027, 6, 30)
    )
    premiere, deuxieme, *_ = promotion.etapes.all()
    premiere.date_prevue, premiere.lieu = a(2027, 3, 1, 9, 30), "Orléans"
    premiere.save()
    for fiche in (troupe.fiche_du_cadre, troupe.fiche_de_l_autre_cadre):
        inscription = fabriques.faire_inscription(fiche, promotion)
        suivi = SuiviEtape.objects.get(inscription=inscription, etape=deuxieme)
        suivi.quand, suivi.etat = a(2027, 3, 31, 14), SuiviEtape.Etat.PLANIFIEE
        suivi.save()
    prestation = fabriques.faire_prestation(troupe.region, intitule="Conduire un projet")
    fabriques.faire_session(prestation, debut=a(2027, 3, 10, 9))
    return promotion


def tenu(acteur, promotion, premier):
    return {
        jour.jour: [(chose.titre, chose.detail.replace("\u00a0", " ")) for chose in jour.dates]
        for semaine in semaines(acteur, promotion, premier)
        for jour in semaine
        if jour.dates
    }


def test_each_day_holds_its_dates(troupe, promotion):
    premiere, deuxieme, *_ = promotion.etapes.all()
    assert tenu(troupe.drh_departement, promotion, date(2027, 3, 1)) == {
        date(2027, 3, 1): [(premiere.intitule, "9 h 30, Orléans")],
        date(2027, 3, 10): [("Conduire un projet", "9 h, Région")],
        date(2027, 3, 31): [(deuxieme.intitule, "1 cadre de votre collectivité")],
    }


def test_weeks_go_from_monday_to_sunday_and_holidays_are_said(troupe, promotion):
    toutes = semaines(troupe.drh_departement, promotion, date(2027, 5, 1))
    assert all(len(semaine) == 7 and semaine[0].jour.weekday() == 0 for semaine in toutes)
    assert (toutes[0][0].jour, toutes[-1][-1].jour) == (date(2027, 4, 26), date(2027, 6, 6))
    assert not toutes[0][0].du_mois
    feries = {jour.jour for semaine in toutes for jour in semaine if jour.est_ferie}
    assert date(2027, 5, 17) in feries  # Whit Monday


@pytest.mark.parametrize(
    ("demande", "premier"),
    [
        ("2027-03", date(2027, 3, 1)),
        ("2026-01", date(2027, 1, 1)),
        ("2040-01", date(2027, 6, 1)),
        ("n’importe", None),
        ("", None),
    ],
)
def test_a_month_stays_within_the_promotion(promotion, demande, premier):
    attendu = premier or min(
        max(timezone.localdate(), promotion.date_debut), promotion.date_fin
    ).replace(day=1)
    assert mois_de(demande, promotion) == attendu


def test_the_page_names_nobody_and_turns_its_leaves(troupe, promotion, client_de):
    adresse = f"/promotions/{promotion.pk}/calendrier/"
    page = client_de(troupe.drh_departement).get(adresse, {"mois": "2027-03"}).content.decode()
    assert "Mars 2027" in page
    assert troupe.fiche_du_cadre.nom not in page
    assert "?mois=2027-02" in page
    assert "?mois=2027-04" in page
    debut = client_de(troupe.drh_departement).get(adresse, {"mois": "2027-01"}).content.decode()
    assert "?mois=2026-12" not in debut


def test_as_many_queries_whatever_the_number(troupe, promotion, django_assert_num_queries):
    for _ in range(5):
        fabriques.faire_session(fabriques.faire_prestation(troupe.ville), debut=a(2027, 3, 12, 9))
    with django_assert_num_queries(3):
        semaines(troupe.drh_departement, promotion, date(2027, 3, 1))
