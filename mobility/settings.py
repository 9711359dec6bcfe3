"""Settings of Quatuor, chosen by the environment; .env files are not read.

What is secret (SECRET_KEY and its FALLBACKS, the two keys, DATABASE_URL, MIGRATIONS_DATABASE_URL,
REDIS_URL, EMAIL_HOST_PASSWORD, QUATUOR_MESURES_JETON) may stand in a file instead: the same variable
followed by _FILE names it.

| variable        | effect                                                                       |
| --------------- | ---------------------------------------------------------------------------- |
| DATABASE_URL    | postgresql://… or sqlite:////path; without it, SQLite in var/                |
| MIGRATIONS_DATABASE_URL | for `manage.py migrate` and backups alone, on PostgreSQL: the role that   |
|                 | owns the tables. `migrate` makes that of DATABASE_URL when it is missing, and |
|                 | gives it what the site needs: outside the demo, it starts under no owner     |
| REPLIQUE_DATABASE_URL | a hot standby of that base, under the same role: dashboards and exports are read   |
|                 | there, but by whoever has just acted                                         |
| QUATUOR_PGBOUNCER=1 | DATABASE_URL leads to a PgBouncer in transaction mode: nothing is prepared there |
| REDIS_URL       | Celery's broker and the cache; without it, tasks run in this process         |
| QUATUOR_DEMO=1  | the demo: plain HTTP, local hosts, mails kept and never sent, own secret key |
| DEBUG=1         | development: as the demo, with Django's error pages                          |
| SECRET_KEY      | required elsewhere                                                           |
| SECRET_KEY_FALLBACKS | former keys, separated by commas: sessions, links and oppositions stand |
| QUATUOR_CLE_COACHING | required elsewhere: the keys that seal what coach and cadre write, the   |
|                 | newest first, separated by commas or, in a file, one a line                  |
| QUATUOR_CLE_JOURNAL | required elsewhere: the key that chains the journal, the newest first.   |
|                 | Former ones stay, or their lines no longer verify                            |
| QUATUOR_HOSTS   | host names, separated by commas; required elsewhere                          |
| QUATUOR_SITE    | the address that mails lead to; deduced from the first host                  |
| QUATUOR_HTTPS=0 | serve plain HTTP outside the demo (trials on one machine only)               |
| QUATUOR_HSTS=domaine | the promise of HTTPS covers the sub-domains too (hôte: this host alone;   |
|                 | preload: for the browsers' own list as well)                                 |
| QUATUOR_PROXY=1 | trust X-Forwarded-Proto, X-Forwarded-For and X-Request-ID, because a proxy   |
|                 | of ours sets them                                                            |
| QUATUOR_SECOND_FACTEUR | 1: who directs, manages, accompanies or operates comes in with a second |
|                 | factor; required unless in the demo, where 1 turns it on; 0 turns it off     |
| QUATUOR_PREUVE_MINUTES | a sensitive act wants a password or a second factor given that lately |
|                 | (15; 0, never asked: the demo)                                               |
| QUATUOR_OIDC    | identity providers (OpenID Connect), by names of our own: proconnect, agglo; |
|                 | none by default                                                              |
| QUATUOR_OIDC_<NAME>_… | CLIENT, SECRET (or SECRET_FILE), SERVEUR (its issuer), NOM (as people   |
|                 | read it): required, the two last but for ProConnect. ALG of its signatures   |
|                 | (RS256); USERINFO: jwt or json; SIRET: the claim of the employer; ACR: the   |
|                 | levels accepted (ProConnect: the least); ACR_FORT: those worth a second      |
|                 | factor; SCOPE; REAUTHENTIFIE=0: it does not ask again who one is             |
| QUATUOR_VAR     | folder of the embedded database, the secret key and the deposited files      |
| QUATUOR_S3_SEAU | a private bucket for the deposited files, which several machines share. With |
|                 | it QUATUOR_S3_CLE and _SECRET (or _SECRET_FILE); _ADRESSE, where it is not   |
|                 | Amazon's, _REGION; _DOSSIER, a folder of it that is ours                     |
| QUATUOR_EDITEUR, _PUBLICATION, _HEBERGEUR, _DPO, _ACCESSIBILITE | the legal notice: who       |
|                 | publishes, who answers for it, who hosts, whom to write to (name, address)   |
| QUATUOR_SAUVEGARDE_POUR | public keys (age1…, separated by commas) for which `manage.py           |
|                 | sauvegarder` seals; the secret ones stay away from this server               |
| EMAIL_…         | HOST, PORT, HOST_USER, HOST_PASSWORD, TLS, FROM: the mail server             |
| QUATUOR_ORGANISATEUR | the mailbox that invites to meetings, and that exists (that of EMAIL_FROM) |
| QUATUOR_IMAP_HOTE | answers to those meetings are read there, by IMAP over TLS; with _PORT (993), |
|                 | _UTILISATEUR (that mailbox), _MOT_DE_PASSE (or …_FILE), _DOSSIER (INBOX). None |
|                 | by default: nobody reads them                                                |
| QUATUOR_MESURES_JETON, _ADRESSES | who reads /sante/mesures: with this token (or …_JETON_FILE), or from  |
|                 | these addresses or networks, separated by commas; without either, nobody     |
| LOG_LEVEL, LOG_FORMAT=json | how much the logs say (INFO); an object a line, for a collector    |
| TACHES_MODE     | celery, fil (thread of this process) or immediat; normally deduced           |
"""

