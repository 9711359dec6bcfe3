"""To come in by a provider: what it proves opens the account that is tied to it, and no other."""

import logging
import time
from base64 import urlsafe_b64encode
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client

from collectivites.comptes.fournisseurs import echanges
from collectivites.models import Courriel, Mandat, Utilisateur
from tests import fabriques
from tests.collectivites.comptes.fournisseurs.conftest import (
    compte_ouvert,
    faire_le_tour,
    lier,
    partir,
    passer_chez_lui,
)
from tests.outils.fournisseur import CLIENT, KID, SECRET, cle, publique, signer


def test_qui_est_lie_entre_et_va_ou_il_allait(fournisseur, drh, navigateur):
    lier(drh)

    reponse = faire_le_tour(navigateur, next="/registre/")

    assert reponse.headers["Location"] == "/registre/"
    assert compte_ouvert(navigateur) == str(drh.pk)


def test_un_fournisseur_ordinaire_repond_en_json_et_ne_dit_pas_d_employeur(
    fournisseur, drh, navigateur
):
    lier(drh, "agglo")
    fournisseur.signe = False
    fournisseur.personne = {"sub": "sub-de-camille"}
    fournisseur.connexion = {}

    faire_le_tour(navigateur, "agglo")

    assert compte_ouvert(navigateur) == str(drh.pk)


def test_la_demande_porte_etat_nonce_et_pkce_jamais_deux_fois_les_memes(fournisseur, navigateur):
    premiere, seconde = (
        {n: v[0] for n, v in parse_qs(urlsplit(partir(navigateur)).query).items()} for _ in range(2)
    )

    assert premiere["response_type"] == "code"
    assert premiere["scope"] == "openid siret"
    assert premiere["code_challenge_method"] == "S256"
    assert min(len(premiere["state"]), len(premiere["nonce"])) >= 32, "ProConnect wants them long"
    assert "max_age" not in premiere, "ProConnect refuses what it does not know"
    assert '"eidas2"' in premiere["claims"]
    assert SECRET not in str(premiere)
    for nom in ("state", "nonce", "code_challenge"):
        assert premiere[nom] != seconde[nom]


def test_comme_par_un_mot_de_passe_la_session_est_neuve_listee_et_dite(
    fournisseur, drh, navigateur, caplog
):
    lier(drh)
    adresse = partir(navigateur)
    avant = navigateur.session.session_key

    with caplog.at_level(logging.INFO, logger="collectivites"):
        navigateur.get(passer_chez_lui(adresse))

    assert navigateur.session.session_key != avant
    assert UserSession.objects.get().session_key == navigateur.session.session_key
    assert Courriel.objects.get(destinataire=drh.email).objet.startswith("Une connexion depuis")
    assert f"Login: account {drh.pk}" in caplog.text
    assert "sub-de-camille" not in caplog.text


# --- Nobody comes in by it ----------------------------------------------------------------------------


def refuse(reponse, navigateur, *mots):
    assert reponse.status_code == 403
    assert not compte_ouvert(navigateur)
    for mot in mots:
        assert mot in reponse.text.replace("\xa0", " ").replace("\u202f", " ")
    return True


def contenu(page):
    return page.text.partition("<main")[2]


def test_un_inconnu_n_apprend_rien_et_n_ouvre_rien(fournisseur, drh, navigateur):
    """The address that the provider gives is somebody's here: nothing tells so."""
    comptes, mandats = Utilisateur.objects.count(), Mandat.objects.count()
    pages = []
    for adresse in (drh.email, "personne@nulle-part.example"):
        fournisseur.personne |= {"email": adresse, "email_verified": True}
        pages.append(faire_le_tour(navigateur))

    assert all(refuse(page, navigateur, "Aucun compte à ce nom") for page in pages)
    assert contenu(pages[0]) == contenu(pages[1])
    assert (Utilisateur.objects.count(), Mandat.objects.count()) == (comptes, mandats)
    assert not drh.socialaccount_set.exists()


