"""Addresses of the coaching, of the bilan and of the exit: part of parcours.urls."""

from django.urls import path

from parcours.views import bilan, coaching

urlpatterns = [
    path("mon-accompagnement/", coaching.mon_accompagnement, name="mon_accompagnement"),
    path("mes-accompagnements/<int:pk>/", coaching.accompagnement, name="accompagnement"),
    path(
        "mes-accompagnements/<int:pk>/rendez-vous/",
        coaching.nouveau_rendez_vous,
        name="nouveau_rendez_vous",
    ),
    path("coaching/<int:pk>/", coaching.deplacer_rendez_vous, name="deplacer_rendez_vous"),
    path("coaching/<int:pk>/annuler/", coaching.annuler_rendez_vous, name="annuler_rendez_vous"),
    path("coaching/<int:pk>/decliner/", coaching.decliner_rendez_vous, name="decliner_rendez_vous"),
    path("coaching/<int:pk>/presence/", coaching.noter_rendez_vous, name="noter_rendez_vous"),
    path("coaching/<int:pk>/agenda.ics", coaching.agenda_ics, name="agenda_coaching"),
    path("accompagnements/<int:pk>/note/", coaching.ecrire_note, name="ecrire_note"),
    path("notes/<int:pk>/", coaching.modifier_note, name="modifier_note"),
    path("notes/<int:pk>/detruire/", coaching.detruire_note, name="detruire_note"),
    path("accompagnements/<int:pk>/objectif/", coaching.poser_objectif, name="poser_objectif"),
    path("objectifs/<int:pk>/", coaching.cocher_objectif, name="cocher_objectif"),
    path("accompagnements/<int:pk>/synthese/", coaching.rediger_synthese, name="rediger_synthese"),
    path("syntheses/<int:pk>/", coaching.synthese_publiee, name="synthese_publiee"),
    path("syntheses/<int:pk>/publier/", coaching.publier_synthese, name="publier_synthese"),
    path("syntheses/<int:pk>/retirer/", coaching.depublier_synthese, name="depublier_synthese"),
    path(
        "mon-accompagnement/<int:pk>/notes/", coaching.decider_des_notes, name="decider_des_notes"
    ),
    path("mon-bilan/", bilan.mon_bilan, name="mon_bilan"),
    path("inscriptions/<int:pk>/bilan/", bilan.bilan, name="bilan"),
    path("inscriptions/<int:pk>/sortie/", bilan.sortie, name="sortie"),
]
