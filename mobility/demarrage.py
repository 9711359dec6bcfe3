"""What a server refuses to start with: said in one line, before anybody trusts it with a text."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

from collectivites.garanties.secret import verifier_les_cles

#: As `manage.py check --deploy` counts them (security.W009).
LONGUEUR, DISTINCTS = len(get_random_secret_key()), 5


def verifier() -> None:
    """Raises ImproperlyConfigured: a key that can be guessed, or that seals nothing."""
    if settings.DEMO or settings.DEBUG:
        return
    for cle in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        if len(cle) < LONGUEUR or len(set(cle)) < DISTINCTS:
            raise ImproperlyConfigured(
                f"SECRET_KEY can be guessed: {LONGUEUR} characters at least, {DISTINCTS} of them "
                "different. A new one: openssl rand -hex 32"
            )
    verifier_les_cles()