import os
from base64 import urlsafe_b64encode
from collections.abc import Callable
from contextlib import suppress
from email.utils import parseaddr
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import dj_database_url
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from kombu import Queue

from mobility.reglages.depots import DEPOTS
from mobility.reglages.environnement import DEBUG, DEMO, LOCAL, drapeau, liste, secret  # noqa: F401

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("QUATUOR_VAR") or BASE_DIR / "var")


# --- Secret key and hosts ---------------------------------------------------------------------


def _made_once(name: str, make: Callable[[], str]) -> str:
    """A secret of this copy: beside its database and not in it, readable by its owner alone."""
    path = VAR / name
    VAR.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(make())
    except FileExistsError:
        pass
    return path.read_text().strip()


def _secret_key() -> str:
    if key := secret("SECRET_KEY"):
        return key
    if LOCAL:
        return _made_once("cle_secrete", get_random_secret_key)
    raise ImproperlyConfigured(
        "SECRET_KEY is missing. Set SECRET_KEY or SECRET_KEY_FILE, or QUATUOR_DEMO=1 for the demo."
    )


SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = secret("SECRET_KEY_FALLBACKS").replace(",", " ").split()


def _keys(name: str, local_file: str, what: str) -> list[str]:
    """The first key writes, all of them read."""
    if keys := secret(name).replace(",", " ").split():
        return keys
    if LOCAL:
        return [_made_once(local_file, lambda: urlsafe_b64encode(os.urandom(32)).decode())]
    raise ImproperlyConfigured(
        f"{name} is missing: {what}. Set it, or {name}_FILE; a new one: openssl rand -base64 32 | "
        "tr +/ -_ . Keep it outside the database and its backups."
    )


# `manage.py renouveler_cle_coaching` rotates it.
QUATUOR_CLES_COACHING = _keys(
    "QUATUOR_CLE_COACHING",
    "cle_coaching",
    "the key that seals the notes of coach and cadre, which are lost without it",
)
QUATUOR_CLES_JOURNAL = _keys(
    "QUATUOR_CLE_JOURNAL", "cle_journal", "the key that chains the lines of the journal"
)

SAUVEGARDE_POUR = liste("QUATUOR_SAUVEGARDE_POUR")

