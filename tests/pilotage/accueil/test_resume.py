"""Monday's digest: once a week, to those who want it and for whom something waits."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from cadres.candidature.acteurs import acteur_du_mandat
from collectivites.communs.calendrier import minuit
from collectivites.models import Courriel
from collectivites.travaux.attentes import Attente
from collectivites.travaux.horloge import faire_le_tour
from parcours.models import PreferencesRappel, RendezVousCoaching
from pilotage.accueil import resume
from pilotage.accueil.a_faire import attentes_de
from tests.fabriques import faire_demande, faire_mobilite, faire_opportunite, faire_proposition
from tests.fabriques.coaching import faire_accompagnement

LUNDI = datetime(2027, 3, 1, 7, tzinfo=ZoneInfo("Europe/Paris"))


@pytest.fixture
def une_note_a_ecrire(monkeypatch):
    """Something waits for the HR services, for nobody else."""
    monkeypatch.setattr(
        resume,
        "attentes_de",
        lambda acteur: [Attente("Noter", "", "/x/", "Noter")] if acteur.est_rh else [],
    )


def test_monday_says_what_waits_once_a_week(troupe, une_note_a_ecrire):
    rh = resume.deposer_resumes(maintenant=LUNDI)

    assert rh >= 5
    assert resume.deposer_resumes(maintenant=LUNDI + timedelta(days=1)) == 0
    assert resume.deposer_resumes(maintenant=LUNDI + timedelta(days=7)) == rh
    courriel = Courriel.objects.filter(utilisateur=troupe.drh_ville.utilisateur).first()
    assert courriel.objet.replace("\u00a0", " ") == "Votre semaine : 1 point à suivre"
    assert "/x/" in courriel.corps


@pytest.mark.parametrize(("jours", "part"), [(-1, False), (0, True), (2, True), (3, False)])
def test_it_leaves_on_monday_at_the_latest_on_wednesday(troupe, une_note_a_ecrire, jours, part):
    assert bool(resume.deposer_resumes(maintenant=LUNDI + timedelta(days=jours))) is part


def test_it_says_what_waits_in_every_room_and_a_coaching_once(troupe):
    lundi = minuit(timezone.localdate() - timedelta(days=timezone.localdate().weekday()))
    RendezVousCoaching.objects.create(
        accompagnement=faire_accompagnement(troupe.fiche_du_cadre),
        debut=timezone.now() + timedelta(days=2),
        lieu="Cabinet",
    )

    resume.deposer_resumes(maintenant=lundi + timedelta(hours=7))

    corps = Courriel.objects.get(utilisateur=troupe.cadre.utilisateur).corps
    assert corps.count("Coaching") == 1
    assert "Cabinet" in corps


def test_who_has_not_said_yes_receives_none(troupe):
    """Two reminders were promised, and no more: something waits for them, and is not written."""
    assert resume.attentes_de(acteur_du_mandat(troupe.cadre_muet.mandat))

    resume.deposer_resumes(maintenant=LUNDI)

    assert not Courriel.objects.filter(utilisateur=troupe.cadre_muet.utilisateur).exists()


def test_who_wants_none_receives_none(troupe, une_note_a_ecrire):
    PreferencesRappel.objects.create(utilisateur=troupe.drh_ville.utilisateur, resume=False)

    resume.deposer_resumes(maintenant=LUNDI)

    ecrits = set(Courriel.objects.values_list("utilisateur", flat=True))
    assert troupe.drh_ville.utilisateur.pk not in ecrits
    assert troupe.drh_region.utilisateur.pk in ecrits


def test_the_clock_writes_it_by_day(troupe, une_note_a_ecrire, monkeypatch):
    monkeypatch.setattr(resume, "DERNIER_JOUR", 6)
    monkeypatch.setattr(resume, "est_une_heure_decente", lambda: False)
    assert _ecrits_par_l_horloge() == 0
    monkeypatch.setattr(resume, "est_une_heure_decente", lambda: True)
    assert _ecrits_par_l_horloge() >= 5


def _ecrits_par_l_horloge():
    return next(tour.faits for tour in faire_le_tour() if tour.acte.nom == "pilotage.resumes")


def test_it_names_nobody_but_its_reader(troupe):
    """The page says of whom; the mail, of which poste."""
    proposition = faire_proposition(faire_opportunite(troupe.region), troupe.fiche_du_cadre)
    mobilite = faire_mobilite(proposition)
    faire_demande(troupe.fiche_du_cadre, faire_opportunite(troupe.region))

    resume.deposer_resumes(maintenant=LUNDI)

    page = [a.detail for a in attentes_de(troupe.drh_region)]
    assert any(troupe.fiche_du_cadre.nom in detail for detail in page)
    corps = Courriel.objects.get(utilisateur=troupe.drh_region.utilisateur).corps
    assert mobilite.poste_accueil.intitule in corps
    for courriel in Courriel.objects.exclude(utilisateur=troupe.cadre.utilisateur):
        assert troupe.fiche_du_cadre.nom not in courriel.corps
