"""A browser by its French name, out of what it says of itself: enough for its owner to know it again."""

from __future__ import annotations

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from collectivites.communs.typographie import date_texte
from collectivites.models import Utilisateur
from collectivites.travaux.courriels import deposer_texte

#: The first that is found: Edge and Opera say Chrome as well, and Chrome says Safari.
_NAVIGATEURS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def nommer(agent: str) -> str:
    navigateur = next((nom for signe, nom in _NAVIGATEURS if signe in agent), "Un navigateur")
    systeme = next((nom for signe, nom in _SYSTEMES if signe in agent), "")
    return f"{navigateur} sur {systeme}" if systeme else navigateur


def dire_le_nouvel_appareil(request: HttpRequest, personne: Utilisateur) -> None:
    """Once a day for one kind of browser at one address: a private window is new each time."""
    agent = request.META.get("HTTP_USER_AGENT", "")
    signe = salted_hmac("quatuor.appareil", f"{agent}|{get_ip(request)}").hexdigest()[:16]
    maintenant = timezone.localtime()
    deposer_texte(
        objet="Une connexion depuis un nouvel appareil",
        corps=(
            f"Bonjour,\n\nVotre compte Quatuor a été ouvert le {date_texte(maintenant.date())} à "
            f"{maintenant:%H h %M}, avec {nommer(agent)}. Nous ne connaissions pas ce navigateur, ou "
            "vous avez changé de mot de passe depuis.\n\nSi c’était vous, il n’y a rien à faire. "
            "Sinon, fermez cette connexion, puis changez de mot de passe :\n"
            f"{settings.QUATUOR_SITE.rstrip('/')}/mes-connexions/\n"
        ),
        demarche=None,
        destinataire=personne.email,
        cle=f"nouvel-appareil:{personne.pk}:{maintenant.date()}:{signe}",
        utilisateur=personne,
    )
