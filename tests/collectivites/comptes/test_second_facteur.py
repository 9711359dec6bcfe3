"""A second factor: required of whoever reads the files of others, before anything is shown to them."""

import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from collectivites.comptes.invitations import lien_invitation
from collectivites.comptes.second_facteur.exigence import ROLES_EXIGES
from collectivites.garanties import secret
from collectivites.models import Courriel
from collectivites.mots import Role
from tests.acces.adresses import adresses

CONNEXION, CODE, SECURITE = "/comptes/connexion/", "/comptes/connexion/code/", "/comptes/securite/"
MOT = "une-phrase-que-je-sais"
INSTANT = 1_800_000_000  # the beginning of a code, thirty seconds long
VALEURS = {"int": 1, "str": "x", "uuid": "00000000-0000-0000-0000-000000000001", "slug": "x"}


@pytest.fixture(autouse=True)
def _exige(settings):
    settings.SECOND_FACTEUR = True


@pytest.fixture
def montre():
    with time_machine.travel(INSTANT, tick=False) as voyage:
        yield voyage


@pytest.fixture
def dgs(troupe):
    return avec_mot_de_passe(troupe.dgs_departement.utilisateur)


@pytest.fixture
def cadre(troupe):
    return avec_mot_de_passe(troupe.cadre.utilisateur)


def avec_mot_de_passe(personne):
    personne.set_password(MOT)
    personne.save()
    return personne


def avec_application(personne):
    """The secret that their telephone holds."""
    cle = generate_totp_secret()
    TOTP.activate(personne, cle)
    return cle


