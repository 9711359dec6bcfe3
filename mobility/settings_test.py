"""Settings of the test suite: those of the demo, quicker, and closed to the outside."""

import os

os.environ["QUATUOR_DEMO"] = "1"
os.environ["SECRET_KEY"] = "only-for-tests-" + "x" * 40
# 32 bytes, in base64: worth nothing outside the tests.
os.environ["QUATUOR_CLE_COACHING"] = "cXVhdHVvci1lc3NhaXMtcXVhdHVvci1lc3NhaXMtMTI="
os.environ["QUATUOR_CLE_JOURNAL"] = "quatuor-essais-journal-qui-ne-vaut-rien-ailleurs"
os.environ.pop("DEBUG", None)
os.environ.pop("EMAIL_HOST", None)

from mobility.settings import *  # noqa: F403
from mobility.settings import (
    BASE_DIR,
    CACHES,
    CELERY_BROKER_TRANSPORT_OPTIONS,
    DATABASES,
    LOGGING,
    MIDDLEWARE,
    REDIS_PREFIX,
    VAR,
)

DEMO = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
TACHES_MODE = os.environ.get("TACHES_MODE", "immediat")

# On SQLite the test database is in memory, unless a file is asked for: a live server and its
# threads (browser tests) need one.
if file := os.environ.get("QUATUOR_TEST_SQLITE"):
    DATABASES["default"]["TEST"] = {"NAME": file}
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # A few rows are not worth compiling a query for, nor waiting for the disk.
    DATABASES["default"]["OPTIONS"]["options"] = "-c jit=off -c synchronous_commit=off"

# Redis itself is only met by the tests marked `services`, and by their worker. Each process of
# the suite has its own prefix there: its worker hears no other's tasks.
REDIS_PREFIX = f"{REDIS_PREFIX}-{os.environ.get('PYTEST_XDIST_WORKER', 'seul')}"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    **CELERY_BROKER_TRANSPORT_OPTIONS,
    "global_keyprefix": f"{REDIS_PREFIX}:",
}
CACHE_REDIS = {**CACHES["default"], "KEY_PREFIX": REDIS_PREFIX}
# The worker shares it with the tests that start it: progress, requests to stop.
LOCMEM = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES["default"] = CACHE_REDIS if os.environ.get("QUATUOR_TEST_CACHE") == "redis" else LOCMEM

# It looks for a file at each request, which no test asks for: a live server has its own way.
MIDDLEWARE = [nom for nom in MIDDLEWARE if not nom.startswith("whitenoise.")]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = VAR / "depots-essais"
STATIC_ROOT = BASE_DIR / "staticfiles"

# The suite logs in far more often than a person does; a test of the limit sets its own.
ACCOUNT_RATE_LIMITS = {
    "login": "10000/m/ip",
    "login_failed": "10000/m/ip",
    "login_partout": "10000/m/key",
    "login_dit": "10000/m/key",
    "code_dit": "10000/m/key",
    "code_partout": "10000/m/key",
    "reset_password": "10000/m/ip",
    "reset_password_from_key": "10000/m/ip",
    "change_password": "10000/m/user",
    "volontaire": "10000/m/ip",
}

LOGGING["root"]["level"] = "ERROR"
LOGGING["loggers"]["django"]["level"] = "ERROR"
