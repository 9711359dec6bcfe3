from django.urls import path

from collectivites.comptes import views
from collectivites.comptes.acces_des_collegues import views as acces_direction
from collectivites.comptes.adresses import views as adresses
from collectivites.comptes.connexions import liste
from collectivites.comptes.fournisseurs import views as fournisseurs
from collectivites.comptes.porte import views as porte
from collectivites.travaux import rapports
from collectivites.travaux.sante import views as sante

app_name = "collectivites"

urlpatterns = [
    path("sante/", sante.sante, name="sante"),
    # Without a slash at the end: a probe that is redirected believes that all is well.
    path("sante/vivant", sante.vivant, name="vivant"),
    path("sante/pret", sante.pret, name="pret"),
    path("sante/mesures", sante.mesures, name="mesures"),
    path("rapports-de-securite/", rapports.rapport_de_securite, name="rapport_de_securite"),
    path("session/", views.session, name="session"),
    path("mes-connexions/", liste.mes_connexions, name="mes_connexions"),
    path("fournisseurs/<slug:nom>/entrer/", fournisseurs.entrer, name="fournisseur_entrer"),
    path("fournisseurs/<slug:nom>/lier/", fournisseurs.lier, name="fournisseur_lier"),
    path("fournisseurs/<slug:nom>/delier/", fournisseurs.delier, name="fournisseur_delier"),
    path(
        "fournisseurs/<slug:nom>/confirmer/", fournisseurs.confirmer, name="fournisseur_confirmer"
    ),
    # Declared at the provider, word for word: where it sends back who comes in, and who leaves.
    path("fournisseurs/<slug:nom>/retour/", fournisseurs.revenir, name="fournisseur_retour"),
    path("fournisseurs/<slug:nom>/sortie/", fournisseurs.sorti, name="fournisseur_sortie"),
    path("mandat/", views.changer_mandat, name="changer_mandat"),
    path("invitation/<str:uid>/<str:jeton>/", views.invitation, name="invitation"),
    path("rejoindre/<str:uid>/", adresses.rejoindre, name="rejoindre"),
    path("courriels/arreter/<str:jeton>/", views.arreter_courriels, name="arreter_courriels"),
    path("se-signaler/", porte.se_signaler, name="se_signaler"),
    path("taches/<uuid:pk>/", views.tache, name="tache"),
    path("taches/<uuid:pk>/reprendre/", views.reprendre_tache, name="reprendre_tache"),
    path("acces/", acces_direction.acces_direction, name="acces_direction"),
    path("acces/<int:pk>/fin/", acces_direction.finir_acces, name="finir_acces"),
    path("delegations/", views.delegations, name="delegations"),
    path("delegations/nouvelle/", views.nouvelle_delegation, name="nouvelle_delegation"),
    path("delegations/<int:pk>/revoquer/", views.revoquer_delegation, name="revoquer_delegation"),
]
