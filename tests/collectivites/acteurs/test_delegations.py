"""A DGS delegates named acts to a DRH of theirs, until a day, and may end it at any time."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from cadres.candidature.acteurs import acteur_du_mandat
from collectivites.acteurs.delegations import (
    donner_delegation,
    est_renouvelee,
    revoquer_delegation,
)
from collectivites.acteurs.predicats import refus_revoquer
from collectivites.journal import journaliser
from collectivites.models import Delegation, EntreeJournal
from collectivites.mots import Acte, Actes, Role
from collectivites.refus import ActionImpossible
from tests import fabriques

LISTE = "/delegations/"
NOUVELLE = "/delegations/nouvelle/"


@pytest.fixture
def delegation(troupe):
    fabriques.faire_delegation(troupe.dgs_departement, troupe.drh_departement, Acte.RETENIR)
    return Delegation.objects.get()


def revoquer(delegation):
    return reverse("collectivites:revoquer_delegation", args=[delegation.pk])


def saisie(mandat, **champs):
    return {
        "delegataire": mandat.pk,
        "actes": [Acte.RETENIR],
        "debut": fabriques.dans(0).isoformat(),
        "fin": fabriques.dans(30).isoformat(),
        "motif": "Congés",
        **champs,
    }


def test_a_dgs_gives_a_delegation_and_the_journal_tells_it(troupe, client_de):
    reponse = client_de(troupe.dgs_departement).post(
        NOUVELLE,
        saisie(troupe.drh_departement.mandat, actes=[Acte.RETENIR, Acte.OUVRIR_PROMOTION]),
    )

    assert (reponse.status_code, reponse["Location"]) == (302, LISTE)
    delegation = Delegation.objects.get()
    assert delegation.delegant == troupe.dgs_departement.mandat
    assert delegation.actes == ["ouvrir_promotion", "retenir"]
    assert delegation.fin == fabriques.dans(30)
    ligne = EntreeJournal.objects.get()
    assert (ligne.acte, ligne.motif) == ("delegation.donnee", "Congés")
    assert ligne.collectivite == troupe.departement


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("actes", []),
        ("actes", ["regner"]),
        ("fin", ""),
        ("fin", "2020-01-01"),
        ("delegataire", ""),
    ],
)
def test_a_form_that_makes_no_sense_gives_nothing(troupe, client_de, champ, valeur):
    reponse = client_de(troupe.dgs_departement).post(
        NOUVELLE, saisie(troupe.drh_departement.mandat, **{champ: valeur})
    )

    assert reponse.status_code == 200
    assert champ in reponse.context["formulaire"].errors
    assert not Delegation.objects.exists()


@pytest.mark.parametrize("nom", ["drh_region", "gestionnaire_departement", "etranger_drh", "cadre"])
def test_only_a_drh_of_the_same_collectivite_may_receive_it(troupe, client_de, nom):
    autre = getattr(troupe, nom)

    reponse = client_de(troupe.dgs_departement).post(NOUVELLE, saisie(autre.mandat))

    assert reponse.status_code == 200
    assert not Delegation.objects.exists()
    refus = "^Une délégation se donne à un DRH de la même collectivité\\.$"
    with pytest.raises(ActionImpossible, match=refus):
        donner_delegation(
            acteur=troupe.dgs_departement,
            delegataire=autre.mandat,
            actes=[Acte.RETENIR],
            fin=fabriques.dans(3),
        )


def test_a_drh_whose_mandat_has_ended_receives_nothing(troupe, client_de):
    parti = fabriques.faire_mandat(Role.DRH, troupe.departement, fin=fabriques.dans(-1))

    reponse = client_de(troupe.dgs_departement).post(NOUVELLE, saisie(parti))

    assert reponse.status_code == 200
    assert not Delegation.objects.exists()


def test_a_drh_delegates_nothing_even_under_delegation(troupe, client_de, delegation):
    assert client_de(troupe.drh_departement).get(NOUVELLE).status_code == 403
    with pytest.raises(PermissionDenied):
        donner_delegation(
            acteur=troupe.drh_departement,
            delegataire=troupe.drh_departement.mandat,
            actes=[Acte.RETENIR],
            fin=fabriques.dans(3),
        )


def test_the_dgs_and_the_drh_read_the_list_of_theirs(troupe, client_de, delegation):
    for acteur in (troupe.dgs_departement, troupe.drh_departement):
        reponse = client_de(acteur).get(LISTE)
        assert [d for d, _, _ in reponse.context["lignes"]] == [delegation]
        assert "Dora Fabre" in reponse.text
    for acteur in (troupe.dgs_region, troupe.etranger_dgs):
        assert client_de(acteur).get(LISTE).context["lignes"] == []


def test_the_button_is_drawn_for_whom_may_press_it(troupe, client_de, delegation):
    assert revoquer(delegation) in client_de(troupe.dgs_departement).get(LISTE).text
    assert revoquer(delegation) not in client_de(troupe.drh_departement).get(LISTE).text


def test_the_list_costs_the_same_for_one_row_and_for_fifty(
    troupe, client_de, delegation, django_assert_max_num_queries
):
    client = client_de(troupe.dgs_departement)
    with django_assert_max_num_queries(15) as une:
        client.get(LISTE)
    for nombre in (5, 50):
        while Delegation.objects.count() < nombre:
            autre = fabriques.faire_acteur(Role.DRH, troupe.departement)
            fabriques.faire_delegation(troupe.dgs_departement, autre, Acte.RETENIR)
        with django_assert_max_num_queries(len(une)):
            client.get(LISTE)


def test_a_dgs_ends_a_delegation_at_once(troupe, client_de, delegation):
    reponse = client_de(troupe.dgs_departement).post(revoquer(delegation))

    delegation.refresh_from_db()
    assert reponse.status_code == 302
    assert delegation.revoquee_le is not None
    assert not Delegation.objects.en_vigueur().exists()
    assert EntreeJournal.objects.get().acte == "delegation.revoquee"


def test_ending_it_twice_says_that_it_has_ended(troupe, client_de, delegation):
    client = client_de(troupe.dgs_departement)
    client.post(revoquer(delegation))

    reponse = client.post(revoquer(delegation))

    assert "Cette délégation est déjà éteinte." in map(str, get_messages(reponse.wsgi_request))
    assert EntreeJournal.objects.count() == 1


def test_the_drh_who_holds_it_does_not_end_it(troupe, client_de, delegation):
    assert client_de(troupe.drh_departement).post(revoquer(delegation)).status_code == 403
    with pytest.raises(PermissionDenied):
        revoquer_delegation(acteur=troupe.drh_departement, delegation=delegation)


@pytest.mark.parametrize("nom", ["dgs_region", "dgs_ville", "etranger_dgs"])
def test_a_stranger_does_not_know_of_it(troupe, client_de, delegation, nom):
    assert client_de(getattr(troupe, nom)).post(revoquer(delegation)).status_code == 404
    delegation.refresh_from_db()
    assert delegation.revoquee_le is None


def test_the_stranger_who_insists_at_the_action_itself_is_refused(troupe, delegation):
    with pytest.raises(PermissionDenied):
        revoquer_delegation(acteur=troupe.dgs_region, delegation=delegation)


@pytest.mark.parametrize(
    ("jours", "revoquee", "finie"), [(0, False, False), (-1, False, True), (3, True, True)]
)
def test_it_may_be_ended_until_its_last_day_included(troupe, jours, revoquee, finie):
    delegue = fabriques.faire_delegation(
        troupe.dgs_departement,
        troupe.drh_departement,
        Acte.RETENIR,
        debut=fabriques.dans(-9),
        fin=fabriques.dans(jours),
    )
    (delegation,) = delegue.delegations or Delegation.objects.all()
    delegation.revoquee_le = fabriques.il_y_a(1) if revoquee else None
    delegation.save()

    refus = refus_revoquer(troupe.dgs_departement, delegation)

    assert refus == ("Cette délégation est déjà éteinte." if finie else None)


# --- Dates, renewal, what was decided ---------------------------------------------------------


def test_a_delegation_may_begin_later_and_opens_nothing_before(troupe, client_de):
    client_de(troupe.dgs_departement).post(
        NOUVELLE,
        saisie(troupe.drh_departement.mandat, debut=fabriques.dans(1).isoformat()),
    )

    delegation = Delegation.objects.get()
    assert delegation.debut == fabriques.dans(1)
    assert not Delegation.objects.en_vigueur().exists()
    assert Delegation.objects.en_vigueur(fabriques.dans(1)).exists()
    assert "À venir" in client_de(troupe.dgs_departement).get(LISTE).text


@pytest.mark.parametrize(
    ("debut", "fin", "ou"), [(-1, 30, "debut"), (5, 4, "fin")], ids=["hier", "a l’envers"]
)
def test_dates_that_cannot_be_are_told_at_their_place(troupe, client_de, debut, fin, ou):
    reponse = client_de(troupe.dgs_departement).post(
        NOUVELLE,
        saisie(
            troupe.drh_departement.mandat,
            debut=fabriques.dans(debut).isoformat(),
            fin=fabriques.dans(fin).isoformat(),
        ),
    )

    assert list(reponse.context["formulaire"].errors) == [ou]
    assert not Delegation.objects.exists()


def test_renewing_proposes_the_same_acts_from_the_day_after(troupe, client_de, delegation):
    page = client_de(troupe.dgs_departement).get(NOUVELLE, {"renouveler": delegation.pk})

    initial = page.context["formulaire"].initial
    assert initial["actes"] == delegation.actes
    assert initial["delegataire"] == delegation.delegataire_id
    assert initial["debut"] == delegation.fin + timedelta(days=1)


@pytest.mark.parametrize("cle", ["x", "999999", ""])
def test_renewing_what_is_not_ones_own_proposes_nothing(troupe, client_de, delegation, cle):
    page = client_de(troupe.dgs_departement).get(NOUVELLE, {"renouveler": cle})
    assert page.context["formulaire"].initial == {}
    page = client_de(troupe.dgs_ville).get(NOUVELLE, {"renouveler": delegation.pk})
    assert page.context["formulaire"].initial == {}


@pytest.mark.parametrize(
    ("actes", "ecart", "renouvelee"),
    [
        ([Acte.RETENIR, Acte.OUVRIR_PROMOTION], 1, True),
        ([Acte.RETENIR], 2, False),
        ([Acte.OUVRIR_PROMOTION], 1, False),
    ],
    ids=["suite", "un jour sans", "d’autres actes"],
)
def test_a_delegation_is_renewed_by_the_same_acts_without_a_day_between(
    troupe, delegation, actes, ecart, renouvelee
):
    debut = delegation.fin + timedelta(days=ecart)
    fabriques.faire_delegation(
        troupe.dgs_departement,
        troupe.drh_departement,
        *actes,
        debut=debut,
        fin=debut + timedelta(days=30),
    )
    assert est_renouvelee(delegation, Delegation.objects.all()) is renouvelee


def test_the_list_counts_what_was_decided_under_each_and_opens_it(troupe, client_de, delegation):
    drh = acteur_du_mandat(troupe.drh_departement.mandat)
    for collectivite in (troupe.departement, troupe.departement):
        journaliser(
            acteur=drh,
            acte=Actes.ACCES_OUVERT,
            libelle="Décidé en son nom",
            objet=delegation,
            collectivite=collectivite,
            delegue=Acte.RETENIR,
        )
    client = client_de(troupe.dgs_departement)

    page = client.get(LISTE)

    assert [decisions for _, _, decisions in page.context["lignes"]] == [2]
    lien = f"/journal/?lignes=tout&amp;delegation={delegation.pk}"
    assert lien in page.text
    journal = client.get(lien.replace("&amp;", "&"))
    assert journal.context["page_obj"].paginator.count == 2
