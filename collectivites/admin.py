"""What operators may touch: accounts, mandats and the organisation. Nothing of the domain's acts."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from collectivites.models import (
    Collectivite,
    Delegation,
    Demarche,
    Direction,
    EntreeJournal,
    Mandat,
    Poste,
    Tache,
    Utilisateur,
)


class LectureSeuleAdmin(admin.ModelAdmin):
    """Rows that an operator may read to help somebody, and never write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Demarche)
class DemarcheAdmin(admin.ModelAdmin):
    list_display = ("nom", "code", "date_debut", "date_fin", "objectif_mobilites")


@admin.register(Collectivite)
class CollectiviteAdmin(admin.ModelAdmin):
    list_display = ("nom", "code", "demarche", "groupe_employeur")
    list_filter = ("demarche",)


@admin.register(Direction)
class DirectionAdmin(admin.ModelAdmin):
    list_display = ("libelle", "collectivite")
    search_fields = ("libelle",)


@admin.register(Poste)
class PosteAdmin(admin.ModelAdmin):
    list_display = ("intitule", "collectivite", "direction")
    search_fields = ("intitule",)
    autocomplete_fields = ("direction",)


@admin.register(Utilisateur)
class UtilisateurAdmin(admin.ModelAdmin):
    list_display = ("email", "prenom", "nom", "is_active", "is_superuser", "last_login")
    search_fields = ("email", "nom")
    fields = ("email", "prenom", "nom", "is_active", "is_staff", "is_superuser", "last_login")
    readonly_fields = ("last_login",)


@admin.register(Mandat)
class MandatAdmin(admin.ModelAdmin):
    list_display = ("utilisateur", "role", "collectivite", "debut", "fin")
    list_filter = ("role", "collectivite")
    search_fields = ("utilisateur__email", "utilisateur__nom")
    autocomplete_fields = ("utilisateur",)


@admin.register(Delegation)
class DelegationAdmin(LectureSeuleAdmin):
    list_display = ("delegant", "delegataire", "debut", "fin", "revoquee_le")


@admin.register(EntreeJournal)
class EntreeJournalAdmin(LectureSeuleAdmin):
    list_display = ("quand", "acte", "libelle", "auteur", "au_nom_de")
    list_filter = ("acte",)
    exclude = ("motif", "details")


@admin.register(Tache)
class TacheAdmin(LectureSeuleAdmin):
    list_display = ("libelle", "etat", "creee_le", "finie_le")
    list_filter = ("etat",)
    exclude = ("parametres", "resultat")
