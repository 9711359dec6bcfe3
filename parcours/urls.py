from django.urls import path

from parcours import urls_coaching, urls_sessions, views

app_name = "parcours"

urlpatterns = [
    path("promotions/", views.promotions, name="promotions"),
    path("promotions/nouvelle/", views.nouvelle_promotion, name="nouvelle_promotion"),
    path("promotions/<int:pk>/", views.promotion, name="promotion"),
    path("promotions/<int:pk>/inscrire/", views.inscrire, name="inscrire"),
    path("promotions/<int:pk>/programme/", views.programme, name="programme"),
    path("etapes/<int:pk>/", views.modifier_etape, name="modifier_etape"),
    path("etapes/<int:pk>/date/", views.fixer_etape, name="fixer_etape"),
    path("etapes/<int:pk>/deplacer/", views.deplacer_etape, name="deplacer_etape"),
    path("etapes/<int:pk>/retirer/", views.retirer_etape, name="retirer_etape"),
    path("etapes/<int:pk>/presences/", views.presences, name="presences"),
    path("inscriptions/<int:pk>/", views.inscription, name="inscription"),
    path("inscriptions/<int:pk>/achever/", views.achever, name="achever"),
    path("inscriptions/<int:pk>/interrompre/", views.interrompre, name="interrompre"),
    path("suivis/<int:pk>/", views.planifier, name="planifier"),
    path("suivis/<int:pk>/marquer/", views.marquer, name="marquer"),
    path("suivis/<int:pk>/agenda.ics", views.agenda_ics, name="agenda_ics"),
    path("mes-accompagnements/", views.accompagnements, name="accompagnements"),
    *urls_coaching.urlpatterns,
    *urls_sessions.urlpatterns,
]
