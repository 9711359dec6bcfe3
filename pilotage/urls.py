from django.urls import path

from pilotage.accueil import views as accueil
from pilotage.aide import systeme
from pilotage.aide import views as pages
from pilotage.cadrage.urls import urlpatterns as cadrage
from pilotage.demo import views as demo
from pilotage.fil import views as mon_parcours
from pilotage.journal import views as journal
from pilotage.regimes import views as regimes
from pilotage.tableau_de_bord import views as tableau_de_bord
from pilotage.tableau_de_bord.evaluations import views as evaluations
from pilotage.tableau_de_bord.publications.urls import urlpatterns as publications

app_name = "pilotage"

urlpatterns = [
    path("", accueil.accueil, name="accueil"),
    path("a-faire/compte/", accueil.compte_a_faire, name="compte_a_faire"),
    path("a-faire/suivante/", accueil.suivante, name="suivante"),
    path("pilotage/", tableau_de_bord.tableau_de_bord, name="tableau_de_bord"),
    *publications,
    path("pilotage/evaluations/", evaluations.evaluations, name="evaluations"),
    path("pilotage/evaluations/<int:pk>/", evaluations.evaluation, name="evaluation"),
    path("pilotage/regimes/", regimes.comparer_regimes_des_quatre, name="comparer_regimes"),
    path("pilotage/liste/<slug:quoi>/", tableau_de_bord.liste, name="liste"),
    path("pilotage/indicateurs/", tableau_de_bord.indicateurs, name="indicateurs"),
    *cadrage,
    path("journal/", journal.journal, name="journal"),
    path("journal/journal.csv", journal.exporter_journal, name="exporter_journal"),
    path("journal/journal.pdf", journal.imprimer_journal, name="imprimer_journal"),
    path("mon-parcours/", mon_parcours.mon_parcours, name="mon_parcours"),
    path("mon-parcours/mon-parcours.pdf", mon_parcours.mon_parcours_pdf, name="mon_parcours_pdf"),
    path("systeme/", systeme.systeme, name="systeme"),
    path("demo/connexion/", demo.demo_connexion, name="demo_connexion"),
    path("demo/courriels/", demo.demo_courriels, name="demo_courriels"),
    path("vos-donnees/", pages.vos_donnees, name="vos_donnees"),
    path("accessibilite/", pages.accessibilite, name="accessibilite"),
    path("mentions-legales/", pages.mentions_legales, name="mentions_legales"),
    path("plan/", accueil.plan_du_site, name="plan"),
    path("aide/", pages.aide, name="aide"),
    path("aide/guide.pdf", pages.guide_pdf, name="guide_pdf"),
    path("aide/<slug:nom>/", pages.guide, name="guide"),
]
