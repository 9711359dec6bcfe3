"""Whoever tries passwords is slowed; nobody is shut out by another; the owner is told."""

import logging

import pytest
from django.test import Client

from collectivites.comptes import essais
from collectivites.models import Courriel

CONNEXION = "/comptes/connexion/"
JUSTE = "une-phrase-que-je-sais"
TROP = "Trop d’essais"


@pytest.fixture
def dgs(troupe, settings):
    settings.ACCOUNT_RATE_LIMITS = {
        "login": "300/m/ip",
        "login_failed": "100/m/ip,5/5m/key",
        "login_partout": "12/h/key",
        "login_dit": "10/d/key",
    }
    personne = troupe.dgs_ville.utilisateur
    personne.set_password(JUSTE)
    personne.save()
    return personne


def essayer(qui, mot_de_passe, adresse="10.0.0.1", client=None):
    """The page that answers; empty once one is in."""
    client = client or Client()
    reponse = client.post(CONNEXION, {"login": qui, "password": mot_de_passe}, REMOTE_ADDR=adresse)
    return "" if reponse.status_code == 302 else reponse.content.decode()


def test_cinq_mots_de_passe_faux_d_une_adresse_font_attendre_cette_adresse(dgs):
    for _ in range(5):
        assert TROP not in essayer(dgs.email, "faux")

    assert TROP in essayer(dgs.email, JUSTE)


def test_une_adresse_inventee_ne_change_pas_le_compte_des_essais(dgs, settings):
    def essayer_sous(inventee, vue="10.0.0.9"):
        return Client().post(
            CONNEXION,
            {"login": dgs.email, "password": JUSTE if inventee == "fin" else "faux"},
            REMOTE_ADDR=vue,
            headers={"X-Forwarded-For": f"203.0.113.{len(inventee)}, 10.0.0.{len(inventee)}"},
        )

    for rang in range(5):
        essayer_sous("x" * rang)
    assert TROP in essayer_sous("fin").text

    # Behind a proxy of ours, the address that it wrote counts: the last, and no other.
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert essayer_sous("fin").status_code == 302


def test_un_inconnu_ne_ferme_pas_la_porte_d_un_dgs(dgs):
    for _ in range(6):
        essayer(dgs.email, "faux", adresse="203.0.113.9")

    assert essayer(dgs.email, JUSTE, adresse="10.0.0.1") == ""


def test_dix_personnes_qui_se_trompent_ne_ferment_pas_la_mairie(dgs, troupe):
    for rang in range(30):
        essayer(f"agent{rang}@ville.example", "faux")

    assert essayer(dgs.email, JUSTE) == ""


def test_des_essais_de_partout_finissent_par_attendre_sauf_d_un_appareil_connu(dgs):
    connu = Client()
    assert essayer(dgs.email, JUSTE, client=connu) == ""
    connu.post("/comptes/deconnexion/")
    for rang in range(12):
        essayer(dgs.email, "faux", adresse=f"203.0.113.{rang}")

    assert TROP in essayer(dgs.email, JUSTE, adresse="198.51.100.1")
    assert essayer(dgs.email, JUSTE, client=connu) == ""


def test_un_appareil_n_est_plus_connu_quand_le_mot_de_passe_a_change(dgs, rf):
    client = Client()
    essayer(dgs.email, JUSTE, client=client)
    demande = rf.post(CONNEXION)
    demande.COOKIES[essais.COOKIE] = client.cookies[essais.COOKIE].value
    assert essais.est_un_appareil_connu(demande, dgs.email)
    assert not essais.est_un_appareil_connu(demande, "autre@ville.example")

    dgs.set_password("une-autre-phrase")
    dgs.save()

    assert not essais.est_un_appareil_connu(demande, dgs.email)


def test_un_cookie_fabrique_ne_fait_pas_un_appareil_connu(dgs, rf):
    demande = rf.post(CONNEXION)
    for valeur in ("", "x", f"[{dgs.pk},1]", "a:b:c"):
        demande.COOKIES[essais.COOKIE] = valeur
        assert not essais.est_un_appareil_connu(demande, dgs.email)


def test_les_echecs_sont_dits_au_titulaire_une_fois_par_jour(dgs):
    for rang in range(10):
        essayer(dgs.email, "faux", adresse=f"203.0.113.{rang}")
    recus = Courriel.objects.filter(destinataire=dgs.email, objet__contains="essais de connexion")
    assert not recus.exists()

    for rang in range(10, 12):
        essayer(dgs.email, "faux", adresse=f"203.0.113.{rang}")

    assert recus.count() == 1
    assert "Personne n’est entré" in recus.get().corps


def test_qui_entre_et_qui_sort_laisse_une_ligne(dgs, caplog):
    client = Client()
    with caplog.at_level(logging.INFO, logger="collectivites.comptes.essais"):
        essayer(dgs.email, JUSTE, client=client)
        client.post("/comptes/deconnexion/")

    assert [r.getMessage() for r in caplog.records] == [
        f"Login: account {dgs.pk}, from 10.0.0.1, by password",
        f"Logout: account {dgs.pk}",
    ]


def test_un_echec_laisse_une_ligne_qui_ne_dit_pas_l_adresse_tapee(dgs, caplog):
    with caplog.at_level(logging.WARNING, logger="collectivites.comptes.essais"):
        essayer(dgs.email, "faux")
        essayer("inconnu@ville.example", "faux")

    lignes = [r.getMessage() for r in caplog.records if "Failed login" in r.getMessage()]
    assert lignes == [
        f"Failed login: account {dgs.pk}, from 10.0.0.1",
        "Failed login: account -, from 10.0.0.1",
    ]
