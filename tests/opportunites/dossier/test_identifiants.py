"""One person stays one person: what the former employer gave is former, what the host gives is asked."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cadres.candidature.comptes import adresse_de
from cadres.imports.existants import fiches_existantes
from cadres.models import AncienIdentifiant, Cadre
from collectivites.models import Courriel, EntreeJournal
from collectivites.refus import ActionImpossible
from opportunites.dossier.a_faire import attentes_du_dossier
from opportunites.dossier.actions import arrivee, mobilites
from pilotage.accueil.recapitulatif import deposer_recapitulatifs
from tests.fabriques import acteur_du_cadre, dans, faire_cadre, faire_utilisateur
from tests.opportunites.dossier.aide import preparer, url

ANCIEN, NOUVEAU = "c.dumas@loiret.example", "camille.dumas@region.example"


@pytest.fixture
def effective(scene, mobilite, accueil):
    """She was known by a matricule and an address of the Département; she is at the Région."""
    Cadre.objects.filter(pk=scene.cadre.pk).update(matricule="D-117", courriel=ANCIEN)
    scene.cadre.utilisateur.email = ANCIEN
    scene.cadre.utilisateur.set_password("long-et-secret-4812")
    scene.cadre.utilisateur.save()
    mobilite.demande_recue_le = dans(-200)
    mobilite.reponse_origine, mobilite.date_convenue = "accord", dans(0)
    mobilite.save()
    preparer(accueil, mobilite, date_effet=dans(0))
    mobilites.rendre_effective(acteur=accueil, mobilite=mobilite)
    mobilite.refresh_from_db()
    return mobilite


def test_the_former_identifiers_stay_on_the_file_with_their_date(scene, effective):
    cadre = Cadre.objects.get(pk=scene.cadre.pk)
    assert (cadre.matricule, cadre.courriel) == ("", "")
    anciens = AncienIdentifiant.objects.filter(cadre=cadre).values_list(
        "nature", "valeur", "collectivite", "jusqu_au"
    )
    departement = scene.troupe.departement.pk
    assert set(anciens) == {
        ("matricule", "D-117", departement, dans(0)),
        ("courriel", ANCIEN, departement, dans(0)),
    }


def test_the_host_is_asked_reminded_and_told_where_mails_go(effective, accueil, client_de):
    page = client_de(accueil).get(url("mobilite", effective.pk)).content.decode()
    assert "Nouveaux identifiants à saisir" in page
    assert ANCIEN in page
    assert any("nouveau matricule" in a.titre for a in attentes_du_dossier(accueil))


def test_certifying_leads_to_the_new_identifiers(scene, mobilite, accueil, client_de):
    mobilite.demande_recue_le = dans(-200)
    mobilite.reponse_origine, mobilite.date_convenue = "accord", dans(0)
    mobilite.save()
    preparer(accueil, mobilite, date_effet=dans(0))
    reponse = client_de(accueil).post(url("rendre_effective", mobilite.pk))
    assert reponse["Location"] == url("identifiants", mobilite.pk)


def test_once_given_mails_follow_the_person_and_nothing_is_left_to_do(
    scene, effective, accueil, client_de
):
    client = client_de(accueil)
    saisie = {"matricule": "R-9", "courriel": NOUVEAU}
    assert client.post(url("identifiants", effective.pk), saisie).status_code == 302
    cadre = Cadre.objects.select_related("utilisateur").get(pk=scene.cadre.pk)
    assert (cadre.matricule, cadre.courriel) == ("R-9", NOUVEAU)
    # The account is theirs: the employer moves the mails, never the login.
    assert cadre.utilisateur.email == ANCIEN
    assert adresse_de(cadre) == NOUVEAU
    assert not any("nouveau matricule" in a.titre for a in attentes_du_dossier(accueil))
    assert (
        "Nouveaux identifiants à saisir"
        not in client.get(url("mobilite", effective.pk)).content.decode()
    )
    fiche = client.get(f"/registre/{cadre.pk}/").content.decode()
    assert "Ancien matricule" in fiche
    assert "D-117" in fiche


# --- The login, that the person alone moves --------------------------------------------------------


def lien_recu():
    courriel = Courriel.objects.get(cle__startswith="cadres/confirmer_connexion#")
    assert courriel.destinataire == NOUVEAU
    return re.search(r"/mon-adresse/\S+?/(?=\s|\?)", courriel.corps)[0]


@pytest.fixture
def donnee(effective, accueil):
    arrivee.saisir_identifiants(acteur=accueil, mobilite=effective, courriel=NOUVEAU)


@pytest.fixture
def elle(scene, donnee):
    """She logs in as before; she acts as a cadre of her new employer."""
    return acteur_du_cadre(Cadre.objects.get(pk=scene.cadre.pk))


def connexion_de(elle):
    return type(elle.utilisateur).objects.get(pk=elle.utilisateur.pk).email


def test_the_person_makes_the_new_address_her_login_and_the_former_one_is_told(elle, client_de):
    EmailAddress.objects.create(user=elle.utilisateur, email=ANCIEN, verified=True, primary=True)
    client = client_de(elle)
    assert "nouvelle adresse de connexion" in client.get("/").text
    page = client.get(lien_recu())
    assert NOUVEAU in page.text
    assert connexion_de(elle) == ANCIEN  # to read the page is not to confirm

    assert client.post(lien_recu()).status_code == 302

    assert connexion_de(elle) == NOUVEAU
    assert client.get("/mes-donnees/").status_code == 200  # her session goes on
    avis = Courriel.objects.get(cle__startswith="cadres/connexion_changee#")
    assert avis.destinataire == ANCIEN
    assert NOUVEAU not in avis.corps
    assert "Dumas" not in avis.corps
    assert EntreeJournal.objects.filter(acte="cadre.connexion_changee").count() == 1
    assert "nouvelle adresse de connexion" not in client.get("/").text
    # The mailbox of the former employer opens nothing any more, by no way.
    assert not EmailAddress.objects.exists()
    client_de(None).post("/comptes/mot-de-passe/oublie/", {"email": ANCIEN})
    assert not Courriel.objects.filter(destinataire=ANCIEN, cle__startswith="compte:").exists()


def test_the_host_gains_nothing_by_typing_an_address_of_its_own(elle, scene, client_de):
    """Its link asks for her account, and nobody else's opens it."""
    lien = lien_recu()
    assert client_de(None).get(lien)["Location"].startswith("/comptes/connexion/")
    autre = acteur_du_cadre(faire_cadre(scene.troupe.region, "accord"))
    client_de(autre).post(lien)
    client_de(scene.troupe.drh_region).post(lien)
    assert connexion_de(elle) == ANCIEN


