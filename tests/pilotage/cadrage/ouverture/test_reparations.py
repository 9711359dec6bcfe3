"""What an operator repairs is done in the open: the journal, the DGS, the former address."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from collectivites.models import Courriel, EntreeJournal, Mandat
from tests import fabriques
from tests.outils.cle import donner_un_second_facteur


@pytest.fixture
def client(troupe, client_de):
    return client_de(troupe.operateur)


def test_a_new_dgs_is_named_with_a_reason_that_the_others_read(client, troupe):
    saisie = {
        "role": "dgs",
        "prenom": "Noé",
        "nom": "Garnier",
        "courriel": "noe.garnier@loiret.example",
        "motif": "Départ à la retraite",
    }
    client.post(f"/demarches/employeurs/{troupe.departement.pk}/nommer/", saisie)
    mandat = Mandat.objects.get(utilisateur__email="noe.garnier@loiret.example")
    assert (mandat.role, mandat.collectivite) == ("dgs", troupe.departement)
    ligne = EntreeJournal.objects.get(acte="demarche.direction_nommee")
    assert (ligne.auteur, ligne.collectivite, ligne.motif) == (
        troupe.operateur,
        None,
        "Départ à la retraite",
    )
    prevenus = set(
        Courriel.objects.filter(corps__contains="Départ à la retraite").values_list(
            "destinataire", flat=True
        )
    )
    assert troupe.dgs_departement.utilisateur.email in prevenus, "whoever is replaced is told"
    assert troupe.dgs_region.utilisateur.email in prevenus
    assert troupe.etranger_dgs.utilisateur.email not in prevenus
    assert "Bienvenue" in Courriel.objects.get(destinataire="noe.garnier@loiret.example").objet


def test_never_for_oneself(client, troupe):
    adresse = f"/demarches/employeurs/{troupe.departement.pk}/nommer/"
    saisie = {
        "role": "dgs",
        "prenom": "A",
        "nom": "B",
        "courriel": troupe.operateur.email,
        "motif": "x",
    }
    assert "pas de rôle à vous-même" in client.post(adresse, saisie).content.decode()
    assert not Mandat.objects.filter(utilisateur=troupe.operateur).exists()


def test_a_changed_address_is_told_to_the_former_one_and_to_the_dgs(client, troupe):
    dgs = troupe.dgs_departement
    ancienne = dgs.utilisateur.email
    client.post(
        f"/demarches/acces/{dgs.mandat.pk}/adresse/",
        {"courriel": "nouvelle@loiret.example", "motif": "Changement de domaine"},
    )
    dgs.utilisateur.refresh_from_db()
    assert dgs.utilisateur.email == "nouvelle@loiret.example"
    assert "n’ouvre plus" in Courriel.objects.get(destinataire=ancienne).objet
    autres = Courriel.objects.filter(destinataire=troupe.dgs_region.utilisateur.email)
    assert "Changement de domaine" in autres.get().corps
    assert EntreeJournal.objects.get(acte="demarche.adresse_changee").auteur == troupe.operateur


def test_an_employer_keeps_a_dgs(client, troupe):
    adresse = f"/demarches/acces/{troupe.dgs_departement.mandat.pk}/finir/"
    reponse = client.post(adresse, {"motif": "Départ"}, follow=True)
    assert "nommez d’abord qui prend la suite" in reponse.content.decode()
    fabriques.faire_mandat("dgs", troupe.departement)
    client.post(adresse, {"motif": "Départ"})
    troupe.dgs_departement.mandat.refresh_from_db()
    assert troupe.dgs_departement.mandat.fin is not None
    assert (
        "Départ"
        in Courriel.objects.filter(destinataire=troupe.dgs_departement.utilisateur.email)
        .get()
        .corps
    )


def test_the_welcome_leaves_again_for_whoever_has_not_come(client, troupe):
    nouveau = fabriques.faire_mandat(
        "drh", troupe.region, fabriques.faire_utilisateur("Léa", "Noir", password="!")
    )
    client.post(f"/demarches/acces/{nouveau.pk}/inviter/")
    assert "/invitation/" in Courriel.objects.get(utilisateur=nouveau.utilisateur).corps
    client.post(f"/demarches/acces/{troupe.drh_region.mandat.pk}/inviter/")
    assert not Courriel.objects.filter(utilisateur=troupe.drh_region.utilisateur).exists()


def test_the_access_of_a_cadre_or_a_coach_is_not_the_operators(client, troupe):
    for acteur in (troupe.cadre, troupe.accompagnateur, troupe.gestionnaire_departement):
        for acte in ("adresse", "finir", "inviter"):
            adresse = f"/demarches/acces/{acteur.mandat.pk}/{acte}/"
            assert (
                client.post(adresse, {"courriel": "x@y.example", "motif": "m"}).status_code == 404
            )


def test_whoever_lost_everything_is_given_a_fresh_choice_in_the_open(troupe):
    dgs = troupe.dgs_departement
    donner_un_second_facteur(dgs.utilisateur)
    retirer = ["retirer_second_facteur", dgs.utilisateur.email, "--motif=Reconnue au guichet"]
    with pytest.raises(CommandError, match="jamais à soi-même"):
        call_command(*retirer, f"--par={troupe.dgs_region.utilisateur.email}")

    call_command(*retirer, f"--par={troupe.operateur.email}", stdout=StringIO())

    assert not Authenticator.objects.exists()
    assert "est retiré" in Courriel.objects.get(destinataire=dgs.utilisateur.email).objet
    aux_autres = Courriel.objects.filter(destinataire=troupe.dgs_region.utilisateur.email)
    assert "Reconnue au guichet" in aux_autres.get().corps
    ligne = EntreeJournal.objects.get(acte="demarche.second_facteur_retire")
    assert ligne.auteur == troupe.operateur


def test_of_a_cadre_nothing_is_told_but_to_them(troupe):
    donner_un_second_facteur(troupe.cadre.utilisateur)
    adresse = troupe.cadre.utilisateur.email
    call_command(
        "retirer_second_facteur",
        adresse,
        f"--par={troupe.operateur.email}",
        "--motif=Téléphone perdu",
        stdout=StringIO(),
    )

    assert list(Courriel.objects.values_list("destinataire", flat=True)) == [adresse]
    assert not EntreeJournal.objects.filter(acte="demarche.second_facteur_retire").exists()