def test_un_compte_ferme_repond_comme_s_il_n_y_en_avait_pas(fournisseur, drh, navigateur):
    inconnu = faire_le_tour(navigateur)
    lier(drh)
    Utilisateur.objects.filter(pk=drh.pk).update(is_active=False)

    assert contenu(faire_le_tour(navigateur)) == contenu(inconnu)


def test_le_meme_sub_chez_un_autre_fournisseur_est_quelqu_un_d_autre(fournisseur, drh, navigateur):
    lier(drh, "proconnect")
    fournisseur.signe = False

    assert refuse(faire_le_tour(navigateur, "agglo"), navigateur, "Aucun compte à ce nom")


@pytest.mark.parametrize(
    ("siret", "mot"),
    [
        ("13001653600023", "n’est pas celui de votre compte"),
        ("", "ne dit pas qui vous emploie"),
        (None, "ne dit pas qui vous emploie"),
        ("214502346", "ne dit pas qui vous emploie"),
        (["21450234600017"], "ne dit pas qui vous emploie"),
    ],
)
def test_l_employeur_est_compare_ici(fournisseur, drh, navigateur, siret, mot):
    lier(drh)
    fournisseur.dans_la_personne = {"siret": siret}

    assert refuse(faire_le_tour(navigateur), navigateur, mot, "mot de passe")


def test_un_employeur_sans_siren_n_est_celui_de_personne(fournisseur, drh, departement, navigateur):
    lier(drh)
    departement.siren = ""
    departement.save()

    assert refuse(faire_le_tour(navigateur), navigateur, "n’est pas celui de votre compte")
    fournisseur.dans_la_personne = {"siret": None}
    assert refuse(faire_le_tour(navigateur), navigateur, "ne dit pas qui vous emploie")


def test_qui_n_a_plus_de_mandat_n_entre_plus_par_son_employeur(fournisseur, drh, navigateur):
    lier(drh)
    drh.mandats.update(fin=fabriques.dans(-1))

    assert refuse(faire_le_tour(navigateur), navigateur, "n’est pas celui de votre compte")


def test_qui_a_change_d_employeur_garde_son_mot_de_passe(fournisseur, drh, navigateur):
    lier(drh)
    drh.set_password("une-phrase-que-je-sais")
    drh.save()
    fournisseur.personne["siret"] = "13001653600023"
    faire_le_tour(navigateur)

    navigateur.post(
        "/comptes/connexion/", {"login": drh.email, "password": "une-phrase-que-je-sais"}
    )

    assert compte_ouvert(navigateur) == str(drh.pk)


@pytest.mark.parametrize("acr", ["eidas0", "eidas0-mfa", "eidas4", None, ["eidas1"]])
def test_une_identite_trop_peu_verifiee_n_ouvre_rien(fournisseur, drh, navigateur, acr):
    lier(drh)
    fournisseur.connexion["acr"] = acr

    assert refuse(faire_le_tour(navigateur), navigateur, "avec assez de soin")


# --- What is not proved ---------------------------------------------------------------------------------

PAS_VERIFIEE = "n’a pas pu être vérifiée"


def avec_le_secret(contenu):
    """Signed with what we share with the provider: it opens nothing of ours to know it."""
    return jwt.encode(contenu, SECRET * 3, "HS256", headers={"kid": KID})


def avec_la_cle_publique(contenu):
    """The confusion of old: the public key, taken for a shared secret. PyJWT refuses to make it."""
    entete = urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT","kid":"%s"}' % KID.encode())
    corps = jwt.encode(contenu, SECRET * 3, "HS256").split(".")[1]
    import hashlib
    import hmac

    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    pem = cle().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    tete = entete.decode().rstrip("=")
    sceau = hmac.new(pem, f"{tete}.{corps}".encode(), hashlib.sha256).digest()
    return f"{tete}.{corps}.{urlsafe_b64encode(sceau).decode().rstrip('=')}"