ALLOWED_HOSTS = liste("QUATUOR_HOSTS")
if LOCAL:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
elif not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "QUATUOR_HOSTS is missing: the host names that this site answers to."
    )

# Links of mails, cookies, transport, content policy.
from mobility.reglages.securite import *  # noqa: E402, F403
from mobility.reglages.securite import HTTPS  # noqa: E402

# Where the links of mails lead: a mail is written without a request at hand.
QUATUOR_SITE = os.environ.get("QUATUOR_SITE") or (
    f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    if LOCAL
    else f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}"
)


# --- Applications -----------------------------------------------------------------------------

INSTALLED_APPS = [
    # Ours first: their templates and commands win over Django's.
    "pilotage",
    "opportunites",
    "parcours",
    "cadres",
    "collectivites",
    "mobility.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
]

MIDDLEWARE = [
    "mobility.traces.NumeroMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "mobility.entetes.EntetesMiddleware",
    # Before anything that may answer by itself: an error page has its policy as well.
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mobility.entetes.CompressionMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    # Inside the one above, which says how long the page is.
    "collectivites.communs.habillage.HabillageMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "collectivites.comptes.session.SessionGlissanteMiddleware",
    "collectivites.comptes.session.ConnexionExigeeMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "cadres.candidature.middleware.ActeurMiddleware",
    "pilotage.accueil.compte.OubliMiddleware",
]

ROOT_URLCONF = "mobility.urls"
WSGI_APPLICATION = "mobility.wsgi.application"
ASGI_APPLICATION = "mobility.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # erreurs/: the pages that Django and allauth look for at the root (404.html…).
        "DIRS": [BASE_DIR / "templates", BASE_DIR / "templates" / "erreurs"],
        "OPTIONS": {
            "builtins": ["collectivites.templatetags.composants"],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "mobility.gabarits.SansRetrait",
                        "django.template.loaders.app_directories.Loader",
                    ],
                ),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pilotage.accueil.contexte.navigation",
            ],
        },
    },
]
FORM_RENDERER = "collectivites.communs.formulaires.Rendu"


# --- Data -------------------------------------------------------------------------------------


#: A pooler lends a connection for a transaction: what is prepared there would be another's.
PGBOUNCER = drapeau("QUATUOR_PGBOUNCER")


def _database(url: str) -> dict[str, Any]:
    config: dict[str, Any] = {
        **dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    }
    config["ATOMIC_REQUESTS"] = False  # collectivites.acteurs.acces opens the transaction of a POST
    if config["ENGINE"].endswith("postgresql"):
        config["ENGINE"] = "collectivites.garanties.postgresql"
        # Values go apart from the text of a query, which the server reads and plans once for all.
        config["OPTIONS"] = {
            "server_side_binding": True,
            "prepare_threshold": None if PGBOUNCER else 5,
            **config.get("OPTIONS", {}),
        }
        config["DISABLE_SERVER_SIDE_CURSORS"] = PGBOUNCER  # outside a transaction, they outlive it
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            # Write lock from the first statement: a read followed by a write cannot be
            # refused half-way, and waits its turn instead (up to `timeout`, in seconds).
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # Foreign keys: Django enforces them on each connection.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        }
    return config


# The demo's file is its own: `make demo-neuve` deletes it, and may delete nothing else.
EMBEDDED_DATABASE = VAR / ("demo.sqlite3" if DEMO else "quatuor.sqlite3")
_ADDRESS = secret("DATABASE_URL")
_OF_THE_SITE = _database(_ADDRESS or f"sqlite:///{EMBEDDED_DATABASE}")
_OWNER = secret("MIGRATIONS_DATABASE_URL")
DATABASES = {"default": _database(_OWNER) if _OWNER else _OF_THE_SITE}
# What may be some seconds old is read there (`collectivites.garanties.replique`); commands do without.
if (_COPY := secret("REPLIQUE_DATABASE_URL")) and not _OWNER:
    DATABASES["replique"] = {**_database(_COPY), "TEST": {"MIRROR": "default"}}
