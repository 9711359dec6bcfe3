"""The team that is left: its plan, its reader; and the end of the file, what waits in it."""

import pytest
from dateutil.relativedelta import relativedelta
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collectivites.refus import ActionImpossible
from opportunites.branchements.a_faire import a_faire
from opportunites.dossier.actions import depart, mobilites, points
from opportunites.dossier.droit import checklist
from opportunites.models import Impact, Mobilite
from tests.fabriques import dans, faire_cadre, faire_mobilite, faire_opportunite, faire_proposition
from tests.opportunites.dossier.aide import preparer, url

pytestmark = pytest.mark.django_db


# --- The team that is left ------------------------------------------------------------------------

PLAN = {"plan": "interim", "risque": "moyen", "interim": "La directrice adjointe", "precision": ""}


def test_the_origin_documents_and_the_dgs_sees_what_is_uncovered(
    scene, mobilite, origine, client_de
):
    Mobilite.objects.filter(pk=mobilite.pk).update(date_effet=dans(30))
    dgs = scene.troupe.dgs_departement
    # A DGS decides nothing there: the dashboard counts these teams, « À faire » does not ask.
    assert a_faire(dgs) == []
    assert list(Mobilite.objects.visibles_par(dgs).sans_plan()) == [mobilite]

    client_de(origine).post(url("impact", mobilite.pk), PLAN)

    assert Impact.objects.get().maj_par == origine.mandat
    assert not Mobilite.objects.visibles_par(dgs).sans_plan().exists()


def test_a_row_that_foresees_nothing_is_no_plan(mobilite, origine):
    depart.documenter_l_impact(
        acteur=origine, mobilite=mobilite, donnees={**PLAN, "plan": "a_prevoir"}
    )

    assert Mobilite.objects.sans_plan().count() == 1


@pytest.mark.parametrize("qui", ["drh_region", "cadre"])
def test_the_team_is_the_origin_s_affair(scene, mobilite, origine, client_de, qui):
    depart.documenter_l_impact(acteur=origine, mobilite=mobilite, donnees=PLAN)
    client = client_de(getattr(scene.troupe, qui))

    assert "La directrice adjointe" not in client.get(url("mobilite", mobilite.pk)).content.decode()
    assert client.get(url("impact", mobilite.pk)).status_code == 403


# --- One coherent state ---------------------------------------------------------------------------


def test_giving_up_closes_everything_and_loses_nothing(
    scene, mobilite, origine, accueil, client_de
):
    preparer(accueil, mobilite)
    depart.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(10))
    mobilites.abandonner_mobilite(acteur=accueil, mobilite=mobilite, motif="La personne reste.")

    element = mobilite.elements.get(code="ARRETE_MUTATION")
    with pytest.raises(ActionImpossible, match="abandonné"):
        points.cocher(acteur=accueil, element=element, fait=True)
    with pytest.raises(ActionImpossible, match="clos"):
        depart.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(10))
    with pytest.raises(ActionImpossible, match="abandonné"):
        depart.documenter_l_impact(acteur=origine, mobilite=mobilite, donnees=PLAN)
    assert mobilite.reponses.exists()
    assert mobilite.elements.exists()
    for qui in ("cadre", "drh_region", "drh_departement", "dgs_departement"):
        attentes = a_faire(getattr(scene.troupe, qui))
        assert not [a for a in attentes if "/mobilites/" in a.url]
        page = client_de(getattr(scene.troupe, qui)).get(url("mobilite", mobilite.pk))
        assert page.status_code == 200


def test_what_waits_for_each(scene, mobilite, accueil, origine):
    preparer(accueil, mobilite)
    mobilite.elements.update(echeance=dans(3))

    titres = {
        qui: [a.titre for a in a_faire(getattr(scene.troupe, qui))]
        for qui in ("cadre", "drh_region", "drh_departement")
    }

    assert "3\u00a0points à faire pour une mobilité" in titres["cadre"]
    assert any("points à faire" in titre for titre in titres["drh_region"])
    assert "Répondre à une demande de départ" in titres["drh_departement"]
    assert "Prévoir le remplacement dans l’équipe quittée" in titres["drh_departement"]
    attente = next(a for a in a_faire(origine) if a.titre.startswith("Répondre à une demande de d"))
    assert attente.echeance == mobilite.demande_recue_le + relativedelta(months=2)


@pytest.mark.parametrize("qui", ["drh_region", "drh_departement", "cadre"])
def test_the_page_costs_the_same_whatever_is_in_the_file(
    scene, mobilite, accueil, origine, client_de, qui
):
    client = client_de(getattr(scene.troupe, qui))
    preparer(accueil, mobilite)
    depart.documenter_l_impact(acteur=origine, mobilite=mobilite, donnees=PLAN)
    couts = []
    for jour in (40, 41, 42):
        depart.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(jour))
        for element in mobilite.elements.filter(cote="accueil")[: jour - 39]:
            points.cocher(acteur=accueil, element=element, fait=element.reserve_au_drh is False)
        with CaptureQueriesContext(connection) as requetes:
            assert client.get(url("mobilite", mobilite.pk)).status_code == 200
        couts.append(len(requetes))

    assert len(set(couts)) == 1
    assert couts[0] <= 16


@pytest.mark.parametrize("nombre", [1, 5, 50])
def test_what_waits_costs_the_same_for_any_number(scene, accueil, nombre):
    for _ in range(nombre):
        cadre = faire_cadre(scene.troupe.departement, "retenu")
        mobilite = faire_mobilite(
            faire_proposition(faire_opportunite(scene.troupe.region), cadre, "acceptee"),
            voie="MUTATION",
            date_effet=dans(10),
            demande_recue_le=dans(-20),
        )
        checklist.mettre_a_jour(mobilite)
    from opportunites.dossier.a_faire import attentes_du_dossier

    for qui in ("drh_region", "drh_departement", "dgs_departement", "cadre"):
        with CaptureQueriesContext(connection) as requetes:
            attentes_du_dossier(getattr(scene.troupe, qui))
        assert len(requetes) == (0 if qui == "dgs_departement" else 1)