def code(cle, decalage=0):
    return format_hotp_value(hotp_value(cle, int(timezone.now().timestamp()) // 30 + decalage))


def entrer(client, personne, suite=""):
    return client.post(
        f"{CONNEXION}?next={suite}" if suite else CONNEXION,
        {"login": personne.email, "password": MOT},
    )


def test_de_page_en_page_un_dgs_sans_second_facteur_ne_lit_rien(dgs):
    client = Client()
    entrer(client, dgs)
    lues = []
    for adresse in adresses().values():
        valeurs = {
            nom: VALEURS[
                type(conv).__name__.removesuffix("Converter").lower().replace("string", "str")
            ]
            for nom, conv in convertisseurs(adresse)
        }
        if adresse.est_publique or adresse.nom.startswith(("mfa_", "account_")):
            continue
        reponse = client.get(adresse.chemin(**valeurs))
        if (reponse.status_code, reponse.headers.get("Location")) != (302, SECURITE):
            lues.append(adresse.nom)
    assert not lues
    assert client.get("/admin/").status_code == 302


def convertisseurs(adresse):
    from django.urls import get_resolver

    motif = next(p for p in _motifs(get_resolver()) if p.callback is adresse.vue)
    return motif.pattern.converters.items()


def _motifs(resolveur):
    for motif in resolveur.url_patterns:
        if hasattr(motif, "url_patterns"):
            yield from _motifs(motif)
        else:
            yield motif


def test_les_pages_publiques_ne_le_nomment_pas_sous_son_role(dgs, troupe):
    client = Client()
    entrer(client, dgs)
    page = client.get(reverse("pilotage:aide")).text

    assert troupe.dgs_departement.libelle not in page


@pytest.mark.django_db(transaction=True)
def test_il_choisit_une_application_recoit_ses_codes_et_va_ou_il_allait(dgs, montre):
    client = Client()
    entrer(client, dgs, "/registre/")
    assert client.get("/registre/?q=ab", follow=True).redirect_chain[-1][0] == SECURITE
    page = client.get("/comptes/securite/application/").text
    assert "C’est demandé pour votre rôle" in client.get(SECURITE).text
    cle = re.search(r"secret=([A-Z2-7]+)", page)[1]

    reponse = client.post("/comptes/securite/application/", {"code": code(cle)}, follow=True)

    assert reponse.request["PATH_INFO"] == "/comptes/securite/codes/"
    assert len(re.findall(r"<li><code>\d{8}</code>", reponse.text)) == 10
    assert 'href="/registre/?q=ab"' in reponse.text
    assert client.get("/registre/?q=ab").status_code == 200
    assert 'href="/registre/?q=ab"' not in client.get(SECURITE).text
    assert (
        Courriel.objects.exclude(objet__contains="nouvel appareil").get().objet
        == "Un second facteur protège votre compte"
    )


def test_le_code_a_photographier_est_dans_la_page_et_ne_vient_de_nulle_part(dgs):
    client = Client()
    entrer(client, dgs)
    reponse = client.get("/comptes/securite/application/")

    svg = re.search(r"<svg.*?class=\"q-qr\".*?</svg>", reponse.text, re.DOTALL)[0]
    assert "http" not in svg
    assert "style=" not in svg
    assert "data:" not in reponse.headers["Content-Security-Policy"]


def test_le_mot_de_passe_puis_le_code_ouvrent_la_page_demandee(dgs, montre):
    cle = avec_application(dgs)
    client = Client()

    assert entrer(client, dgs, "/registre/").headers["Location"] == CODE
    assert client.get("/registre/").status_code == 302
    assert "n’est pas le bon" in client.post(CODE, {"code": "000000"}).text
    assert client.post(CODE, {"code": code(cle)}).headers["Location"] == "/registre/"
    assert client.get("/registre/").status_code == 200


@pytest.mark.parametrize(
    ("decalage", "entre"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
)
def test_un_telephone_qui_retarde_d_une_demi_minute_entre_encore(dgs, montre, decalage, entre):
    cle = avec_application(dgs)
    client = Client()
    entrer(client, dgs)

    assert (client.post(CODE, {"code": code(cle, decalage)}).status_code == 302) is entre


def test_un_code_ne_sert_qu_une_fois_meme_quand_le_cache_l_a_oublie(dgs, montre):
    from django.core.cache import cache

    cle = avec_application(dgs)
    premier, second = Client(), Client()
    for client in (premier, second):
        entrer(client, dgs)
    lu = code(cle)
    assert premier.post(CODE, {"code": lu}).status_code == 302
    cache.clear()
    montre.shift(30)

    assert "a déjà servi" in second.post(CODE, {"code": lu}).text
    assert second.post(CODE, {"code": code(cle)}).status_code == 302


def test_un_code_de_secours_remplace_le_telephone_une_fois(dgs, montre):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    avec_application(dgs)
    secours = RecoveryCodes.activate(dgs).get_unused_codes()[0]
    for attendu in (302, 200):
        client = Client()
        entrer(client, dgs)
        assert client.post(CODE, {"code": secours}).status_code == attendu


def test_la_base_seule_ne_donne_ni_la_cle_de_l_application_ni_les_codes(dgs):
    cle = avec_application(dgs)
    donnees = Authenticator.objects.get(user=dgs).data

    assert cle not in str(donnees)
    assert secret.ouvrir(donnees["secret"], pour="second facteur") == cle


def test_des_codes_faux_sont_dits_au_titulaire_une_fois_par_jour(dgs, montre, settings):
    settings.ACCOUNT_RATE_LIMITS = {"code_dit": "3/d/key", "login_failed": "100/m/ip"}
    avec_application(dgs)
    client = Client()
    entrer(client, dgs)
    for rang in range(6):
        assert Courriel.objects.count() == (rang > 3)
        client.post(CODE, {"code": f"00000{rang}"})

    courriel = Courriel.objects.get()
    assert courriel.destinataire == dgs.email
    assert "quelqu’un connaît votre mot de passe" in courriel.corps


def test_des_codes_faux_de_partout_finissent_par_attendre_un_autre_mot_de_passe(
    dgs, montre, settings
):
    settings.ACCOUNT_RATE_LIMITS = {"code_partout": "4/d/key", "login_failed": "100/m/ip"}
    cle = avec_application(dgs)
    for rang in range(4):
        client = Client(REMOTE_ADDR=f"203.0.113.{rang}")
        entrer(client, dgs)
        client.post(CODE, {"code": "000000"})
    client = Client(REMOTE_ADDR="198.51.100.7")
    entrer(client, dgs)
    assert "Trop de codes faux" in client.post(CODE, {"code": code(cle)}).text

    nouveau = "une autre phrase, bien à moi"
    dgs.set_password(nouveau)
    dgs.save()
    client = Client()
    client.post(CONNEXION, {"login": dgs.email, "password": nouveau})

    assert client.post(CODE, {"code": code(cle)}).status_code == 302


def test_un_exploitant_ne_voit_pas_l_administration_avant_son_second_facteur(troupe):
    operateur = avec_mot_de_passe(troupe.operateur)
    client = Client()
    entrer(client, operateur)
    for adresse in ("/admin/", "/admin/collectivites/utilisateur/", "/demarches/"):
        assert client.get(adresse).headers["Location"] == SECURITE


def test_un_fragment_de_page_mene_toute_la_page_au_second_facteur(dgs):
    client = Client()
    entrer(client, dgs)
    reponse = client.get("/registre/", headers={"HX-Request": "true"})

    assert (reponse.status_code, reponse.headers["HX-Redirect"]) == (204, SECURITE)


def test_une_invitation_n_ouvre_pas_un_compte_qui_a_un_second_facteur(dgs):
    avec_application(dgs)
    dgs.set_unusable_password()
    dgs.save()
    lien = lien_invitation(dgs)
    nouveau = "une autre phrase, bien à moi"
    client = Client()
    page = client.get("/" + lien.split("/", 3)[3])
    reponse = client.post(
        page.headers["Location"], {"new_password1": nouveau, "new_password2": nouveau}
    )

    assert reponse.headers["Location"] == CONNEXION
    assert "_auth_user_id" not in client.session


def test_les_roles_qui_lisent_des_fiches_l_ont_tous_les_autres_choisissent():
    assert {*Role} - ROLES_EXIGES == {Role.CADRE, Role.CABINET}


def test_un_cadre_entre_sans_et_peut_en_choisir_un(cadre, montre):
    client = Client()
    assert entrer(client, cadre).headers["Location"] == "/"
    assert client.get("/mon-parcours/").status_code == 200
    assert "Choisissez un second facteur" in client.get(SECURITE).text

    avec_application(cadre)

    assert entrer(Client(), cadre).headers["Location"] == CODE


def test_une_session_ouverte_par_le_mot_de_passe_seul_est_interrogee(dgs, montre):
    """Chosen since, in another browser: the session of before has shown nothing."""
    client = Client()
    entrer(client, dgs)
    cle = avec_application(dgs)

    reponse = client.get("/registre/")
    assert reponse.headers["Location"] == "/comptes/confirmer/code/?next=%2Fregistre%2F"
    # Neither another factor nor another password can be set from there.
    for ailleurs in (
        "/comptes/securite/application/",
        "/comptes/securite/cles/",
        "/comptes/mot-de-passe/",
    ):
        assert client.get(ailleurs).status_code == 302
    suite = client.post(reponse.headers["Location"], {"code": code(cle)})

    assert suite.headers["Location"] == "/registre/"
    assert client.get("/registre/").status_code == 200


def test_le_texte_d_un_formulaire_est_rendu_a_qui_doit_d_abord_se_prouver(dgs):
    client = Client()
    entrer(client, dgs)
    texte = "Un long texte que personne ne voudrait retaper, surtout pas ce soir."

    reponse = client.post("/delegations/nouvelle/", {"motif": texte})

    assert reponse.status_code == 403
    assert texte in reponse.text
    assert "Votre second facteur est demandé" in reponse.text


def test_qui_retire_son_seul_second_facteur_en_choisit_un_autre_aussitot(dgs, montre):
    cle = avec_application(dgs)
    client = Client()
    entrer(client, dgs)
    client.post(CODE, {"code": code(cle)})
    client.post("/comptes/securite/application/retirer/")

    assert client.get("/registre/").headers["Location"] == SECURITE


def test_un_second_facteur_retire_est_dit_au_titulaire(dgs, montre):
    cle = avec_application(dgs)
    client = Client()
    entrer(client, dgs)
    client.post(CODE, {"code": code(cle)})
    client.post("/comptes/securite/application/retirer/")

    courriel = Courriel.objects.exclude(objet__contains="nouvel appareil").get()
    assert courriel.objet == "Votre application de codes est retirée"
    assert "Si ce n’est pas vous" in courriel.corps


def test_un_lien_recu_par_courriel_ne_remplace_jamais_le_second_facteur(dgs, montre):
    avec_application(dgs)
    client = Client()
    client.post("/comptes/mot-de-passe/oublie/", {"email": dgs.email})
    lien = next(m for m in Courriel.objects.get().corps.split() if "/choisir/" in m)
    page = client.get("/" + lien.split("/", 3)[3], follow=True)
    nouveau = "une autre phrase, bien à moi"
    client.post(page.request["PATH_INFO"], {"password1": nouveau, "password2": nouveau})

    assert client.get("/registre/").headers["Location"].startswith(CONNEXION)
    suite = client.post(CONNEXION, {"login": dgs.email, "password": nouveau})
    assert suite.headers["Location"] == CODE


def test_sans_l_exigence_chacun_entre_comme_avant(dgs, settings):
    settings.SECOND_FACTEUR = False
    client = Client()
    entrer(client, dgs)

    assert client.get("/registre/").status_code == 200


def test_la_rotation_des_cles_reprend_les_seconds_facteurs(dgs, settings):
    from cryptography.fernet import Fernet

    cle = avec_application(dgs)
    ancienne, nouvelle = settings.QUATUOR_CLES_COACHING[0], Fernet.generate_key().decode()
    settings.QUATUOR_CLES_COACHING = [nouvelle, ancienne]
    call_command("renouveler_cle_coaching", verbosity=0)
    settings.QUATUOR_CLES_COACHING = [nouvelle]

    donnees = Authenticator.objects.get(user=dgs).data
    assert secret.ouvrir(donnees["secret"], pour="second facteur") == cle
