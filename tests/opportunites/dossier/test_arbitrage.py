"""Ruling on a reserve with the file in view: dates, agreements, who may rule, the date that moves."""

from datetime import timedelta

import pytest
from django.urls import reverse

from collectivites.communs.typographie import date_texte
from collectivites.models import Courriel, EntreeJournal
from collectivites.mots import Acte
from opportunites.branchements.a_faire import a_faire
from opportunites.dossier.actions import depart
from opportunites.models import Mobilite, Reserve
from opportunites.propositions.actions import reserves
from tests.fabriques import dans, faire_delegation, faire_reserve

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(mobilite, origine):
    """The origin has agreed to a day."""
    depart.accorder_le_depart(acteur=origine, mobilite=mobilite, date_convenue=dans(40))
    mobilite.refresh_from_db()
    return mobilite


@pytest.fixture
def reserve(scene, dossier, origine):
    return faire_reserve(dossier.proposition, origine, sujet="calendrier")


def page(reserve):
    return reverse("opportunites:arbitrer_reserve", args=[reserve.pk])


def rendre(client, reserve, **champs):
    return client.post(page(reserve), {"decision": "retenue", "motif": "Deux semaines.", **champs})


def test_the_page_shows_the_dates_the_agreement_and_both_dgs(scene, dossier, reserve, client_de):
    contexte = client_de(scene.troupe.dgs_region).get(page(reserve)).context

    assert contexte["mobilite"] == dossier
    assert contexte["reponse"].par == scene.troupe.drh_departement.mandat
    assert [m.utilisateur for m in contexte["arbitres"]] == [
        scene.troupe.dgs_departement.utilisateur,
        scene.troupe.dgs_region.utilisateur,
    ]
    texte = client_de(scene.troupe.dgs_region).get(page(reserve)).text
    for nom in ("dgs_departement", "dgs_region", "drh_departement"):
        assert getattr(scene.troupe, nom).utilisateur.nom_complet in texte


def test_the_replacement_is_read_by_the_origin_alone(scene, dossier, reserve, origine, client_de):
    depart.documenter_l_impact(
        acteur=origine,
        mobilite=dossier,
        donnees={"plan": "interim", "risque": "moyen", "interim": "L’adjointe", "precision": ""},
    )
    assert "Remplacement" in client_de(scene.troupe.dgs_departement).get(page(reserve)).text
    assert "Remplacement" not in client_de(scene.troupe.dgs_region).get(page(reserve)).text


def test_holding_a_reserve_on_the_calendar_asks_the_new_date_and_changes_it(
    scene, dossier, reserve, client_de
):
    client = client_de(scene.troupe.dgs_region)

    sans = rendre(client, reserve)
    assert "nouvelle_date" in sans.context["formulaire"].errors
    assert sans.context["formulaire"]["motif"].value() == "Deux semaines."
    avec = rendre(client, reserve, nouvelle_date=dans(54).isoformat())

    assert avec.status_code == 302
    dossier.refresh_from_db()
    reserve.refresh_from_db()
    assert (dossier.date_effet, dossier.date_convenue) == (dans(54), dans(40))
    assert reserve.etat == Reserve.Etat.RETENUE
    ligne = EntreeJournal.objects.filter(acte="reserve.retenue").first()
    assert f"{dans(54):%d/%m/%Y}" in ligne.libelle
    assert scene.troupe.dgs_region.utilisateur.nom_complet in client.get(page(reserve)).text


