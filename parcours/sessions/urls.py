"""The addresses of the catalogue, of the sessions, of the immersions and of one's calendar."""

from django.urls import path

from parcours.sessions.views import catalogue, immersions, mon_agenda, offres, places, sessions

urlpatterns = [
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/nouvelle/", catalogue.nouvelle_prestation, name="nouvelle_prestation"),
    path("catalogue/<int:pk>/", catalogue.prestation, name="prestation"),
    path("catalogue/<int:pk>/modifier/", catalogue.modifier_prestation, name="modifier_prestation"),
    path("catalogue/<int:pk>/archiver/", catalogue.archiver_prestation, name="archiver_prestation"),
    path("catalogue/<int:pk>/session/", catalogue.nouvelle_session, name="nouvelle_session"),
    path("sessions/<int:pk>/", sessions.session, name="session"),
    path("sessions/<int:pk>/modifier/", sessions.modifier_session, name="modifier_session"),
    path("sessions/<int:pk>/dedoubler/", sessions.dedoubler_session, name="dedoubler_session"),
    path("sessions/<int:pk>/annuler/", sessions.annuler_session, name="annuler_session"),
    path("sessions/<int:pk>/presences/", sessions.feuille_session, name="feuille_session"),
    path("sessions/<int:pk>/feuille.pdf", sessions.feuille_pdf, name="feuille_pdf"),
    path("sessions/<int:pk>/place/", places.sinscrire, name="sinscrire"),
    path("sessions/<int:pk>/inscrire/", places.inscrire_session, name="inscrire_session"),
    path("places/<int:pk>/annuler/", places.annuler_place, name="annuler_place"),
    path("places/rendre/<str:jeton>/", places.rendre_place, name="rendre_place"),
    path("places/<int:pk>/attestation.pdf", places.attestation, name="attestation"),
    path("places/<int:pk>/session.ics", places.place_ics, name="place_ics"),
    path("immersions/", immersions.immersions, name="immersions"),
    path("immersions/nouvelle/", immersions.nouvelle_immersion, name="nouvelle_immersion"),
    path("immersions/offres/", offres.offres_immersion, name="offres_immersion"),
    path(
        "immersions/offres/nouvelle/",
        offres.nouvelle_offre_immersion,
        name="nouvelle_offre_immersion",
    ),
    path("immersions/offres/<int:pk>/", offres.offre_immersion, name="offre_immersion"),
    path(
        "immersions/offres/<int:pk>/modifier/",
        offres.modifier_offre_immersion,
        name="modifier_offre_immersion",
    ),
    path(
        "immersions/offres/<int:pk>/clore/",
        offres.clore_offre_immersion,
        name="clore_offre_immersion",
    ),
    path(
        "immersions/offres/<int:pk>/demander/",
        offres.demander_offre_immersion,
        name="demander_offre_immersion",
    ),
    path("immersions/<int:pk>/prevenir/", offres.montrer_immersion, name="montrer_immersion"),
    path("immersions/<int:pk>/", immersions.immersion, name="immersion"),
    path("immersions/<int:pk>/repondre/", immersions.repondre_immersion, name="repondre_immersion"),
    path("immersions/<int:pk>/signer/", immersions.signer_immersion, name="signer_immersion"),
    path(
        "immersions/<int:pk>/constater/",
        immersions.constater_immersion,
        name="constater_immersion",
    ),
    path("immersions/<int:pk>/annuler/", immersions.annuler_immersion, name="annuler_immersion"),
    path(
        "immersions/<int:pk>/convention.pdf",
        immersions.convention_immersion,
        name="convention_immersion",
    ),
    path("immersions/<int:pk>/immersion.ics", immersions.immersion_ics, name="immersion_ics"),
    path("mon-agenda/", mon_agenda.mon_agenda, name="mon_agenda"),
    path("mon-agenda/adresse/", mon_agenda.creer_agenda, name="creer_agenda"),
    path("mon-agenda/revoquer/", mon_agenda.revoquer_agenda, name="revoquer_agenda"),
    path("agenda/<str:jeton>.ics", mon_agenda.flux_agenda, name="flux_agenda"),
]
