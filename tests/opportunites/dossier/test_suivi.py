"""Six and twelve months after: two voices, kept apart, counted together."""

import pytest
from dateutil.relativedelta import relativedelta
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from collectivites.refus import ActionImpossible
from opportunites.branchements.a_faire import a_faire
from opportunites.dossier.actions import mobilites
from opportunites.dossier.actions import suivi as actions_suivi
from opportunites.dossier.actions.suivi import ouvrir_les_suivis
from opportunites.dossier.bilans import agreger, enseignements
from opportunites.models import Mobilite, Suivi
from tests.fabriques import dans, faire_mobilite, faire_opportunite, faire_proposition

pytestmark = pytest.mark.django_db


@pytest.fixture
def arrivee(scene):
    """Effective at the Région since seven months; the person acts there now."""
    mobilite = faire_mobilite(
        faire_proposition(scene.opportunite, scene.cadre, "realisee"),
        "effective",
        date_effet=timezone.localdate() - relativedelta(months=7),
    )
    ouvrir_les_suivis(mobilite)
    return mobilite


def suivi(mobilite, mois=6, cote="accueil"):
    return mobilite.suivis.get(mois=mois, cote=cote)


REPONSE = {"en_poste": True, "bilan": "bien", "themes": ["passation"], "note": "Bonne passation."}


def test_an_effective_move_opens_its_four_follow_ups(scene):
    mobilite = faire_mobilite(
        faire_proposition(scene.opportunite, scene.cadre, "acceptee"),
        voie="MUTATION",
        demande_recue_le=dans(-100),
        date_effet=dans(0),
    )

    mobilites.rendre_effective(acteur=scene.troupe.drh_region, mobilite=mobilite)

    assert sorted(mobilite.suivis.values_list("mois", "cote")) == [
        (6, "accueil"),
        (6, "cadre"),
        (12, "accueil"),
        (12, "cadre"),
    ]
    assert suivi(mobilite, 12).echeance == dans(0) + relativedelta(months=12)


def test_it_waits_for_the_host_and_for_the_person(scene, arrivee):
    titre = "Dire comment cela se passe, 6 mois après"

    assert titre in [a.titre for a in a_faire(scene.troupe.drh_region)]
    assert titre in [a.titre for a in a_faire(scene.troupe.cadre)]
    assert titre not in [a.titre for a in a_faire(scene.troupe.drh_departement)]
    assert "12 mois" not in str([a.titre for a in a_faire(scene.troupe.drh_region)])


def test_each_answers_by_the_page(scene, arrivee, client_de):
    donnees = {
        "en_poste": "oui",
        "bilan": "mitige",
        "themes": ["outils"],
        "note": "Sans poste fixe.",
    }
    for qui, cote in (("drh_region", "accueil"), ("cadre", "cadre")):
        ligne = suivi(arrivee, cote=cote)
        client = client_de(getattr(scene.troupe, qui))
        assert client.get(reverse("opportunites:suivi", args=[ligne.pk])).status_code == 200
        client.post(reverse("opportunites:suivi", args=[ligne.pk]), donnees)
        ligne.refresh_from_db()
        assert (ligne.en_poste, ligne.bilan, ligne.themes) == (True, "mitige", ["outils"])


def test_no_employer_reads_the_voice_of_the_person(scene, arrivee, client_de):
    sienne = suivi(arrivee, cote="cadre")
    actions_suivi.renseigner_suivi(
        acteur=scene.troupe.cadre, suivi=sienne, **{**REPONSE, "note": "Secret de la personne."}
    )

    for qui in ("drh_region", "dgs_region", "drh_departement"):
        client = client_de(getattr(scene.troupe, qui))
        page = client.get(reverse("opportunites:mobilite", args=[arrivee.pk]))
        assert "Secret" not in page.content.decode()
        assert client.get(reverse("opportunites:suivi", args=[sienne.pk])).status_code in {403, 404}
        lecons = client.get(reverse("opportunites:enseignements")).content.decode()
        assert "Secret" not in lecons


@pytest.mark.parametrize("qui", ["drh_departement", "cadre", "dgs_region"])
def test_the_voice_of_the_host_is_its_own(scene, arrivee, qui):
    with pytest.raises(PermissionDenied):
        actions_suivi.renseigner_suivi(
            acteur=getattr(scene.troupe, qui), suivi=suivi(arrivee), **REPONSE
        )


def test_it_opens_on_its_day(scene, arrivee):
    with pytest.raises(ActionImpossible, match="s’ouvre le"):
        actions_suivi.renseigner_suivi(
            acteur=scene.troupe.drh_region, suivi=suivi(arrivee, 12), **REPONSE
        )


def lignes(*groupes):
    return [(6, poste, bilan, themes) for n, poste, bilan, themes in groupes for _ in range(n)]


def test_under_the_threshold_nothing_is_told():
    lecons = agreger(lignes((4, True, "bien", ["passation"])), seuil=5)

    assert not lecons.est_publiable
    assert lecons.themes == []
    assert lecons.bien is None


def test_a_part_is_hidden_when_it_or_the_rest_would_name_somebody():
    lecons = agreger(
        lignes((9, True, "bien", ["passation"]), (1, False, "difficile", ["outils"])), seuil=5
    )

    assert lecons.est_publiable
    assert (lecons.en_poste, lecons.bien) == (None, None)
    assert dict(lecons.themes) == {
        "La passation a compté": None,
        "Les outils et les accès ont manqué au début": None,
    }


def test_large_parts_are_counted():
    lecons = agreger(
        lignes((6, True, "tres_bien", ["passation"]), (5, True, "mitige", ["outils"])), seuil=5
    )

    assert (lecons.en_poste, lecons.bien) == (11, 6)
    assert lecons.themes[0] == ("La passation a compté", 6)


def test_the_page_of_lessons_costs_the_same_and_is_the_demarche_s(
    scene, client_de, django_assert_max_num_queries
):
    client = client_de(scene.troupe.drh_region)
    for _ in range(6):
        from tests.fabriques import faire_cadre

        cadre = faire_cadre(scene.troupe.departement, "retenu")
        proposition = faire_proposition(faire_opportunite(scene.troupe.region), cadre, "realisee")
        mobilite = faire_mobilite(proposition, "effective", date_effet=dans(-200))
        ouvrir_les_suivis(mobilite)
        actions_suivi.renseigner_suivi(
            acteur=scene.troupe.drh_region, suivi=suivi(mobilite), **REPONSE
        )

    with django_assert_max_num_queries(8):
        page = client.get(reverse("opportunites:enseignements"))

    assert "La passation a compté" in page.content.decode()
    assert enseignements(scene.troupe.demarche).reponses == 6
    assert enseignements(scene.troupe.etranger_drh.demarche).reponses == 0
    assert Mobilite.objects.filter(etat="effective").count() == 6
    assert Suivi.objects.filter(renseigne_le__isnull=False).count() == 6
