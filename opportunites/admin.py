"""For the operators of the installation: the postes that are open, to read.

Wishes, propositions, reserves and moves are seen by those they concern, and an operator is not.
"""

from django.contrib import admin

from collectivites.admin import LectureSeuleAdmin
from opportunites.models import Opportunite


@admin.register(Opportunite)
class OpportuniteAdmin(LectureSeuleAdmin):
    list_display = ("poste", "etat", "publiee_le")
    list_filter = ("etat", "poste__collectivite")
    list_select_related = ("poste",)