SIGNATURES = {
    "une autre clé": lambda c: jwt.encode(c, cle("une autre"), "RS256", headers={"kid": KID}),
    "une clé inconnue": lambda c: jwt.encode(c, cle(), "RS256", headers={"kid": "autre"}),
    "sans numéro de clé": lambda c: jwt.encode(c, cle(), "RS256"),
    "un autre algorithme": lambda c: jwt.encode(c, cle(), "PS256", headers={"kid": KID}),
    "aucune signature": lambda c: jwt.encode(c, None, "none", headers={"kid": KID}),
    "le secret partagé": avec_le_secret,
    "la clé publique pour secret": avec_la_cle_publique,
    "sa propre clé dans l’en-tête": lambda c: jwt.encode(
        c,
        cle("une autre"),
        "RS256",
        headers={"kid": KID, "jwk": {**publique("une autre")}},
    ),
    "rien d’un jeton": lambda c: "rien",
}


@pytest.mark.parametrize("jeton", ["signer_l_identite", "signer_la_personne"])
@pytest.mark.parametrize("signature", SIGNATURES)
def test_une_signature_qui_n_est_pas_la_sienne_n_ouvre_rien(
    fournisseur, drh, navigateur, jeton, signature
):
    lier(drh)
    setattr(fournisseur, jeton, SIGNATURES[signature])

    assert refuse(faire_le_tour(navigateur), navigateur, PAS_VERIFIEE)


@pytest.mark.parametrize("jeton", ["dans_l_identite", "dans_la_personne"])
@pytest.mark.parametrize(
    "faux",
    [
        {"aud": "un-autre-site"},
        {"aud": [CLIENT, "un-autre-site"], "azp": "un-autre-site"},
        {"aud": None},
        {"iss": "https://un-autre.example"},
        {"iss": None},
        {"exp": 1_000_000_000},
        {"iat": 9_000_000_000},
        {"sub": "quelqu-un-d-autre"},
        {"sub": None},
    ],
    ids=str,
)
def test_un_jeton_pour_d_autres_d_un_autre_ou_d_un_autre_temps_n_ouvre_rien(
    fournisseur, drh, navigateur, jeton, faux
):
    lier(drh)
    setattr(fournisseur, jeton, faux)

    assert refuse(faire_le_tour(navigateur), navigateur, PAS_VERIFIEE)


@pytest.mark.parametrize("faux", [{"nonce": "d-une-autre-fois"}, {"nonce": None}, {"exp": None}])
def test_le_jeton_d_une_autre_demande_n_ouvre_rien(fournisseur, drh, navigateur, faux):
    lier(drh)
    fournisseur.dans_l_identite = faux

    assert refuse(faire_le_tour(navigateur), navigateur, PAS_VERIFIEE)


def test_un_json_nu_n_est_pas_cru_la_ou_un_jeton_signe_est_attendu(fournisseur, drh, navigateur):
    lier(drh)
    fournisseur.signe = False

    assert refuse(faire_le_tour(navigateur), navigateur, PAS_VERIFIEE)


def test_et_l_inverse_non_plus(fournisseur, drh, navigateur):
    lier(drh, "agglo")

    assert refuse(faire_le_tour(navigateur, "agglo"), navigateur, PAS_VERIFIEE)


@pytest.mark.parametrize(
    ("nom", "genre"),
    [("proconnect", "application/json"), ("agglo", "application/jwt"), ("agglo", "text/html")],
)
def test_ce_qui_ne_dit_pas_ce_que_c_est_n_est_pas_lu(fournisseur, drh, navigateur, nom, genre):
    lier(drh, nom)
    fournisseur.signe = nom == "proconnect"
    fournisseur.genre = genre

    assert refuse(faire_le_tour(navigateur, nom), navigateur, PAS_VERIFIEE)


