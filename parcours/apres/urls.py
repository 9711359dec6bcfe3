"""What comes after a session, or a promotion: what it was worth, and who stays in touch."""

from django.urls import path

from parcours.apres.evaluation import views as evaluation
from parcours.apres.reseau import views as reseau

urlpatterns = [
    path("evaluations/<int:pk>/", evaluation.evaluer, name="evaluer"),
    path("reseau/", reseau.reseau, name="reseau"),
    path("reseau/ma-presence/", reseau.ma_presence, name="ma_presence"),
    path("reseau/quitter/", reseau.quitter_reseau, name="quitter_reseau"),
    path("reseau/<int:pk>/mentor/", reseau.demander_mentor, name="demander_mentor"),
    path("reseau/demandes/<int:pk>/repondre/", reseau.repondre_mentor, name="repondre_mentor"),
    path("reseau/demandes/<int:pk>/cesser/", reseau.cesser_mentor, name="cesser_mentor"),
]
