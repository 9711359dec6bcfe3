"""The health pages answer to anybody, and say what answers; the figures, to whom they are meant for."""

import re
from datetime import timedelta
from ipaddress import ip_network
from types import SimpleNamespace

import pytest
from django.db import DatabaseError
from django.utils import timezone

from collectivites.models import Courriel, Passage, Tache
from collectivites.travaux.horloge import TOUR, Rythme, faire_le_tour
from collectivites.travaux.reprise import ABANDONNEE
from collectivites.travaux.sante import etat

TOUT_VA = {
    "base": "ok",
    "migrations": "ok",
    "redis": "non utilisé",
    "executeur": "non utilisé",
    "horloge": "ok",
    "disque": "ok",
    "depots": "non utilisé",
    "courriels": "ok",
}


@pytest.fixture(autouse=True)
def sans_redis(settings, monkeypatch, tmp_path):
    settings.REDIS_URL, settings.MEDIA_ROOT = "", tmp_path
    monkeypatch.setattr(etat, "place", lambda: (100 * etat.PLACE, 50 * etat.PLACE))


@pytest.fixture
def sonnee(db):
    Passage.objects.create(nom=f"{TOUR}vite", quand=timezone.now())


@pytest.fixture
def base_absente(monkeypatch):
    def curseur():
        raise DatabaseError

    monkeypatch.setattr(etat, "connection", SimpleNamespace(cursor=curseur))


def il_y_a(**duree):
    return timezone.now() - timedelta(**duree)


def ecrire(**champs):
    return Courriel.objects.create(
        destinataire="a@essais.example", objet="o", corps="c", cle=str(champs), **champs
    )


def test_la_base_repond_et_redis_n_est_pas_utilise(client, django_assert_num_queries, db):
    with django_assert_num_queries(2):
        reponse = client.get("/sante/")

    assert reponse.status_code == 200
    assert reponse.json() == {"base": "ok", "redis": "non utilisé", "horloge": "ok"}


def test_sans_sa_base_le_site_ne_sert_pas_mais_il_vit(client, db, base_absente):
    assert client.get("/sante/").status_code == 503
    assert client.get("/sante/vivant").status_code == 200
    reponse = client.get("/sante/pret")
    assert reponse.status_code == 503
    assert reponse.json()["base"] == "ne répond pas"


@pytest.mark.parametrize("adresse", ["/sante/", "/sante/vivant", "/sante/pret", "/sante/mesures"])
def test_elles_se_lisent_seulement(client, adresse):
    assert client.post(adresse).status_code == 405


