"""The pages behind the wall."""

import pytest
from icalendar import Calendar

from parcours.coaching.dossier import lire
from tests.fabriques.coaching import (
    faire_coaching,
    faire_note,
    faire_objectif,
    faire_synthese,
)
from tests.parcours.coaching.aide import changer


def test_whoever_was_overtaken_keeps_what_they_typed(troupe, client_de, accompagnement):
    faire_synthese(accompagnement, troupe.accompagnateur.utilisateur, "Version du coach.")
    adresse = f"/accompagnements/{troupe.fiche_du_cadre.pk}/synthese/"

    reponse = client_de(troupe.cadre).post(adresse, {"texte": "Ma version.", "revision": 0})

    assert "Ma version." in reponse.text
    assert "Version du coach." in reponse.text
    assert 'name="revision" value="1"' in reponse.text


def test_several_paragraphs_come_back_as_they_were_typed(troupe, client_de, accompagnement):
    synthese = faire_synthese(
        accompagnement, troupe.accompagnateur.utilisateur, "Version du coach."
    )
    adresse = f"/accompagnements/{troupe.fiche_du_cadre.pk}/synthese/"
    texte = "Premier paragraphe.\r\n\r\nDeuxième, avec des « guillemets »\r\net une ligne."
    moi = client_de(troupe.cadre)

    page = moi.post(adresse, {"texte": texte, "revision": 0})
    formulaire = page.context["formulaire"]
    rendu = {nom: formulaire[nom].value() for nom in ("texte", "revision")}
    moi.post(adresse, rendu)

    assert rendu == {"texte": texte, "revision": "1"}
    synthese.refresh_from_db()
    assert lire(synthese) == texte.replace("\r\n", "\n")


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

    faire_objectif(accompagnement, troupe.cadre.utilisateur, "Oser dire non")
    rendez_vous = faire_coaching(accompagnement, 3, lieu="Salle 2", revision=2)

    reponse = client_de(troupe.cadre).get(f"/coaching/{rendez_vous.pk}/agenda.ics")

    (evenement,) = Calendar.from_ical(reponse.content).walk("VEVENT")
    assert evenement["SEQUENCE"] == 2
    assert evenement["UID"].startswith(f"{rendez_vous.uid_agenda}@")
    assert evenement["CLASS"] == "PRIVATE"
    assert "Oser" not in reponse.text


@pytest.mark.parametrize(
    ("civilite", "etat", "mot"),
    [("F", "absent", "Absente"), ("M", "absent", "Absent"), ("F", "excuse", "Excusée")],
)
def test_an_employer_reads_an_absence_on_the_fiche(
    troupe, client_de, accompagnement, civilite, etat, mot
):
    cadre = troupe.fiche_du_cadre
    cadre.civilite = civilite
    cadre.save(update_fields=["civilite"])
    faire_coaching(accompagnement, -3, etat=etat)
    page = client_de(troupe.drh_departement).get(f"/registre/{cadre.pk}/").text
    assert f"{mot}</span>" in page