DATABASE_ROUTERS = ["collectivites.garanties.replique.Routeur"] if "replique" in DATABASES else []
#: To whom each `migrate` gives what the site needs: its role, and the password of a new one.
ROLE_DU_SITE = (_OF_THE_SITE.get("USER", ""), _OF_THE_SITE.get("PASSWORD", "")) if _OWNER else None
#: Outside the demo, the role of the site is above neither the tables nor their policies.
ROLE_MODESTE = not (LOCAL or _OWNER)
if not _ADDRESS:
    VAR.mkdir(parents=True, exist_ok=True)
    with suppress(PermissionError):  # of another account: it has its own rights on it
        EMBEDDED_DATABASE.touch(mode=0o600)
        EMBEDDED_DATABASE.chmod(0o600)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = secret("REDIS_URL")
# Lets several installations, or a test run, share one Redis.
REDIS_PREFIX = os.environ.get("REDIS_PREFIX", "quatuor")
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "collectivites.garanties.cache.CacheIndulgent",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": REDIS_PREFIX,
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# Deposited files (evidence): never under a URL, read by a view that checks the right. The folder serves
# where no bucket does (STORAGES).
MEDIA_ROOT = VAR / "depots"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = ["collectivites.communs.televersement.EnMemoire"]


# --- Tasks ------------------------------------------------------------------------------------

TACHES_MODE = os.environ.get("TACHES_MODE") or ("celery" if REDIS_URL else "fil")
if TACHES_MODE not in {"celery", "fil", "immediat"}:
    raise ImproperlyConfigured(f"TACHES_MODE={TACHES_MODE}: expected celery, fil or immediat.")

# Apart, so that none waits for another; a worker takes from all three, or from those of its -Q.
FILES = ("vives", "travaux", "calculs")
CELERY_TASK_QUEUES = [Queue(nom) for nom in FILES]
CELERY_TASK_DEFAULT_QUEUE = FILES[0]
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "global_keyprefix": f"{REDIS_PREFIX}:",
    # Seconds. Longer than a worker's listening (1), short for a page that offers a job to a frozen Redis.
    "socket_timeout": 2,
    "socket_connect_timeout": 1,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
}
CELERY_TASK_PUBLISH_RETRY = False  # the clock offers again what was not taken
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True  # the Tache row holds state, progress and result
CELERY_TASK_ACKS_LATE = True  # a task whose worker died is given to another
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_TIMEZONE = "Europe/Paris"
CELERY_BEAT_SCHEDULER = "mobility.celery:Horloge"
# Five rhythms, one task: the apps register what it does (collectivites.travaux.horloge).
CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    nom: {"task": "collectivites.travaux.horloge.sonner", "schedule": quand, "args": [rythme]}
    for nom, rythme, quand in (
        ("horloge-vive", "vite", 30),
        ("horloge", "continu", 300),
        ("horloge-des-heures", "heure", crontab(minute="2")),
        ("horloge-du-matin", "matin", crontab(hour="7,9", minute="0")),
        ("horloge-de-nuit", "nuit", crontab(hour="0", minute="10")),
    )
}


# --- Accounts ---------------------------------------------------------------------------------

from mobility.reglages.comptes import *  # noqa: E402, F403
from mobility.reglages.fournisseurs import *  # noqa: E402, F403

# auth.W004 does not see that the address is unique whatever its case, by a named constraint;
# models.W040: SQLite ignores the covering columns of an index, and does without;
# security.W005, W021: how far the promise of HTTPS goes is chosen (QUATUOR_HSTS), this host alone unless told.
SILENCED_SYSTEM_CHECKS = ["auth.W004", "models.W040", "security.W005", "security.W021"]


# --- Legal notice -----------------------------------------------------------------------------

