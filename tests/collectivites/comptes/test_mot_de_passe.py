"""A password that changes is said to its owner; whoever is locked out is told for how long."""

import re

import pytest
from django.test import Client

from collectivites.models import Courriel

ANCIEN, NOUVEAU = "une phrase facile à retenir", "une autre phrase à retenir"


@pytest.fixture
def personne(troupe):
    troupe.drh_ville.utilisateur.set_password(ANCIEN)
    troupe.drh_ville.utilisateur.save()
    return troupe.drh_ville.utilisateur


def entrer(client, personne, mot):
    return client.post("/comptes/connexion/", {"login": personne.email, "password": mot})


def test_a_change_is_told_by_mail(client, personne):
    entrer(client, personne, ANCIEN)
    client.post(
        "/comptes/mot-de-passe/",
        {"oldpassword": ANCIEN, "password1": NOUVEAU, "password2": NOUVEAU},
    )

    courriel = Courriel.objects.exclude(objet__contains="nouvel appareil").get()
    assert (courriel.objet, courriel.destinataire) == (
        "Votre mot de passe a été changé",
        personne.email,
    )
    assert "Si ce n’est pas vous" in courriel.corps


def test_a_reset_is_told_by_mail(client, personne):
    client.post("/comptes/mot-de-passe/oublie/", {"email": personne.email})
    lien = next(m for m in Courriel.objects.get().corps.split() if "/choisir/" in m)
    page = client.get("/" + lien.split("/", 3)[3], follow=True)
    client.post(page.request["PATH_INFO"], {"password1": NOUVEAU, "password2": NOUVEAU})

    assert Courriel.objects.filter(objet="Votre mot de passe a été remplacé").count() == 1


def test_a_change_wants_the_former_one(client, personne):
    entrer(client, personne, ANCIEN)
    client.post(
        "/comptes/mot-de-passe/",
        {"oldpassword": "faux", "password1": NOUVEAU, "password2": NOUVEAU},
    )
    personne.refresh_from_db()

    assert personne.check_password(ANCIEN)


def test_what_is_typed_is_what_is_checked(client, personne):
    """However long, with its spaces and its capitals; it may be pasted, and kept by a password manager."""
    long = " Été " + "phrase sans fin, " * 8
    assert len(long) > 128
    page = entrer(client, personne, ANCIEN) and client.get("/comptes/mot-de-passe/").text
    client.post(
        "/comptes/mot-de-passe/", {"oldpassword": ANCIEN, "password1": long, "password2": long}
    )
    for autre in (long.strip(), long.lower(), long[:128], long[:72]):
        assert entrer(Client(), personne, autre).status_code == 200
    assert entrer(Client(), personne, long).status_code == 302

    champs = re.findall(r"<input[^>]*password[^>]*>", page)
    assert len(champs) == 4  # the last is that of whoever comes in again in place
    for champ in champs:
        assert 'type="password"' in champ
        assert re.search(r'autocomplete="(current|new)-password"', champ)
        assert not re.search(r"onpaste|maxlength", champ)


def test_whoever_is_locked_out_is_told_for_how_long(client, personne, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}  # allauth's own
    for _ in range(5):
        entrer(client, personne, "faux")

    assert "Attendez cinq minutes" in entrer(client, personne, ANCIEN).text


def test_une_adresse_mal_ecrite_est_nommee_comme_son_champ(client, db):
    """The summary of errors and the label say one name; the error gives an example."""
    for adresse, champ in (
        ("/comptes/connexion/", "login"),
        ("/comptes/mot-de-passe/oublie/", "email"),
    ):
        page = client.post(adresse, {champ: "sans arobase", "password": "x"}).text.replace(
            "\u00a0", " "
        )

        assert page.count("Adresse professionnelle</a> : ") == 1, adresse
        assert "Écrivez une adresse complète, comme prenom.nom@ville.fr." in page, adresse
        assert "Courriel</a>" not in page
