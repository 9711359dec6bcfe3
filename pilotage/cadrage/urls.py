"""The addresses of the cadrage: they stand in those of the room, under its name."""

from django.urls import path

from pilotage.cadrage.feuille_de_route import views as feuille_de_route

urlpatterns = [
    path("feuille-de-route/", feuille_de_route.feuille_de_route, name="feuille_de_route"),
    path("feuille-de-route/<int:pk>/faite/", feuille_de_route.etape_faite, name="etape_faite"),
]
