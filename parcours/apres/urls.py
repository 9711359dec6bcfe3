"""What comes after a session, or a promotion: what it was worth, and who stays in touch."""

from django.urls import path

from parcours.apres.evaluation import views as evaluation

urlpatterns = [
    path("evaluations/<int:pk>/", evaluation.evaluer, name="evaluer"),
]
