from django.urls import path

from opportunites import views

app_name = "opportunites"

urlpatterns = [
    path("opportunites/", views.opportunites, name="opportunites"),
    path("opportunites/nouvelle/", views.nouvelle_opportunite, name="nouvelle_opportunite"),
    path("opportunites/<int:pk>/", views.opportunite, name="opportunite"),
    path("opportunites/<int:pk>/modifier/", views.modifier, name="modifier_opportunite"),
    path("opportunites/<int:pk>/publier/", views.publier, name="publier"),
    path("opportunites/<int:pk>/retirer/", views.retirer, name="retirer_opportunite"),
    path("opportunites/<int:pk>/proposer/", views.proposer, name="proposer"),
    path("opportunites/<int:pk>/voeu/", views.exprimer_voeu, name="exprimer_voeu"),
    path("mes-voeux/", views.voeux, name="voeux"),
    path("mes-voeux/classer/", views.classer_voeux, name="classer_voeux"),
    path("mes-voeux/<int:pk>/retirer/", views.retirer_voeu, name="retirer_voeu"),
    path("propositions/", views.propositions, name="propositions"),
    path("propositions/<int:pk>/", views.proposition, name="proposition"),
    path("propositions/<int:pk>/valider/", views.valider, name="valider_proposition"),
    path("propositions/<int:pk>/envoyer/", views.envoyer, name="envoyer_proposition"),
    path("propositions/<int:pk>/retirer/", views.retirer_proposition, name="retirer_proposition"),
    path("propositions/<int:pk>/accepter/", views.accepter, name="accepter"),
    path("propositions/<int:pk>/refuser/", views.refuser, name="refuser"),
    path("propositions/<int:pk>/reserve/", views.deposer_reserve, name="deposer_reserve"),
    path("reserves/<int:pk>/", views.arbitrer_reserve, name="arbitrer_reserve"),
    path("mobilites/", views.mobilites, name="mobilites"),
    path("mobilites/<int:pk>/", views.mobilite, name="mobilite"),
    path("mobilites/<int:pk>/preparer/", views.preparer, name="preparer_mobilite"),
    path("mobilites/<int:pk>/effective/", views.rendre_effective, name="rendre_effective"),
    path("mobilites/<int:pk>/abandonner/", views.abandonner, name="abandonner_mobilite"),
]
