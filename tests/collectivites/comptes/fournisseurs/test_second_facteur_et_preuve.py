"""What a provider's word is worth: as a second factor, as a fresh proof; and how one leaves it too."""

import time

import pytest
import requests
from django.conf import settings as reglages
from django.urls import reverse

from collectivites.models import Mandat
from collectivites.mots import Role
from tests import fabriques
from tests.collectivites.comptes.fournisseurs.conftest import (
    compte_ouvert,
    faire_le_tour,
    lier,
)
from tests.collectivites.comptes.test_second_facteur import (
    avec_application,
    avec_mot_de_passe,
    code,
)

SECURITE = "/comptes/securite/"
ACCES = "/acces/"


def lu(reponse):
    return reponse.text.replace("\xa0", " ").replace("\u202f", " ")


@pytest.fixture
def lie(drh):
    lier(drh)
    lier(drh, "agglo")
    return drh


@pytest.fixture
def _exige(settings):
    settings.SECOND_FACTEUR = True


# --- A second factor -----------------------------------------------------------------------------------------

MONTRE = [
    {"acr": "eidas1-mfa", "amr": ["pwd", "totp", "mfa"]},
    {"acr": "eidas1", "amr": ["mfa"]},
    {"acr": "eidas1", "amr": ["mail", "pop", "mfa"]},
    {"acr": "eidas2", "amr": ["pop"]},
    {"acr": "eidas3"},
]
NE_MONTRE_PAS = [
    {"acr": "eidas1", "amr": ["pwd"]},
    # ProConnect sends a code by mail, and calls it « -mfa ».
    {"acr": "eidas1-mfa", "amr": ["pwd", "mail"]},
    {"acr": "eidas1-mfa", "amr": ["pwd", "mail", "mfa"]},
    {"acr": "eidas1-mfa"},
    {"acr": "eidas2", "amr": ["mail"]},
    {"acr": "eidas1", "amr": ["pwd", "sms", "mfa"]},
    {"acr": "eidas1", "amr": "mfa"},
]


@pytest.mark.usefixtures("_exige")
@pytest.mark.parametrize("connexion", MONTRE, ids=str)
def test_un_second_facteur_montre_la_bas_vaut_ici(fournisseur, lie, navigateur, connexion):
    avec_application(lie)
    fournisseur.connexion = connexion

    faire_le_tour(navigateur)

    assert navigateur.get("/registre/").status_code == 200


@pytest.mark.usefixtures("_exige")
@pytest.mark.parametrize("connexion", NE_MONTRE_PAS, ids=str)
def test_sinon_le_notre_est_demande_avant_tout_affichage(fournisseur, lie, navigateur, connexion):
    cle = avec_application(lie)
    fournisseur.connexion = connexion

    arrive = faire_le_tour(navigateur)
    assert arrive.headers["Location"] == "/comptes/connexion/code/"
    assert not compte_ouvert(navigateur)
    navigateur.post("/comptes/connexion/code/", {"code": code(cle)})

    assert compte_ouvert(navigateur) == str(lie.pk)
    assert navigateur.get("/registre/").status_code == 200


@pytest.mark.usefixtures("_exige")
def test_qui_n_en_a_pas_encore_en_choisit_un(fournisseur, lie, navigateur):
    faire_le_tour(navigateur)

    assert navigateur.get("/registre/").headers["Location"] == SECURITE


@pytest.mark.usefixtures("_exige")
def test_celui_d_une_personne_ne_sert_pas_a_une_autre(fournisseur, lie, departement, navigateur):
    """The same browser, after: a password alone shows nothing more than a password."""
    fournisseur.connexion = {"acr": "eidas2"}
    faire_le_tour(navigateur)
    navigateur.post("/comptes/deconnexion/")
    dgs = avec_mot_de_passe(fabriques.faire_acteur(Role.DGS, departement).utilisateur)

    navigateur.post(
        "/comptes/connexion/", {"login": dgs.email, "password": "une-phrase-que-je-sais"}
    )

    assert navigateur.get("/registre/").headers["Location"] == SECURITE


# --- A fresh proof ------------------------------------------------------------------------------------------


@pytest.fixture
def grave(settings):
    """An act that wants a fresh proof, and whether it is done."""
    settings.PREUVE_MINUTES = 15
    return {
        "courriel": "collegue@essais.example",
        "prenom": "Ines",
        "nom": "Blin",
        "role": "gestionnaire",
        "debut": fabriques.dans(1).isoformat(),
    }


