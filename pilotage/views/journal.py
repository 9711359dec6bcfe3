from django.http import HttpResponse

from collectivites.acces import Requete, acces
from collectivites.roles import ROLES_EMPLOYEUR


@acces(*ROLES_EMPLOYEUR)
def journal(request: Requete) -> HttpResponse:
    return HttpResponse("en cours")
