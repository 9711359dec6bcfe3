"""The keys of links: each serves once, since it depends on the password that it changes."""

from typing import Any

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.utils.http import base36_to_int


class JetonInvitation(PasswordResetTokenGenerator):
    """Valid until used (the password changes) or until `PASSWORD_RESET_TIMEOUT` has passed."""

    key_salt = "quatuor.invitation"


class JetonReinitialisation(PasswordResetTokenGenerator):
    """Of « mot de passe oublié » (allauth calls it): used at once or not at all."""

    key_salt = "quatuor.reinitialisation"

    def check_token(self, user: Any, token: str | None) -> bool:
        if not super().check_token(user, token):
            return False
        ecrit_a = base36_to_int(str(token).partition("-")[0])
        return self._num_seconds(self._now()) - ecrit_a <= settings.REINITIALISATION_SECONDES


jeton_invitation = JetonInvitation()
