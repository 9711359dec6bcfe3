"""A coach's day: find somebody, see the week, correct an attendance, keep notes of one's own."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cadres.donnees_personnelles.donnees import rubriques_de
from collectivites.models import EntreeJournal
from parcours.coaching.actions import ecrits
from parcours.models import NotePrivee
from tests.fabriques.coaching import faire_coaching, faire_creneau, faire_note_privee
from tests.parcours.coaching.aide import changer

SECRETE = "Je la sens fatiguée."


def test_somebody_is_found_by_a_piece_of_their_name(troupe, accompagnement, client_de):
    nom = troupe.fiche_du_cadre.nom
    page = client_de(troupe.accompagnateur).get(
        reverse("parcours:accompagnements"), {"q": nom[:4].upper()}
    )

    assert [p.cadre for p in page.context["trouvees"]] == [troupe.fiche_du_cadre]
    rien = client_de(troupe.accompagnateur).get(reverse("parcours:accompagnements"), {"q": "zzz"})
    assert "Aucune personne confiée ne répond" in rien.text


def test_the_week_holds_appointments_and_free_hours(troupe, accompagnement, client_de):
    coaching = faire_coaching(accompagnement, 7)
    faire_creneau(troupe.accompagnateur.mandat, 7.2)
    jour = timezone.localdate(coaching.debut)

    page = client_de(troupe.accompagnateur).get(
        reverse("parcours:semaine"), {"du": jour.isoformat()}
    )

    assert troupe.fiche_du_cadre.nom_complet in page.text
    assert "Créneau libre" in page.text


@pytest.mark.parametrize("du", ["", "demain", "0001-01-01", "9999-12-31"])
def test_a_week_that_is_none_is_this_week(troupe, client_de, du):
    page = client_de(troupe.accompagnateur).get(reverse("parcours:semaine"), {"du": du})

    assert page.status_code == 200
    assert any(jour.est_aujourdhui for jour in page.context["jours"]) or (
        timezone.localdate().weekday() > 4
    )


def test_an_attendance_once_marked_is_corrected_and_the_journal_says_both(
    troupe, accompagnement, client_de
):
    coaching = faire_coaching(accompagnement, -2)
    adresse = reverse("parcours:noter_rendez_vous", args=[coaching.pk])
    page = reverse("parcours:accompagnement", args=[troupe.fiche_du_cadre.pk])
    client = client_de(troupe.accompagnateur)
    client.post(adresse, {"presence": "absent"})
    corriger = client.get(page).text.split("Ce qui est juste")[1].split("</form>")[0]
    assert 'value="absent"' not in corriger  # what it is already
    assert 'name="presence"' not in corriger.split("<button")[1]  # chosen first, then said

    reponse = client.post(
        adresse,
        {"presence": "faite", "corrige": "1"},
        headers={"referer": f"http://testserver{page}"},
    )

    assert reponse["Location"].endswith("#passes")  # and not the top of the page
    coaching.refresh_from_db()
    assert coaching.est_tenu
    derniere = EntreeJournal.objects.filter(acte="coaching.presence").order_by("-pk")[0]
    assert "au lieu de" in derniere.libelle


def test_hours_done_stand_beside_hours_planned(troupe, accompagnement, client_de):
    faire_coaching(accompagnement, -2, etat="tenu", duree_minutes=90)
    faire_coaching(accompagnement, 3, duree_minutes=60)

    page = client_de(troupe.accompagnateur).get(
        reverse("parcours:accompagnement", args=[troupe.fiche_du_cadre.pk])
    )

    assert "1 h 30 faites, 1 h à venir" in page.text.replace("\u00a0", " ")


# --- Notes of one's own ---------------------------------------------------------------------------


def test_the_coach_alone_reads_their_own_notes(troupe, accompagnement, client_de):
    note = ecrits.ecrire_note_privee(
        acteur=troupe.accompagnateur, cadre=troupe.fiche_du_cadre, texte=SECRETE
    )

    assert SECRETE not in NotePrivee.objects.values_list("scelle", flat=True)[0]
    page = reverse("parcours:accompagnement", args=[troupe.fiche_du_cadre.pk])
    assert SECRETE in client_de(troupe.accompagnateur).get(page).text
    mienne = client_de(troupe.cadre).get(reverse("parcours:mon_accompagnement")).text
    assert SECRETE not in mienne
    assert client_de(troupe.cadre).get(
        reverse("parcours:modifier_note_privee", args=[note.pk])
    ).status_code in {403, 404}


def test_the_cadre_writes_no_note_of_the_coach(troupe, accompagnement):
    with pytest.raises(PermissionDenied):
        ecrits.ecrire_note_privee(acteur=troupe.cadre, cadre=troupe.fiche_du_cadre, texte=SECRETE)


def test_they_are_destroyed_with_the_accompagnement(troupe, accompagnement):
    faire_note_privee(accompagnement, SECRETE)

    changer(troupe, troupe.autre_accompagnateur)

    assert not NotePrivee.objects.exists()


def test_the_person_knows_that_there_are_some_and_how_to_ask_for_a_copy(troupe, accompagnement):
    faire_note_privee(accompagnement, SECRETE)

    texte = str(rubriques_de(troupe.fiche_du_cadre))

    assert "Notes personnelles de la personne qui vous accompagne" in texte
    assert "droit d’accès" in texte
    assert SECRETE not in texte
