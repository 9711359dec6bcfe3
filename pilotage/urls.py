from django.urls import path

from pilotage.accueil import views as accueil
from pilotage.aide import systeme
from pilotage.aide import views as pages
from pilotage.demo import views as demo
from pilotage.feuille_de_route import views as feuille_de_route
from pilotage.fil import views as mon_parcours
from pilotage.journal import views as journal
from pilotage.tableau_de_bord import views as tableau_de_bord
from pilotage.tableau_de_bord.publications import views as publications

app_name = "pilotage"

urlpatterns = [
    path("", accueil.accueil, name="accueil"),
    path("a-faire/compte/", accueil.compte_a_faire, name="compte_a_faire"),
    path("pilotage/", tableau_de_bord.tableau_de_bord, name="tableau_de_bord"),
    path("pilotage/note-elus.pdf", publications.note_elus, name="note_elus"),
    path(
        "pilotage/indicateurs.csv", publications.exporter_indicateurs, name="exporter_indicateurs"
    ),
    path("pilotage/indicateurs/", tableau_de_bord.indicateurs, name="indicateurs"),
    path("feuille-de-route/", feuille_de_route.feuille_de_route, name="feuille_de_route"),
    path("feuille-de-route/<int:pk>/faite/", feuille_de_route.etape_faite, name="etape_faite"),
    path("journal/", journal.journal, name="journal"),
    path("mon-parcours/", mon_parcours.mon_parcours, name="mon_parcours"),
    path("systeme/", systeme.systeme, name="systeme"),
    path("demo/connexion/", demo.demo_connexion, name="demo_connexion"),
    path("demo/courriels/", demo.demo_courriels, name="demo_courriels"),
    path("vos-donnees/", pages.vos_donnees, name="vos_donnees"),
    path("accessibilite/", pages.accessibilite, name="accessibilite"),
    path("mentions-legales/", pages.mentions_legales, name="mentions_legales"),
    path("plan/", accueil.plan_du_site, name="plan"),
    path("aide/", pages.aide, name="aide"),
    path("aide/<slug:nom>/", pages.guide, name="guide"),
]
