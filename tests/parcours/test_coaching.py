"""Coaching: who accompanies whom, appointments, notes, and the synthesis that the cadre publishes."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from cadres import actions as actions_cadres
from collectivites.erreurs import ActionImpossible
from collectivites.models import Courriel, EntreeJournal
from parcours.actions import coaching
from parcours.models import Accompagnement, NoteCoaching, Objectif, RendezVousCoaching, Synthese
from tests.fabriques import faire_inscription, il_y_a
from tests.fabriques_coaching import (
    faire_accompagnement,
    faire_bilan,
    faire_coaching,
    faire_note,
    faire_objectif,
    faire_synthese,
)


@pytest.fixture
def accompagnement(troupe):
    return faire_accompagnement(troupe.fiche_du_cadre)


def fiche(troupe):
    troupe.fiche_du_cadre.refresh_from_db()
    return troupe.fiche_du_cadre


def changer(troupe, vers):
    actions_cadres.confier(
        acteur=troupe.drh_departement,
        cadre=troupe.fiche_du_cadre,
        accompagnateur=vers.mandat if vers else None,
    )


def lisent(troupe, note):
    """Which of the three persons concerned read this note."""
    return {
        nom
        for nom in ("cadre", "accompagnateur", "autre_accompagnateur")
        if NoteCoaching.objects.visibles_par(getattr(troupe, nom)).filter(pk=note.pk).exists()
    }


# --- Who accompanies whom -----------------------------------------------------------------------


def test_entrusting_somebody_opens_their_history(troupe):
    changer(troupe, None)
    changer(troupe, troupe.accompagnateur)

    ouvert = Accompagnement.objects.get()
    assert ouvert.accompagnateur == troupe.accompagnateur.mandat
    assert ouvert.fin is None


def test_another_coach_closes_one_accompagnement_and_opens_the_next(troupe, accompagnement):
    a_venir = faire_coaching(accompagnement, 3)
    changer(troupe, troupe.autre_accompagnateur)

    accompagnement.refresh_from_db()
    a_venir.refresh_from_db()
    assert accompagnement.motif_fin == "changement"
    assert a_venir.etat == "annule"
    assert Accompagnement.objects.get(fin=None).accompagnateur == troupe.autre_accompagnateur.mandat
    assert {c.utilisateur for c in Courriel.objects.all()} == {
        troupe.cadre.utilisateur,
        troupe.accompagnateur.utilisateur,
    }


def test_notes_follow_only_if_the_cadre_says_so_and_they_may_say_no_later(troupe, accompagnement):
    note = faire_note(accompagnement, troupe.accompagnateur.utilisateur, "Avant.")
    assert lisent(troupe, note) == {"cadre", "accompagnateur"}

    changer(troupe, troupe.autre_accompagnateur)
    assert lisent(troupe, note) == {"cadre"}

    coaching.decider_des_notes(acteur=troupe.cadre, accompagnement=accompagnement, transmettre=True)
    assert lisent(troupe, note) == {"cadre", "autre_accompagnateur"}

    coaching.decider_des_notes(
        acteur=troupe.cadre, accompagnement=accompagnement, transmettre=False
    )
    assert lisent(troupe, note) == {"cadre"}


def test_notes_passed_on_once_are_not_passed_on_to_the_next(troupe, accompagnement):
    note = faire_note(accompagnement, troupe.accompagnateur.utilisateur, "Avant.")
    changer(troupe, troupe.autre_accompagnateur)
    coaching.decider_des_notes(acteur=troupe.cadre, accompagnement=accompagnement, transmettre=True)

    changer(troupe, troupe.accompagnateur)

    assert lisent(troupe, note) == {"cadre"}


@pytest.mark.parametrize("qui", ["accompagnateur", "autre_accompagnateur", "drh_departement"])
def test_nobody_else_decides_of_the_notes(troupe, accompagnement, qui):
    changer(troupe, troupe.autre_accompagnateur)

    with pytest.raises(ActionImpossible):
        coaching.decider_des_notes(
            acteur=getattr(troupe, qui), accompagnement=accompagnement, transmettre=True
        )


def test_a_withdrawal_seals_the_notes_and_frees_the_hours(troupe, accompagnement):
    note = faire_note(accompagnement, troupe.accompagnateur.utilisateur, "Un doute.")
    a_venir = faire_coaching(accompagnement, 3)

    actions_cadres.retirer(acteur=troupe.cadre)

    a_venir.refresh_from_db()
    accompagnement.refresh_from_db()
    assert lisent(troupe, note) == {"cadre"}
    assert a_venir.etat == "annule"
    assert accompagnement.motif_fin == "retrait"
    with pytest.raises(ActionImpossible):
        coaching.ecrire_note(
            acteur=troupe.accompagnateur, cadre=troupe.fiche_du_cadre, texte="Encore."
        )


def test_a_decision_not_to_retain_closes_the_door_at_once(troupe, accompagnement):
    note = faire_note(accompagnement, troupe.accompagnateur.utilisateur, "Un doute.")
    troupe.fiche_du_cadre.candidature.etat = "non_retenu"
    troupe.fiche_du_cadre.candidature.save()

    assert lisent(troupe, note) == {"cadre"}


def test_an_anonymised_cadre_has_no_readable_note(troupe, accompagnement):
    note = faire_note(accompagnement, troupe.accompagnateur.utilisateur, "Un doute.")
    troupe.fiche_du_cadre.anonymise_le = timezone.now()
    troupe.fiche_du_cadre.save()

    assert lisent(troupe, note) == set()


# --- Appointments -------------------------------------------------------------------------------


def fixer(troupe, jours=3, acteur=None, **champs):
    return coaching.fixer_rendez_vous(
        acteur=acteur or troupe.accompagnateur,
        cadre=troupe.fiche_du_cadre,
        **{"debut": il_y_a(-jours), "duree_minutes": 90, "lieu": "Salle 2", **champs},
    )


def test_the_coach_gives_a_date_moves_it_and_cancels_it(troupe):
    rendez_vous = fixer(troupe)
    deplace = coaching.deplacer_rendez_vous(
        acteur=troupe.accompagnateur,
        rendez_vous=rendez_vous,
        debut=il_y_a(-5),
        duree_minutes=60,
        lieu="Salle 3",
    )
    coaching.annuler_rendez_vous(acteur=troupe.accompagnateur, rendez_vous=deplace)

    rendez_vous.refresh_from_db()
    assert (rendez_vous.etat, rendez_vous.revision) == ("annule", 3)
    assert Courriel.objects.filter(utilisateur=troupe.cadre.utilisateur).count() == 3
    assert EntreeJournal.objects.filter(acte__startswith="coaching.").count() == 3


def test_the_same_date_again_changes_nothing(troupe):
    rendez_vous = fixer(troupe)
    coaching.deplacer_rendez_vous(
        acteur=troupe.accompagnateur,
        rendez_vous=rendez_vous,
        debut=rendez_vous.debut,
        duree_minutes=90,
        lieu="Salle 2",
    )

    assert Courriel.objects.count() == 1


def test_a_coach_is_not_in_two_places_at_once(troupe):
    fixer(troupe)

    with pytest.raises(ActionImpossible, match="déjà un rendez-vous"):
        fixer(troupe, debut=il_y_a(-3) + timedelta(minutes=60))
    fixer(troupe, debut=RendezVousCoaching.objects.get().fin)


def test_a_past_date_is_recorded_and_nobody_is_told(troupe):
    fixer(troupe, jours=-3)

    assert not Courriel.objects.exists()


@pytest.mark.parametrize(
    ("presence", "etat"), [("faite", "tenu"), ("absent", "absent"), ("excuse", "excuse")]
)
def test_attendance_is_noted_and_corrected(troupe, accompagnement, presence, etat):
    rendez_vous = faire_coaching(accompagnement, -1, etat="absent" if etat != "absent" else "tenu")

    note = coaching.noter_rendez_vous(
        acteur=troupe.accompagnateur, rendez_vous=rendez_vous, presence=presence
    )

    assert note.etat == etat


def test_attendance_is_not_noted_before_the_day(troupe, accompagnement):
    with pytest.raises(ActionImpossible, match="ce jour-là"):
        coaching.noter_rendez_vous(
            acteur=troupe.accompagnateur,
            rendez_vous=faire_coaching(accompagnement, 3),
            presence="faite",
        )


@pytest.mark.parametrize(
    "qui", ["autre_accompagnateur", "cadre", "drh_departement", "etranger_accompagnateur"]
)
def test_nobody_else_runs_the_appointments(troupe, accompagnement, qui):
    acteur, rendez_vous = getattr(troupe, qui), faire_coaching(accompagnement, -1)

    with pytest.raises(ActionImpossible):
        fixer(troupe, acteur=acteur)
    with pytest.raises(ActionImpossible):
        coaching.noter_rendez_vous(acteur=acteur, rendez_vous=rendez_vous, presence="faite")


# --- Notes and objectives -----------------------------------------------------------------------


def test_both_write_and_both_read_everything(troupe):
    for acteur in (troupe.accompagnateur, troupe.cadre):
        coaching.ecrire_note(acteur=acteur, cadre=fiche(troupe), texte=f"De {acteur.role}.")

    for acteur in (troupe.accompagnateur, troupe.cadre):
        assert [n.texte for n in NoteCoaching.objects.visibles_par(acteur)] == [
            "De cadre.",
            "De accompagnateur.",
        ]


def test_a_note_is_corrected_and_destroyed_by_its_author_alone(troupe, accompagnement):
    note = faire_note(accompagnement, troupe.accompagnateur.utilisateur, "Un doute.")

    with pytest.raises(ActionImpossible):
        coaching.modifier_note(acteur=troupe.cadre, note=note, texte="Non.")
    corrigee = coaching.modifier_note(acteur=troupe.accompagnateur, note=note, texte="Un élan.")
    assert corrigee.texte == "Un élan."
    with pytest.raises(ActionImpossible):
        coaching.detruire_note(acteur=troupe.cadre, note=note)
    coaching.detruire_note(acteur=troupe.accompagnateur, note=note)
    assert not NoteCoaching.objects.exists()


@pytest.mark.parametrize("vide", ["", "   ", "\r\n"])
def test_an_empty_note_is_not_kept(troupe, vide):
    with pytest.raises(ActionImpossible, match="Écrivez"):
        coaching.ecrire_note(acteur=troupe.cadre, cadre=fiche(troupe), texte=vide)


@pytest.mark.parametrize(
    "qui",
    ["drh_departement", "dgs_departement", "autre_accompagnateur", "autre_cadre", "etranger_drh"],
)
def test_nobody_else_writes_behind_the_wall(troupe, qui):
    for act in (coaching.ecrire_note, coaching.poser_objectif):
        with pytest.raises(ActionImpossible, match="n’appartiennent qu’à"):
            act(acteur=getattr(troupe, qui), cadre=troupe.fiche_du_cadre, texte="Je lis.")


def test_an_objective_is_reached_then_reopened(troupe):
    objectif = coaching.poser_objectif(acteur=troupe.cadre, cadre=fiche(troupe), texte="Oser.")

    assert coaching.cocher_objectif(acteur=troupe.accompagnateur, objectif=objectif).atteint_le
    assert not coaching.cocher_objectif(acteur=troupe.cadre, objectif=objectif).atteint_le


# --- The synthesis ------------------------------------------------------------------------------


def rediger(troupe, acteur, texte, revision):
    return coaching.rediger_synthese(
        acteur=acteur, cadre=fiche(troupe), texte=texte, revision=revision
    )


def test_two_who_write_at_once_do_not_erase_each_other(troupe):
    rediger(troupe, troupe.accompagnateur, "Un.", 0)

    with pytest.raises(ActionImpossible, match="a changé"):
        rediger(troupe, troupe.cadre, "Deux.", 0)
    assert rediger(troupe, troupe.cadre, "Un et deux.", 1).texte == "Un et deux."


def test_only_the_cadre_publishes_and_exactly_what_they_read(troupe):
    synthese = rediger(troupe, troupe.accompagnateur, "Une synthèse.", 0)

    with pytest.raises(ActionImpossible, match="Seule la personne"):
        coaching.publier_synthese(acteur=troupe.accompagnateur, synthese=synthese, revision=1)
    with pytest.raises(ActionImpossible, match="a changé"):
        coaching.publier_synthese(acteur=troupe.cadre, synthese=synthese, revision=0)
    coaching.publier_synthese(acteur=troupe.cadre, synthese=synthese, revision=1)

    ligne = EntreeJournal.objects.get(acte="coaching.synthese_publiee")
    assert "Une synthèse." not in f"{ligne.libelle}{ligne.motif}{ligne.details}"
    with pytest.raises(ActionImpossible, match="publiée"):
        rediger(troupe, troupe.accompagnateur, "Autre chose.", 1)


def test_a_published_synthesis_is_read_by_their_own_drh_and_dgs(troupe, accompagnement):
    faire_synthese(accompagnement, troupe.cadre.utilisateur, "Une synthèse.", troupe.departement)
    lecteurs = {
        nom
        for nom in troupe.__dataclass_fields__
        if hasattr(acteur := getattr(troupe, nom), "mandat")
        and Synthese.objects.publiees_pour(acteur).exists()
    }

    assert lecteurs == {"drh_departement", "dgs_departement"}


def test_a_published_synthesis_does_not_follow_to_the_next_employer(troupe, accompagnement):
    faire_synthese(accompagnement, troupe.cadre.utilisateur, "Une synthèse.", troupe.departement)
    troupe.fiche_du_cadre.collectivite = troupe.ville
    troupe.fiche_du_cadre.save()

    for acteur in (troupe.drh_departement, troupe.drh_ville):
        assert not Synthese.objects.publiees_pour(acteur).exists()


def test_a_synthesis_taken_back_is_read_no_more(troupe, accompagnement):
    synthese = faire_synthese(
        accompagnement, troupe.cadre.utilisateur, "Une synthèse.", troupe.departement
    )
    coaching.depublier_synthese(acteur=troupe.cadre, synthese=synthese)

    assert not Synthese.objects.publiees_pour(troupe.drh_departement).exists()


# --- Destruction --------------------------------------------------------------------------------


def test_destroying_what_was_written_keeps_dates_and_attendance(troupe, accompagnement):
    moi = troupe.cadre.utilisateur
    faire_note(accompagnement, moi, "Un.")
    faire_objectif(accompagnement, moi, "Deux.")
    faire_synthese(accompagnement, moi, "Trois.")
    faire_coaching(accompagnement, -3, etat="tenu")
    faire_bilan(faire_inscription(troupe.fiche_du_cadre), "Quatre.")

    nombres = coaching.detruire_les_ecrits(cadre=troupe.fiche_du_cadre)

    assert nombres == {"notecoaching": 1, "objectif": 1, "synthese": 1, "bilan": 1, "sortie": 0}
    assert not NoteCoaching.objects.exists()
    assert not Objectif.objects.exists()
    assert RendezVousCoaching.objects.count() == 1


# --- Pages --------------------------------------------------------------------------------------


def test_whoever_was_overtaken_keeps_what_they_typed(troupe, client_de, accompagnement):
    faire_synthese(accompagnement, troupe.accompagnateur.utilisateur, "Version du coach.")
    adresse = f"/accompagnements/{troupe.fiche_du_cadre.pk}/synthese/"

    reponse = client_de(troupe.cadre).post(adresse, {"texte": "Ma version.", "revision": 0})

    assert "Ma version." in reponse.text
    assert "Version du coach." in reponse.text
    assert 'name="revision" value="1"' in reponse.text


def test_the_preview_shows_the_very_lines_that_will_be_read(troupe, client_de, accompagnement):
    synthese = faire_synthese(accompagnement, troupe.cadre.utilisateur, "Prête à partir.")
    avant = client_de(troupe.cadre).get(f"/syntheses/{synthese.pk}/publier/").text
    client_de(troupe.cadre).post(f"/syntheses/{synthese.pk}/publier/", {"revision": 1})
    apres = client_de(troupe.drh_departement).get(f"/syntheses/{synthese.pk}/").text

    def lignes(page):
        return page.split('<article class="q-encart">')[1].split("</article>")[0]

    assert lignes(avant) == lignes(apres)


def test_the_page_behind_the_wall_is_kept_by_no_cache(troupe, client_de, accompagnement):
    for acteur, page in (
        (troupe.cadre, "/mon-accompagnement/"),
        (troupe.accompagnateur, f"/mes-accompagnements/{troupe.fiche_du_cadre.pk}/"),
    ):
        assert "no-store" in client_de(acteur).get(page)["Cache-Control"]


def test_the_cadre_passes_on_their_notes_in_one_tap(troupe, client_de, accompagnement):
    faire_note(accompagnement, troupe.accompagnateur.utilisateur, "Avant.")
    changer(troupe, troupe.autre_accompagnateur)
    moi, nouveau = client_de(troupe.cadre), client_de(troupe.autre_accompagnateur)
    page = f"/mes-accompagnements/{troupe.fiche_du_cadre.pk}/"
    assert "Avant." not in nouveau.get(page).text
    assert "Transmettre" in moi.get("/mon-accompagnement/").text

    moi.post(f"/mon-accompagnement/{accompagnement.pk}/notes/", {"choix": "transmettre"})

    assert "Avant." in nouveau.get(page).text


def test_the_employer_reads_dates_durations_and_attendance(troupe, client_de, accompagnement):
    faire_coaching(accompagnement, -3, etat="tenu", duree_minutes=60, lieu="Chez le coach")

    page = client_de(troupe.drh_departement).get(f"/registre/{troupe.fiche_du_cadre.pk}/").text

    assert "1\u00a0h" in page
    assert "Tenu" in page
    assert "Chez le coach" not in page


@pytest.mark.parametrize("nombre", [1, 5, 50])
def test_both_pages_cost_the_same_whatever_was_written(
    troupe, client_de, accompagnement, nombre, django_assert_max_num_queries
):
    for rang in range(nombre):
        faire_note(accompagnement, troupe.cadre.utilisateur, f"Note {rang}.")
        faire_objectif(accompagnement, troupe.cadre.utilisateur, f"Objectif {rang}.")
        faire_coaching(accompagnement, rang - 2)
    lui, moi = client_de(troupe.accompagnateur), client_de(troupe.cadre)

    with django_assert_max_num_queries(16):
        moi.get("/mon-accompagnement/")
    with django_assert_max_num_queries(16):
        lui.get(f"/mes-accompagnements/{troupe.fiche_du_cadre.pk}/")
    with django_assert_max_num_queries(15):
        lui.get("/mes-accompagnements/")


def test_the_calendar_file_keeps_its_uid_and_says_nothing_of_what_is_worked_on(
    troupe, client_de, accompagnement
):
    from icalendar import Calendar

    faire_objectif(accompagnement, troupe.cadre.utilisateur, "Oser dire non")
    rendez_vous = faire_coaching(accompagnement, 3, lieu="Salle 2", revision=2)

    reponse = client_de(troupe.cadre).get(f"/coaching/{rendez_vous.pk}/agenda.ics")

    (evenement,) = Calendar.from_ical(reponse.content).walk("VEVENT")
    assert evenement["SEQUENCE"] == 2
    assert evenement["UID"].startswith(f"coaching-{rendez_vous.pk}@")
    assert evenement["CLASS"] == "PRIVATE"
    assert "Oser" not in reponse.text


# --- « Je ne pourrai pas venir » ------------------------------------------------------------------


def lire_agenda(contenu):
    """(method, events) of a calendar file, by a real parser."""
    calendrier = Calendar.from_ical(contenu)
    assert not calendrier.errors
    return str(calendrier["method"]), calendrier.walk("VEVENT")


def test_the_cadre_frees_the_hour_and_the_coach_is_told(troupe, accompagnement):
    rendez_vous = faire_coaching(accompagnement, 3, lieu="Cabinet")
    revision = rendez_vous.revision

    coaching.decliner_rendez_vous(acteur=troupe.cadre, rendez_vous=rendez_vous)

    rendez_vous.refresh_from_db()
    assert (rendez_vous.etat, rendez_vous.revision) == ("annule", revision + 1)
    ligne = EntreeJournal.objects.get(acte="coaching.decline")
    assert (ligne.motif, ligne.details) == ("", {})
    assert "annulé par la personne" in ligne.libelle
    au_coach = Courriel.objects.get(utilisateur=troupe.accompagnateur.utilisateur)
    a_la_personne = Courriel.objects.get(utilisateur=troupe.cadre.utilisateur)
    for courriel in (au_coach, a_la_personne):
        methode, (evenement,) = lire_agenda(courriel.agenda)
        assert (methode, evenement["status"]) == ("CANCEL", "CANCELLED")
        assert evenement["uid"].startswith(f"coaching-{rendez_vous.pk}@")
        assert evenement["sequence"] == revision + 1
    # The hour serves somebody else.
    coaching.fixer_rendez_vous(
        acteur=troupe.accompagnateur,
        cadre=fiche(troupe),
        debut=rendez_vous.debut,
        duree_minutes=60,
    )


@pytest.mark.parametrize("qui", ["accompagnateur", "autre_cadre", "drh_departement"])
def test_nobody_declines_for_the_cadre(troupe, accompagnement, qui):
    rendez_vous = faire_coaching(accompagnement, 3)

    with pytest.raises(ActionImpossible):
        coaching.decliner_rendez_vous(acteur=getattr(troupe, qui), rendez_vous=rendez_vous)


@pytest.mark.parametrize(("jours", "etat"), [(-1, "prevu"), (3, "annule"), (-1, "tenu")])
def test_what_is_past_or_cancelled_is_not_declined(troupe, client_de, accompagnement, jours, etat):
    rendez_vous = faire_coaching(accompagnement, jours, etat=etat)
    adresse = f"/coaching/{rendez_vous.pk}/decliner/"
    client = client_de(troupe.cadre)

    with pytest.raises(ActionImpossible):
        coaching.decliner_rendez_vous(acteur=troupe.cadre, rendez_vous=rendez_vous)
    assert client.get(adresse).status_code == 403
    assert adresse not in client.get("/mon-accompagnement/").text


def test_the_button_asks_once_then_cancels(troupe, client_de, accompagnement):
    rendez_vous = faire_coaching(accompagnement, 3)
    adresse = f"/coaching/{rendez_vous.pk}/decliner/"
    client = client_de(troupe.cadre)

    for page in ("/mon-accompagnement/", "/mon-parcours/"):
        assert f'href="{adresse}"' in client.get(page).text
    assert client.get(adresse).status_code == 200
    rendez_vous.refresh_from_db()
    assert rendez_vous.etat == "prevu"
    assert client.post(adresse).status_code == 302
    rendez_vous.refresh_from_db()
    assert rendez_vous.etat == "annule"


# --- Calendar files -------------------------------------------------------------------------------


def test_planning_moving_and_cancelling_carry_the_same_event(troupe, accompagnement):
    rendez_vous = fixer(troupe, lieu="Cabinet")
    rendez_vous = coaching.deplacer_rendez_vous(
        acteur=troupe.accompagnateur,
        rendez_vous=rendez_vous,
        debut=rendez_vous.debut + timedelta(days=1),
        duree_minutes=60,
        lieu="Salle 3",
    )
    coaching.annuler_rendez_vous(acteur=troupe.accompagnateur, rendez_vous=rendez_vous)

    fichiers = [lire_agenda(c.agenda) for c in Courriel.objects.order_by("pk")]
    assert [methode for methode, _ in fichiers] == ["PUBLISH", "PUBLISH", "CANCEL"]
    evenements = [evenement for _, (evenement,) in fichiers]
    assert len({str(e["uid"]) for e in evenements}) == 1
    suites = [e["sequence"] for e in evenements]
    assert suites == sorted(set(suites))
    assert {str(e["summary"]) for e in evenements} == {"Coaching"}
    assert [str(e["location"]) for e in evenements] == ["Cabinet", "Salle 3", "Salle 3"]
    assert not any("description" in e for e in evenements)


def test_a_change_of_coach_clears_both_calendars(troupe, accompagnement):
    for jours in (3, 5):
        faire_coaching(accompagnement, jours)

    changer(troupe, troupe.autre_accompagnateur)

    for acteur in (troupe.cadre, troupe.accompagnateur):
        methode, evenements = lire_agenda(
            Courriel.objects.get(utilisateur=acteur.utilisateur).agenda
        )
        assert (methode, len(evenements)) == ("CANCEL", 2)


def test_whoever_is_no_longer_accompanied_has_their_calendar_cleared(troupe, accompagnement):
    rendez_vous = faire_coaching(accompagnement, 3)

    changer(troupe, None)

    courriel = Courriel.objects.get(utilisateur=troupe.cadre.utilisateur)
    methode, (evenement,) = lire_agenda(courriel.agenda)
    assert methode == "CANCEL"
    assert evenement["uid"].startswith(f"coaching-{rendez_vous.pk}@")
    assert "Une autre date" not in courriel.corps
