"""All the addresses: each application's own, and those of the accounts, chosen one by one."""

from allauth.account import views as comptes
from allauth.account.decorators import secure_admin_login
from allauth.mfa.base import views as second_facteur
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as application
from allauth.mfa.webauthn.views import add_webauthn
from django.contrib import admin
from django.urls import include, path, re_path

from collectivites.comptes.fournisseurs.views import sortir
from collectivites.comptes.second_facteur.views import (
    confirmer_par_une_cle,
    entrer_avec_une_cle,
    retirer_une_cle,
)
from collectivites.comptes.views import premier_mot_de_passe

# Logging in to the admin goes through our own login page, hence through its rate limits.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

# Names are allauth's own, since its code reverses them. No sign-up, no management of addresses.
urls_comptes = [
    path("connexion/", comptes.login, name="account_login"),
    path("deconnexion/", sortir, name="account_logout"),
    path("desactive/", comptes.account_inactive, name="account_inactive"),
    path("mot-de-passe/", comptes.password_change, name="account_change_password"),
    path("mot-de-passe/premier/", premier_mot_de_passe, name="account_set_password"),
    path("mot-de-passe/oublie/", comptes.password_reset, name="account_reset_password"),
    path(
        "mot-de-passe/oublie/envoye/",
        comptes.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^mot-de-passe/choisir/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        comptes.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/choisi/",
        comptes.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # The second factor: asked at the login, chosen, shown again.
    path("connexion/code/", second_facteur.authenticate, name="mfa_authenticate"),
    path("connexion/cle/", entrer_avec_une_cle, name="mfa_login_webauthn"),
    path("confirmer/", comptes.reauthenticate, name="account_reauthenticate"),
    path("confirmer/code/", second_facteur.reauthenticate, name="mfa_reauthenticate"),
    path("confirmer/cle/", confirmer_par_une_cle, name="mfa_reauthenticate_webauthn"),
    path("securite/", second_facteur.index, name="mfa_index"),
    path("securite/application/", application.activate_totp, name="mfa_activate_totp"),
    path("securite/application/retirer/", application.deactivate_totp, name="mfa_deactivate_totp"),
    path("securite/cles/", add_webauthn, name="mfa_add_webauthn"),
    path("securite/cles/<int:pk>/retirer/", retirer_une_cle, name="mfa_remove_webauthn"),
    path("securite/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "securite/codes/nouveaux/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "securite/codes/telecharger/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]

handler400 = "mobility.pannes.requete_refusee"
handler500 = "mobility.pannes.erreur"

urlpatterns = [
    path("comptes/", include(urls_comptes)),
    path("admin/", admin.site.urls),
    path("", include("pilotage.urls")),
    path("", include("collectivites.urls")),
    path("", include("cadres.urls")),
    path("", include("parcours.urls")),
    path("", include("opportunites.urls")),
]
