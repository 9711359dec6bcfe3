"""For the operators of the installation: to read; the acts have their own pages and journal."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from parcours.models import EtapeProgramme, Inscription, Promotion, SuiviEtape


class LectureSeule(admin.ModelAdmin):  # type: ignore[type-arg]
    """What an act has written is changed by an act."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Promotion)
class PromotionAdmin(LectureSeule):
    list_display = ("nom", "demarche", "date_debut", "date_fin", "places")
    list_filter = ("demarche",)
    list_select_related = ("demarche",)
    search_fields = ("nom",)


@admin.register(EtapeProgramme)
class EtapeProgrammeAdmin(LectureSeule):
    list_display = ("intitule", "promotion", "ordre", "nature", "date_prevue")
    list_filter = ("nature",)
    list_select_related = ("promotion",)


@admin.register(Inscription)
class InscriptionAdmin(LectureSeule):
    list_display = ("pk", "promotion", "etat", "inscrit_le", "finie_le")
    list_filter = ("etat",)
    list_select_related = ("promotion",)
    raw_id_fields = ("cadre",)


@admin.register(SuiviEtape)
class SuiviEtapeAdmin(LectureSeule):
    list_display = ("pk", "etape", "etat", "quand")
    list_filter = ("etat",)
    list_select_related = ("etape",)
