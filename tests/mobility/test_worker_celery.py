"""The worker that `services` tests rely on is a real one: another process, through Redis."""

import pytest
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache

from mobility.celery import app

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def test_the_worker_is_another_process_that_knows_our_tasks(worker_celery):
    inspection = app.control.inspect(destination=[worker_celery], timeout=5)

    assert "collectivites.travaux.taches.executer_tache" in inspection.registered()[worker_celery]
    assert inspection.stats()[worker_celery]["broker"]["transport"] == "redis"


def test_the_cache_is_the_one_that_the_worker_uses(worker_celery):
    cache.set("essai", "lu", 30)

    assert cache.get("essai") == "lu"
    assert isinstance(cache._connections["default"], RedisCache)
