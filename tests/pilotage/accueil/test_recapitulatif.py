"""The digest: on one's own day and at one's own hour, one mail a day at most."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from cadres.candidature.acteurs import acteur_du_mandat
from collectivites.communs.calendrier import minuit
from collectivites.models import Courriel, Mandat, Utilisateur
from collectivites.mots import Role
from collectivites.travaux.attentes import Attente
from collectivites.travaux.horloge import faire_le_tour
from parcours.models import PreferencesRappel, RendezVousCoaching
from pilotage.accueil import recapitulatif
from pilotage.accueil.a_faire import attentes_de
from tests.fabriques import (
    faire_cadre,
    faire_demande,
    faire_mobilite,
    faire_opportunite,
    faire_place,
    faire_prestation,
    faire_proposition,
    faire_session,
)
from tests.fabriques.coaching import faire_accompagnement

LUNDI = datetime(2027, 3, 1, 8, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def une_note_a_ecrire(monkeypatch):
    """Something waits for the HR services, for nobody else."""
    monkeypatch.setattr(
        recapitulatif,
        "attentes_de",
        lambda acteur: [Attente("Noter", "", "/x/", "Noter")] if acteur.est_rh else [],
    )


def test_monday_says_what_waits_once_a_week(troupe, une_note_a_ecrire):
    rh = recapitulatif.deposer_recapitulatifs(maintenant=LUNDI)

    assert rh >= 5
    assert recapitulatif.deposer_recapitulatifs(maintenant=LUNDI + timedelta(days=1)) == 0
    assert recapitulatif.deposer_recapitulatifs(maintenant=LUNDI + timedelta(days=7)) == rh
    courriel = Courriel.objects.filter(utilisateur=troupe.drh_ville.utilisateur).first()
    assert courriel.objet.replace("\u00a0", " ") == "Votre récapitulatif : 1 point à suivre"
    assert "/x/" in courriel.corps


@pytest.mark.parametrize(
    ("jours", "part"), [(-1, False), (0, True), (3, True), (4, False), (6, False)]
)
def test_it_leaves_on_monday_at_the_latest_on_thursday(troupe, une_note_a_ecrire, jours, part):
    assert (
        bool(recapitulatif.deposer_recapitulatifs(maintenant=LUNDI + timedelta(days=jours))) is part
    )


def test_it_says_what_waits_in_every_room_and_a_coaching_once(troupe):
    lundi = minuit(timezone.localdate() - timedelta(days=timezone.localdate().weekday()))
    RendezVousCoaching.objects.create(
        accompagnement=faire_accompagnement(troupe.fiche_du_cadre),
        debut=timezone.now() + timedelta(days=2),
        lieu="Cabinet",
    )

    recapitulatif.deposer_recapitulatifs(maintenant=lundi + timedelta(hours=8))

    corps = Courriel.objects.get(utilisateur=troupe.cadre.utilisateur).corps
    assert corps.count("Coaching") == 1
    assert "Cabinet" in corps


def test_who_has_not_said_yes_receives_none(troupe):
    """Two reminders were promised, and no more: something waits for them, and is not written."""
    assert recapitulatif.attentes_de(acteur_du_mandat(troupe.cadre_muet.mandat))

    recapitulatif.deposer_recapitulatifs(maintenant=LUNDI)

    assert not Courriel.objects.filter(utilisateur=troupe.cadre_muet.utilisateur).exists()


def test_who_wants_none_receives_none(troupe, une_note_a_ecrire):
    PreferencesRappel.objects.create(utilisateur=troupe.drh_ville.utilisateur, resume=False)

    recapitulatif.deposer_recapitulatifs(maintenant=LUNDI)

    ecrits = set(Courriel.objects.values_list("utilisateur", flat=True))
    assert troupe.drh_ville.utilisateur.pk not in ecrits
    assert troupe.drh_region.utilisateur.pk in ecrits


def test_the_clock_writes_it_by_day(troupe, une_note_a_ecrire, monkeypatch):
    monkeypatch.setattr(recapitulatif, "jour_attendu", lambda voulu, jour: jour)
    monkeypatch.setattr(recapitulatif, "HEURES", 24)
    PreferencesRappel.objects.bulk_create(
        PreferencesRappel(utilisateur=personne, heure=7) for personne in Utilisateur.objects.all()
    )
    monkeypatch.setattr(recapitulatif, "est_une_heure_decente", lambda: False)
    assert _ecrits_par_l_horloge() == 0
    monkeypatch.setattr(recapitulatif, "est_une_heure_decente", lambda: True)
    assert _ecrits_par_l_horloge() >= 5


def _ecrits_par_l_horloge():
    return next(
        tour.faits for tour in faire_le_tour() if tour.acte.nom == "pilotage.recapitulatifs"
    )


def test_it_names_nobody_but_its_reader(troupe):
    """The page says of whom; the mail, of which poste."""
    proposition = faire_proposition(faire_opportunite(troupe.region), troupe.fiche_du_cadre)
    mobilite = faire_mobilite(proposition)
    faire_demande(troupe.fiche_du_cadre, faire_opportunite(troupe.region))

    recapitulatif.deposer_recapitulatifs(maintenant=LUNDI)

    page = [a.detail for a in attentes_de(troupe.drh_region)]
    assert any(troupe.fiche_du_cadre.nom in detail for detail in page)
    corps = Courriel.objects.get(utilisateur=troupe.drh_region.utilisateur).corps
    assert mobilite.poste_accueil.intitule in corps
    for courriel in Courriel.objects.exclude(utilisateur=troupe.cadre.utilisateur):
        assert troupe.fiche_du_cadre.nom not in courriel.corps


# --- One's own day and hour ----------------------------------------------------------------------


def partent(maintenant, utilisateur):
    siens = Courriel.objects.filter(utilisateur=utilisateur)
    avant = siens.count()
    recapitulatif.deposer_recapitulatifs(maintenant=maintenant)
    return siens.count() - avant


def test_it_leaves_on_the_day_and_at_the_hour_that_one_chose(troupe, une_note_a_ecrire):
    drh = troupe.drh_ville.utilisateur
    PreferencesRappel.objects.create(utilisateur=drh, jour=3, heure=17)
    jeudi = LUNDI + timedelta(days=3)

    assert partent(LUNDI, drh) == 0
    assert partent(jeudi, drh) == 0
    assert partent(jeudi.replace(hour=16), drh) == 0
    assert partent(jeudi.replace(hour=17), drh) == 1
    assert partent(jeudi.replace(hour=18), drh) == 0


def test_each_working_day_is_once_a_day_and_never_a_holiday(troupe, une_note_a_ecrire):
    """From Friday 26 March 2027; Monday 29 is Easter Monday."""
    drh = troupe.drh_ville.utilisateur
    PreferencesRappel.objects.create(utilisateur=drh, jour=PreferencesRappel.Jour.CHAQUE_JOUR)
    vendredi = datetime(2027, 3, 26, 8, tzinfo=ZoneInfo("Europe/Paris"))

    ecrits = [partent(vendredi + timedelta(days=n), drh) for n in range(6)]

    assert ecrits == [1, 0, 0, 0, 1, 1]


def test_a_monday_that_is_a_holiday_is_told_on_tuesday(troupe, une_note_a_ecrire):
    drh = troupe.drh_ville.utilisateur
    paques = datetime(2027, 3, 29, 8, tzinfo=ZoneInfo("Europe/Paris"))

    assert [partent(paques + timedelta(days=n), drh) for n in range(4)] == [0, 1, 0, 0]


def test_two_hats_are_one_mail_whose_links_say_which(troupe, une_note_a_ecrire):
    """Somebody who serves two employers: one mail, a heading and a link for each."""
    drh = troupe.drh_ville
    second = Mandat.objects.create(
        utilisateur=drh.utilisateur, collectivite=troupe.region, role=Role.GESTIONNAIRE
    )

    assert partent(LUNDI, drh.utilisateur) == 1

    corps = Courriel.objects.get(utilisateur=drh.utilisateur).corps
    assert f"/x/?agir={drh.mandat.pk}" in corps
    assert f"/x/?agir={second.pk}" in corps
    assert corps.index(drh.mandat.libelle) < corps.index(second.libelle)


def test_an_appointment_and_what_waits_are_one_mail_that_says_it_once(troupe):
    """On their day, the coaching of tomorrow stands among what waits: it is not said again."""
    RendezVousCoaching.objects.create(
        accompagnement=faire_accompagnement(troupe.fiche_du_cadre),
        debut=LUNDI + timedelta(days=1, hours=2),
        lieu="Cabinet",
    )

    with time_machine.travel(LUNDI, tick=False):
        assert partent(LUNDI, troupe.cadre.utilisateur) == 1

    assert Courriel.objects.get(utilisateur=troupe.cadre.utilisateur).corps.count("Cabinet") == 1


def test_who_has_no_account_is_reminded_at_their_address(troupe):
    cadre = faire_cadre(troupe.region, "retenu", avec_compte=False)
    faire_place(
        faire_session(faire_prestation(troupe.region), debut=LUNDI + timedelta(days=1)), cadre
    )

    recapitulatif.deposer_recapitulatifs(maintenant=LUNDI)

    courriel = Courriel.objects.get(cadre_ref=cadre.pk)
    assert (courriel.destinataire, courriel.arret) == (cadre.courriel, "")


def test_it_costs_no_more_for_those_whose_hour_it_is_not(
    troupe, une_note_a_ecrire, django_assert_max_num_queries
):
    with django_assert_max_num_queries(15):
        assert recapitulatif.deposer_recapitulatifs(maintenant=LUNDI.replace(hour=15)) == 0
