"""What a DRH adds by hand to the list of a move: its date stays, its author may take it away."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cadres.donnees_personnelles.effacement import anonymiser
from cadres.donnees_personnelles.traces import EFFACE
from cadres.fiche.verrous import verrouiller
from collectivites.models import EntreeJournal
from collectivites.refus import ActionImpossible
from opportunites.branchements.a_faire import a_faire
from opportunites.dossier import documents
from opportunites.dossier.actions import mobilites, points
from opportunites.dossier.actions.points import AJOUTS_MAX
from opportunites.dossier.donnees import donnees
from opportunites.dossier.droit import checklist
from opportunites.models import Element, Mobilite
from tests.fabriques import dans, faire_mobilite, faire_point, faire_proposition

pytestmark = pytest.mark.django_db

VOITURE = "Rendre la voiture de service"


@pytest.fixture
def mobilite(scene):
    """From the Département to the Région, by mutation, with its list."""
    mobilite = faire_mobilite(
        faire_proposition(scene.opportunite, scene.cadre, "acceptee"),
        ouverte_le=timezone.now() - timedelta(days=20),
        voie="MUTATION",
        demande_recue_le=dans(-10),
        date_effet=dans(-10) + relativedelta(months=3),
    )
    checklist.mettre_a_jour(mobilite)
    return mobilite


def ajouter(acteur, mobilite, **champs):
    valeurs = {"libelle": VOITURE, "cote": "origine", "echeance": dans(5)}
    return points.ajouter_element(acteur=acteur, mobilite=mobilite, **{**valeurs, **champs})


def url(nom, objet):
    return reverse(f"opportunites:{nom}", args=[objet.pk])


@pytest.mark.parametrize("qui", ["drh_departement", "gestionnaire_departement", "drh_region"])
def test_either_direction_adds_a_point_for_either_side(scene, mobilite, qui):
    for cote in Element.Cote.values:
        point = ajouter(getattr(scene.troupe, qui), mobilite, cote=cote)

        assert (point.cote, point.echeance, point.est_ajoute) == (cote, dans(5), True)


@pytest.mark.parametrize("qui", ["dgs_departement", "drh_ville", "cadre"])
def test_nobody_else_does(scene, mobilite, qui):
    with pytest.raises(PermissionDenied):
        ajouter(getattr(scene.troupe, qui), mobilite)


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"libelle": "  "}, "ce qui est à faire"),
        ({"echeance": dans(-30)}, "précède l’accord"),
        ({"echeance": dans(900)}, "trop lointaine"),
    ],
)
def test_a_point_says_what_and_by_when(scene, mobilite, champs, dit):
    with pytest.raises(ActionImpossible, match=dit):
        ajouter(scene.troupe.drh_region, mobilite, **champs)


def test_an_abandoned_file_has_no_more_points(scene, mobilite):
    Mobilite.objects.filter(pk=mobilite.pk).update(etat="abandonnee", abandonnee_le=timezone.now())

    with pytest.raises(ActionImpossible, match="abandonné"):
        ajouter(scene.troupe.drh_region, mobilite)


def test_a_list_stays_readable(scene, mobilite):
    for _ in range(AJOUTS_MAX):
        faire_point(mobilite, scene.troupe.drh_region)

    with pytest.raises(ActionImpossible, match="déjà"):
        ajouter(scene.troupe.drh_region, mobilite)


def test_it_keeps_its_date_when_the_route_and_the_date_change(scene, mobilite):
    point = ajouter(scene.troupe.drh_departement, mobilite)

    mobilites.preparer_mobilite(
        acteur=scene.troupe.drh_region,
        mobilite=mobilite,
        voie="DETACHEMENT_LONG",
        date_effet=dans(200),
        demande_recue_le=dans(-10),
    )

    point.refresh_from_db()
    assert point.echeance == dans(5)


def test_it_comes_at_its_date_on_the_page_and_on_paper(scene, mobilite, client_de):
    ajouter(scene.troupe.drh_departement, mobilite)
    page = client_de(scene.troupe.drh_region).get(url("mobilite", mobilite)).content.decode()
    papier = documents.liste_a_faire(
        mobilite,
        list(mobilite.elements.select_related("ajoute_par__collectivite")),
        scene.troupe.region,
        dans(0),
    )

    for texte in (page, papier):
        assert VOITURE in texte
        assert "Ajouté par : Département du Loiret" in texte.replace("\u00a0", " ")
        # Due in five days: before the announcement of the departure, a month later.
        assert texte.index(VOITURE) < texte.index("Annoncer le départ")


def test_by_the_page(scene, mobilite, client_de):
    client = client_de(scene.troupe.drh_departement)
    donnees = {"libelle": VOITURE, "cote": "cadre", "echeance": dans(-40).isoformat()}

    page = client.post(url("ajouter_element", mobilite), donnees).content.decode()
    assert "précède l’accord" in page
    assert VOITURE in page  # nothing is lost

    donnees["echeance"] = dans(5).isoformat()
    page = client.post(url("ajouter_element", mobilite), donnees, follow=True).content.decode()
    assert "Le point est ajouté" in page
    point = mobilite.elements.get(libelle=VOITURE)
    page = client.post(url("retirer_element", point), follow=True).content.decode()
    assert "est retiré de la liste" in page
    assert not mobilite.elements.filter(libelle=VOITURE).exists()


def test_the_person_reads_and_ticks_what_was_added_for_them(scene, mobilite, client_de):
    sien = ajouter(scene.troupe.drh_departement, mobilite, cote="cadre")
    ajouter(scene.troupe.drh_departement, mobilite, libelle="Prévenir le garage")

    page = client_de(scene.troupe.cadre).get(url("mobilite", mobilite)).content.decode()
    points.cocher(acteur=scene.troupe.cadre, element=sien, fait=True)

    assert VOITURE in page
    assert "Prévenir le garage" not in page
    assert "Ajouter un point" not in page


def test_only_the_direction_that_added_it_takes_it_away(scene, mobilite, client_de):
    point = ajouter(scene.troupe.drh_departement, mobilite)
    accueil, origine = scene.troupe.drh_region, scene.troupe.drh_departement

    with pytest.raises(PermissionDenied):
        points.retirer_element(acteur=accueil, element=point)
    retirer = url("retirer_element", point)
    assert retirer not in client_de(accueil).get(url("mobilite", mobilite)).content.decode()
    assert retirer in client_de(origine).get(url("mobilite", mobilite)).content.decode()


def test_once_done_it_stays(scene, mobilite):
    point = ajouter(scene.troupe.drh_departement, mobilite)
    points.cocher(acteur=scene.troupe.drh_departement, element=point, fait=True)

    with pytest.raises(ActionImpossible, match="reste au dossier"):
        points.retirer_element(acteur=scene.troupe.drh_departement, element=point)


def test_a_point_of_the_route_is_not_taken_away(scene, mobilite):
    with pytest.raises(ActionImpossible, match="vient de la voie"):
        points.retirer_element(
            acteur=scene.troupe.drh_departement, element=mobilite.elements.get(code="ANNONCE")
        )


def test_it_waits_with_the_others(scene, mobilite):
    ajouter(scene.troupe.drh_region, mobilite, cote="accueil")

    assert VOITURE in {a.titre for a in a_faire(scene.troupe.drh_region)}


def test_the_journal_keeps_its_words_where_they_can_be_erased(scene, mobilite):
    point = ajouter(scene.troupe.drh_departement, mobilite)
    points.retirer_element(acteur=scene.troupe.drh_departement, element=point)

    lignes = EntreeJournal.objects.filter(acte__startswith="mobilite.point_")
    assert [ligne.acte for ligne in lignes.order_by("pk")] == [
        "mobilite.point_ajoute",
        "mobilite.point_retire",
    ]
    for ligne in lignes:
        assert ligne.details == {"point": VOITURE, "cote": "origine"}
        assert VOITURE not in ligne.libelle


def test_the_person_may_ask_for_it_and_it_goes_with_them(scene, mobilite):
    point = ajouter(scene.troupe.drh_departement, mobilite)
    lus = {titre for rubrique in donnees(scene.cadre) for titre, _ in rubrique.lignes}
    assert f"{VOITURE} (employeur d’origine)" in lus

    anonymiser(verrouiller(scene.cadre.pk))

    point.refresh_from_db()
    assert point.libelle == EFFACE
    assert not EntreeJournal.objects.filter(details__icontains=VOITURE).exists()
