"""From the host's idea to the letter in the cadre's hands."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cadres.models import Candidature
from collectivites.models import Courriel, EntreeJournal
from collectivites.mots import Acte
from collectivites.refus import ActionImpossible
from opportunites.models import Proposition
from opportunites.propositions.actions import propositions as actions
from tests.fabriques import (
    faire_cadre,
    faire_delegation,
    faire_opportunite,
    faire_proposition,
    faire_voeu,
)

pytestmark = pytest.mark.django_db
Etat = Proposition.Etat


def dans_deux_semaines():
    return timezone.now() + timedelta(days=14)


def test_the_host_proposes_validates_and_sends_by_hand(scene, client_de):
    troupe = scene.troupe
    drh, dgs = client_de(troupe.drh_region), client_de(troupe.dgs_region)

    drh.post(
        reverse("opportunites:proposer", args=[scene.opportunite.pk]),
        {"cadre": scene.cadre.pk, "pourquoi": "Votre expérience."},
    )
    proposition = Proposition.objects.get()
    dgs.post(reverse("opportunites:valider_proposition", args=[proposition.pk]))
    limite = timezone.localtime(dans_deux_semaines()).strftime("%Y-%m-%dT18:00")
    drh.post(
        reverse("opportunites:envoyer_proposition", args=[proposition.pk]),
        {"repondre_avant": limite},
    )

    proposition.refresh_from_db()
    assert proposition.etat == Etat.ENVOYEE
    assert timezone.localtime(proposition.repondre_avant).strftime("%Y-%m-%dT%H:%M") == limite
    courriel = Courriel.objects.get(cadre_ref=scene.cadre.pk)
    assert reverse("opportunites:proposition", args=[proposition.pk]) in courriel.corps
    assert courriel.destinataire == scene.cadre.utilisateur.email


def test_the_form_suggests_two_weeks_at_six_in_the_evening(scene, client_de):
    proposition = faire_proposition(scene.opportunite, scene.cadre, "validee")

    page = client_de(scene.troupe.drh_region).get(
        reverse("opportunites:envoyer_proposition", args=[proposition.pk])
    )

    attendu = (timezone.localdate() + timedelta(days=14)).isoformat()
    assert f'value="{attendu}T18:00"' in page.content.decode()


def test_only_somebody_who_ranked_the_poste_is_proposed_it(scene):
    with pytest.raises(ActionImpossible, match="classé dans ses vœux"):
        actions.proposer(
            acteur=scene.troupe.drh_region,
            opportunite=scene.opportunite,
            cadre=faire_cadre(scene.troupe.ville, "retenu"),
            pourquoi="…",
        )


def test_who_may_be_proposed_is_read_with_rank_and_avis_and_the_others_stand_apart(
    scene, client_de
):
    """Best rank first, those that the host would not take last; who refused is named, and not offered."""
    region, ville = scene.troupe.drh_region, scene.troupe.ville
    gens = {nom: faire_cadre(ville, "retenu", nom=nom) for nom in ("Aa", "Bb", "Cc")}
    for rang, cadre in zip((1, 2, 3), gens.values(), strict=True):
        faire_voeu(cadre, scene.opportunite, rang)
    scene.opportunite.avis.create(cadre=gens["Aa"], sens="defavorable", motif="Trop loin.")
    scene.opportunite.avis.create(cadre=gens["Bb"], sens="favorable", rang=7, motif="Bien.")
    faire_proposition(scene.opportunite, gens["Cc"], "refusee")

    page = client_de(region).get(reverse("opportunites:proposer", args=[scene.opportunite.pk]))
    proposes, a_part = page.text.replace("\u00a0", " ").split("Qui n’est pas dans cette liste")

    assert "Bb, 2e vœu, avis favorable, rang 7" in proposes
    assert "Aa, 1er vœu, avis défavorable de votre part" in proposes
    assert proposes.index("Bb, 2e") < proposes.index("Aa, 1er")
    assert "Cc," not in proposes
    assert "Cc : a refusé ce poste." in a_part


def test_nobody_is_proposed_a_poste_of_their_own_employer(troupe):
    """They could not even rank it: `tests/collectivites/garanties/test_trous.py`."""
    opportunite = faire_opportunite(troupe.departement)

    with pytest.raises(ActionImpossible, match="classé dans ses vœux"):
        actions.proposer(
            acteur=troupe.drh_departement,
            opportunite=opportunite,
            cadre=troupe.fiche_du_cadre,
            pourquoi="…",
        )


def test_another_employer_proposes_nothing(scene, client_de):
    with pytest.raises(PermissionDenied):
        actions.proposer(
            acteur=scene.troupe.drh_ville,
            opportunite=scene.opportunite,
            cadre=scene.cadre,
            pourquoi="…",
        )
    adresse = reverse("opportunites:proposer", args=[scene.opportunite.pk])
    assert client_de(scene.troupe.drh_ville).get(adresse).status_code == 403
    assert client_de(scene.troupe.etranger_drh).get(adresse).status_code == 404
    assert client_de(scene.troupe.cadre).get(adresse).status_code == 403


def test_the_same_person_is_proposed_a_poste_once(scene):
    faire_proposition(scene.opportunite, scene.cadre, "envoyee")

    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.proposer(
            acteur=scene.troupe.drh_region,
            opportunite=scene.opportunite,
            cadre=scene.cadre,
            pourquoi="…",
        )


def test_validating_is_the_dgs_s(scene, client_de):
    proposition = faire_proposition(scene.opportunite, scene.cadre, "brouillon")
    adresse = reverse("opportunites:valider_proposition", args=[proposition.pk])

    assert client_de(scene.troupe.drh_region).post(adresse).status_code == 403
    assert client_de(scene.troupe.dgs_departement).post(adresse).status_code == 404
    proposition.refresh_from_db()
    assert proposition.etat == Etat.BROUILLON


def test_a_drh_validates_under_a_live_delegation_which_the_journal_names(scene):
    proposition = faire_proposition(scene.opportunite, scene.cadre, "brouillon")
    delegue = faire_delegation(
        scene.troupe.dgs_region, scene.troupe.drh_region, Acte.VALIDER_PROPOSITION
    )

    actions.valider(acteur=delegue, proposition=proposition)

    ligne = EntreeJournal.objects.get(acte="proposition.validee")
    assert ligne.delegation == delegue.delegations[0]


def test_the_dgs_of_the_origin_does_not_validate_what_they_see(scene, client_de):
    proposition = faire_proposition(scene.opportunite, scene.cadre, "envoyee")
    adresse = reverse("opportunites:valider_proposition", args=[proposition.pk])

    assert client_de(scene.troupe.dgs_departement).post(adresse).status_code == 403


def test_nothing_is_sent_before_it_is_validated(scene):
    proposition = faire_proposition(scene.opportunite, scene.cadre, "brouillon")

    with pytest.raises(ActionImpossible, match="d’abord valider"):
        actions.envoyer(
            acteur=scene.troupe.drh_region,
            proposition=proposition,
            repondre_avant=dans_deux_semaines(),
        )


@pytest.mark.parametrize("jours", [-1, 0, 61])
def test_the_reply_by_date_is_ahead_and_not_too_far(scene, jours):
    proposition = faire_proposition(scene.opportunite, scene.cadre, "validee")

    with pytest.raises(ActionImpossible, match="Choisissez une date"):
        actions.envoyer(
            acteur=scene.troupe.drh_region,
            proposition=proposition,
            repondre_avant=timezone.now() + timedelta(days=jours),
        )


def test_a_person_who_left_is_sent_nothing(scene):
    proposition = faire_proposition(scene.opportunite, scene.cadre, "validee")
    Candidature.objects.filter(cadre=scene.cadre).update(etat="retire", retire_le=timezone.now())

    with pytest.raises(ActionImpossible):
        actions.envoyer(
            acteur=scene.troupe.drh_region,
            proposition=proposition,
            repondre_avant=dans_deux_semaines(),
        )


@pytest.mark.parametrize(
    ("etat", "qui"),
    [
        ("brouillon", {"drh_region", "dgs_region"}),
        ("validee", {"drh_region", "dgs_region"}),
        ("envoyee", {"drh_region", "dgs_region", "cadre", "drh_departement", "dgs_departement"}),
    ],
)
def test_who_sees_a_proposition(scene, client_de, etat, qui):
    proposition = faire_proposition(scene.opportunite, scene.cadre, etat)
    adresse = reverse("opportunites:proposition", args=[proposition.pk])
    tous = {
        *("drh_region", "dgs_region", "cadre", "drh_departement", "dgs_departement"),
        *("drh_ville", "autre_cadre", "etranger_drh", "etranger_cadre"),
    }

    vus = {
        nom for nom in tous if client_de(getattr(scene.troupe, nom)).get(adresse).status_code == 200
    }

    assert vus == qui


def test_a_proposition_withdrawn_before_it_was_sent_was_never_said(scene):
    proposition = faire_proposition(scene.opportunite, scene.cadre, "validee")

    actions.retirer_proposition(acteur=scene.troupe.drh_region, proposition=proposition)

    assert not Proposition.objects.visibles_par(scene.troupe.cadre).exists()
    assert not Proposition.objects.visibles_par(scene.troupe.drh_departement).exists()
    assert not Courriel.objects.exists()
    assert not EntreeJournal.objects.visibles_par(scene.troupe.cadre).exists()


def test_the_journal_says_nothing_to_the_person_before_the_sending(scene):
    troupe = scene.troupe
    proposition = actions.proposer(
        acteur=troupe.drh_region, opportunite=scene.opportunite, cadre=scene.cadre, pourquoi="…"
    )
    actions.valider(acteur=troupe.dgs_region, proposition=proposition)
    assert not EntreeJournal.objects.visibles_par(troupe.cadre).exists()
    assert not EntreeJournal.objects.visibles_par(troupe.drh_departement).exists()

    actions.envoyer(
        acteur=troupe.drh_region, proposition=proposition, repondre_avant=dans_deux_semaines()
    )

    assert EntreeJournal.objects.visibles_par(troupe.cadre).get().acte == "proposition.envoyee"


@pytest.mark.parametrize("nombre", [1, 5, 50])
def test_the_list_costs_the_same_for_any_number(
    scene, client_de, nombre, django_assert_max_num_queries
):
    for _ in range(nombre):
        faire_proposition(scene.opportunite, faire_cadre(scene.troupe.departement, "retenu"))

    client = client_de(scene.troupe.drh_region)

    with django_assert_max_num_queries(11):
        reponse = client.get(reverse("opportunites:propositions"))

    assert reponse.status_code == 200


def test_the_list_is_filtered_by_name(scene, client_de):
    faire_proposition(scene.opportunite, scene.cadre)
    client = client_de(scene.troupe.drh_region)
    adresse = reverse("opportunites:propositions")

    assert scene.cadre.nom in client.get(adresse, {"q": scene.cadre.nom}).content.decode()
    assert "Aucune proposition ne répond" in client.get(adresse, {"q": "xyzzy"}).content.decode()
