"""For the operators of the installation: to read; the acts have their own pages and journal."""

from django.contrib import admin

from collectivites.admin import LectureSeuleAdmin
from parcours.models import EtapeProgramme, Inscription, Promotion, SuiviEtape


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
