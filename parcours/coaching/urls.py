"""Addresses of the coaching, of the bilan and of the exit: part of parcours.urls."""

from django.urls import path

from parcours.coaching.views import (
    accompagnements,
    bilan,
    carnet,
    creneaux,
    ecrits,
    notes_privees,
    pages,
    rendez_vous,
    synthese,
)

urlpatterns = [
    path("mon-accompagnement/", pages.mon_accompagnement, name="mon_accompagnement"),
    path("mes-accompagnements/semaine/", accompagnements.semaine, name="semaine"),
    path("mes-accompagnements/creneaux/", creneaux.creneaux, name="creneaux"),
    path("creneaux/<int:pk>/retirer/", creneaux.retirer_creneau, name="retirer_creneau"),
    path("creneaux/<int:pk>/", creneaux.prendre_creneau, name="prendre_creneau"),
    path(
        "mes-accompagnements/<int:pk>/note-personnelle/",
        notes_privees.ecrire_note_privee,
        name="ecrire_note_privee",
    ),
    path(
        "notes-personnelles/<int:pk>/",
        notes_privees.modifier_note_privee,
        name="modifier_note_privee",
    ),
    path("mes-accompagnements/<int:pk>/", pages.accompagnement, name="accompagnement"),
    path(
        "mes-accompagnements/<int:pk>/rendez-vous/",
        rendez_vous.nouveau_rendez_vous,
        name="nouveau_rendez_vous",
    ),
    path("coaching/<int:pk>/", rendez_vous.deplacer_rendez_vous, name="deplacer_rendez_vous"),
    path("coaching/<int:pk>/annuler/", rendez_vous.annuler_rendez_vous, name="annuler_rendez_vous"),
    path(
        "coaching/<int:pk>/decliner/", rendez_vous.decliner_rendez_vous, name="decliner_rendez_vous"
    ),
    path("coaching/<int:pk>/presence/", rendez_vous.noter_rendez_vous, name="noter_rendez_vous"),
    path("coaching/<int:pk>/agenda.ics", rendez_vous.agenda_ics, name="agenda_coaching"),
    path("accompagnements/<int:pk>/note/", ecrits.ecrire_note, name="ecrire_note"),
    path("notes/<int:pk>/", ecrits.modifier_note, name="modifier_note"),
    path("notes/<int:pk>/detruire/", ecrits.detruire_note, name="detruire_note"),
    path("accompagnements/<int:pk>/objectif/", ecrits.poser_objectif, name="poser_objectif"),
    path("objectifs/<int:pk>/", ecrits.cocher_objectif, name="cocher_objectif"),
    path("accompagnements/<int:pk>/synthese/", synthese.rediger_synthese, name="rediger_synthese"),
    path("syntheses/<int:pk>/", synthese.synthese_publiee, name="synthese_publiee"),
    path("syntheses/<int:pk>/publier/", synthese.publier_synthese, name="publier_synthese"),
    path("syntheses/<int:pk>/retirer/", synthese.depublier_synthese, name="depublier_synthese"),
    path("mon-accompagnement/<int:pk>/notes/", pages.decider_des_notes, name="decider_des_notes"),
    path("mon-carnet/", carnet.mon_carnet, name="mon_carnet"),
    path("mon-bilan/", bilan.mon_bilan, name="mon_bilan"),
    path("inscriptions/<int:pk>/bilan/", bilan.bilan, name="bilan"),
    path("inscriptions/<int:pk>/sortie/", bilan.sortie, name="sortie"),
]