def test_the_person_is_told_the_new_date_once_and_nothing_of_the_reserve(
    scene, dossier, reserve, client_de
):
    rendre(client_de(scene.troupe.dgs_region), reserve, nouvelle_date=dans(54).isoformat())

    courriel = Courriel.objects.get(
        cadre_ref=dossier.cadre_id, cle=f"dossier/date_reportee#reserve-{reserve.pk}-date"
    )
    ecrit = f"{courriel.objet} {courriel.corps}".replace("\u202f", "\u00a0")
    assert ecrit.count(date_texte(dans(54))) == 2
    assert f"et non le {date_texte(dans(40))}" in ecrit
    assert "réserve" not in ecrit.lower()
    assert "Deux semaines" not in ecrit
    prevenus = Courriel.objects.filter(
        cle__startswith=f"reserves/issue#reserve-{reserve.pk}",
        corps__contains=f"{dans(54):%d/%m/%Y}",
    )
    drh = {scene.troupe.drh_region.utilisateur, scene.troupe.drh_departement.utilisateur}
    assert drh <= {c.utilisateur for c in prevenus}


@pytest.mark.parametrize("jours", [-1, 39, 40, 400], ids=["hier", "avant", "meme", "hors la loi"])
def test_a_date_that_cannot_be_is_told_beside_it_and_nothing_is_written(
    scene, dossier, reserve, client_de, jours
):
    reponse = rendre(
        client_de(scene.troupe.dgs_region), reserve, nouvelle_date=dans(jours).isoformat()
    )

    assert list(reponse.context["formulaire"].errors) == ["nouvelle_date"]
    dossier.refresh_from_db()
    reserve.refresh_from_db()
    assert (dossier.date_effet, reserve.etat) == (dans(40), Reserve.Etat.DEPOSEE)


def test_lifting_asks_no_date_and_refuses_one(scene, dossier, reserve, client_de):
    client = client_de(scene.troupe.dgs_departement)
    avec = rendre(client, reserve, decision="levee", nouvelle_date=dans(60).isoformat())
    assert "nouvelle_date" in avec.context["formulaire"].errors
    assert rendre(client, reserve, decision="levee").status_code == 302
    dossier.refresh_from_db()
    assert dossier.date_effet == dans(40)
    assert not Courriel.objects.filter(cle__startswith="dossier/date_reportee").exists()


def test_a_closed_file_has_no_date_to_move(scene, dossier, reserve, client_de):
    Mobilite.objects.filter(pk=dossier.pk).update(
        etat="abandonnee", abandonnee_le=dossier.ouverte_le
    )
    client = client_de(scene.troupe.dgs_region)

    assert "nouvelle_date" not in client.get(page(reserve)).context["formulaire"].fields
    assert rendre(client, reserve).status_code == 302


def test_both_dgs_are_written_to_before_by_name_and_told_who_ruled(scene, dossier, client_de):
    troupe = scene.troupe
    reserve = reserves.deposer_reserve(
        acteur=troupe.drh_departement,
        proposition=dossier.proposition,
        sujet="calendrier",
        texte="Trop tôt.",
    )
    avant = Courriel.objects.filter(cle__contains=f"#reserve-{reserve.pk}-deposee")
    assert {c.utilisateur for c in avant} == {
        troupe.dgs_departement.utilisateur,
        troupe.dgs_region.utilisateur,
    }
    assert all(troupe.dgs_region.utilisateur.nom_complet in c.corps for c in avant)

    delegue = faire_delegation(troupe.dgs_region, troupe.drh_region, Acte.ARBITRER_RESERVE)
    reserves.arbitrer_reserve(
        acteur=delegue,
        reserve=reserve,
        decision="retenue",
        motif="Entendu.",
        nouvelle_date=dans(40) + timedelta(days=14),
    )

    apres = Courriel.objects.filter(cle__contains=f"#reserve-{reserve.pk}-issue")
    assert troupe.dgs_departement.utilisateur in {c.utilisateur for c in apres}
    assert all(troupe.drh_region.utilisateur.nom_complet in c.corps for c in apres)
    assert "par délégation" in client_de(troupe.dgs_region).get(page(reserve)).text


def test_a_reserve_is_asked_of_those_who_may_rule_and_of_nobody_else(scene, reserve):
    def attend(acteur):
        return any("réserve" in a.titre.lower() for a in a_faire(acteur))

    assert attend(scene.troupe.dgs_region)
    assert not attend(scene.troupe.drh_region)
    assert not attend(scene.troupe.dgs_ville)
