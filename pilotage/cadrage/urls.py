"""The addresses of the cadrage: they stand in those of the room, under its name."""

from django.urls import path

from pilotage.cadrage.cabinet import views as cabinet
from pilotage.cadrage.communication import views as communication
from pilotage.cadrage.elus import views as elus
from pilotage.cadrage.feuille_de_route import views as route
from pilotage.cadrage.jalons import views as jalons
from pilotage.cadrage.ouverture import views as ouverture
from pilotage.cadrage.ouverture import views_reparations as reparations
from pilotage.cadrage.regles import views as regles

ROUTE = "feuille-de-route/"

urlpatterns = [
    path("demarches/", ouverture.demarches, name="demarches"),
    path("demarches/ouvrir/", ouverture.ouvrir_demarche, name="ouvrir_demarche"),
    path("demarches/ouvrir/employeurs/", ouverture.ouvrir_employeurs, name="ouvrir_employeurs"),
    path("demarches/ouvrir/directions/", ouverture.ouvrir_directions, name="ouvrir_directions"),
    path("demarches/ouvrir/relire/", ouverture.relire_ouverture, name="relire_ouverture"),
    path("demarches/<int:pk>/", ouverture.demarche_ouverte, name="demarche_ouverte"),
    path(
        "demarches/employeurs/<int:pk>/nommer/",
        reparations.nommer_direction,
        name="nommer_direction",
    ),
    path("demarches/acces/<int:pk>/inviter/", ouverture.reinviter, name="reinviter"),
    path("demarches/acces/<int:pk>/finir/", reparations.finir_direction, name="finir_direction"),
    path("demarches/acces/<int:pk>/adresse/", reparations.changer_adresse, name="changer_adresse"),
    path("cabinet/", cabinet.cabinet, name="cabinet"),
    path("cabinet/inviter/", cabinet.inviter_cabinet, name="inviter_cabinet"),
    path("cabinet/<int:pk>/finir/", cabinet.finir_cabinet, name="finir_cabinet"),
    path("cabinet/documents/deposer/", cabinet.deposer_document, name="deposer_document"),
    path("cabinet/documents/<int:pk>/", cabinet.document_cabinet, name="document_cabinet"),
    path("cabinet/documents/<int:pk>/retirer/", cabinet.retirer_document, name="retirer_document"),
    path("regles/", regles.regles, name="regles"),
    path("regles/<slug:regle>/proposer/", regles.proposer_regle, name="proposer_regle"),
    path("regles/<int:pk>/accepter/", regles.accepter_regle, name="accepter_regle"),
    path("regles/<int:pk>/refuser/", regles.refuser_regle, name="refuser_regle"),
    path("regles/<int:pk>/retirer/", regles.retirer_regle, name="retirer_regle"),
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
