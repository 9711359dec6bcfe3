"""An operator opens a démarche: three steps, a page to read over, one act."""

from datetime import timedelta

import pytest
from django.utils import timezone

from collectivites.models import (
    Collectivite,
    Courriel,
    Demarche,
    EntreeJournal,
    Mandat,
    Utilisateur,
)
from pilotage.models import EtapeRoute, VersionRegles
from tests import fabriques
from tests.pilotage.cadrage.ouverture.saisies import (
    ETAPE_1,
    ETAPE_2,
    ETAPE_3,
    RELIRE,
    VILLE_ET_METROPOLE,
    demarche,
    directions,
    jusqu_a_la_relecture,
)


@pytest.fixture
def exploitant(db):
    return fabriques.faire_utilisateur("Équipe", "Technique", is_superuser=True, is_staff=True)


@pytest.fixture
def client(exploitant, client_de):
    return client_de(exploitant)


def texte(reponse):
    return reponse.content.decode().replace("\u00a0", " ")


def test_it_opens_with_its_employers_its_directions_its_rules_and_its_feuille_de_route(client):
    jusqu_a_la_relecture(client)
    assert not Demarche.objects.exists(), "nothing is written before the last act"
    relu = texte(client.get(RELIRE))
    for attendu in ("Ville de Sologne", "214502346", "24 mobilités", "anne.roy@sologne.example"):
        assert attendu in relu
    assert "3 courriels" in relu
    reponse = client.post(RELIRE, follow=True)
    ouverte = Demarche.objects.get()
    assert "est ouverte" in texte(reponse)
    assert ouverte.objectif_mobilites == 24
    assert set(ouverte.collectivites.values_list("code", "siren", "groupe_employeur")) == {
        ("ville", "214502346", "sologne"),
        ("agglomeration", "244500468", "sologne"),
    }
    assert ouverte.collectivites.get(code="ville").domaine_courriel == "sologne.example"
    anne = Utilisateur.objects.get(email="anne.roy@sologne.example")
    assert anne.mandats.filter(role="dgs").count() == 2
    assert Mandat.objects.filter(role="drh").count() == 2
    version = VersionRegles.objects.get()
    assert (version.objectif_mobilites, version.changement) == (24, None)
    etapes = EtapeRoute.objects.filter(demarche=ouverte)
    assert etapes.filter(intitule__startswith="Accord de principe des élus").count() == 2, (
        "one for each employer"
    )
    assert etapes.filter(intitule__startswith="Note stratégique", collectivite=None).exists()
    assert not etapes.filter(echeance__gt=ouverte.date_fin).exists()
    assert not etapes.filter(echeance__lt=timezone.localdate()).exists(), "late on its first day"
    ligne = EntreeJournal.objects.get(acte="demarche.ouverte")
    assert ligne.auteur.nom_complet == "Équipe Technique"


def test_each_person_is_welcomed_once_and_told_who_what_and_why(client):
    jusqu_a_la_relecture(client)
    client.post(RELIRE)
    lettres = Courriel.objects.all()
    assert lettres.count() == 3, "Anne directs two employers, and reads one mail"
    lettre = lettres.get(destinataire="anne.roy@sologne.example")
    corps = lettre.corps.replace("\u00a0", " ")
    assert "mot de passe" not in lettre.objet
    assert "Équipe Technique" in corps
    assert "la Ville de Sologne et Sologne Agglomération" in corps
    assert "DGS, Ville de Sologne" in corps
    assert "DGS, Sologne Agglomération" in corps
    assert "Vous avez demandé" not in corps
    assert "/invitation/" in corps
    assert "n’appartiennent qu’aux DGS" in corps
    assert (
        "n’appartiennent qu’aux DGS"
        not in lettres.get(destinataire="luc.petit@sologne.example").corps
    )


def test_whoever_has_an_account_keeps_it_and_receives_no_key(client):
    luc = fabriques.faire_utilisateur("Luc", "Petit", email="luc.petit@sologne.example")
    jusqu_a_la_relecture(client)
    client.post(RELIRE)
    corps = Courriel.objects.get(utilisateur=luc).corps
    assert "/invitation/" not in corps
    assert "mot de passe habituel" in corps


def test_an_error_loses_nothing_of_what_was_typed(client):
    faute = {**VILLE_ET_METROPOLE, "ville_siren": "214502347"}
    client.post(ETAPE_1, demarche())
    page = texte(client.post(ETAPE_2, faute))
    assert "Ce n’est pas un SIREN" in page
    assert 'value="Ville de Sologne"' in page
    revenue = texte(client.get(ETAPE_2))
    assert 'value="214502347"' in revenue, "the mistake is there to be corrected"
    assert 'value="Sologne Agglomération"' in revenue
    assert 'value="Mobilités de Sologne"' in texte(client.get(ETAPE_1))


@pytest.mark.parametrize(
    ("champ", "valeur", "message"),
    [
        ("seuil_secret", "4", "ne descend jamais sous 5"),
        ("objectif_mobilites", "0", "Choisissez un nombre de 1 à 5000"),
        ("objectif_mobilites", "beaucoup", "Écrivez un nombre entier"),
        ("publicite_mois", "0", "Choisissez un nombre de 1 à 6"),
        ("rappel_jours", "11", "Choisissez un nombre de 5 à 10"),
        ("date_fin", "2020-01-01", "Le dernier jour est à venir"),
        ("date_debut", "0020-01-01", "Vérifiez l’année"),
        ("nom", "", "obligatoire"),
    ],
)
def test_rules_that_no_démarche_agrees_to_are_told_beside_their_field(
    client, champ, valeur, message
):
    page = texte(client.post(ETAPE_1, demarche(**{champ: valeur})))
    assert message in page
    assert f'href="#id_{champ}"' in page, "the summary leads to the field"


