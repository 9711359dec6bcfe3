from django.urls import path

from parcours.apres import urls as urls_apres
from parcours.coaching import urls as urls_coaching
from parcours.coaching.views import accompagnements
from parcours.programme.views import programme, promotions, suivis
from parcours.sessions import urls as urls_sessions

app_name = "parcours"

urlpatterns = [
    path("promotions/", promotions.promotions, name="promotions"),
    path("promotions/nouvelle/", promotions.nouvelle_promotion, name="nouvelle_promotion"),
    path("promotions/<int:pk>/", promotions.promotion, name="promotion"),
    path("promotions/<int:pk>/calendrier/", promotions.calendrier, name="calendrier"),
    path("promotions/<int:pk>/inscrire/", promotions.inscrire, name="inscrire"),
    path("promotions/<int:pk>/programme/", programme.programme, name="programme"),
    path("etapes/<int:pk>/", programme.modifier_etape, name="modifier_etape"),
    path("etapes/<int:pk>/date/", programme.fixer_etape, name="fixer_etape"),
    path("etapes/<int:pk>/deplacer/", programme.deplacer_etape, name="deplacer_etape"),
    path("etapes/<int:pk>/retirer/", programme.retirer_etape, name="retirer_etape"),
    path("etapes/<int:pk>/presences/", suivis.presences, name="presences"),
    path("inscriptions/<int:pk>/", suivis.inscription, name="inscription"),
    path("inscriptions/<int:pk>/achever/", suivis.achever, name="achever"),
    path("inscriptions/<int:pk>/interrompre/", suivis.interrompre, name="interrompre"),
    path("suivis/<int:pk>/", suivis.planifier, name="planifier"),
    path("suivis/<int:pk>/marquer/", suivis.marquer, name="marquer"),
    path("suivis/<int:pk>/agenda.ics", suivis.agenda_ics, name="agenda_ics"),
    path("mes-accompagnements/", accompagnements.accompagnements, name="accompagnements"),
    *urls_coaching.urlpatterns,
    *urls_sessions.urlpatterns,
    *urls_apres.urlpatterns,
]
