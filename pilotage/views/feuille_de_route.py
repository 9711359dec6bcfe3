from django.http import HttpResponse

from collectivites.acces import LECTURE_ECRITURE, Requete, acces
from collectivites.roles import ROLES_EMPLOYEUR


@acces(*ROLES_EMPLOYEUR)
def feuille_de_route(request: Requete) -> HttpResponse:
    return HttpResponse("en cours")


@acces(*ROLES_EMPLOYEUR, methodes=LECTURE_ECRITURE)
def etape_faite(request: Requete, pk: int) -> HttpResponse:
    return HttpResponse("en cours")