def test_un_retour_ne_sert_qu_une_fois(fournisseur, drh, navigateur):
    lier(drh)
    retour = passer_chez_lui(partir(navigateur))
    navigateur.get(retour)
    navigateur.post("/comptes/deconnexion/")

    assert refuse(navigateur.get(retour), navigateur, PAS_VERIFIEE)


def test_le_retour_d_un_autre_navigateur_n_ouvre_rien(fournisseur, drh, navigateur):
    """Who is led to follow somebody else's way back does not work in that somebody's account."""
    lier(drh)
    retour = passer_chez_lui(partir(Client()))

    assert refuse(navigateur.get(retour), navigateur, PAS_VERIFIEE)


def test_un_code_ne_sert_qu_une_fois(fournisseur, drh, navigateur):
    """Even under a state of one's own: the provider gives nothing more for it."""
    lier(drh)
    premier = passer_chez_lui(partir(navigateur))
    navigateur.get(premier)
    code = parse_qs(urlsplit(premier).query)["code"][0]
    voleur = Client()
    etat = parse_qs(urlsplit(partir(voleur)).query)["state"][0]

    reponse = voleur.get(f"/fournisseurs/proconnect/retour/?code={code}&state={etat}")

    assert refuse(reponse, voleur, PAS_VERIFIEE)


def test_un_code_vole_ne_sert_pas_a_qui_n_a_pas_fait_la_demande(fournisseur, drh, navigateur):
    """PKCE: the verifier stayed in the session that asked."""
    lier(drh)
    code = parse_qs(urlsplit(passer_chez_lui(partir(navigateur))).query)["code"][0]
    voleur = Client()
    etat = parse_qs(urlsplit(partir(voleur)).query)["state"][0]

    reponse = voleur.get(f"/fournisseurs/proconnect/retour/?code={code}&state={etat}")

    assert refuse(reponse, voleur, PAS_VERIFIEE)


def test_l_etat_d_un_fournisseur_ne_sert_pas_chez_un_autre(fournisseur, drh, navigateur):
    lier(drh, "agglo")
    fournisseur.signe = False
    question = urlsplit(passer_chez_lui(partir(navigateur, "proconnect"))).query

    reponse = navigateur.get(f"/fournisseurs/agglo/retour/?{question}")

    assert refuse(reponse, navigateur, PAS_VERIFIEE)


def test_la_reponse_d_un_autre_emetteur_n_ouvre_rien(fournisseur, drh, navigateur):
    lier(drh)
    retour = passer_chez_lui(partir(navigateur))

    assert refuse(
        navigateur.get(f"{retour}&iss=https://un-autre.example"), navigateur, PAS_VERIFIEE
    )


def test_un_fournisseur_qui_renvoie_ailleurs_n_est_pas_suivi(fournisseur, drh, navigateur):
    lier(drh)
    fournisseur.renvoie = f"{fournisseur.adresse}/ailleurs"

    assert refuse(faire_le_tour(navigateur), navigateur, PAS_VERIFIEE)


def test_dix_minutes_apres_il_faut_recommencer(fournisseur, drh, navigateur):
    lier(drh)
    retour = passer_chez_lui(partir(navigateur))

    with time_machine.travel(time.time() + 11 * 60, tick=False):
        assert refuse(navigateur.get(retour), navigateur, PAS_VERIFIEE)


def test_qui_renonce_le_lit_et_peut_recommencer(fournisseur, drh, navigateur):
    lier(drh)
    fournisseur.refuse = "access_denied"
    assert refuse(faire_le_tour(navigateur), navigateur, "vous avez renoncé")

    fournisseur.refuse = ""
    faire_le_tour(navigateur)

    assert compte_ouvert(navigateur)


