"""What `manage.py check --deploy` says of ours, beside Django's own checks: silent when all is well."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as Avertissement
from django.core.exceptions import ImproperlyConfigured

from mobility.demarrage import verifier_les_secrets

#: Where nobody else listens.
ICI = {"localhost", "127.0.0.1", "::1", None}


@register(Tags.security, deploy=True)
def controler_les_secrets(**_: Any) -> list[CheckMessage]:
    """What a server would refuse to start with, before it is asked to."""
    try:
        verifier_les_secrets()
    except ImproperlyConfigured as erreur:
        return [Error(str(erreur), id="quatuor.E001")]
    return []


@register(Tags.security, deploy=True)
def controler_l_expediteur(**_: Any) -> list[CheckMessage]:
    """An address that nobody owns: mails from it are refused, or thrown away, in silence."""
    if not settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@demo.example"):
        return []
    dit = "Mails would come from the demo's address: set EMAIL_FROM, an address of your own."
    return [Avertissement(dit, id="quatuor.W001")]


@register(Tags.security, deploy=True)
def controler_redis(**_: Any) -> list[CheckMessage]:
    """Whoever writes there gives work to the workers."""
    redis = urlsplit(settings.REDIS_URL)
    if redis.password or redis.hostname in ICI:
        return []
    return [
        Avertissement("Redis is on the network without a password: REDIS_URL.", id="quatuor.W002")
    ]
