"""The addresses of what leaves the house: they stand in those of the room, under its name."""

from django.urls import path

from pilotage.tableau_de_bord.publications import views
from pilotage.tableau_de_bord.publications.bilan import views as bilan

urlpatterns = [
    path("pilotage/publications/", views.publications, name="publications"),
    path("pilotage/publications/arreter/", views.arreter_les_chiffres, name="arreter_les_chiffres"),
    path(
        "pilotage/publications/preparer/<slug:genre>/",
        views.preparer_document,
        name="preparer_document",
    ),
    path("pilotage/promotions/<int:pk>/bilan/", bilan.bilan_promotion, name="bilan_promotion"),
    path("pilotage/publications/<int:pk>/", views.document_elus, name="document_elus"),
    path(
        "pilotage/publications/<int:pk>/modifier/",
        views.modifier_document,
        name="modifier_document",
    ),
    path("pilotage/publications/<int:pk>/signer/", views.signer_document, name="signer_document"),
    path("pilotage/publications/<int:pk>/document.pdf", views.document_pdf, name="document_pdf"),
    path(
        "pilotage/indicateurs.csv",
        views.exporter_indicateurs,
        {"forme": "csv"},
        name="exporter_indicateurs",
    ),
    path(
        "pilotage/indicateurs.xlsx",
        views.exporter_indicateurs,
        {"forme": "xlsx"},
        name="exporter_classeur",
    ),
]
