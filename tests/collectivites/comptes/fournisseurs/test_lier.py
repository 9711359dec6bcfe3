"""The first tie between an identity and an account is proved on both sides; it is told, and undone."""

import time

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as reglages
from django.test import Client

from collectivites.comptes.invitations import anonymiser_compte, lien_invitation
from collectivites.models import Courriel, Utilisateur
from collectivites.mots import Role
from tests import fabriques
from tests.collectivites.comptes.fournisseurs.conftest import (
    compte_ouvert,
    faire_le_tour,
    lier,
    partir,
    passer_chez_lui,
)

LISTE = "/mes-connexions/"
MOT = "une-phrase-que-je-sais"


@pytest.fixture
def dgs(departement):
    return fabriques.faire_acteur(Role.DGS, departement).utilisateur


@pytest.fixture
def bureau(client_de, drh):
    """Where the DRH is logged in already."""
    return client_de(drh)


def lu(reponse):
    return reponse.text.replace("\xa0", " ").replace("\u202f", " ")


def test_on_lie_de_mes_connexions_puis_on_entre_et_on_est_prevenu(fournisseur, drh, bureau):
    assert "Lier à mon compte" in bureau.get(LISTE).text

    fini = faire_le_tour(bureau, geste="lier")

    assert fini.headers["Location"] == LISTE
    assert "Séparer de mon compte" in bureau.get(LISTE).text
    lien = SocialAccount.objects.get()
    assert (lien.user, lien.provider, lien.uid, lien.extra_data) == (
        drh,
        "proconnect",
        "sub-de-camille",
        {},
    ), "of what the provider says, the identifier alone is kept"
    assert "s’ouvre maintenant avec ProConnect" in Courriel.objects.get().objet
    ailleurs = Client()
    faire_le_tour(ailleurs)
    assert compte_ouvert(ailleurs) == str(drh.pk)


def test_lier_attend_une_preuve_recente(fournisseur, bureau, settings):
    settings.PREUVE_MINUTES = 15

    reponse = bureau.post("/fournisseurs/proconnect/lier/")

    assert "Confirmez que c’est vous" in reponse.text
    assert not fournisseur.demandes


@pytest.mark.parametrize("siret", ["13001653600023", None])
def test_on_ne_lie_pas_l_identite_d_un_autre_employeur(fournisseur, bureau, siret):
    fournisseur.dans_la_personne = {"siret": siret}

    reponse = faire_le_tour(bureau, geste="lier")

    assert reponse.status_code == 403
    assert "Revenir à « Mes connexions »" in lu(reponse)
    assert not SocialAccount.objects.exists()


def test_la_session_de_qui_etait_la_avant_ne_se_lie_pas_au_compte(fournisseur, bureau):
    """On a shared computer: the person who ties is asked there who they are, whatever is open."""
    fournisseur.signe = False
    fournisseur.connexion = {"auth_time": int(time.time()) - 3600}

    assert faire_le_tour(bureau, "agglo", "lier").status_code == 403

    demande = fournisseur.demandes[-1]
    assert (demande["prompt"], demande["max_age"]) == ("login", "0")
    assert not SocialAccount.objects.exists()


def test_ni_a_une_invitation(fournisseur, invite, navigateur):
    fournisseur.signe = False
    fournisseur.connexion = {"auth_time": int(time.time()) - 3600}
    uid, _ = ouvrir_l_invitation(navigateur, invite)

    assert faire_le_tour(navigateur, "agglo", uid=uid).status_code == 403
    assert not SocialAccount.objects.exists()


def test_une_identite_n_ouvre_pas_deux_comptes(fournisseur, dgs, bureau):
    lier(dgs)

    assert "ouvre déjà un autre compte" in lu(faire_le_tour(bureau, geste="lier"))
    assert SocialAccount.objects.count() == 1


def test_un_compte_n_a_qu_une_identite_chez_un_fournisseur(fournisseur, drh, bureau):
    lier(drh, sub="celle-d-avant")

    assert "déjà lié à une autre identité" in lu(faire_le_tour(bureau, geste="lier"))
    assert SocialAccount.objects.get().uid == "celle-d-avant"


def test_qui_a_pris_la_place_entre_temps_ne_recoit_pas_le_lien(fournisseur, drh, dgs, bureau):
    """The way back of one person, followed under another's session: the state stayed with the first."""
    retour = passer_chez_lui(partir(bureau, geste="lier"))
    etats = bureau.session["socialaccount_states"]
    bureau.force_login(dgs)
    neuve = bureau.session
    neuve["socialaccount_states"] = etats
    neuve.save()

    assert bureau.get(retour).status_code == 403
    assert not SocialAccount.objects.exists()


def test_sans_compte_ouvert_rien_ne_se_lie(fournisseur, db):
    for geste in ("lier", "delier", "confirmer"):
        reponse = Client().post(f"/fournisseurs/proconnect/{geste}/")
        assert reponse.headers["Location"].startswith("/comptes/connexion/")


# --- An invitation ----------------------------------------------------------------------------------------


