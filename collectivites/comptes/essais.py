"""Tries of a password: counted so that an attacker is slowed, and that nobody is shut out by another.

Three counts. Few for one account from one address: what a person mistypes. More for one account from
anywhere: what a crowd of machines tries; a browser in which that person has logged in before is left
out of it, so that nobody locks a DGS out from afar. Many for one address: a whole town hall may stand
behind it. Failures are logged, and told to the owner of the account once a day; who comes in and who leaves
is logged too.
"""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.signals import authentication_failed
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.core import signing
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from collectivites.models import Utilisateur
from collectivites.travaux.courriels import deposer_texte

logger = logging.getLogger(__name__)

APPLICATION = "allauth.account"
#: The count of an account from anywhere, in `ACCOUNT_RATE_LIMITS`; and that of what its owner is told.
DE_PARTOUT = "login_partout"
AVANT_DE_LE_DIRE = "login_dit"
#: Of false codes in a day, for one account from anywhere; a new password begins it again.
CODES_DE_PARTOUT = "code_partout"
#: Fewer: whoever tries codes has the password already.
AVANT_DE_DIRE_LES_CODES = "code_dit"

COOKIE = settings.APPAREIL_COOKIE_NAME
_SEL = "quatuor.appareil"
_UN_AN = 365 * 24 * 3600


def compte_vise(**identifiants: Any) -> str:
    return str(identifiants.get("email") or identifiants.get("username") or "").strip().lower()


def est_un_appareil_connu(request: HttpRequest, compte: str) -> bool:
    """Whether this browser has opened that account before, with its password of today."""
    try:
        pk, marque = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SEL, max_age=_UN_AN)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    personne = Utilisateur.objects.filter(pk=pk, email__iexact=compte).first()
    return personne is not None and marque == _marque(personne)


def reconnaitre_l_appareil(reponse: HttpResponseBase, personne: Utilisateur) -> None:
    """Remember, in the browser alone, that this account was opened here."""
    reponse.set_cookie(
        COOKIE,
        signing.dumps([personne.pk, _marque(personne)], salt=_SEL),
        max_age=_UN_AN,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _marque(personne: Utilisateur) -> str:
    """Changes with the password: a device lost is forgotten with it."""
    return personne.get_session_auth_hash()[:16]


def trop_d_essais_de_partout(request: HttpRequest, compte: str) -> bool:
    if not compte or est_un_appareil_connu(request, compte):
        return False
    return not ratelimit.consume(request, app=APPLICATION, action=DE_PARTOUT, key=compte)


def noter_l_echec(request: HttpRequest, compte: str, adresse: str) -> None:
    """A line in the log, without the address that was typed; a mail to the owner, once a day."""
    personne = Utilisateur.objects.filter(email__iexact=compte, is_active=True).first()
    logger.warning("Failed login: account %s, from %s", personne.pk if personne else "-", adresse)
    # Counted for an address that nobody has as well: it takes as long, and tells nothing.
    se_tait = ratelimit.consume(request, app=APPLICATION, action=AVANT_DE_LE_DIRE, key=compte)
    if personne is None or se_tait:
        return
    deposer_texte(
        objet="Des essais de connexion à votre compte",
        corps=(
            f"Bonjour,\n\nPlusieurs mots de passe faux ont été essayés aujourd’hui sur votre compte "
            f"Quatuor, le dernier à {timezone.localtime():%H h %M}. Personne n’est entré par ces "
            "essais.\n\nSi c’était vous, il n’y a rien à faire. Sinon, vérifiez que votre mot de "
            "passe ne sert nulle part ailleurs ; pour en changer :\n"
            f"{settings.QUATUOR_SITE.rstrip('/')}/comptes/mot-de-passe/oublie/\n"
        ),
        demarche=None,
        destinataire=personne.email,
        cle=f"essais-de-connexion:{personne.pk}:{timezone.localdate()}",
        utilisateur=personne,
    )


@receiver(user_logged_in)
def noter_l_entree(request: HttpRequest, user: Utilisateur, **_: Any) -> None:
    """By what: « password », « password+mfa », « mfa » for a key alone; « - » for an invitation."""
    notes = get_authentication_records(request, user)
    moyens = "+".join(dict.fromkeys(str(note.get("method")) for note in notes)) or "-"
    logger.info("Login: account %s, from %s, by %s", user.pk, get_ip(request), moyens)


@receiver(user_logged_out)
def noter_la_sortie(request: HttpRequest, user: Utilisateur | None, **_: Any) -> None:
    if user is not None:
        logger.info("Logout: account %s", user.pk)


def trop_de_codes(request: HttpRequest, personne: Utilisateur) -> bool:
    """A code has a million values: thirty tries a day leave an attacker one chance in ten thousand."""
    return not ratelimit.consume(
        request, app=APPLICATION, action=CODES_DE_PARTOUT, key=_marque(personne), dry_run=True
    )


@receiver(authentication_failed)
def noter_un_code_faux(request: HttpRequest, user: Utilisateur, **_: Any) -> None:
    """Somebody has the password and lacks the second factor: its owner, most often; not always."""
    logger.warning("Failed second factor: account %s, from %s", user.pk, get_ip(request))
    ratelimit.consume(request, app=APPLICATION, action=CODES_DE_PARTOUT, key=_marque(user))
    if ratelimit.consume(
        request, app=APPLICATION, action=AVANT_DE_DIRE_LES_CODES, key=str(user.pk)
    ):
        return
    deposer_texte(
        objet="Votre mot de passe est connu, et des codes faux sont essayés",
        corps=(
            "Bonjour,\n\nVotre mot de passe a été donné aujourd’hui, puis plusieurs codes faux, le "
            f"dernier à {timezone.localtime():%H h %M}. Personne n’est entré par ces essais.\n\nSi "
            "c’était vous, vérifiez l’heure de votre téléphone. Sinon, quelqu’un connaît votre mot de "
            "passe : changez-en dès maintenant.\n"
            f"{settings.QUATUOR_SITE.rstrip('/')}/comptes/mot-de-passe/oublie/\n"
        ),
        demarche=None,
        destinataire=user.email,
        cle=f"codes-faux:{user.pk}:{timezone.localdate()}",
        utilisateur=user,
    )
