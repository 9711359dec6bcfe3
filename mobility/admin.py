"""What an operator finds in Django's admin, for repair: accounts, mandats and the organisation.

The rest is read there, never written; wishes, propositions, reserves and moves are not shown at all.
"""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from cadres.models import Cadre, Candidature, Consultation, ImportCadres
from collectivites.comptes.invitations import inviter
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
from collectivites.mots import Role
from opportunites.models import Opportunite
from parcours.models import EtapeProgramme, Inscription, Promotion, SuiviEtape


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

    def save_model(self, request: HttpRequest, obj: Mandat, form: Any, change: bool) -> None:
        """Whoever receives a first role is invited, with its name: a cadre, by their DRH alone."""
        super().save_model(request, obj, form, change)
        nouveau = not change and obj.role != Role.CADRE
        if nouveau and not obj.utilisateur.has_usable_password():
            inviter(obj.utilisateur)


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


@admin.register(Cadre)
class CadreAdmin(LectureSeuleAdmin):
    list_display = ("nom", "prenom", "collectivite", "categorie", "anonymise_le")
    list_filter = ("collectivite__demarche", "collectivite__code", "categorie")
    list_select_related = ("collectivite",)
    search_fields = ("recherche",)
    show_full_result_count = False


@admin.register(Candidature)
class CandidatureAdmin(LectureSeuleAdmin):
    list_display = ("cadre", "etat", "avancee", "recense_le", "repondu_le", "decide_le")
    list_filter = ("etat", "avancee")
    list_select_related = ("cadre",)
    show_full_result_count = False


@admin.register(Consultation)
class ConsultationAdmin(LectureSeuleAdmin):
    list_display = ("quand", "utilisateur", "role", "collectivite", "nature")
    list_filter = ("nature", "role")
    list_select_related = ("utilisateur", "collectivite")
    show_full_result_count = False


@admin.register(ImportCadres)
class ImportCadresAdmin(LectureSeuleAdmin):
    list_display = ("nom_fichier", "collectivite", "etat", "depose_le", "confirme_le")
    list_filter = ("etat",)
    list_select_related = ("collectivite",)
    exclude = ("contenu", "diagnostic")


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


@admin.register(Inscription)
class InscriptionAdmin(LectureSeuleAdmin):
    list_display = ("pk", "promotion", "etat", "inscrit_le", "finie_le")
    list_filter = ("etat",)
    list_select_related = ("promotion",)
    raw_id_fields = ("cadre",)


@admin.register(SuiviEtape)
class SuiviEtapeAdmin(LectureSeuleAdmin):
    list_display = ("pk", "etape", "etat", "quand")
    list_filter = ("etat",)
    list_select_related = ("etape",)


@admin.register(Opportunite)
class OpportuniteAdmin(LectureSeuleAdmin):
    list_display = ("poste", "etat", "publiee_le")
    list_filter = ("etat", "poste__collectivite")
    list_select_related = ("poste",)
