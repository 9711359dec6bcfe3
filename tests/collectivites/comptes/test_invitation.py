"""The link of an invitation mail opens the account once, within the week."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from collectivites.comptes.invitations import invite_du_jeton, lien_invitation
from collectivites.models import Courriel, Utilisateur

MOT_DE_PASSE = "une phrase facile à retenir"


@pytest.fixture
def invite(db):
    return Utilisateur.objects.create_user("Nouvelle@Essais.Example", prenom="Nina", nom="Roy")


@pytest.fixture
def chemin(invite):
    return lien_invitation(invite).removeprefix(settings.QUATUOR_SITE)


def choisir(client, chemin, mot=MOT_DE_PASSE, encore=None):
    """As the browser does: the link first, then the form of the page where it leads."""
    page = client.get(chemin)
    return client.post(
        page.headers.get("Location", chemin), {"new_password1": mot, "new_password2": encore or mot}
    )


def test_an_account_is_opened_without_a_password_in_small_letters(invite):
    assert invite.email == "nouvelle@essais.example"
    assert not invite.has_usable_password()


def test_the_link_is_an_absolute_address(invite):
    assert lien_invitation(invite).startswith(f"{settings.QUATUOR_SITE}/invitation/")


def test_the_page_greets_the_person_and_writes_nothing(client, invite, chemin):
    reponse = client.get(chemin, follow=True)

    assert reponse.status_code == 200
    assert "Nina" in reponse.text
    assert "_auth_user_id" not in client.session


def test_the_key_leaves_the_address_at_the_first_click(client, invite, chemin, client_de):
    """An address is seen: in the history, over a shoulder, in a log."""
    jeton = chemin.split("/")[3]
    page = client.get(chemin, follow=True)
    ((adresse, _),) = page.redirect_chain

    assert jeton not in adresse
    assert jeton not in page.text
    assert client_de(None).get(adresse).status_code == 410, "to anybody else it opens nothing"
    choisir(client, adresse)
    assert "invitation" not in client.session


def test_a_password_opens_the_account_and_lets_the_person_in(client, invite, chemin):
    reponse = choisir(client, chemin)

    invite.refresh_from_db()
    assert (reponse.status_code, reponse["Location"]) == (302, "/")
    assert invite.check_password(MOT_DE_PASSE)
    assert client.session["_auth_user_id"] == str(invite.pk)


@pytest.mark.parametrize("mot", ["court", "123456789012", "motdepasse", "password1234"])
def test_a_weak_password_is_refused(client, invite, chemin, mot):
    reponse = choisir(client, chemin, mot)

    invite.refresh_from_db()
    assert reponse.status_code == 200
    assert reponse.context["formulaire"].errors
    assert not invite.has_usable_password()


def test_two_different_passwords_are_refused(client, invite, chemin):
    assert choisir(client, chemin, encore="une autre phrase").status_code == 200
    assert "_auth_user_id" not in client.session


def perimee(client, chemin):
    """The page answers 410 to a reader and to a sender alike, and lets nobody in."""
    lue, envoyee = client.get(chemin), choisir(client, chemin)
    return (lue.status_code, envoyee.status_code) == (
        410,
        410,
    ) and "_auth_user_id" not in client.session


def test_a_link_is_used_once(client, invite, chemin, client_de):
    choisir(client, chemin)

    assert perimee(client_de(None), chemin)


def test_a_link_dies_after_a_week(client, invite, chemin):
    with time_machine.travel(timezone.localtime() + timedelta(days=6, hours=23), tick=False):
        assert client.get(chemin, follow=True).status_code == 200
    with time_machine.travel(timezone.localtime() + timedelta(days=7, minutes=1), tick=False):
        assert perimee(client, chemin)


def test_a_link_dies_with_the_account(client, invite, chemin):
    invite.is_active = False
    invite.save()

    assert perimee(client, chemin)


def test_a_link_dies_when_the_address_changes(client, invite, chemin):
    invite.email = "autre@essais.example"
    invite.save()

    assert perimee(client, chemin)


def test_a_forged_link_opens_nothing(client, invite, chemin, troupe):
    _, _, uid, jeton, _ = chemin.split("/")
    autre = lien_invitation(troupe.operateur).split("/")[-3]

    for faux in (
        f"/invitation/{autre}/{jeton}/",
        f"/invitation/{uid}/{jeton[:-1]}{'0' if jeton[-1] != '0' else '1'}/",
        f"/invitation/{uid}/c8zzzz-0/",
        f"/invitation/!!!/{jeton}/",
        f"/invitation/{uid}/-/",
    ):
        assert perimee(client, faux), faux


@pytest.mark.parametrize("uid", ["", "é", "LTE", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "_____"])
def test_a_nonsense_identifier_names_nobody(db, uid):
    assert invite_du_jeton(uid, "c8zzzz-0123456789abcdef0123456789abcdef") is None


def test_a_reset_token_is_not_an_invitation(invite):
    from django.contrib.auth.tokens import default_token_generator

    uid = lien_invitation(invite).split("/")[-3]

    assert invite_du_jeton(uid, default_token_generator.make_token(invite)) is None


# --- Why one is written to ------------------------------------------------------------------------


def oublier(client, troupe, qui):
    qui.utilisateur.set_unusable_password()
    qui.utilisateur.save()
    client.post("/comptes/mot-de-passe/oublie/", {"email": qui.utilisateur.email})
    return Courriel.objects.get()


def test_a_dgs_who_never_chose_a_password_is_invited_with_their_roles(client, troupe):
    courriel = oublier(client, troupe, troupe.dgs_ville)

    assert "changer votre mot de passe" not in courriel.corps
    assert "DGS, Ville d’Orléans" in courriel.corps
    assert "DGS, Orléans Métropole" in courriel.corps
    assert "/invitation/" in courriel.corps


def test_a_cadre_who_never_chose_one_reads_their_invitation_again(client, troupe):
    courriel = oublier(client, troupe, troupe.cadre_muet)
    assert "Rien ne se fait sans vous" in courriel.corps

    chemin = next(mot for mot in courriel.corps.split() if "/invitation/" in mot)
    reponse = choisir(client, chemin.removeprefix(settings.QUATUOR_SITE))
    assert reponse["Location"] == "/ma-candidature/"


def test_a_forgotten_password_is_chosen_again_within_the_hour(client, troupe):
    personne = troupe.dgs_ville.utilisateur
    personne.set_password(MOT_DE_PASSE)
    personne.save()
    client.post("/comptes/mot-de-passe/oublie/", {"email": personne.email})
    lien = next(mot for mot in Courriel.objects.get().corps.split() if "://" in mot)
    chemin = "/" + lien.split("/", 3)[3]

    with time_machine.travel(timezone.localtime() + timedelta(minutes=59), tick=False):
        assert "password1" in client.get(chemin, follow=True).text
    with time_machine.travel(timezone.localtime() + timedelta(minutes=61), tick=False):
        assert "password1" not in client.get(chemin, follow=True).text


def test_whoever_has_one_changes_it(client, troupe):
    troupe.dgs_ville.utilisateur.set_password(MOT_DE_PASSE)
    troupe.dgs_ville.utilisateur.save()
    client.post("/comptes/mot-de-passe/oublie/", {"email": troupe.dgs_ville.utilisateur.email})

    assert "changer votre mot de passe" in Courriel.objects.get().corps


def test_the_page_after_the_password_is_one_of_ours(client, invite, chemin):
    reponse = choisir(client, f"{chemin}?suite=//ailleurs.example/")

    assert reponse["Location"] == "/"
