"""For the operators of the installation: reading. Acts go through the pages, and the journal.

The reason of a refusal and its comment are not shown: only the person reads them.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from opportunites.models import Mobilite, Opportunite, Proposition, Reserve


class _Lecture(admin.ModelAdmin):  # type: ignore[type-arg]
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Opportunite)
class OpportuniteAdmin(_Lecture):
    list_display = ["poste", "etat", "publiee_le"]
    list_filter = ["etat", "poste__collectivite"]
    list_select_related = ["poste"]


@admin.register(Proposition)
class PropositionAdmin(_Lecture):
    list_display = ["opportunite", "etat", "repondre_avant"]
    list_filter = ["etat"]
    list_select_related = ["opportunite__poste"]
    exclude = ["motif_refus", "commentaire_refus"]


@admin.register(Reserve)
class ReserveAdmin(_Lecture):
    list_display = ["sujet", "collectivite", "etat", "echeance"]
    list_filter = ["etat", "sujet"]
    list_select_related = ["collectivite"]


@admin.register(Mobilite)
class MobiliteAdmin(_Lecture):
    list_display = ["poste_accueil", "collectivite_origine", "collectivite_accueil", "etat"]
    list_filter = ["etat", "collectivite_accueil"]
    list_select_related = ["poste_accueil", "collectivite_origine", "collectivite_accueil"]