def test_it_lasts_one_day_at_least_and_ten_years_at_most(client):
    jour = timezone.localdate()
    debut = jour + timedelta(days=30)
    page = texte(client.post(ETAPE_1, demarche(date_debut=debut, date_fin=debut)))
    assert "Le dernier jour vient après le premier" in page
    page = texte(client.post(ETAPE_1, demarche(date_fin=jour.replace(year=jour.year + 11, day=1))))
    assert "10 ans au plus" in page


@pytest.mark.parametrize(
    ("saisie", "message"),
    [
        ({"ville_nom": "Ville de Sologne"}, "deux employeurs au moins"),
        ({**VILLE_ET_METROPOLE, "region_siren": "234500023"}, "ou videz tout son bloc"),
        ({**VILLE_ET_METROPOLE, "agglomeration_siren": "214502346"}, "le même SIREN"),
        ({**VILLE_ET_METROPOLE, "agglomeration_nom": "ville de sologne"}, "le même nom"),
        ({**VILLE_ET_METROPOLE, "agglomeration_groupe_employeur": ""}, "deux employeurs au moins"),
        ({**VILLE_ET_METROPOLE, "ville_domaine_courriel": "pas un domaine"}, "Écrivez un domaine"),
        ({}, "deux employeurs au moins"),
    ],
)
def test_employers_that_do_not_hold_together_are_told(client, saisie, message):
    reponse = client.post(ETAPE_2, saisie)
    assert reponse.status_code == 200
    assert message in texte(reponse)


def test_one_address_under_two_names_is_told(client):
    client.post(ETAPE_1, demarche())
    client.post(ETAPE_2, VILLE_ET_METROPOLE)
    page = texte(client.post(ETAPE_3, directions(agglomeration_dgs_nom="Durand")))
    assert "cette adresse est celle d’Anne Roy" in page


def test_an_operator_gives_no_role_to_themselves_nor_to_another_operator(client, exploitant):
    autre = fabriques.faire_utilisateur("Un", "Autre", is_superuser=True)
    client.post(ETAPE_1, demarche())
    client.post(ETAPE_2, VILLE_ET_METROPOLE)
    for courriel in (exploitant.email.upper(), autre.email):
        page = texte(client.post(ETAPE_3, directions(ville_drh_courriel=courriel)))
        assert "Vous ne vous donnez pas de rôle" in page or "celle d’un exploitant" in page
    assert client.get(RELIRE).status_code == 302, "what is wrong is not read over"


def test_the_last_page_sends_back_to_the_step_that_is_missing(client):
    assert client.get(RELIRE).url == ETAPE_1
    client.post(ETAPE_1, demarche())
    assert client.get(RELIRE).url == ETAPE_2
    assert client.get(ETAPE_3).url == ETAPE_2
    client.post(ETAPE_2, VILLE_ET_METROPOLE)
    assert client.get(RELIRE).url == ETAPE_3
    assert client.post(RELIRE).url == ETAPE_3
    assert not Demarche.objects.exists()


def test_an_employer_added_afterwards_asks_for_its_directions_alone(client):
    jusqu_a_la_relecture(client)
    ajout = {"region_nom": "Région", "region_nom_court": "Région", "region_siren": "234500023"}
    client.post(ETAPE_2, {**VILLE_ET_METROPOLE, **ajout})
    page = texte(client.get(ETAPE_3))
    assert 'value="anne.roy@sologne.example"' in page
    assert "à reprendre" not in page
    assert client.get(RELIRE).url == ETAPE_3


def test_five_employers_are_the_most(client):
    cinq = {
        **VILLE_ET_METROPOLE,
        **{
            f"{code}_{champ}": valeur
            for code, siren in (
                ("departement", "224500017"),
                ("region", "234500023"),
                ("etablissement", "732829320"),
            )
            for champ, valeur in (
                ("nom", f"Employeur {code}"),
                ("nom_court", code),
                ("siren", siren),
            )
        },
    }
    client.post(ETAPE_1, demarche())
    assert client.post(ETAPE_2, cinq).url == ETAPE_3
    saisie = directions()
    for code in ("departement", "region", "etablissement"):
        for role in ("dgs", "drh"):
            saisie |= {
                f"{code}_{role}_prenom": "Ève",
                f"{code}_{role}_nom": code,
                f"{code}_{role}_courriel": f"{role}@{code}.example",
            }
    assert client.post(ETAPE_3, saisie).url == RELIRE
    client.post(RELIRE)
    assert Collectivite.objects.count() == 5
    assert Collectivite.objects.get(code="etablissement").initiale == "E"


def test_all_or_nothing(client, monkeypatch):
    jusqu_a_la_relecture(client)
    fabriques.faire_utilisateur(email="zoe.lemoine@sologne.example", is_active=False)
    reponse = client.post(RELIRE, follow=True)
    assert "ne peut recevoir aucun rôle" in texte(reponse)
    assert not Demarche.objects.exists()
    assert not Courriel.objects.exists()
    assert 'value="Luc"' in texte(client.get(ETAPE_3)), "what was typed is still there"


def test_twice_the_last_click_opens_one_démarche(client):
    jusqu_a_la_relecture(client)
    client.post(RELIRE)
    assert client.post(RELIRE).url == ETAPE_1
    assert Demarche.objects.count() == 1
    client.post(ETAPE_1, demarche())
    assert "porte déjà ce nom" in texte(client.post(ETAPE_1, demarche()))
