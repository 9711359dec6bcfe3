"""The file of a move: routes, dates, the day it is true, and its end without effect."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cadres.models import Candidature
from collectivites.models import Collectivite, Courriel, EntreeJournal, Mandat
from collectivites.mots import Role
from collectivites.refus import ActionImpossible
from opportunites.dossier.actions import mobilites
from opportunites.dossier.droit.voies import precautions, voies_possibles
from opportunites.models import Mobilite, Opportunite, Proposition
from opportunites.propositions.actions import propositions, reponses
from tests.fabriques import dans, faire_cadre, faire_mobilite, faire_proposition

pytestmark = pytest.mark.django_db


@pytest.fixture
def mobilite(scene):
    proposition = faire_proposition(scene.opportunite, scene.cadre)
    return reponses.accepter(acteur=scene.troupe.cadre, proposition=proposition)


def codes(mobilite):
    return {voie.code for voie in voies_possibles(mobilite)}


@pytest.mark.parametrize(
    ("statut", "attendu"),
    [
        (
            "titulaire",
            {
                "MUTATION",
                "DETACHEMENT_LONG",
                "DETACHEMENT_COURT",
                "INTEGRATION_DIRECTE",
                "MAD",
                "DISPONIBILITE",
            },
        ),
        ("stagiaire", set()),
        ("cdi", {"MAD", "CONTRAT_CDD", "PORTABILITE_CDI"}),
        ("cdd", {"CONTRAT_CDD"}),
    ],
)
def test_the_statut_decides_of_the_routes(mobilite, statut, attendu):
    mobilite.cadre.statut = statut

    assert codes(mobilite) == attendu


def test_an_emploi_fonctionnel_has_its_own_route(mobilite):
    mobilite.poste_accueil.emploi_fonctionnel = True

    assert "DETACHEMENT_EF" in codes(mobilite)


def test_two_employers_of_one_administration_change_an_affectation(mobilite):
    for collectivite in (mobilite.collectivite_origine, mobilite.collectivite_accueil):
        collectivite.groupe_employeur = "GRP_ORLEANS"

    premiere = voies_possibles(mobilite)[0]

    assert premiere.code == "AFFECTATION_INTERNE"
    assert premiere.est_a_verifier


def test_two_employers_without_a_group_are_not_one(mobilite):
    assert "AFFECTATION_INTERNE" not in codes(mobilite)


def test_every_route_that_a_rule_names_is_one_that_may_be_chosen():
    from opportunites.dossier.droit.voies import toutes_les_voies

    assert set(Mobilite.Voie.values) <= set(toutes_les_voies())


def test_a_stagiaire_is_warned_of(mobilite):
    mobilite.cadre.statut = "stagiaire"

    assert "titularisation" in " ".join(precautions(mobilite))


@pytest.mark.parametrize("qui", ["drh_region", "drh_departement", "gestionnaire_region"])
def test_either_hr_direction_prepares(scene, mobilite, client_de, qui):
    client = client_de(getattr(scene.troupe, qui))

    reponse = client.post(
        reverse("opportunites:preparer_mobilite", args=[mobilite.pk]),
        {
            "voie": "MUTATION",
            "date_effet": dans(100).isoformat(),
            "demande_recue_le": dans(0).isoformat(),
        },
        follow=True,
    )

    mobilite.refresh_from_db()
    assert (mobilite.voie, mobilite.date_effet) == ("MUTATION", dans(100))
    assert "Sans réponse de l’employeur d’origine" in reponse.content.decode()
    assert "Départ au plus tard" in reponse.content.decode()


def test_a_route_of_memory_is_shown_with_its_caution(scene, mobilite, client_de):
    Collectivite.objects.filter(
        pk__in=[scene.troupe.region.pk, scene.troupe.departement.pk]
    ).update(groupe_employeur="UN")
    Mobilite.objects.filter(pk=mobilite.pk).update(voie="AFFECTATION_INTERNE", date_effet=dans(9))

    page = client_de(scene.troupe.drh_region).get(
        reverse("opportunites:mobilite", args=[mobilite.pk])
    )

    assert "À vérifier avant tout usage juridique" in page.content.decode()


def test_a_route_that_is_not_open_is_refused(scene, mobilite):
    with pytest.raises(ActionImpossible, match="Cette voie"):
        mobilites.preparer_mobilite(
            acteur=scene.troupe.drh_region,
            mobilite=mobilite,
            voie="PORTABILITE_CDI",
            date_effet=dans(30),
        )


def test_the_date_follows_the_agreement(scene, mobilite, client_de):
    reponse = client_de(scene.troupe.drh_region).post(
        reverse("opportunites:preparer_mobilite", args=[mobilite.pk]),
        {"voie": "MUTATION", "date_effet": dans(-3).isoformat()},
    )

    assert "précède l’accord" in reponse.content.decode()


def preparer(scene, mobilite, effet):
    """As if the agreement were older: its date may then be today's."""
    Mobilite.objects.filter(pk=mobilite.pk).update(
        ouverte_le=timezone.now() - timedelta(days=40),
        voie="MUTATION",
        date_effet=effet,
        demande_recue_le=dans(-40),
        reponse_origine="accord",
        date_convenue=effet,
    )
    mobilite.refresh_from_db()