@pytest.fixture
def invite(departement, drh):
    personne = Utilisateur.objects.create_user("nouvelle@essais.example", prenom="Nina", nom="Roy")
    fabriques.faire_mandat(Role.GESTIONNAIRE, departement, personne)
    return personne


def ouvrir_l_invitation(navigateur, personne, suite=""):
    chemin = lien_invitation(personne, suite).removeprefix(reglages.QUATUOR_SITE)
    page = navigateur.get(chemin, follow=True)
    return chemin.split("/")[2], page


def test_une_invitation_vivante_lie_et_ouvre_sans_mot_de_passe_et_ne_sert_plus(
    fournisseur, invite, navigateur
):
    uid, page = ouvrir_l_invitation(navigateur, invite, "/registre/")
    assert "S’identifier avec ProConnect" in page.text
    assert f'name="uid" value="{uid}"' in page.text

    fini = faire_le_tour(navigateur, uid=uid, next="/registre/")

    assert fini.headers["Location"] == "/registre/"
    assert compte_ouvert(navigateur) == str(invite.pk)
    invite.refresh_from_db()
    assert not invite.has_usable_password()
    assert invite.a_une_entree, "and is invited no more"
    _, perimee = ouvrir_l_invitation(Client(), Utilisateur.objects.get(pk=invite.pk))
    assert perimee.status_code == 200, "a new one, asked for by mail, gives a first password"


def test_le_lien_de_l_invitation_est_mort_apres(fournisseur, invite, navigateur):
    chemin = lien_invitation(invite).removeprefix(reglages.QUATUOR_SITE)
    uid = chemin.split("/")[2]
    navigateur.get(chemin, follow=True)
    faire_le_tour(navigateur, uid=uid)

    assert Client().get(chemin).status_code == 410


def test_sans_le_lien_de_l_invitation_son_numero_ne_sert_a_rien(fournisseur, invite, navigateur):
    uid = lien_invitation(invite).split("/")[4]

    assert navigateur.post("/fournisseurs/proconnect/entrer/", {"uid": uid}).status_code == 410
    assert not fournisseur.demandes


def test_un_invite_d_un_autre_employeur_garde_son_invitation(fournisseur, invite, navigateur):
    uid, _ = ouvrir_l_invitation(navigateur, invite)
    fournisseur.personne["siret"] = "13001653600023"

    refus = faire_le_tour(navigateur, uid=uid)
    assert "n’est pas celui de votre compte" in lu(refus)
    assert f"/invitation/{uid}/choisir/" in refus.text
    assert not SocialAccount.objects.exists()
    assert "Choisissez votre mot de passe" in lu(navigateur.get(f"/invitation/{uid}/choisir/"))


# --- Undone ---------------------------------------------------------------------------------------------


def test_on_separe_de_la_meme_page_et_on_est_prevenu(fournisseur, drh, bureau):
    lier(drh)

    fini = bureau.post("/fournisseurs/proconnect/delier/")

    assert fini.headers["Location"] == LISTE
    assert not SocialAccount.objects.exists()
    assert "ne s’ouvre plus avec ProConnect" in Courriel.objects.get().objet
    assert "Aucun compte à ce nom" in lu(faire_le_tour(Client()))


def test_qui_n_a_pas_de_mot_de_passe_ne_se_ferme_pas_la_porte(fournisseur, drh, bureau):
    lier(drh)
    drh.set_unusable_password()
    drh.save()
    bureau.force_login(drh)

    bureau.post("/fournisseurs/proconnect/delier/", HTTP_REFERER=f"http://testserver{LISTE}")

    assert SocialAccount.objects.exists()
    assert "Mot de passe oublié" in lu(bureau.get(LISTE))


def test_et_son_premier_mot_de_passe_passe_par_sa_messagerie(fournisseur, drh, bureau):
    """An unattended session does not choose a password."""
    lier(drh)
    drh.set_unusable_password()
    drh.save()
    bureau.force_login(drh)

    page = bureau.get("/comptes/mot-de-passe/", follow=True)
    assert page.redirect_chain[-1][0] == "/comptes/mot-de-passe/oublie/"
    bureau.post("/comptes/mot-de-passe/oublie/", {"email": drh.email})

    assert "/invitation/" in Courriel.objects.get(destinataire=drh.email).corps


def test_un_cadre_lit_dans_mes_donnees_par_quoi_il_entre(fournisseur, troupe, client_de):
    page = client_de(troupe.cadre).get("/mes-donnees/")
    assert "Entre aussi avec" not in page.text
    lier(troupe.cadre.utilisateur)
    lier(troupe.cadre.utilisateur, "un-annuaire-retire")

    assert "ProConnect et un-annuaire-retire" in lu(client_de(troupe.cadre).get("/mes-donnees/"))


def test_une_personne_effacee_n_est_plus_liee(fournisseur, drh):
    lier(drh)

    anonymiser_compte(drh)

    assert not SocialAccount.objects.exists()


def test_une_phrase_commence_par_une_majuscule(fournisseur, bureau):
    fournisseur.signe = False

    faire_le_tour(bureau, "agglo", "lier")

    assert "L’annuaire de l’agglomération ouvre maintenant votre compte" in lu(bureau.get(LISTE))
