"""What a server refuses to start with: said in one line, before anybody trusts it with a text."""

import logging

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.db import OperationalError, connection

from collectivites.garanties.secret import verifier_les_cles

logger = logging.getLogger(__name__)

#: As `manage.py check --deploy` counts them (security.W009).
LONGUEUR, DISTINCTS = len(get_random_secret_key()), 5
#: Characters of 32 bytes in base64.
LONGUEUR_DU_JOURNAL = 43
LONGUEUR_DU_JETON = 32


def verifier() -> None:
    """Raises ImproperlyConfigured: a key that can be guessed, that seals nothing, or the owner's role."""
    if settings.DEMO or settings.DEBUG:
        return
    verifier_les_secrets()
    verifier_le_role()


def verifier_les_secrets() -> None:
    """Those of any installation but the demo; `manage.py check --deploy` says the same."""
    for cle in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        if len(cle) < LONGUEUR or len(set(cle)) < DISTINCTS:
            raise ImproperlyConfigured(
                f"SECRET_KEY can be guessed: {LONGUEUR} characters at least, {DISTINCTS} of them "
                "different. A new one: openssl rand -hex 32"
            )
    cle = settings.QUATUOR_CLES_JOURNAL[0]
    if len(cle) < LONGUEUR_DU_JOURNAL or len(set(cle)) < DISTINCTS:
        raise ImproperlyConfigured(
            f"QUATUOR_CLE_JOURNAL can be guessed: {LONGUEUR_DU_JOURNAL} characters at least. Put a new one "
            "first (openssl rand -base64 32 | tr +/ -_), and keep this one behind it, after a comma."
        )
    if settings.MESURES_JETON and len(settings.MESURES_JETON) < LONGUEUR_DU_JETON:
        raise ImproperlyConfigured(
            "QUATUOR_MESURES_JETON can be guessed. A new one: openssl rand -hex 32"
        )
    verifier_les_cles()


def verifier_le_role() -> None:
    """A base that does not answer yet refuses nobody: each connection looks again (`garanties.postgresql`)."""
    if settings.ROLE_DU_SITE is not None:
        raise ImproperlyConfigured(
            "MIGRATIONS_DATABASE_URL is for `manage.py` alone (migrate, sauvegarder): a server does not know it."
        )
    if not settings.ROLE_MODESTE:
        return
    try:
        connection.ensure_connection()
    except OperationalError:
        logger.warning("The database does not answer yet: its role is not verified")
    else:
        connection.close()  # a server that forks shares none