#: What the law wants anybody to read, as the operator words it; the page says what is missing.
_FICTIF = "Installation de démonstration : rien n’est publié, personne n’est réel." if DEMO else ""
MENTIONS = {
    "editeur": os.environ.get("QUATUOR_EDITEUR", _FICTIF),
    "publication": os.environ.get("QUATUOR_PUBLICATION", _FICTIF),
    "hebergeur": os.environ.get("QUATUOR_HEBERGEUR", _FICTIF),
    "dpo": os.environ.get("QUATUOR_DPO", ""),
    "accessibilite": os.environ.get("QUATUOR_ACCESSIBILITE", ""),
}


# --- Mail -------------------------------------------------------------------------------------

# collectivites.travaux.courriels keeps each mail as a row, and sends the rows through this backend.
if DEMO and not os.environ.get("EMAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
else:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = secret("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = drapeau("EMAIL_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "Quatuor <ne-pas-repondre@demo.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
#: Who invites to meetings: calendars send people's answers there.
AGENDA_ORGANISATEUR = os.environ.get("QUATUOR_ORGANISATEUR") or parseaddr(DEFAULT_FROM_EMAIL)[1]
#: Where those answers are read from (collectivites.travaux.reponses); empty: they are not.
REPONSES_IMAP: dict[str, Any] = {}
if _hote := os.environ.get("QUATUOR_IMAP_HOTE"):
    REPONSES_IMAP = {
        "hote": _hote,
        "port": int(os.environ.get("QUATUOR_IMAP_PORT", "993")),
        "utilisateur": os.environ.get("QUATUOR_IMAP_UTILISATEUR", AGENDA_ORGANISATEUR),
        "mot_de_passe": secret("QUATUOR_IMAP_MOT_DE_PASSE"),
        "dossier": os.environ.get("QUATUOR_IMAP_DOSSIER", "INBOX"),
        "tls": True,
    }


# --- Figures for Prometheus (/sante/mesures) ---------------------------------------------------

MESURES_JETON = secret("QUATUOR_MESURES_JETON")
MESURES_ADRESSES = [ip_network(adresse) for adresse in liste("QUATUOR_MESURES_ADRESSES")]


# --- Language and formats ---------------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "français")]
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True
# Django's French formats group by U+00A0, as we want. Grouping is asked for where a quantity is
# shown (floatformat:"g", intcomma): switched on for all it would also cut keys and years.
USE_THOUSAND_SEPARATOR = False


# --- Static files -----------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [
    BASE_DIR / "static",  # static/vendor/ is filled from npm by scripts/vendor.py
    ("guide", BASE_DIR / "docs" / "guide" / "images"),
]
STORAGES = {
    "default": DEPOTS,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
        # Collected by one account, served by another: what is deposited is closed (FILE_UPLOAD_PERMISSIONS), not these.
        "OPTIONS": {"file_permissions_mode": 0o644},
    },
}
# Without collectstatic, in the demo: files are served from where they are.
WHITENOISE_USE_FINDERS = LOCAL
WHITENOISE_AUTOREFRESH = LOCAL
WHITENOISE_MIMETYPES = {".webmanifest": "application/manifest+json"}


# --- Logs: what happened, never the text of a mail nor a person's data ------------------------

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "ligne": {
            "()": "mobility.traces.Ligne",
            "format": "{asctime} {levelname} {name} {numero} {compte} {message}",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",  # with its offset: an hour comes twice in October
            "style": "{",
        },
        "json": {"()": "mobility.traces.Json", "datefmt": "%Y-%m-%dT%H:%M:%S%z"},
    },
    "filters": {"discretion": {"()": "mobility.traces.Discretion"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "json" if os.environ.get("LOG_FORMAT") == "json" else "ligne",
            "filters": ["discretion"],
        }
    },
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    "loggers": {
        # By default Django mails errors to ADMINS: here everything goes to the console.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "fontTools": {"level": "WARNING"},
        "weasyprint": {"level": "ERROR"},
    },
}
