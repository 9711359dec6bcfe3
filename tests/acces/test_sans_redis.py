"""Redis is down, or frozen: every act that can be done is done, answers as done, and its job waits."""

import socket

import pytest
from django.core.cache import cache
from django.db import transaction

from collectivites.garanties import disjoncteur
from collectivites.garanties.cache import redis_repond
from collectivites.models import Courriel, Tache
from mobility.celery import app
from tests.acces.adresses import adresses
from tests.acces.matrice import lire
from tests.acces.parametres import PARAMETRES

ATTENDU = lire()
ADRESSES = adresses()
#: The acts of the site: what answers 302 to somebody, with the first of them.
ACTES = {
    nom: next(p for p, r in reponses.items() if r == "302")
    for (nom, methode), reponses in ATTENDU.items()
    if methode == "POST" and "302" in reponses.values()
}
#: The pages that read or write the cache.
PAGES = {
    "pilotage:accueil": "dgs",
    "pilotage:tableau_de_bord": "dgs",
    "cadres:criteres": "drh",
    "account_login": "anonyme",
    "account_reset_password": "anonyme",
}


@pytest.fixture
def brancher(settings):
    """`brancher(port)`: this installation's Redis is at that port."""
    avant = app.conf.broker_url

    def faire(port):
        url = f"redis://127.0.0.1:{port}/0"
        settings.CACHES = {
            "default": {
                "BACKEND": "collectivites.garanties.cache.CacheIndulgent",
                "LOCATION": url,
            }
        }
        settings.REDIS_URL = url
        settings.TACHES_MODE = "celery"
        app.conf.broker_url = url
        app.pool.force_close_all()
        app.amqp._producer_pool = None
        redis_repond.fermer()

    yield faire
    app.conf.broker_url = avant
    app.amqp._producer_pool = None
    redis_repond.fermer()


@pytest.fixture
def redis_mort(brancher):
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port = prise.getsockname()[1]
    brancher(port)  # nobody listens there any more


@pytest.fixture
def redis_gele(brancher):
    """It takes the connection and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as prise:
        brancher(prise.getsockname()[1])
        yield


def chemin_de(nom, scene):
    adresse = ADRESSES[nom]
    return adresse.chemin(**PARAMETRES[nom](scene) if adresse.parametres else {})


@pytest.fixture
def agir(scene, clients, django_capture_on_commit_callbacks):
    """Do the act, and what follows its commit; the answer's status, then all is undone."""

    def faire(nom, persona, methode="post"):
        client = clients[persona]
        cookies = client.cookies.copy()
        with transaction.atomic():
            with django_capture_on_commit_callbacks(execute=True):
                reponse = getattr(client, methode)(chemin_de(nom, scene))
            transaction.set_rollback(True)
        client.cookies = cookies
        return reponse.status_code

    return faire


@pytest.mark.parametrize("nom", sorted(ACTES))
def test_sans_redis_l_acte_est_fait_et_repond_comme_fait(nom, agir, redis_mort):
    assert agir(nom, ACTES[nom]) == 302


@pytest.mark.parametrize("nom", sorted(PAGES))
def test_sans_redis_la_page_s_ouvre(nom, agir, redis_mort):
    assert agir(nom, PAGES[nom], "get") == 200


def test_redis_gele_les_pages_n_attendent_qu_une_fois(agir, redis_gele, monkeypatch):
    attentes = []
    ouvrir = redis_repond._ouvrir
    monkeypatch.setattr(redis_repond, "_ouvrir", lambda p: (attentes.append(p), ouvrir(p)))
    monkeypatch.setattr(disjoncteur, "REPOS", 600.0)

    assert [agir(nom, persona, "get") for nom, persona in PAGES.items()] == [200] * len(PAGES)
    assert len(attentes) == 1


def test_redis_gele_un_acte_qui_ecrit_a_quelqu_un_est_fait(agir, redis_gele):
    assert agir("cadres:informer", ACTES["cadres:informer"]) == 302


def test_sans_redis_le_courriel_et_le_travail_attendent_leur_tour(
    troupe, redis_mort, django_capture_on_commit_callbacks
):
    from collectivites.travaux.courriels import deposer_texte
    from collectivites.travaux.taches import lancer

    with django_capture_on_commit_callbacks(execute=True):
        courriel = deposer_texte(
            objet="Essai",
            corps="Bonjour",
            demarche=troupe.demarche,
            destinataire="a@ville.example",
            cle="sans-redis",
        )
        tache = lancer("essai", acteur=troupe.drh_ville, libelle="Essai")

    courriel.refresh_from_db()
    tache.refresh_from_db()
    assert (courriel.etat, tache.etat) == (Courriel.Etat.A_ENVOYER, Tache.Etat.ATTENTE)


def test_sans_redis_le_cache_oublie_et_ne_leve_rien(redis_mort):
    cache.set("a", 1)
    cache.set_many({"a": 1})
    cache.delete_many(["a"])

    assert cache.get("a", "rien") == "rien"
    assert (cache.get_many(["a"]), cache.add("a", 1), cache.has_key("a")) == ({}, False, False)
    with pytest.raises(ValueError, match="not found"):
        cache.incr("a")


def test_sans_redis_les_limites_de_connexion_comptent_encore(client, db, settings, redis_mort):
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip", "login_failed": "3/m/ip"}
    essai = {"login": "personne@ville.example", "password": "faux-mot-de-passe"}

    reponses = [client.post("/comptes/connexion/", essai).status_code for _ in range(5)]

    assert reponses[0] == 200
    assert reponses[-1] == 429


def test_la_sante_dit_que_redis_ne_repond_pas_et_sert_quand_meme(client, db, redis_mort):
    reponse = client.get("/sante/")

    assert reponse.status_code == 200
    assert reponse.json() == {"base": "ok", "redis": "ne répond pas", "horloge": "ok"}
