"""Each view of ours declares its rule; what is open to anybody is listed here, name by name."""

import pytest
from django.core.management import call_command

from collectivites.management.commands import droits
from tests.acces.adresses import adresses

ADRESSES = adresses()

#: Open without an account. To add a name here is a decision: say why.
PUBLIQUES = {
    # To come in, and to go out.
    "account_logout",
    "account_inactive",
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    # The second factor of a login under way; a key that opens by itself.
    "mfa_authenticate",
    "mfa_login_webauthn",
    "collectivites:invitation",
    # By an identity provider, where one is configured: to go there, to come back; to have left it.
    "collectivites:fournisseur_entrer",
    "collectivites:fournisseur_retour",
    "collectivites:fournisseur_sortie",
    # A page whose session has ended asks it to whom it belongs: nobody.
    "collectivites:session",
    # At the foot of a mail: it can only stop a kind of mail, and the address is signed.
    "collectivites:arreter_courriels",
    # Whoever is not listed has no account: a message to their own HR direction, the same answer to all.
    "collectivites:se_signaler",
    # A browser says that something was refused: a line of the log, at most so many a minute.
    "collectivites:rapport_de_securite",
    # For an orchestrator; the last for whoever has its token, or comes from inside.
    "collectivites:sante",
    "collectivites:vivant",
    "collectivites:pret",
    "collectivites:mesures",
    # What the law wants anybody to read, and the guide.
    "pilotage:vos_donnees",
    "pilotage:accessibilite",
    "pilotage:mentions_legales",
    "pilotage:plan",
    "pilotage:aide",
    "pilotage:guide",
    "pilotage:guide_pdf",
    # Read by a calendar program, which cannot log in: the secret address is the key.
    "parcours:flux_agenda",
    # In a mail to the person, whose calendar declined: it gives their seat back, once.
    "parcours:rendre_place",
    # In the demo alone: 404 elsewhere.
    "pilotage:demo_connexion",
    "pilotage:demo_courriels",
}


def test_the_public_addresses_are_these():
    assert {nom for nom, adresse in ADRESSES.items() if adresse.est_publique} == PUBLIQUES


@pytest.mark.parametrize("nom", sorted(n for n, a in ADRESSES.items() if a.est_a_nous))
def test_each_view_of_ours_declares_its_rule(nom):
    regle = getattr(ADRESSES[nom].vue, "acces", None)

    assert regle is not None, "decorate it with collectivites.acteurs.acces"
    assert (regle.genre == "public") is ADRESSES[nom].est_publique
    assert set(regle.methodes) <= {"GET", "HEAD", "POST"}
    assert regle.genre != "mandat" or regle.roles or regle.acte


def test_those_that_wait_for_another_server_are_these():
    """No transaction is opened for them, and a GET may write: they answer a protocol."""
    assert {
        n for n, a in ADRESSES.items() if getattr(getattr(a.vue, "acces", None), "reseau", 0)
    } == {
        "account_logout",
        "collectivites:fournisseur_entrer",
        "collectivites:fournisseur_retour",
        "collectivites:fournisseur_sortie",
        "collectivites:fournisseur_lier",
        "collectivites:fournisseur_confirmer",
    }


def test_what_is_not_ours_is_allauth_s():
    autres = {a.vue.__module__.split(".")[0] for a in ADRESSES.values() if not a.est_a_nous}

    assert autres == {"allauth"}


def test_the_document_says_what_the_views_say():
    """`manage.py droits` writes docs/droits.md."""
    assert droits.FICHIER.read_text(encoding="utf-8") == droits.document(), "manage.py droits"


def test_the_command_writes_the_document(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(droits, "FICHIER", tmp_path / "droits.md")

    call_command("droits")

    assert (tmp_path / "droits.md").read_text(encoding="utf-8") == droits.document()
