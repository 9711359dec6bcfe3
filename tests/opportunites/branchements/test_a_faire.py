"""What waits for each role, and what the files of the registre show of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cadres.prises import DONNEES, PROCHAINES_ETAPES, SECTIONS
from collectivites.mots import Acte
from opportunites.branchements import donnees, fiche
from opportunites.branchements.a_faire import a_faire
from opportunites.propositions.cartes import cartes_en_attente
from tests.fabriques import (
    dans,
    faire_cadre,
    faire_delegation,
    faire_demande,
    faire_inscription,
    faire_mobilite,
    faire_opportunite,
    faire_proposition,
    faire_reserve,
    faire_voeu,
)

pytestmark = pytest.mark.django_db


def titres(acteur):
    return [attente.titre for attente in a_faire(acteur)]


def test_a_cadre_answers_or_ranks(troupe, scene):
    scene.voeu.delete()
    assert titres(troupe.cadre) == ["Classer les postes qui vous tentent"]

    faire_proposition(scene.opportunite, scene.cadre)

    assert titres(troupe.cadre)[0] == "Répondre à une proposition"


def test_a_cadre_in_no_parcours_waits_for_nothing(troupe):
    faire_opportunite(troupe.region)

    assert titres(troupe.cadre) == []


def test_the_dgs_validates_the_hr_sends(troupe, scene):
    faire_proposition(scene.opportunite, scene.cadre, "brouillon")
    faire_proposition(scene.opportunite, faire_cadre(troupe.ville, "retenu"), "validee")

    assert titres(troupe.dgs_region) == ["Valider une proposition"]
    assert titres(troupe.drh_region) == ["Envoyer une proposition"]
    delegue = faire_delegation(troupe.dgs_region, troupe.drh_region, Acte.VALIDER_PROPOSITION)
    assert set(titres(delegue)) == {"Valider une proposition", "Envoyer une proposition"}


def test_reserves_wait_for_either_dgs(troupe, scene):
    proposition = faire_proposition(scene.opportunite, scene.cadre)
    faire_reserve(proposition, troupe.drh_departement)

    assert titres(troupe.dgs_region) == ["Arbitrer une réserve : calendrier"]
    assert titres(troupe.dgs_departement) == ["Arbitrer une réserve : calendrier"]
    assert titres(troupe.dgs_ville) == []


def test_moves_to_prepare_and_to_certify(troupe, scene):
    mobilite = faire_mobilite(faire_proposition(scene.opportunite, scene.cadre, "acceptee"))
    assert titres(troupe.drh_region) == titres(troupe.drh_departement) == ["Préparer une mobilité"]

    mobilite.voie, mobilite.date_effet = "MUTATION", dans(0)
    mobilite.save()
    assert "Constater une mobilité" not in titres(troupe.drh_region)
    assert titres(troupe.drh_region) == ["Dater la demande de départ"]
    assert titres(troupe.drh_departement) == [
        "Dater la demande de départ",
        "Prévoir le remplacement dans l’équipe quittée",
    ]

    mobilite.demande_recue_le = dans(-100)
    mobilite.save()

    assert "Constater une mobilité" in titres(troupe.drh_region)
    assert "Répondre à une demande de départ" in titres(troupe.drh_departement)

    mobilite.reponse_origine = "refus"
    mobilite.save()

    for acteur in (troupe.drh_region, troupe.drh_departement):
        assert "Convenir d’une date, après un refus" in titres(acteur)


def test_a_draft_waits_to_be_published(troupe):
    faire_opportunite(troupe.region, publiee=False)

    assert titres(troupe.drh_region) == ["Publier un poste"]
    assert titres(troupe.dgs_region) == []


def test_it_costs_the_same_for_any_number(troupe, scene, django_assert_max_num_queries):
    couts = []
    for nombre in (1, 4, 45):
        for _ in range(nombre):
            cadre = faire_cadre(troupe.ville, "retenu")
            faire_proposition(scene.opportunite, cadre, "brouillon")
            faire_opportunite(troupe.region, publiee=False)
            faire_voeu(cadre, faire_opportunite(troupe.region, avis_publie_le=None))
            faire_demande(cadre, scene.opportunite)
        cout = []
        for qui in (troupe.drh_region, troupe.dgs_region, troupe.cadre):
            with CaptureQueriesContext(connection) as requetes:
                a_faire(qui)
            cout.append(len(requetes))
        couts.append(cout)

    assert couts[0] == couts[1] == couts[2]
    assert max(couts[0]) <= 9


def test_the_drh_is_told_of_everything_that_a_poste_awaits(troupe, scene):
    """Each with its page: an opinion, an answer, a declaration, the next candidate."""
    voeu = scene.voeu
    scene.opportunite.avis_publie_le = None
    scene.opportunite.save()
    autre = faire_cadre(troupe.ville, "retenu")
    faire_voeu(autre, scene.opportunite)
    demande = faire_demande(autre, scene.opportunite)
    faire_proposition(scene.opportunite, voeu.cadre, "expiree")

    attentes = {a.titre: a for a in a_faire(troupe.drh_region)}

    assert set(attentes) == {
        "Répondre à une demande : conversation exploratoire",
        "Donner votre avis sur des candidats",
        "Proposer le poste à la personne suivante",
        "Déclarer la vacance et publier l’avis",
    }
    assert attentes["Répondre à une demande : conversation exploratoire"].echeance == (
        demande.echeance
    )
    # Nothing of it for the present employer.
    assert titres(troupe.drh_ville) == []


def test_the_file_shows_propositions_to_those_concerned_and_wishes_to_nobody(troupe, scene):
    faire_proposition(scene.opportunite, scene.cadre)

    assert fiche.section in SECTIONS
    _gabarit, contexte = fiche.section(troupe.drh_departement, scene.cadre)
    assert len(contexte["propositions"]) == 1
    assert "voeu" not in str(contexte)
    assert fiche.section(troupe.drh_ville, scene.cadre) is None
    assert fiche.section(troupe.accompagnateur, scene.cadre) is None


def test_the_next_step_is_told_to_those_who_may_know(troupe, scene):
    faire_proposition(scene.opportunite, scene.cadre)

    assert fiche.prochaines_etapes in PROCHAINES_ETAPES
    assert set(fiche.prochaines_etapes(troupe.drh_region, [scene.cadre])) == {scene.cadre.pk}
    assert fiche.prochaines_etapes(troupe.drh_ville, [scene.cadre]) == {}


def test_the_person_reads_all_that_is_held_on_them(troupe, scene):
    faire_proposition(scene.opportunite, scene.cadre, "refusee", commentaire="Trop loin.")
    faire_proposition(faire_opportunite(troupe.ville), scene.cadre, "brouillon")

    assert donnees.donnees in DONNEES
    rubriques = {r.cle: r.lignes for r in donnees.donnees(scene.cadre)}
    assert rubriques["voeux"] == [("Vœu 1", scene.opportunite.poste.intitule)]
    assert len(rubriques["propositions"]) == 1
    assert "Trop loin." in rubriques["propositions"][0][1]


def test_the_cards_of_mon_parcours_cost_two_queries(troupe, scene):
    from django.db import connection

    for _ in range(3):
        faire_proposition(faire_opportunite(troupe.ville), scene.cadre)

    with CaptureQueriesContext(
        connection,
    ) as requetes:
        cartes = cartes_en_attente(troupe.cadre)
        assert all(carte.description and carte.raisons for carte in cartes)

    assert len(cartes) == 3
    assert len(requetes) == 2


def test_an_inscription_is_needed_to_see_postes(troupe, scene):
    autre = troupe.fiche_de_l_autre_cadre
    assert titres(troupe.autre_cadre) == []
    faire_inscription(autre)
    assert titres(troupe.autre_cadre) in ([], ["Classer les postes qui vous tentent"])


def test_beyond_two_lines_alike_are_one(troupe, scene):
    """A DRH with four postes to publish reads one line; with two, the two."""
    for _ in range(2):
        faire_opportunite(troupe.region, publiee=False)
    assert titres(troupe.drh_region).count("Publier un poste") == 2

    for _ in range(2):
        faire_opportunite(troupe.region, publiee=False)
    attentes = [a for a in a_faire(troupe.drh_region) if "Publier" in a.titre]
    assert [a.titre for a in attentes] == ["Publier 4\u00a0postes"]
    assert attentes[0].url.endswith(f"?collectivite={troupe.region.pk}")
