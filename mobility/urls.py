"""All the addresses: each application's own, and those of the accounts, chosen one by one."""

from allauth.account import views as comptes
from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path, re_path

# Logging in to the admin goes through our own login page, hence through its rate limits.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

# Names are allauth's own, since its code reverses them. No sign-up, no management of addresses.
urls_comptes = [
    path("connexion/", comptes.login, name="account_login"),
    path("deconnexion/", comptes.logout, name="account_logout"),
    path("desactive/", comptes.account_inactive, name="account_inactive"),
    path("mot-de-passe/", comptes.password_change, name="account_change_password"),
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
]

urlpatterns = [
    path("comptes/", include(urls_comptes)),
    path("admin/", admin.site.urls),
    path("", include("pilotage.urls")),
    path("", include("collectivites.urls")),
    path("", include("cadres.urls")),
    path("", include("parcours.urls")),
    path("", include("opportunites.urls")),
]
