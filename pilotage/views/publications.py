from django.http import HttpResponse

from collectivites.acces import Requete, acces
from collectivites.roles import ROLES_EMPLOYEUR


@acces(*ROLES_EMPLOYEUR)
def note_elus(request: Requete) -> HttpResponse:
    return HttpResponse("en cours")


@acces(*ROLES_EMPLOYEUR)
def exporter_indicateurs(request: Requete) -> HttpResponse:
    return HttpResponse("en cours")
