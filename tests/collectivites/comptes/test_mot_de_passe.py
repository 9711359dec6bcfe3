"""A password that changes is said to its owner; whoever is locked out is told for how long."""

import pytest

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


def test_whoever_is_locked_out_is_told_for_how_long(client, personne, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}  # allauth's own
    for _ in range(5):
        entrer(client, personne, "faux")

    assert "Attendez cinq minutes" in entrer(client, personne, ANCIEN).text