def test_a_link_that_is_too_old_or_for_an_address_since_corrected_changes_nothing(
    elle, scene, client_de
):
    client, lien = client_de(elle), lien_recu()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert "ne vaut plus" in client_de(elle).post(lien, follow=True).text
    Cadre.objects.filter(pk=scene.cadre.pk).update(courriel="autre@region.example")
    assert "ne vaut plus" in client.get(lien, follow=True).text
    assert "ne vaut plus" in client.post(lien, follow=True).text
    assert connexion_de(elle) == ANCIEN


def test_an_address_that_another_account_bears_is_refused_in_words(elle, client_de):
    faire_utilisateur(email=NOUVEAU)
    page = client_de(elle).post(lien_recu(), follow=True)
    assert "Un autre compte porte déjà cette adresse" in page.text
    assert connexion_de(elle) == ANCIEN


def test_she_may_ask_for_the_link_again_once_an_hour(elle, client_de):
    client = client_de(elle)
    for _ in range(2):
        client.post("/mon-adresse/")
    assert Courriel.objects.filter(cle__startswith="cadres/confirmer_connexion#").count() == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        client.post("/mon-adresse/")
    assert Courriel.objects.filter(cle__startswith="cadres/confirmer_connexion#").count() == 2


def test_the_digest_goes_where_she_reads(elle):
    lundi = timezone.make_aware(datetime(2027, 1, 4, 8))
    with time_machine.travel(lundi):
        deposer_recapitulatifs()
    ecrits = Courriel.objects.filter(
        cle__startswith="programme/recapitulatif#", cadre_ref=elle.cadre_id
    )
    assert {c.destinataire for c in ecrits} == {NOUVEAU}


def test_one_of_the_two_leaves_the_other_to_do(effective, accueil):
    assert not arrivee.saisir_identifiants(acteur=accueil, mobilite=effective, matricule="R-9")
    assert any("nouveau matricule" in a.titre for a in attentes_du_dossier(accueil))


def test_the_former_address_is_never_taken_in_silence(scene, effective, accueil, client_de):
    client, adresse = client_de(accueil), url("identifiants", effective.pk)
    erreurs = client.post(adresse, {"courriel": ANCIEN}).context["formulaire"].errors
    assert "courriel" in erreurs
    with pytest.raises(ActionImpossible):
        arrivee.saisir_identifiants(acteur=accueil, mobilite=effective, courriel=ANCIEN)
    client.post(adresse, {"courriel": ANCIEN, "garde_l_adresse": "on"})
    assert Cadre.objects.get(pk=scene.cadre.pk).courriel == ANCIEN
    assert not AncienIdentifiant.objects.filter(nature="courriel").exists()


def test_bad_input_is_said_beside_its_field(scene, effective, accueil, client_de):
    faire_cadre(scene.troupe.region, "accord", matricule="R-1", courriel="pris@region.example")
    client, adresse = client_de(accueil), url("identifiants", effective.pk)
    for saisie, champ in (
        ({"matricule": "R-1"}, "matricule"),
        ({"courriel": "PRIS@region.example"}, "courriel"),
        ({"courriel": "pas-une-adresse"}, "courriel"),
        ({}, "__all__"),
    ):
        assert champ in client.post(adresse, saisie).context["formulaire"].errors


def test_only_the_host_gives_them_and_only_once_the_person_is_there(
    scene, mobilite, origine, accueil
):
    with pytest.raises(PermissionDenied):
        arrivee.saisir_identifiants(acteur=origine, mobilite=mobilite, matricule="R-9")
    with pytest.raises(ActionImpossible):
        arrivee.saisir_identifiants(acteur=accueil, mobilite=mobilite, matricule="R-9")


def test_the_staff_lists_of_both_employers_know_the_person_by_the_former_ones(scene, effective):
    siennes = {f.id: f for f in fiches_existantes(scene.troupe.region)}
    assert siennes[scene.cadre.pk].anciens_matricules == ("D-117",)
    passee = {f.id: f for f in fiches_existantes(scene.troupe.departement)}[scene.cadre.pk]
    assert (passee.ailleurs, passee.partie, passee.poste) == (True, True, "")
    assert Courriel.objects.filter(destinataire=ANCIEN).exists()  # said: there is no other yet
