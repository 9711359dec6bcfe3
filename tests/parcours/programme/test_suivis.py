"""One person's steps: appointments and attendance."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from icalendar import Calendar

from collectivites.models import EntreeJournal
from collectivites.refus import ActionImpossible
from parcours.models import SuiviEtape
from parcours.programme.actions import suivis as actions
from parcours.sessions.agenda import calendrier
from tests.fabriques import faire_cadre, faire_inscription, faire_promotion, il_y_a

pytestmark = pytest.mark.django_db
E = SuiviEtape.Etat


@pytest.fixture
def inscription(troupe):
    return faire_inscription(troupe.fiche_du_cadre, faire_promotion(troupe.demarche))


def suivi(inscription, nature):
    return inscription.suivis.select_related("etape__promotion").get(etape__nature=nature)


def test_an_appointment_is_given_then_moved_and_each_mail_leaves_once(
    troupe, inscription, django_capture_on_commit_callbacks
):
    bilan = suivi(inscription, "bilan")
    with django_capture_on_commit_callbacks(execute=True):
        actions.planifier(
            acteur=troupe.drh_departement, suivi=bilan, quand=il_y_a(-5), lieu="Salle 204"
        )
        quand = il_y_a(-6)
        for _ in range(2):
            actions.planifier(
                acteur=troupe.drh_departement, suivi=bilan, quand=quand, lieu="Salle 204"
            )

    objets = [m.subject for m in mail.outbox]
    assert len(objets) == 2
    assert objets[0].startswith("Bilan final\xa0:")
    assert objets[1].startswith("Rendez-vous déplacé\xa0: Bilan final")
    assert "Salle 204" in mail.outbox[0].body
    assert EntreeJournal.objects.filter(objet_id=str(bilan.pk)).count() == 2


def test_a_past_date_is_recorded_without_a_mail(
    troupe, inscription, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.planifier(
            acteur=troupe.drh_departement, suivi=suivi(inscription, "bilan"), quand=il_y_a(2)
        )

    assert not mail.outbox


def test_who_organises_what(troupe, inscription):
    entretien, seminaire = suivi(inscription, "entretien"), suivi(inscription, "seminaire")
    quand = il_y_a(-5)

    actions.planifier(acteur=troupe.accompagnateur, suivi=entretien, quand=quand)
    actions.planifier(acteur=troupe.gestionnaire_departement, suivi=seminaire, quand=quand)

    for acteur, lequel in (
        (troupe.accompagnateur, seminaire),
        (troupe.autre_accompagnateur, entretien),
        (troupe.drh_region, seminaire),
        (troupe.dgs_departement, seminaire),
        (troupe.cadre, entretien),
    ):
        with pytest.raises(PermissionDenied):
            actions.planifier(acteur=acteur, suivi=lequel, quand=il_y_a(-9))


def test_attendance_is_noted_from_the_day_on_and_may_be_corrected(troupe, inscription):
    bilan = suivi(inscription, "bilan")
    with pytest.raises(ActionImpossible, match="Donnez d’abord une date"):
        actions.marquer(acteur=troupe.drh_departement, suivi=bilan, etat=E.FAITE)
    actions.planifier(acteur=troupe.drh_departement, suivi=bilan, quand=il_y_a(-3))
    with pytest.raises(ActionImpossible, match="ce jour-là"):
        actions.marquer(acteur=troupe.drh_departement, suivi=bilan, etat=E.FAITE)

    actions.planifier(acteur=troupe.drh_departement, suivi=bilan, quand=il_y_a(1))
    actions.marquer(acteur=troupe.drh_departement, suivi=bilan, etat=E.FAITE)
    actions.marquer(acteur=troupe.drh_departement, suivi=bilan, etat=E.ABSENT, excusee=True)

    bilan.refresh_from_db()
    assert (bilan.etat, bilan.excusee) == (E.ABSENT, True)
    with pytest.raises(ActionImpossible):
        actions.marquer(acteur=troupe.drh_departement, suivi=bilan, etat=E.ANNULEE)


def test_after_an_absence_another_date_is_given(troupe, inscription):
    bilan = suivi(inscription, "bilan")
    actions.planifier(acteur=troupe.drh_departement, suivi=bilan, quand=il_y_a(1))
    actions.marquer(acteur=troupe.drh_departement, suivi=bilan, etat=E.ABSENT, excusee=True)

    actions.planifier(acteur=troupe.drh_departement, suivi=bilan, quand=il_y_a(-8))

    bilan.refresh_from_db()
    assert (bilan.etat, bilan.excusee) == (E.PLANIFIEE, False)


def test_a_done_step_is_not_planned_again(troupe, inscription):
    bilan = suivi(inscription, "bilan")
    actions.planifier(acteur=troupe.drh_departement, suivi=bilan, quand=il_y_a(1))
    actions.marquer(acteur=troupe.drh_departement, suivi=bilan, etat=E.FAITE)

    with pytest.raises(ActionImpossible):
        actions.planifier(acteur=troupe.drh_departement, suivi=bilan, quand=il_y_a(-8))


def test_the_sheet_writes_one_s_own_people_only(troupe, inscription):
    etape = suivi(inscription, "seminaire").etape
    ailleurs = faire_inscription(faire_cadre(troupe.region, "retenu"), inscription.promotion)
    SuiviEtape.objects.filter(etape=etape).update(etat=E.PLANIFIEE, quand=il_y_a(1))
    lignes = {s.pk: "faite" for s in SuiviEtape.objects.filter(etape=etape)}

    nombre = actions.noter_presences(acteur=troupe.drh_departement, etape=etape, presences=lignes)

    assert nombre == 1
    assert inscription.suivis.get(etape=etape).etat == E.FAITE
    assert ailleurs.suivis.get(etape=etape).etat == E.PLANIFIEE


def test_the_calendar_file_is_read_back_and_moves_with_the_appointment(troupe, inscription):
    entretien = suivi(inscription, "entretien")
    quand = il_y_a(-5)
    actions.planifier(acteur=troupe.drh_departement, suivi=entretien, quand=quand, lieu="Visio")
    avant = Calendar.from_ical(calendrier(suivi(inscription, "entretien"))).walk("VEVENT")[0]
    actions.planifier(acteur=troupe.drh_departement, suivi=entretien, quand=il_y_a(-6))
    apres = Calendar.from_ical(calendrier(suivi(inscription, "entretien"))).walk("VEVENT")[0]

    # Whoever shares one’s agenda reads that one is busy, not why.
    assert avant["SUMMARY"] == "Rendez-vous"
    assert avant["CLASS"] == "PRIVATE"
    assert avant["LOCATION"] == "Visio"
    assert avant.decoded("DTSTART") == quand.replace(microsecond=0)
    assert (avant.decoded("DTEND") - avant.decoded("DTSTART")).seconds == 180 * 60
    assert avant["UID"] == apres["UID"]
    assert (avant["SEQUENCE"], apres["SEQUENCE"]) == (1, 2)
