"""« Qui a lu votre dossier »: what is noted of a reading, and as what. That no page is forgotten, the walk
of the matrix shows (`test_matrice`, with `lectures`)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.donnees_personnelles.lectures import pages_inscrites
from cadres.models import Consultation
from tests.acces.adresses import adresses
from tests.acces.lectures import EXCEPTIONS
from tests.fabriques import dans, faire_mandat, il_y_a

ADRESSES = adresses()


def test_every_page_that_is_noted_exists():
    assert pages_inscrites() <= ADRESSES.keys()
    assert not pages_inscrites() & EXCEPTIONS.keys()


def test_a_poste_with_many_wishes_costs_one_query_and_one_insert(scene, clients):

    with CaptureQueriesContext(connection) as requetes:
        clients["drh"].get(f"/opportunites/{scene.opportunite.pk}/")
    ecrites = [r["sql"] for r in requetes if r["sql"].startswith("INSERT")]
    assert len([sql for sql in ecrites if "cadres_consultation" in sql]) == 1
    natures = set(
        Consultation.objects.filter(cadre=scene.troupe.fiche_de_l_autre_cadre).values_list(
            "nature", flat=True
        )
    )
    assert natures == {"voeu", "demande", "proposition"}


def natures(fiche):
    return set(Consultation.objects.filter(cadre=fiche).values_list("nature", flat=True))


def test_what_i_answered_to_a_host_that_asked_me_is_among_the_readings(scene, clients):
    """« Ce poste vous intéresserait-il ? » : its page says to whom the question was put."""
    clients["autre_drh"].get(f"/opportunites/{scene.sollicitation.opportunite_id}/")
    assert natures(scene.sollicitation.cadre) == {"sollicitation"}


def test_my_question_is_among_the_readings_of_the_proposition(scene, clients):
    clients["drh"].get(f"/propositions/{scene.question.proposition_id}/")
    assert natures(scene.question.proposition.cadre) == {"proposition", "question"}
    Consultation.objects.all().delete()
    # Their own employer opens the same page, and reads no question there.
    clients["autre_drh"].get(f"/propositions/{scene.question.proposition_id}/")
    assert natures(scene.question.proposition.cadre) == {"proposition"}


@pytest.mark.parametrize(("accord", "lecteurs"), [("demande", {"drh"}), ("oui", {"drh", "dgs"})])
def test_my_agreement_that_a_dgs_learns_of_it_is_among_the_readings(
    accord, lecteurs, scene, clients
):
    """The DGS of the Région also serves the Département, where the person works."""
    faire_mandat(
        "dgs", scene.troupe.departement, scene.troupe.dgs_region.utilisateur, debut=dans(1)
    )
    soumise = scene.proposition_soumise
    soumise.accord_dgs = accord
    soumise.accord_repondu_le = il_y_a(0) if accord == "oui" else None
    soumise.save()
    for persona in ("drh", "dgs"):
        reponse = clients[f"autre_{persona}"].get(f"/propositions/{soumise.pk}/")
        assert (reponse.status_code == 200) is (persona in lecteurs)
        assert ("accord" in natures(soumise.cadre)) is (persona in lecteurs)
        Consultation.objects.all().delete()


def test_nobody_is_said_to_have_read_their_own_file(scene, clients):
    for nom in ("cadres:mes_donnees", "opportunites:voeux", "parcours:mon_accompagnement"):
        clients["cadre"].get(ADRESSES[nom].chemin())
    assert not Consultation.objects.exists()
