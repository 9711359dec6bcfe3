"""Accounts: how one comes in, how one proves who one is, how tries are counted."""

import os

from mobility.reglages.environnement import LOCAL, drapeau

AUTH_USER_MODEL = "collectivites.Utilisateur"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "prenom", "nom")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "collectivites.comptes.mots_de_passe.MotDePasseDevinable"},
]
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600  # an invitation is read within the week
REINITIALISATION_SECONDES = 3600  # whoever forgot a password is in front of the page
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "collectivites.comptes.jetons.JetonReinitialisation"  # noqa: S105

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "collectivites.comptes.invitations.AdaptateurComptes"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]  # sign-up itself has no URL
ACCOUNT_EMAIL_VERIFICATION = "none"  # by invitation: the mail has been received
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True  # hence SESSION_COOKIE_AGE, and no box to tick
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = (
    True  # a password or a second factor that changes is said to its owner
)
# `collectivites.comptes.essais` says what each counts. « ip » is generous: a town hall has one address.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "100/m/ip,5/5m/key",
    "login_partout": "60/h/key",
    "login_dit": "10/d/key",
    "code_dit": "3/d/key",
    "code_partout": "30/d/key",
    "reset_password": "60/m/ip,5/h/key",
    "volontaire": "20/h/ip",
    "rapport": "60/m/ip",
    "couteux": "60/5m/user",
}

ACCOUNT_FORMS = {
    "login": "collectivites.comptes.forms.ConnexionForm",
    "reset_password": "collectivites.comptes.forms.OubliForm",
}
# Seconds that « Mot de passe oublié » takes, whether an account exists or not; more than to write a mail.
DUREE_DE_L_OUBLI = 0 if LOCAL else 0.5

# --- Second factor (`collectivites.comptes.second_facteur`) --------------------------------------

SECOND_FACTEUR = drapeau("QUATUOR_SECOND_FACTEUR", default=not LOCAL)
MFA_ADAPTER = "collectivites.comptes.second_facteur.adaptateur.AdaptateurSecondFacteur"
# Nothing by mail nor by SMS: a mailbox is where a forgotten password is reset already.
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # as ACCOUNT_EMAIL_VERIFICATION
MFA_TOTP_ISSUER = "Quatuor"
MFA_TOTP_TOLERANCE = 1  # a telephone half a minute late; no code serves twice (`forms`)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOCAL
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_FORMS = {
    "authenticate": "collectivites.comptes.second_facteur.forms.CodeForm",
    "reauthenticate": "collectivites.comptes.second_facteur.forms.ConfirmerParCodeForm",
    "activate_totp": "collectivites.comptes.second_facteur.forms.ActiverApplicationForm",
    "authenticate_webauthn": "collectivites.comptes.second_facteur.forms.CleForm",
    "login_webauthn": "collectivites.comptes.second_facteur.forms.EntrerParCleForm",
    "reauthenticate_webauthn": "collectivites.comptes.second_facteur.forms.ConfirmerParCleForm",
    "add_webauthn": "collectivites.comptes.second_facteur.forms.AjouterCleForm",
}

# Minutes for which a proof of identity holds, before a sensitive act; 0 asks for none.
PREUVE_MINUTES = int(os.environ.get("QUATUOR_PREUVE_MINUTES") or (0 if LOCAL else 15))
