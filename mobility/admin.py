"""What an operator finds in Django's admin, for repair: employers, their organisation, the accounts of
those who direct or accompany, the long work.

No cadre has a name here: neither their file, nor their account, nor the lines of the journal. The rules
of a démarche, mandats and addresses are read, never written: the former change by the decision of the
DGS, the latter in « Démarches », in the open.
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import HttpRequest

from cadres.models import Cadre
from collectivites.comptes.connexions.liste import fermer_toutes
from collectivites.models import (
    Collectivite,
    Delegation,
    Demarche,
    Direction,
    Mandat,
    Poste,
    Tache,
    Utilisateur,
)
from collectivites.mots import Role
from parcours.models import EtapeProgramme, Promotion

# What allauth registers by itself: addresses, of cadres too, what second factors are checked with, who is
# logged in from where, and whose identity opens which account.
for modele in (EmailAddress, Authenticator, UserSession, SocialAccount, SocialApp, SocialToken):
    admin.site.unregister(modele)


class SansSuppressionAdmin(admin.ModelAdmin):
    """What is corrected, never created nor deleted here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class LectureSeuleAdmin(SansSuppressionAdmin):
    """Rows that an operator may read to help somebody, and never write."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Demarche)
class DemarcheAdmin(LectureSeuleAdmin):
    list_display = ("nom", "code", "date_debut", "date_fin", "objectif_mobilites")


@admin.register(Collectivite)
class CollectiviteAdmin(SansSuppressionAdmin):
    list_display = ("nom", "code", "demarche", "groupe_employeur")
    list_filter = ("demarche",)
    readonly_fields = ("demarche", "code")


class SansListeDesDependancesAdmin(admin.ModelAdmin):
    """Not deleted here: Django would list what hangs on the row, the cadres among it."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Direction)
class DirectionAdmin(SansListeDesDependancesAdmin):
    list_display = ("libelle", "collectivite")
    search_fields = ("libelle",)


@admin.register(Poste)
class PosteAdmin(SansListeDesDependancesAdmin):
    list_display = ("intitule", "collectivite", "direction")
    search_fields = ("intitule",)
    autocomplete_fields = ("direction",)


def sans_les_cadres(comptes: QuerySet[Utilisateur]) -> QuerySet[Utilisateur]:
    """The accounts but those of the cadres: to be one of them is said to nobody. Whoever also directs
    or accompanies is there as such."""
    mandats = Mandat.objects.filter(utilisateur=OuterRef("pk"))
    fiches = Cadre.objects.filter(utilisateur=OuterRef("pk"))
    return comptes.filter(
        Exists(mandats.exclude(role=Role.CADRE)) | ~(Exists(mandats) | Exists(fiches))
    )


@admin.register(Utilisateur)
class UtilisateurAdmin(SansSuppressionAdmin):
    """Names and addresses are read; an account is closed, or opened again."""

    list_display = ("email", "prenom", "nom", "is_active", "is_superuser", "last_login")
    search_fields = ("email", "nom")
    fields = ("email", "prenom", "nom", "is_active", "is_superuser", "last_login")
    readonly_fields = ("email", "prenom", "nom", "is_superuser", "last_login")

    def save_model(self, request: HttpRequest, obj: Utilisateur, form: Any, change: bool) -> None:
        """Whoever was logged in is not any more, even if the account is opened again the same day."""
        super().save_model(request, obj, form, change)
        if "is_active" in form.changed_data:
            fermer_toutes(obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return sans_les_cadres(super().get_queryset(request))


@admin.register(Mandat)
class MandatAdmin(LectureSeuleAdmin):
    list_display = ("utilisateur", "role", "collectivite", "debut", "fin")
    list_filter = ("role", "collectivite")
    list_select_related = ("utilisateur", "collectivite")
    search_fields = ("utilisateur__email", "utilisateur__nom")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).exclude(role=Role.CADRE)


@admin.register(Delegation)
class DelegationAdmin(LectureSeuleAdmin):
    list_display = ("delegant", "delegataire", "debut", "fin", "revoquee_le")


@admin.register(Tache)
class TacheAdmin(LectureSeuleAdmin):
    """What a job is called may name somebody (« Lettre de… ») : its kind alone is told."""

    list_display = ("nom", "etat", "creee_le", "finie_le")
    list_filter = ("etat",)
    fields = ("nom", "etat", "creee_le", "finie_le")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).exclude(mandat__role=Role.CADRE)


@admin.register(Promotion)
class PromotionAdmin(LectureSeuleAdmin):
    list_display = ("nom", "demarche", "date_debut", "date_fin", "places")
    list_filter = ("demarche",)
    list_select_related = ("demarche",)
    search_fields = ("nom",)


@admin.register(EtapeProgramme)
class EtapeProgrammeAdmin(LectureSeuleAdmin):
    list_display = ("intitule", "promotion", "ordre", "nature", "date_prevue")
    list_filter = ("nature",)
    list_select_related = ("promotion",)
