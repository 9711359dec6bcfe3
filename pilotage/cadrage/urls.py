"""The addresses of the cadrage: they stand in those of the room, under its name."""

from django.urls import path

from pilotage.cadrage.communication import views as communication
from pilotage.cadrage.elus import views as elus
from pilotage.cadrage.feuille_de_route import views as route
from pilotage.cadrage.jalons import views as jalons

ROUTE = "feuille-de-route/"

urlpatterns = [
    path(ROUTE, route.feuille_de_route, name="feuille_de_route"),
    path(f"{ROUTE}modele/", route.poser_le_gabarit, name="etapes_modele"),
    path(f"{ROUTE}ordre/", route.ordonner_etapes, name="etapes_ordre"),
    path(f"{ROUTE}nouvelle/", route.nouvelle_etape, name="etape_nouvelle"),
    path(f"{ROUTE}<int:pk>/", route.modifier_etape, name="etape_modifier"),
    path(f"{ROUTE}<int:pk>/retirer/", route.retirer_etape, name="etape_retirer"),
    path(f"{ROUTE}<int:pk>/faite/", route.etape_faite, name="etape_faite"),
    path(f"{ROUTE}<int:pk>/rouverte/", route.etape_rouverte, name="etape_rouverte"),
    path(f"{ROUTE}preuves/<int:pk>/", route.preuve, name="etape_preuve"),
    path("jalons/", jalons.jalons, name="jalons"),
    path("jalons/engagement/", jalons.s_engager, name="jalons_engagement"),
    path("jalons/sans-criteres/", jalons.sans_criteres, name="jalons_sans_criteres"),
    path("jalons/<slug:jalon>/franchir/", jalons.franchir_jalon, name="jalons_franchir"),
    path("elus/", elus.elus, name="elus"),
    path("elus/informer/", elus.informer_elus, name="elus_informer"),
    path(
        "elus/informations/<int:pk>/retirer/",
        elus.retirer_information,
        name="elus_retirer_information",
    ),
    path(
        "elus/informations/<int:pk>/document/", elus.document_information, name="elus_information"
    ),
    path("elus/accord/", elus.accord_elus, name="elus_enregistrer_accord"),
    path("elus/accords/<int:pk>/document/", elus.document_accord, name="elus_accord"),
    path("elus/accords/<int:pk>/retirer/", elus.retirer_accord, name="elus_retirer_accord"),
    path("communication/", communication.communication, name="communication"),
    path("communication/nouvelle/", communication.nouvelle_action, name="communication_nouvelle"),
    path("communication/langage/", communication.langage, name="langage"),
    path(
        "communication/langage/<int:pk>/approuver/",
        communication.approuver_langage,
        name="langage_approuver",
    ),
    path("communication/<int:pk>/", communication.modifier_action, name="communication_modifier"),
    path("communication/<int:pk>/support/", communication.support, name="communication_support"),
]