def test_vivre_ne_demande_rien_a_la_base(client, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert client.get("/sante/vivant").json() == {"vivant": "ok"}


def test_une_installation_prete_le_dit_point_par_point(client, sonnee):
    reponse = client.get("/sante/pret")

    assert (reponse.status_code, reponse.json()) == (200, TOUT_VA)


def test_une_base_que_ce_code_ne_connait_pas_n_est_pas_prete(client, sonnee, monkeypatch):
    monkeypatch.setattr(etat, "_FAITES", [])
    monkeypatch.setattr(etat.MigrationExecutor, "migration_plan", lambda *_: ["0099_demain"])

    reponse = client.get("/sante/pret")

    assert (reponse.status_code, reponse.json()["migrations"]) == (503, "à faire")


def test_une_horloge_qui_ne_sonne_plus_se_dit_sans_fermer_le_site(client, db):
    assert client.get("/sante/pret").json()["horloge"] == "ne sonne plus"
    Passage.objects.create(nom=f"{TOUR}vite", quand=il_y_a(minutes=16))
    reponse = client.get("/sante/pret")
    assert (reponse.status_code, reponse.json()["horloge"]) == (200, "ne sonne plus")

    faire_le_tour(Rythme.VITE)

    assert client.get("/sante/pret").json()["horloge"] == "ok"


def test_une_horloge_qui_a_sonne_demain_ne_sonne_plus(client, db):
    """It was set back: what it wrote tells nothing of now."""
    Passage.objects.create(nom=f"{TOUR}vite", quand=il_y_a(days=-1))

    assert client.get("/sante/pret").json()["horloge"] == "ne sonne plus"


def test_un_tour_entier_sonne_les_quatre_rythmes(db):
    faire_le_tour()

    assert set(Passage.objects.exclude(quand=None).values_list("nom", flat=True)) >= {
        f"{TOUR}{rythme}" for rythme in Rythme
    }


@pytest.mark.parametrize(("pong", "dit"), [([{"a": {"ok": "pong"}}], "ok"), ([], "ne répond pas")])
def test_un_executeur_que_l_horloge_n_a_pas_vu_est_interroge_une_fois(
    client, db, settings, monkeypatch, pong, dit
):
    appels = []
    controle = SimpleNamespace(ping=lambda **_: appels.append(1) or pong)
    monkeypatch.setattr(etat, "current_app", SimpleNamespace(control=controle))
    settings.TACHES_MODE = "celery"

    dits = {client.get("/sante/pret").json()["executeur"] for _ in range(3)}

    assert dits == {dit}
    assert len(appels) == 1


def test_un_disque_presque_plein_se_dit(client, sonnee, monkeypatch):
    monkeypatch.setattr(etat, "place", lambda: (100 * etat.PLACE, etat.PLACE - 1))

    assert client.get("/sante/pret").json()["disque"] == "presque plein"


def test_un_courriel_qui_devrait_etre_parti_se_dit(client, sonnee):
    ecrire(depose_le=il_y_a(minutes=19))
    ecrire(depose_le=il_y_a(days=4))  # given up: a measure, no longer something to wait for
    assert client.get("/sante/pret").json()["courriels"] == "ok"

    ecrire(depose_le=il_y_a(minutes=21))

    assert client.get("/sante/pret").json()["courriels"] == "en retard"


# --- Figures --------------------------------------------------------------------------------------

JETON = "j" * 40


def lire(client, **en_tetes):
    return client.get("/sante/mesures", headers=en_tetes)


def test_personne_ne_lit_les_mesures_d_une_installation_qui_n_en_a_rien_dit(client, db):
    assert lire(client).status_code == 404
    assert lire(client, authorization="Bearer ").status_code == 404


def test_le_jeton_ouvre_et_lui_seul(client, db, settings):
    settings.MESURES_JETON = JETON

    assert lire(client).status_code == 404
    assert lire(client, authorization=f"Bearer {JETON[:-1]}").status_code == 404
    assert lire(client, authorization=f"Bearer {JETON}é").status_code == 404
    assert lire(client, authorization=f"Bearer {JETON}").status_code == 200


def test_une_adresse_dite_ouvre_et_un_mandataire_n_y_fait_entrer_personne(client, db, settings):
    settings.MESURES_ADRESSES = [ip_network("127.0.0.0/8")]
    assert lire(client).status_code == 200
    assert client.get("/sante/mesures", REMOTE_ADDR="203.0.113.9").status_code == 404
    assert client.get("/sante/mesures", REMOTE_ADDR="").status_code == 404

    # The proxy is at an address that was named; whoever it relays is not.
    settings.PROXY, settings.ALLAUTH_TRUSTED_PROXY_COUNT = True, 1
    for relayee in ("203.0.113.9", "127.0.0.1, 203.0.113.9"):
        assert lire(client, x_forwarded_for=relayee).status_code == 404


def test_les_mesures_comptent_ce_qui_attend_et_ne_nomment_personne(
    client, troupe, settings, sonnee
):
    settings.MESURES_JETON = JETON
    ecrire(depose_le=il_y_a(hours=1))
    ecrire(depose_le=il_y_a(hours=2), etat=Courriel.Etat.ECHEC)
    ecrire(depose_le=il_y_a(days=5))
    mandat = troupe.drh_ville.mandat
    for champs in (
        {"etat": Tache.Etat.ATTENTE, "creee_le": il_y_a(minutes=10)},
        {"etat": Tache.Etat.EN_COURS, "battue_le": il_y_a(minutes=5)},
        {"etat": Tache.Etat.ECHOUEE, "finie_le": timezone.now(), "erreur": ABANDONNEE},
        {"etat": Tache.Etat.ECHOUEE, "finie_le": timezone.now(), "erreur": "Fichier vide."},
    ):
        Tache.objects.create(nom="essai", libelle="Essai", mandat=mandat, **champs)

    reponse = lire(client, authorization=f"Bearer {JETON}")
    lues = dict(re.findall(r"^quatuor_(\S+) (\d+)$", reponse.text, re.MULTILINE))

    assert reponse.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    attendues = {
        'travaux{etat="attente"}': "1",
        'travaux{etat="en_cours"}': "1",
        "travaux_silencieux": "1",
        "travaux_interrompus": "1",
        'courriels{etat="a_envoyer"}': "1",
        'courriels{etat="echec"}': "1",
        "courriels_abandonnes": "1",
        "horloge_attend_confirmation": "0",
        "redis_repond": "1",
    }
    assert attendues.items() <= lues.items()
    assert 600 <= int(lues["travail_attend_secondes"]) < 660
    assert 7200 <= int(lues["courriel_attend_secondes"]) < 7260
    assert int(lues['horloge_secondes{rythme="vite"}']) < 60
    # Each line is a comment, or a name, labels of ours, and a number.
    for ligne in reponse.text.splitlines():
        assert re.fullmatch(r"# (HELP|TYPE) .+|quatuor_[a-z_]+(\{[a-z]+=\"[a-z_]+\"\})? \d+", ligne)
