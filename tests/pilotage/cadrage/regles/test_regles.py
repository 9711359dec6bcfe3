"""A rule changes when every employer agreed, in no other way."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from collectivites.models import Courriel, Demarche, EntreeJournal, Mandat
from collectivites.refus import ActionImpossible
from pilotage.cadrage.regles import actions
from pilotage.cadrage.regles.valeurs import dire, refus_des_valeurs
from pilotage.cadrage.regles.versions import poser_version
from pilotage.models import ChangementRegle, VersionRegles
from pilotage.mots import Regle
from tests import fabriques


@pytest.fixture
def troupe(troupe):
    poser_version(troupe.demarche)
    return troupe


def proposer(acteur, regle=Regle.OBJECTIF, motif="La première promotion a tardé.", **valeurs):
    valeurs = valeurs or {"objectif_mobilites": 40}
    return actions.proposer(acteur=acteur, regle=regle, valeurs=valeurs, motif=motif)


def objectif():
    return Demarche.objects.get(code="centre").objectif_mobilites


def actes():
    return list(EntreeJournal.objects.order_by("pk").values_list("acte", flat=True))


def test_it_is_in_force_once_all_the_others_agreed_and_not_before(troupe):
    changement = proposer(troupe.dgs_departement)
    assert objectif() == 36
    assert not actions.accepter(acteur=troupe.dgs_region, changement=changement)
    assert objectif() == 36
    assert actions.accepter(acteur=troupe.dgs_ville, changement=changement)
    assert objectif() == 40
    changement.refresh_from_db()
    assert changement.etat == "en_vigueur"
    derniere = VersionRegles.objects.last()
    assert (derniere.objectif_mobilites, derniere.changement) == (40, changement)
    assert VersionRegles.objects.first().objectif_mobilites == 36, "the first one stays as agreed"
    assert actes() == ["regle.proposee", "regle.accord", "regle.accord", "regle.en_vigueur"]
    ligne = EntreeJournal.objects.get(acte="regle.en_vigueur")
    assert ligne.collectivite is None, "each employer reads it"
    assert ligne.libelle.replace("\u00a0", " ") == (
        "Règle changée, objectif : « 36 mobilités » devient « 40 mobilités »"
    )


def test_who_directs_two_employers_agrees_for_both(troupe):
    changement = proposer(troupe.dgs_agglomeration)
    accords = set(changement.accords.values_list("collectivite__code", flat=True))
    assert accords == {"ville", "agglomeration"}
    with pytest.raises(ActionImpossible, match="déjà donné son accord"):
        actions.accepter(acteur=troupe.dgs_ville, changement=changement)


def test_it_waits_for_an_employer_without_a_dgs(troupe, client_de):
    Mandat.objects.filter(pk=troupe.dgs_region.mandat.pk).update(fin=fabriques.dans(-1))
    changement = proposer(troupe.dgs_departement)
    assert not actions.accepter(acteur=troupe.dgs_ville, changement=changement)
    page = client_de(troupe.dgs_ville).get("/regles/").content.decode()
    assert "Aucun DGS n’agit aujourd’hui pour la Région Centre-Val de Loire" in page
    suivante = fabriques.faire_acteur("dgs", troupe.region)
    assert actions.accepter(acteur=suivante, changement=changement)


def test_a_démarche_directed_by_one_person_changes_its_rule_at_once(db):
    demarche = fabriques.faire_demarche("seule")
    lieux = fabriques.faire_collectivites(demarche)
    personne = fabriques.faire_utilisateur()
    acteurs = [fabriques.faire_acteur("dgs", lieu, personne) for lieu in lieux.values()]
    changement = proposer(acteurs[0])
    assert changement.etat == "en_vigueur"
    assert Demarche.objects.get(pk=demarche.pk).objectif_mobilites == 40


def test_one_refusal_closes_it_with_its_reason(troupe):
    changement = proposer(troupe.dgs_departement)
    actions.accepter(acteur=troupe.dgs_region, changement=changement)
    actions.refuser(acteur=troupe.dgs_ville, changement=changement, motif="Trop haut.")
    with pytest.raises(ActionImpossible, match="n’attend plus"):
        actions.accepter(acteur=troupe.dgs_ville, changement=changement)
    assert objectif() == 36
    changement.refresh_from_db()
    assert (changement.etat, changement.motif_refus) == ("refuse", "Trop haut.")
    assert EntreeJournal.objects.get(acte="regle.refusee").motif == "Trop haut."
    assert proposer(troupe.dgs_region).etat == "propose", "another one may be proposed"


def test_whoever_proposed_it_withdraws_it_and_nobody_else(troupe):
    changement = proposer(troupe.dgs_departement)
    with pytest.raises(PermissionDenied):
        actions.retirer(acteur=troupe.dgs_region, changement=changement)
    actions.retirer(acteur=troupe.dgs_departement, changement=changement)
    with pytest.raises(ActionImpossible, match="n’attend plus"):
        actions.accepter(acteur=troupe.dgs_ville, changement=changement)
    assert objectif() == 36


def test_one_change_of_a_rule_waits_at_a_time(troupe):
    proposer(troupe.dgs_departement)
    with pytest.raises(ActionImpossible, match="attend déjà"):
        proposer(troupe.dgs_region, objectif_mobilites=30)
    assert proposer(troupe.dgs_region, Regle.TOLERANCE, tolerance_solde=3).etat == "propose"
    with pytest.raises(IntegrityError), transaction.atomic():
        ChangementRegle.objects.create(
            demarche=troupe.demarche,
            regle="objectif",
            avant={},
            apres={},
            motif="x",
            propose_par=troupe.dgs_region.mandat,
        )


def test_a_drh_reads_and_changes_nothing_even_under_a_delegation(troupe, client_de):
    delegue = fabriques.faire_delegation(
        troupe.dgs_departement, troupe.drh_departement, "franchir_etape", "retenir"
    )
    changement = proposer(troupe.dgs_departement)
    client = client_de(delegue)
    page = client.get("/regles/").content.decode()
    assert "40\u00a0mobilités" in page
    for bouton in ("Proposer un", "Donner mon accord", "Retirer ma proposition"):
        assert bouton not in page
    assert client.get("/regles/objectif/proposer/").status_code == 403
    assert client.post(f"/regles/{changement.pk}/accepter/").status_code == 403
    with pytest.raises(PermissionDenied):
        proposer(delegue, Regle.TOLERANCE, tolerance_solde=3)


def test_all_are_told_but_whoever_acts_and_the_drh_once_it_is_so(troupe):
    changement = proposer(troupe.dgs_departement)
    prevenus = set(Courriel.objects.values_list("destinataire", flat=True))
    assert prevenus == {troupe.dgs_ville.utilisateur.email, troupe.dgs_region.utilisateur.email}
    lettre = Courriel.objects.get(destinataire=troupe.dgs_region.utilisateur.email)
    corps = lettre.corps.replace("\u00a0", " ")
    assert "« 36 mobilités » deviendrait « 40 mobilités »" in corps
    assert "La première promotion a tardé." in corps
    actions.accepter(acteur=troupe.dgs_region, changement=changement)
    Courriel.objects.all().delete()
    actions.accepter(acteur=troupe.dgs_ville, changement=changement)
    prevenus = set(Courriel.objects.values_list("destinataire", flat=True))
    assert troupe.drh_region.utilisateur.email in prevenus
    assert troupe.dgs_departement.utilisateur.email in prevenus
    assert troupe.dgs_ville.utilisateur.email not in prevenus
    assert troupe.etranger_dgs.utilisateur.email not in prevenus
    assert troupe.gestionnaire_region.utilisateur.email not in prevenus


@pytest.mark.parametrize(
    ("regle", "valeurs", "message"),
    [
        (Regle.SEUIL, {"seuil_secret": 4}, "jamais sous 5"),
        (Regle.OBJECTIF, {"objectif_mobilites": 0}, "de 1 à 5000"),
        (Regle.OBJECTIF, {"objectif_mobilites": 36}, "C’est déjà la règle"),
        (Regle.FIN, {"date_fin": timezone.localdate()}, "est à venir"),
        (
            Regle.DEBUT,
            {"date_debut": timezone.localdate() + timedelta(days=731)},
            "après le premier",
        ),
    ],
)
def test_what_no_démarche_agrees_to_is_not_even_proposed(troupe, regle, valeurs, message):
    with pytest.raises(ActionImpossible, match=message):
        proposer(troupe.dgs_departement, regle, **valeurs)
    assert not ChangementRegle.objects.exists()


def test_two_changes_that_do_not_hold_together_the_second_one_is_told(troupe):
    """First day and last day are two rules: each was right when it was proposed."""
    jour = timezone.localdate()
    debut = proposer(troupe.dgs_departement, Regle.DEBUT, date_debut=jour + timedelta(days=400))
    fin = proposer(troupe.dgs_departement, Regle.FIN, date_fin=jour + timedelta(days=300))
    for acteur in (troupe.dgs_region, troupe.dgs_ville):
        actions.accepter(acteur=acteur, changement=debut)
    actions.accepter(acteur=troupe.dgs_region, changement=fin)
    with pytest.raises(ActionImpossible, match="après le premier"), transaction.atomic():
        actions.accepter(acteur=troupe.dgs_ville, changement=fin)
    fin.refresh_from_db()
    assert fin.etat == "propose"


def test_no_silent_path(troupe):
    for champs in ({"objectif_mobilites": 24}, {"seuil_secret": 6}, {"public": "agents"}):
        with pytest.raises(IntegrityError, match="regles_de_la_demarche"), transaction.atomic():
            Demarche.objects.filter(pk=troupe.demarche.pk).update(**champs)
    with pytest.raises(IntegrityError, match="seuil"), transaction.atomic():
        Demarche.objects.filter(pk=troupe.autre_demarche.pk).update(seuil_secret=4)
    for acte in (
        lambda versions: versions.update(objectif_mobilites=24),
        lambda versions: versions.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            acte(VersionRegles.objects.filter(demarche=troupe.demarche))
    troupe.demarche.nom = "Un autre nom"
    troupe.demarche.save()
    assert objectif() == 36


def test_a_change_of_another_démarche_is_not_found(troupe, client_de):
    changement = proposer(troupe.dgs_departement)
    client = client_de(troupe.etranger_dgs)
    assert client.post(f"/regles/{changement.pk}/accepter/").status_code == 404
    assert client.get(f"/regles/{changement.pk}/refuser/").status_code == 404
    assert client.post(f"/regles/{changement.pk}/retirer/").status_code == 404
    assert client_de(troupe.dgs_region).get("/regles/inconnue/proposer/").status_code == 404


def test_the_pages_propose_agree_refuse_and_tell(troupe, client_de):
    departement, region = client_de(troupe.dgs_departement), client_de(troupe.dgs_region)
    saisie = {"date_fin": (timezone.localdate() + timedelta(days=900)).isoformat()}
    page = departement.post("/regles/fin/proposer/", saisie).content.decode()
    assert "Ce champ est obligatoire" in page, "a change has a reason"
    assert f'value="{saisie["date_fin"]}"' in page
    reponse = departement.post(
        "/regles/fin/proposer/", {**saisie, "motif": "Six mois"}, follow=True
    )
    assert "rien ne change avant leur accord" in reponse.content.decode()
    changement = ChangementRegle.objects.get()
    lu = region.get("/regles/").content.decode()
    assert "Six mois" in lu
    assert "Donner mon accord" in lu
    page = region.post(f"/regles/{changement.pk}/refuser/", {"motif": ""}).content.decode()
    assert "Refuser ce changement" in page
    reponse = region.post(f"/regles/{changement.pk}/refuser/", {"motif": "Non"}, follow=True)
    assert "Refusé par Rose Carlier" in reponse.content.decode()


def test_the_public_changes_with_its_categories_and_filieres(troupe, client_de):
    client = client_de(troupe.dgs_departement)
    saisie = {
        "public": "agents",
        "categories": ["B", "A"],
        "filieres": ["technique"],
        "motif": "Au-delà des cadres",
    }
    client.post("/regles/public/proposer/", saisie)
    changement = ChangementRegle.objects.get()
    assert changement.apres == {"public": "agents", "categories": "A,B", "filieres": "technique"}
    for acteur in (troupe.dgs_ville, troupe.dgs_region):
        actions.accepter(acteur=acteur, changement=changement)
    demarche = Demarche.objects.get(code="centre")
    assert demarche.categories_admises == ("A", "B")
    assert demarche.filieres_admises == ("technique",)


def test_each_rule_is_said_in_words():
    assert dire(Regle.TOLERANCE, {"tolerance_solde": 0}) == "aucun écart"
    assert dire(Regle.PUBLICITE, {"publicite_mois": 1}) == "1 mois"
    agents = {"public": "agents", "categories": "", "filieres": ""}
    assert dire(Regle.PUBLIC, agents) == "tous les agents, catégories A, B et C, toutes filières"
    agents = {"public": "agents", "categories": "C", "filieres": "technique,police"}
    assert dire(Regle.PUBLIC, agents) == (
        "tous les agents de catégorie C, filières technique et police municipale"
    )


def test_categories_go_with_all_the_agents_alone(db):
    refus = refus_des_valeurs({"public": "cadres", "categories": "A", "filieres": ""})
    assert "tous les agents" in refus["public"]
    with pytest.raises(IntegrityError, match="demarche_public_connu"):
        fabriques.faire_demarche(public="cadres", categories="A")


def test_the_page_asks_as_many_queries_with_twelve_changes_as_with_one(
    troupe, client_de, django_assert_max_num_queries
):
    client = client_de(troupe.dgs_region)
    for n in range(12):
        changement = proposer(troupe.dgs_departement, objectif_mobilites=40 + n)
        actions.retirer(acteur=troupe.dgs_departement, changement=changement)
    proposer(troupe.dgs_departement)
    client.get("/regles/")
    with django_assert_max_num_queries(14):
        client.get("/regles/")