def fait():
    return Mandat.objects.filter(utilisateur__email="collegue@essais.example").exists()


@pytest.fixture
def sans_mot_de_passe(lie):
    lie.set_unusable_password()
    lie.save()
    return lie


def entrer_par_l_agglo(fournisseur, navigateur, il_y_a=0):
    fournisseur.signe = False
    fournisseur.connexion = {"auth_time": int(time.time()) - il_y_a}
    faire_le_tour(navigateur, "agglo")
    assert compte_ouvert(navigateur)
    fournisseur.connexion = {}


def test_entrer_vaut_preuve_de_l_heure_ou_l_on_s_est_vraiment_identifie(
    fournisseur, lie, navigateur, grave
):
    entrer_par_l_agglo(fournisseur, navigateur, il_y_a=14 * 60)

    navigateur.post(ACCES, grave)

    assert fait()


@pytest.mark.parametrize("il_y_a", [16 * 60, 8 * 3600])
def test_une_session_ouverte_la_bas_ce_matin_n_est_pas_une_preuve(
    fournisseur, lie, navigateur, grave, il_y_a
):
    entrer_par_l_agglo(fournisseur, navigateur, il_y_a)

    assert "Confirmez que c’est vous" in navigateur.post(ACCES, grave).text
    assert not fait()


def test_une_session_ouverte_la_bas_depuis_hier_ne_fait_pas_entrer(fournisseur, lie, navigateur):
    fournisseur.signe = False
    fournisseur.connexion = {"auth_time": int(time.time()) - 13 * 3600}

    assert faire_le_tour(navigateur, "agglo").status_code == 403
    assert fournisseur.demandes[-1]["max_age"] == str(12 * 3600)
    assert not compte_ouvert(navigateur)


def test_proconnect_date_de_la_minute_ce_que_personne_n_a_prouve(
    fournisseur, lie, navigateur, grave
):
    """It answers out of its own session, under the hour of the answer: never a proof here."""
    faire_le_tour(navigateur)

    page = navigateur.post(ACCES, grave)
    assert "Confirmez que c’est vous" in page.text
    assert "à nouveau avec ProConnect" not in lu(page)
    assert navigateur.post("/fournisseurs/proconnect/confirmer/").status_code == 404
    assert not fait()


def test_sans_mot_de_passe_on_s_identifie_a_nouveau_et_l_acte_se_fait(
    fournisseur, sans_mot_de_passe, navigateur, grave
):
    entrer_par_l_agglo(fournisseur, navigateur, il_y_a=3600)
    page = navigateur.post(ACCES, grave)
    assert "S’identifier à nouveau avec l’annuaire de l’agglomération" in lu(page)

    confirme = faire_le_tour(navigateur, "agglo", "confirmer")
    assert "C’est confirmé" in confirme.text
    demande = fournisseur.demandes[-1]
    assert (demande["prompt"], demande["max_age"]) == ("login", "0")
    navigateur.post(ACCES, grave)

    assert fait()


@pytest.mark.parametrize("connexion", [{"auth_time": 1_700_000_000}, {"auth_time": None}])
def test_un_fournisseur_qui_ne_redemande_rien_ne_confirme_rien(
    fournisseur, sans_mot_de_passe, navigateur, grave, connexion
):
    entrer_par_l_agglo(fournisseur, navigateur, il_y_a=3600)
    fournisseur.dans_l_identite = connexion

    assert faire_le_tour(navigateur, "agglo", "confirmer").status_code == 403
    navigateur.post(ACCES, grave)

    assert not fait()


def test_l_identite_d_un_autre_ne_confirme_rien(fournisseur, sans_mot_de_passe, navigateur, grave):
    entrer_par_l_agglo(fournisseur, navigateur, il_y_a=3600)
    fournisseur.personne["sub"] = "le-collegue-de-bureau"

    assert faire_le_tour(navigateur, "agglo", "confirmer").status_code == 403
    navigateur.post(ACCES, grave)

    assert not fait()


def test_une_identite_moins_verifiee_qu_il_ne_faut_pour_entrer_ne_confirme_rien(
    fournisseur, sans_mot_de_passe, navigateur, grave, settings
):
    settings.FOURNISSEURS[1]["acr"] = ["carte"]
    fournisseur.signe = False
    fournisseur.connexion = {"acr": "carte", "auth_time": int(time.time()) - 3600}
    faire_le_tour(navigateur, "agglo")
    assert compte_ouvert(navigateur)
    fournisseur.connexion = {"acr": "mot-de-passe"}

    refus = faire_le_tour(navigateur, "agglo", "confirmer")
    assert (refus.status_code, "avec assez de soin" in lu(refus)) == (403, True)
    navigateur.post(ACCES, grave)

    assert not fait()


