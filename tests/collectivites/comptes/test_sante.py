"""The health page answers to anybody, and says which servers answer."""

from django.db import DatabaseError


def test_la_base_repond_et_redis_n_est_pas_utilise(client, django_assert_num_queries, db, settings):
    settings.REDIS_URL = ""
    with django_assert_num_queries(2):
        reponse = client.get("/sante/")

    assert reponse.status_code == 200
    assert reponse.json() == {"base": "ok", "redis": "non utilisé", "horloge": "ok"}


def test_sans_sa_base_le_site_ne_sert_pas(client, db, monkeypatch):
    class Absente:
        def cursor(self):
            raise DatabaseError

    monkeypatch.setattr("collectivites.travaux.sante.connection", Absente())

    assert client.get("/sante/").status_code == 503


def test_elle_se_lit_seulement(client):
    assert client.post("/sante/").status_code == 405
