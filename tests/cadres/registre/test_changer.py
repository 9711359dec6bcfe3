"""Domaine, profil, visées and direction of several files at once: said first, done after."""

import pytest
from django.utils.html import escape

from cadres.candidature import actions as actes
from cadres.models import Cadre
from cadres.registre import en_nombre
from collectivites.models import EntreeJournal
from tests import fabriques
from tests.cadres.registre.aide import dit

URL = "/registre/changer/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def deux(troupe):
    return [
        fabriques.faire_cadre(
            troupe.departement,
            nom=nom,
            profil="experimente",
            vise_promotion=True,
            avec_compte=False,
        )
        for nom in ("Premier", "Second")
    ]


def envoi(cadres, **champs):
    return {"choix": ",".join(str(c.pk) for c in cadres), "relire": "oui", **champs}


def faire(drh, cadres, **champs):
    """Read, then confirm what was read."""
    lu = drh.post(URL, envoi(cadres, **champs)).context["lu"]
    return drh.post(URL, envoi(cadres, lu=lu, confirme="oui", **champs))


def test_nothing_is_written_before_one_has_read_who_changes(deux, drh):
    reponse = drh.post(URL, envoi(deux, direction="DGA Ressources"))
    assert "2 fiches changent" in reponse.content.decode().replace("\u00a0", " ")
    assert not Cadre.objects.filter(direction__libelle="DGA Ressources").exists()


def test_fifty_imported_files_get_their_domaine_at_once_each_with_its_line(deux, drh):
    faire(drh, deux, domaine="finances et controle de gestion", direction="DGA  Ressources")
    for cadre in deux:
        cadre.refresh_from_db()
        assert cadre.direction.libelle == "DGA Ressources"
        assert cadre.domaine == "ORG04"
        ligne = EntreeJournal.objects.get(cadre_ref=cadre.pk, acte="cadre.modifie")
        assert ligne.details["champs"] == ["domaine", "direction"]


@pytest.mark.parametrize(
    ("sens", "visees", "attendues"),
    [
        ("ajouter", ["vise_mobilite"], (True, True, False)),
        ("remplacer", ["vise_mobilite"], (False, True, False)),
        ("remplacer", [], (False, False, False)),
    ],
)
def test_aims_are_added_or_replaced(deux, drh, sens, visees, attendues):
    faire(drh, deux, sens=sens, visees=visees)
    deux[0].refresh_from_db()
    assert tuple(getattr(deux[0], champ) for champ in Cadre.VISEES) == attendues


def test_what_is_left_empty_stays_as_each_file_has_it(deux, drh):
    faire(drh, deux, direction="DGA Ressources")
    deux[0].refresh_from_db()
    assert (deux[0].profil, deux[0].vise_promotion) == ("experimente", True)


def test_a_profile_may_be_taken_back(deux, drh):
    faire(drh, deux, profil="aucun")
    deux[0].refresh_from_db()
    assert deux[0].profil == ""


def test_a_file_that_says_it_already_is_left_aside_and_has_no_line(deux, drh):
    deux[0].profil = ""
    deux[0].save()
    assert "1 fiche modifiée" in dit(faire(drh, deux, profil="aucun")).replace("\u00a0", " ")
    assert not EntreeJournal.objects.filter(cadre_ref=deux[0].pk).exists()


def test_what_is_typed_after_reading_is_shown_again_not_done(deux, drh):
    lu = drh.post(URL, envoi(deux, direction="DGA Ressources")).context["lu"]
    page = drh.post(URL, envoi(deux, direction="Autre", lu=lu, confirme="oui"))
    assert page.status_code == 200
    assert not Cadre.objects.filter(direction__libelle="Autre").exists()


@pytest.mark.parametrize(
    ("champs", "dit_"),
    [
        ({}, "Écrivez au moins une chose à changer."),
        ({"domaine": "poterie"}, "Cette famille n’est pas dans la liste."),
        ({"visees": ["vise_mobilite"]}, "Dites s’il faut ajouter ces visées"),
        ({"sens": "ajouter"}, "Cochez ce qui s’ajoute."),
    ],
)
def test_what_is_wrong_is_said_and_loses_nothing(deux, drh, champs, dit_):
    page = drh.post(URL, envoi(deux, confirme="oui", **champs)).content.decode()
    assert escape(dit_) in page
    assert "Premier" in page


def test_another_employers_people_are_left_aside(troupe, deux, drh):
    ailleurs = fabriques.faire_cadre(troupe.region, "accord", nom="Ailleurs")
    faire(drh, [*deux, ailleurs], direction="DGA Ressources")
    ailleurs.refresh_from_db()
    assert ailleurs.direction is None


def test_by_a_job_too(deux, drh, monkeypatch, django_capture_on_commit_callbacks):
    for module in (en_nombre, actes):
        monkeypatch.setattr(module, "PLUSIEURS_MAX", 1)
    with django_capture_on_commit_callbacks(execute=True):
        reponse = faire(drh, deux, direction="DGA Ressources")
    assert reponse.url.startswith("/taches/")
    assert "2\u00a0fiches modifiées" in drh.get(reponse.url).content.decode()
    assert Cadre.objects.filter(direction__libelle="DGA Ressources").count() == 2