def test_it_is_not_effective_before_its_day(scene, mobilite):
    preparer(scene, mobilite, dans(1))

    with pytest.raises(ActionImpossible, match="à partir de ce jour"):
        mobilites.rendre_effective(acteur=scene.troupe.drh_region, mobilite=mobilite)


def test_it_is_not_effective_without_route(scene, mobilite):
    with pytest.raises(ActionImpossible, match="voie statutaire"):
        mobilites.rendre_effective(acteur=scene.troupe.drh_region, mobilite=mobilite)


def test_the_host_makes_it_effective_and_everything_follows(scene, mobilite, client_de):
    preparer(scene, mobilite, dans(0))
    entree = scene.cadre.date_entree_poste

    reponse = client_de(scene.troupe.drh_region).post(
        reverse("opportunites:rendre_effective", args=[mobilite.pk])
    )

    assert reponse.status_code == 302
    mobilite.refresh_from_db()
    scene.cadre.refresh_from_db()
    scene.opportunite.refresh_from_db()
    assert mobilite.etat == Mobilite.Etat.EFFECTIVE
    assert mobilite.anciennete_origine_jours == (dans(0) - entree).days
    assert mobilite.proposition.etat == Proposition.Etat.REALISEE
    assert scene.opportunite.etat == Opportunite.Etat.POURVUE
    assert scene.cadre.poste == mobilite.poste_accueil
    assert scene.cadre.collectivite == scene.troupe.region
    assert Candidature.objects.get(cadre=scene.cadre).avancee == "effective"
    assert not scene.cadre.voeux.exists()
    assert Mandat.objects.en_vigueur().filter(
        utilisateur=scene.cadre.utilisateur, role=Role.CADRE, collectivite=scene.troupe.region
    )
    assert Courriel.objects.filter(objet__startswith="Mobilité effective").count() == 3
    for nom in ("drh_region", "drh_departement"):
        lignes = EntreeJournal.objects.visibles_par(getattr(scene.troupe, nom))
        assert lignes.filter(acte="mobilite.effective").exists()


@pytest.mark.parametrize("qui", ["drh_departement", "dgs_region", "cadre"])
def test_only_the_hr_direction_of_the_host_makes_it_effective(scene, mobilite, client_de, qui):
    preparer(scene, mobilite, dans(0))

    reponse = client_de(getattr(scene.troupe, qui)).post(
        reverse("opportunites:rendre_effective", args=[mobilite.pk])
    )

    assert reponse.status_code == 403


def test_giving_up_leaves_the_person_and_the_poste_as_before(scene, mobilite, client_de):
    client_de(scene.troupe.drh_departement).post(
        reverse("opportunites:abandonner_mobilite", args=[mobilite.pk]),
        {"motif": "Le poste change de périmètre."},
    )

    mobilite.refresh_from_db()
    scene.opportunite.refresh_from_db()
    assert mobilite.etat == Mobilite.Etat.ABANDONNEE
    assert mobilite.proposition.etat == Proposition.Etat.RETIREE
    assert scene.opportunite.etat == Opportunite.Etat.PUBLIEE
    assert Candidature.objects.get(cadre=scene.cadre).avancee == "en_parcours"
    assert scene.cadre.voeux.exists()


def test_giving_up_needs_a_reason(scene, mobilite, client_de):
    client_de(scene.troupe.drh_region).post(
        reverse("opportunites:abandonner_mobilite", args=[mobilite.pk]), {"motif": "  "}
    )

    mobilite.refresh_from_db()
    assert mobilite.etat == Mobilite.Etat.OUVERTE


def test_after_giving_up_the_same_person_may_be_proposed_the_poste_again(scene, mobilite):
    mobilites.abandonner_mobilite(
        acteur=scene.troupe.drh_region, mobilite=mobilite, motif="Report."
    )

    proposition = propositions.proposer(
        acteur=scene.troupe.drh_region,
        opportunite=scene.opportunite,
        cadre=scene.cadre,
        pourquoi="…",
    )

    assert proposition.etat == Proposition.Etat.BROUILLON


@pytest.mark.parametrize(
    ("qui", "attendu"),
    [
        ("cadre", 200),
        ("drh_region", 200),
        ("dgs_departement", 200),
        ("drh_ville", 404),
        ("autre_cadre", 404),
        ("etranger_dgs", 404),
        ("accompagnateur", 403),
    ],
)
def test_who_opens_the_file(scene, mobilite, client_de, qui, attendu):
    reponse = client_de(getattr(scene.troupe, qui)).get(
        reverse("opportunites:mobilite", args=[mobilite.pk])
    )

    assert reponse.status_code == attendu


@pytest.mark.parametrize("nombre", [1, 5, 50])
def test_the_list_costs_the_same_for_any_number(
    scene, client_de, nombre, django_assert_max_num_queries
):
    from tests.fabriques import faire_opportunite

    for _ in range(nombre):
        cadre = faire_cadre(scene.troupe.departement, "retenu")
        proposition = faire_proposition(faire_opportunite(scene.troupe.region), cadre, "acceptee")
        faire_mobilite(proposition)

    client = client_de(scene.troupe.drh_region)

    with django_assert_max_num_queries(11):
        reponse = client.get(reverse("opportunites:mobilites"))

    assert reponse.status_code == 200
