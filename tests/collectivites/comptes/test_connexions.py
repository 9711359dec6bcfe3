"""One sees where one is logged in, closes what is left open, and is told of a new device."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from collectivites.comptes.connexions.appareils import nommer
from collectivites.comptes.connexions.liste import purger_les_sessions
from collectivites.comptes.invitations import lien_invitation
from collectivites.models import Courriel
from tests.collectivites.comptes.test_invitation import choisir

CONNEXION, LISTE = "/comptes/connexion/", "/mes-connexions/"
MOT = "une-phrase-que-je-sais"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"
)


@pytest.fixture
def drh(troupe):
    personne = troupe.drh_departement.utilisateur
    personne.set_password(MOT)
    personne.save()
    return personne


def entrer(personne, agent, client=None):
    client = client or Client(headers={"User-Agent": agent})
    client.post(CONNEXION, {"login": personne.email, "password": MOT})
    return client


def test_la_liste_nomme_chaque_appareil_et_dit_lequel_est_celui_ci(drh):
    entrer(drh, IPHONE)
    page = entrer(drh, FIREFOX).get(LISTE).text

    assert "<b>Firefox sur Windows</b> (cet appareil)" in page
    assert "<b>Safari sur iPhone</b><br>" in page


def test_une_session_d_avant_la_liste_s_y_voit_aussi(drh):
    ici = entrer(drh, FIREFOX)
    UserSession.objects.all().delete()

    assert "<b>Firefox sur Windows</b> (cet appareil)" in ici.get(LISTE).text


def test_qui_entre_par_son_invitation_est_dans_la_liste(drh):
    drh.set_unusable_password()
    drh.save()
    client = Client(headers={"User-Agent": FIREFOX})
    choisir(client, lien_invitation(drh).removeprefix(settings.QUATUOR_SITE))

    assert "<b>Firefox sur Windows</b> (cet appareil)" in client.get(LISTE).text
    assert UserSession.objects.get().user == drh


def test_une_connexion_fermee_ailleurs_ne_lit_plus_rien(drh):
    la_bas, ici = entrer(drh, IPHONE), entrer(drh, FIREFOX)
    autre = UserSession.objects.get(user_agent=IPHONE)

    ici.post(LISTE, {"session": autre.pk})

    assert la_bas.get("/registre/").headers["Location"].startswith(CONNEXION)
    assert ici.get("/registre/").status_code == 200
    assert "iPhone" not in ici.get(LISTE).text


def test_toutes_les_autres_se_ferment_d_un_coup_et_jamais_celle_ci(drh):
    ailleurs = [entrer(drh, agent) for agent in (IPHONE, EDGE)]
    ici = entrer(drh, FIREFOX)
    ici.post(LISTE)

    assert [c.get("/registre/").status_code for c in ailleurs] == [302, 302]
    assert ici.get("/registre/").status_code == 200
    ici.post(LISTE, {"session": UserSession.objects.get().pk})
    assert ici.get("/registre/").status_code == 200


def test_on_ne_ferme_ni_ne_voit_la_connexion_d_un_autre(drh, troupe, client_de):
    chez_lui = entrer(drh, IPHONE)
    voisin = client_de(troupe.dgs_departement)
    assert "iPhone" not in voisin.get(LISTE).text

    for envoi in ({"session": UserSession.objects.get(user=drh).pk}, {"session": "x"}, {}):
        voisin.post(LISTE, envoi)

    assert chez_lui.get("/registre/").status_code == 200


def test_un_mot_de_passe_change_ferme_les_autres_et_la_liste_le_sait(drh):
    entrer(drh, IPHONE)
    ici = entrer(drh, FIREFOX)
    nouveau = "une autre phrase, bien à moi"
    ici.post(
        "/comptes/mot-de-passe/", {"oldpassword": MOT, "password1": nouveau, "password2": nouveau}
    )

    page = ici.get(LISTE).text
    assert "iPhone" not in page
    assert "Firefox sur Windows" in page


def test_un_compte_ferme_puis_rouvert_ne_retrouve_aucune_session(drh, troupe):
    ailleurs = entrer(drh, IPHONE)
    exploitant = Client()
    exploitant.force_login(troupe.operateur)
    page = f"/admin/collectivites/utilisateur/{drh.pk}/change/"

    exploitant.post(page, {})
    assert ailleurs.get("/registre/").headers["Location"].startswith(CONNEXION)
    exploitant.post(page, {"is_active": "on"})

    drh.refresh_from_db()
    assert drh.is_active
    assert ailleurs.get("/registre/").headers["Location"].startswith(CONNEXION)


def test_ce_que_l_on_sait_d_une_session_part_avec_elle(drh):
    entrer(drh, IPHONE)
    ici = entrer(drh, FIREFOX)
    Session.objects.exclude(session_key=ici.session.session_key).delete()

    assert purger_les_sessions() == 1
    assert UserSession.objects.get().user_agent == FIREFOX


def test_un_nouvel_appareil_est_dit_une_fois_un_appareil_connu_jamais(drh):
    client = entrer(drh, FIREFOX)
    courriel = Courriel.objects.get(destinataire=drh.email)
    assert courriel.objet == "Une connexion depuis un nouvel appareil"
    assert "Firefox sur Windows" in courriel.corps
    assert f"{settings.QUATUOR_SITE}{LISTE}" in courriel.corps
    client.post("/comptes/deconnexion/")
    entrer(drh, FIREFOX, client)
    entrer(drh, FIREFOX)  # a private window, the same day
    assert Courriel.objects.filter(destinataire=drh.email).count() == 1

    entrer(drh, IPHONE)

    assert Courriel.objects.filter(destinataire=drh.email).count() == 2


@pytest.mark.parametrize(
    ("agent", "nom"),
    [
        (FIREFOX, "Firefox sur Windows"),
        (EDGE, "Edge sur Windows"),
        (IPHONE, "Safari sur iPhone"),
        ("", "Un navigateur"),
        ("curl/8", "Un navigateur"),
    ],
)
def test_un_appareil_porte_un_nom_que_l_on_reconnait(agent, nom):
    assert nommer(agent) == nom


def test_une_session_dont_la_duree_est_passee_n_est_plus_dans_la_liste(drh):
    entrer(drh, IPHONE)
    ici = entrer(drh, FIREFOX)
    vieille = Session.objects.get(
        session_key=UserSession.objects.get(user_agent=IPHONE).session_key
    )
    vieille.expire_date = timezone.now() - timedelta(minutes=1)
    vieille.save()

    assert "iPhone" not in ici.get(LISTE).text