@pytest.mark.parametrize(
    "description",
    [
        {"issuer": "https://un-autre.example"},
        {"issuer": None},
        {"issuer": "http://127.0.0.1/api/v2/"},
        {"token_endpoint": "ftp://ailleurs/"},
        {"jwks_uri": None},
    ],
    ids=str,
)
def test_une_description_qui_n_est_pas_la_sienne_n_est_pas_suivie(
    fournisseur, navigateur, description
):
    fournisseur.description = description

    reponse = navigateur.post("/fournisseurs/proconnect/entrer/")

    assert reponse.status_code == 503
    assert "ne répond pas" in reponse.text


def test_un_fournisseur_muet_laisse_le_mot_de_passe(fournisseur, navigateur, settings):
    settings.FOURNISSEURS[0]["serveur"] = "http://127.0.0.1:9/api/v2"
    echanges.oublier()

    reponse = navigateur.post("/fournisseurs/proconnect/entrer/")

    assert reponse.status_code == 503
    assert "mot de passe" in reponse.text.replace("\xa0", " ")


def test_un_fournisseur_qui_change_de_cle_est_relu_mais_pas_sans_fin(
    fournisseur, drh, navigateur, monkeypatch
):
    """Whoever sends tokens of unknown keys does not make us call the provider each time."""
    lier(drh)
    lues = []
    demander = echanges._demander
    monkeypatch.setattr(
        echanges, "_demander", lambda m, a, **o: (lues.append(a), demander(m, a, **o))[1]
    )
    fournisseur.signer_l_identite = lambda c: jwt.encode(c, cle(), "RS256", headers={"kid": "x"})

    for _ in range(3):
        faire_le_tour(navigateur)
    fournisseur.signer_l_identite = signer
    faire_le_tour(navigateur)

    assert sum(adresse.endswith("/jwks") for adresse in lues) == 1
    assert compte_ouvert(navigateur)


# --- What the page shows ----------------------------------------------------------------------------------


def test_le_bouton_est_celui_de_proconnect_et_rien_ne_vient_d_ailleurs(fournisseur, navigateur):
    page = navigateur.get("/comptes/connexion/?next=/registre/").text

    assert "S’identifier avec ProConnect" in page
    assert "Qu’est-ce que ProConnect" in page
    assert page.count('name="next" value="/registre/"') == 4, "each form leads where one was going"
    assert 'src="http' not in page
    assert '<link rel="stylesheet" href="http' not in page


def test_sans_reglage_rien_n_en_parait_et_rien_n_y_repond(db, navigateur):
    assert "S’identifier avec" not in navigateur.get("/comptes/connexion/").text
    for geste in ("entrer", "retour", "sortie"):
        adresse = f"/fournisseurs/proconnect/{geste}/"
        reponse = navigateur.post(adresse) if geste == "entrer" else navigateur.get(adresse)
        assert reponse.status_code == 404


def test_les_essais_sont_comptes_comme_les_mots_de_passe(fournisseur, navigateur, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    partir(navigateur)
    navigateur.get("/fournisseurs/proconnect/retour/?code=a&state=b")

    assert navigateur.post("/fournisseurs/proconnect/entrer/").status_code == 429
    assert navigateur.get("/fournisseurs/proconnect/retour/?code=a&state=b").status_code == 429


def test_on_ne_part_pas_sans_un_geste(fournisseur, navigateur):
    """A link, an image of another site: nobody is led to log in by them."""
    assert navigateur.get("/fournisseurs/proconnect/entrer/").status_code == 405
    avec_jeton = Client(enforce_csrf_checks=True)
    assert avec_jeton.post("/fournisseurs/proconnect/entrer/").status_code == 403


def test_une_suite_ailleurs_n_est_pas_suivie(fournisseur, drh, navigateur):
    lier(drh)

    assert faire_le_tour(navigateur, next="https://ailleurs.example/").headers["Location"] == "/"


@pytest.mark.parametrize("nom", ["socialaccount_signup", "socialaccount_connections"])
def test_les_pages_d_allauth_qui_inscrivent_n_existent_pas(nom):
    from django.urls import NoReverseMatch, reverse

    with pytest.raises(NoReverseMatch):
        reverse(nom)
