"""The demonstration loads once, is alive, and never mixes with real data."""

from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from cadres.models import Cadre, Candidature
from collectivites.models import Mandat, Utilisateur
from opportunites.models import Mobilite, Proposition
from parcours.models import (
    Accompagnement,
    Inscription,
    NoteCoaching,
    RendezVousCoaching,
    Synthese,
)
from pilotage.demo.organisation import ADRESSES, CODE, MOT_DE_PASSE
from pilotage.models import PassageJalon

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(decor, django_db_blocker) -> str:
    """Loaded once for the tests of this file, which read it; what the command printed."""
    with django_db_blocker.unblock(), override_settings(DEMO=True):
        return charger()


def charger() -> str:
    sortie = StringIO()
    call_command("demo", stdout=sortie)
    return sortie.getvalue()


def test_eighteen_moves_and_two_promotions_of_thirty(demo):
    assert Mobilite.objects.filter(etat="effective").count() == 18
    assert Inscription.objects.filter(promotion__demarche__code=CODE).count() == 60
    assert Proposition.objects.filter(etat="envoyee").count() == 4
    assert set(Candidature.objects.values_list("etat", flat=True)) == set(Candidature.Etat)


def test_no_proposition_is_older_than_the_gate_of_the_propositions(demo):
    ouverture = PassageJalon.objects.get(jalon="propositions", demarche__code=CODE)
    assert ouverture.le < Proposition.objects.order_by("creee_le").first().creee_le


def test_those_who_moved_are_at_their_new_desk(demo):
    for mobilite in Mobilite.objects.filter(etat="effective").select_related("cadre"):
        assert mobilite.cadre.poste_id == mobilite.poste_accueil_id
        assert mobilite.cadre.collectivite_id == mobilite.collectivite_accueil_id


def test_no_promotion_holds_more_people_than_it_has_places(demo):
    for inscription in Inscription.objects.select_related("promotion"):
        assert inscription.promotion.inscriptions.count() <= inscription.promotion.places


def test_loading_twice_changes_nothing(settings, demo):
    settings.DEMO = True
    avant = (Cadre.objects.count(), Utilisateur.objects.count(), Mandat.objects.count())
    assert "rien n’a été changé" in charger()
    assert (Cadre.objects.count(), Utilisateur.objects.count(), Mandat.objects.count()) == avant


def test_every_account_printed_can_log_in(demo, rf):
    for adresse in ADRESSES:
        assert adresse in demo
        assert authenticate(rf.post("/"), username=adresse, password=MOT_DE_PASSE) is not None


def test_one_person_is_dgs_of_both_ville_and_agglomeration(demo):
    mandats = Mandat.objects.filter(utilisateur__email="dgs.ville@demo.example", role="dgs")
    assert {m.collectivite.code for m in mandats} == {"ville", "agglomeration"}


def test_the_visitor_finds_their_coaching_and_a_published_synthesis(demo):
    visiteur = Cadre.objects.get(utilisateur__email="cadre@demo.example")

    notes = NoteCoaching.objects.filter(accompagnement__cadre=visiteur)
    assert {note.auteur.email for note in notes} == {
        "cadre@demo.example",
        "accompagnateur@demo.example",
    }
    assert all(note.texte for note in notes)
    assert Synthese.objects.filter(publiee_le__isnull=False).count() == 1
    assert RendezVousCoaching.objects.a_venir().filter(accompagnement__cadre=visiteur).exists()


def test_each_accompagnement_says_what_the_file_says(demo):
    for ouvert in Accompagnement.objects.filter(fin=None).select_related("cadre"):
        assert ouvert.accompagnateur_id == ouvert.cadre.accompagnateur_id


def test_the_files_of_the_moves_are_alive(demo):
    from opportunites.models import Element, ReponseOrigine, Suivi

    ouvertes = Mobilite.objects.filter(etat="ouverte")
    assert ouvertes.sans_plan().count() == 3
    assert Element.objects.filter(mobilite__in=ouvertes, fait_le__isnull=True).exists()
    assert Element.objects.filter(mobilite__in=ouvertes, fait_le__isnull=False).exists()
    assert {"accord", "date", "tacite"} <= set(
        ReponseOrigine.objects.values_list("sens", flat=True)
    )
    assert set(Suivi.objects.filter(renseigne_le__isnull=False).values_list("mois", "cote")) == {
        (6, "accueil"), (6, "cadre"), (12, "accueil"), (12, "cadre"),
    }  # fmt: skip
    assert Suivi.objects.attendus(timezone.localdate()).exists()