@pytest.mark.parametrize("moyen", ["mfa_activate_totp", "mfa_add_webauthn"])
def test_qui_n_a_rien_d_autre_que_proconnect_choisit_un_mot_de_passe_par_sa_messagerie(
    fournisseur, sans_mot_de_passe, navigateur, grave, moyen
):
    """An unattended session does not choose the second factor that would then prove who is there."""
    faire_le_tour(navigateur)

    page = navigateur.post(ACCES, grave)
    assert "Choisissez d’abord un mot de passe" in " ".join(lu(page).split())
    assert "C’est fait, continuer" in lu(page)
    refus = navigateur.get(reverse(moyen))
    assert refus.headers["Location"] == "/comptes/mot-de-passe/oublie/"


def test_un_fichier_lui_est_refuse_avec_le_chemin_pour_l_avoir(
    fournisseur, sans_mot_de_passe, navigateur, grave
):
    faire_le_tour(navigateur)

    assert navigateur.get(reverse("cadres:exporter")).headers["Location"] == "/mes-connexions/"


# --- To leave ------------------------------------------------------------------------------------------------


def test_sortir_d_ici_c_est_sortir_de_la_bas(fournisseur, lie, navigateur):
    faire_le_tour(navigateur)

    relais = navigateur.post("/comptes/deconnexion/")
    assert "déconnecté de Quatuor" in lu(relais)
    assert not compte_ouvert(navigateur)
    retour = requests.get(
        relais.headers["Refresh"].removeprefix("0; url="), allow_redirects=False, timeout=5
    ).headers["Location"]
    (sortie,) = fournisseur.sorties
    assert sortie["id_token_hint"].count(".") == 2
    assert sortie["post_logout_redirect_uri"] == (
        f"{reglages.QUATUOR_SITE}/fournisseurs/proconnect/sortie/"
    )
    fin = navigateur.get(retour.removeprefix(reglages.QUATUOR_SITE), follow=True)

    assert "ProConnect vous a déconnecté aussi" in lu(fin)


def test_le_jeton_garde_pour_sortir_ne_se_lit_pas_dans_la_base(fournisseur, lie, navigateur):
    faire_le_tour(navigateur)

    assert "eyJ" not in str(dict(navigateur.session))


def test_un_retour_de_sortie_inconnu_ne_dit_rien(fournisseur, navigateur):
    fin = navigateur.get("/fournisseurs/proconnect/sortie/?state=invente", follow=True)

    assert fin.redirect_chain == [("/comptes/connexion/", 302)]
    assert "déconnecté" not in fin.text


def test_qui_est_entre_par_mot_de_passe_sort_d_ici_seulement(fournisseur, lie, client_de):
    reponse = client_de(lie).post("/comptes/deconnexion/")

    assert reponse.status_code == 302
    assert "Refresh" not in reponse.headers


def test_un_fournisseur_sans_sortie_ou_muet_n_empeche_pas_de_sortir(
    fournisseur, lie, navigateur, settings
):
    fournisseur.description = {"end_session_endpoint": None}
    faire_le_tour(navigateur)

    assert navigateur.post("/comptes/deconnexion/").status_code == 302
    assert not compte_ouvert(navigateur)


def test_la_fenetre_qui_reconnecte_sur_place_ne_part_nulle_part(fournisseur, lie, navigateur):
    faire_le_tour(navigateur)

    reponse = navigateur.post(
        "/comptes/deconnexion/", headers={"X-Requested-With": "XMLHttpRequest"}
    )

    assert "Refresh" not in reponse.headers


@pytest.mark.parametrize("nom", ["proconnect", "agglo"])
def test_un_second_facteur_ne_se_choisit_pas_sur_la_foi_d_une_session_ouverte_la_bas(
    fournisseur, drh, navigateur, settings, nom
):
    settings.PREUVE_MINUTES = 15
    lier(avec_mot_de_passe(drh), nom)
    fournisseur.signe = nom == "proconnect"
    fournisseur.connexion = {"acr": "eidas1", "auth_time": int(time.time()) - 3600}
    faire_le_tour(navigateur, nom)

    vers = navigateur.get("/comptes/securite/application/")

    assert vers.status_code == 302
    assert vers.headers["Location"].startswith("/comptes/confirmer/")
