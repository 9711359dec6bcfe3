"""The registre in Django's admin: to look, hardly to touch. Acts go through `cadres.actions`."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from cadres.models import Cadre, Candidature, Consultation, ImportCadres


class LectureSeule(admin.ModelAdmin):
    """Rows are read here; no row is added, changed or deleted by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Cadre)
class CadreAdmin(LectureSeule):
    list_display = ("nom", "prenom", "collectivite", "categorie", "anonymise_le")
    list_filter = ("collectivite__demarche", "collectivite__code", "categorie")
    list_select_related = ("collectivite",)
    search_fields = ("recherche",)
    show_full_result_count = False


@admin.register(Candidature)
class CandidatureAdmin(LectureSeule):
    list_display = ("cadre", "etat", "avancee", "recense_le", "repondu_le", "decide_le")
    list_filter = ("etat", "avancee")
    list_select_related = ("cadre",)
    show_full_result_count = False


@admin.register(Consultation)
class ConsultationAdmin(LectureSeule):
    list_display = ("quand", "utilisateur", "role", "collectivite", "nature")
    list_filter = ("nature", "role")
    list_select_related = ("utilisateur", "collectivite")
    show_full_result_count = False


@admin.register(ImportCadres)
class ImportCadresAdmin(LectureSeule):
    list_display = ("nom_fichier", "collectivite", "etat", "depose_le", "confirme_le")
    list_filter = ("etat",)
    list_select_related = ("collectivite",)
    exclude = ("contenu", "diagnostic")
