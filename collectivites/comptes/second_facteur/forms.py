"""Forms of the second factor: allauth's own, in French, and no code that serves twice."""

from __future__ import annotations

from typing import Any, cast

from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, BaseAuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.db import transaction

from collectivites.comptes.essais import trop_de_codes

#: In the data of an application: the instant of the last code that it gave us.
DERNIER = "dernier"
_CLAVIER = {"autocomplete": "one-time-code", "autocapitalize": "off", "spellcheck": "false"}


def deja_servi(application: Authenticator, code: str) -> bool:
    """Whether a code of this application, valid by its hour, has already opened something. Kept in the
    database, under a lock: allauth's own count is in the cache, and shorter than a code lives with
    `MFA_TOTP_TOLERANCE`."""
    with transaction.atomic():
        ligne = Authenticator.objects.select_for_update().get(pk=application.pk)
        cle = decrypt(ligne.data["secret"])
        instant = next(
            n
            for n in yield_hotp_counters_from_time()
            if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(cle, n)))
        )
        if instant <= ligne.data.get(DERNIER, -1):
            return True
        ligne.data[DERNIER] = instant
        ligne.save(update_fields=["data"])
    application.data = ligne.data
    return False


class _UnCode(BaseAuthenticateForm):
    """Of the application, or one of the codes kept on paper."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["code"]
        champ.label = "Code à six chiffres, ou code de secours"
        champ.max_length = 20
        champ.widget = forms.TextInput(attrs=_CLAVIER)

    def clean_code(self) -> str:
        if trop_de_codes(context.request, self.user):
            raise forms.ValidationError(
                "Trop de codes faux ont été essayés sur ce compte aujourd’hui. Utilisez une clé d’accès, "
                "revenez demain, ou changez de mot de passe."
            )
        code: str = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and deja_servi(
            self.authenticator, code
        ):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(_UnCode, AuthenticateForm):
    """At the login."""


class ConfirmerParCodeForm(_UnCode, ReauthenticateForm):
    """Before a sensitive act, by somebody logged in."""


class ActiverApplicationForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ = self.fields["code"]
        champ.label = "Code à six chiffres affiché par l’application"
        champ.widget = forms.TextInput(attrs={**_CLAVIER, "inputmode": "numeric"})

    @property
    def cle_lisible(self) -> str:
        """To be typed by whoever cannot photograph: by four."""
        return " ".join(self.secret[i : i + 4] for i in range(0, len(self.secret), 4))


class _UneCle(AuthenticateWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        try:
            return cast(Authenticator, super().clean_credential())
        except Exception as erreur:
            # What anybody may send in the place of a key is parsed by libraries that raise anything.
            raise forms.ValidationError(
                "Cette clé n’a pas été reconnue, ou trop de temps a passé. Réessayez."
            ) from erreur


class CleForm(_UneCle, AuthenticateWebAuthnForm):
    """At the login, after the password."""


class EntrerParCleForm(_UneCle, LoginWebAuthnForm):
    """At the login, alone."""


class ConfirmerParCleForm(_UneCle, ReauthenticateWebAuthnForm):
    """Before a sensitive act, by somebody logged in."""


class AjouterCleForm(AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nom, seule = self.fields["name"], self.fields["passwordless"]
        nom.label, nom.max_length = "Nom de cette clé", 60
        nom.help_text = "Pour la reconnaître le jour où vous en aurez plusieurs."
        seule.label = "Entrer avec cette clé seule, sans mot de passe"
        seule.help_text = (
            "La clé demande alors votre visage, votre empreinte ou son code. Décochez pour une clé "
            "ancienne, qui n’en a pas : elle complétera votre mot de passe."
        )
        seule.initial = True

    def clean(self) -> dict[str, Any]:
        try:
            return cast(dict[str, Any], super().clean())
        except Exception as erreur:
            raise forms.ValidationError(
                "Cette clé n’a pas pu être enregistrée, ou trop de temps a passé. Réessayez."
            ) from erreur
