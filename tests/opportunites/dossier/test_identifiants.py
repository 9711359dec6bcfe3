"""One person stays one person: what the former employer gave is former, what the host gives is asked."""

import pytest
from django.core.exceptions import PermissionDenied

from cadres.candidature.comptes import adresse_de
from cadres.imports.existants import fiches_existantes
from cadres.models import AncienIdentifiant, Cadre
from collectivites.models import Courriel
from collectivites.refus import ActionImpossible
from opportunites.dossier.a_faire import attentes_du_dossier
from opportunites.dossier.actions import arrivee, mobilites
from tests.fabriques import dans, faire_cadre
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
