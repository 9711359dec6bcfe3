"""The addresses that machines ask: they name nobody, and open to anybody but for the figures."""

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from collectivites.acteurs.acces import RequeteOuverte, public
from collectivites.travaux.sante.etat import lire_la_preparation, lire_la_sante
from collectivites.travaux.sante.mesures import est_admis, exposer


@public()
@never_cache
def sante(request: RequeteOuverte) -> JsonResponse:
    """What answers: 503 without the database; pages do without Redis."""
    etat = lire_la_sante()
    return JsonResponse(etat.lignes, status=200 if etat.sert else 503)


@public()
@never_cache
def vivant(request: RequeteOuverte) -> JsonResponse:
    """This process answers, whatever fails around it: to restart it would mend nothing."""
    return JsonResponse({"vivant": "ok"})


@public()
@never_cache
def pret(request: RequeteOuverte) -> JsonResponse:
    """503: send nobody here yet (no database, or one that this code does not know)."""
    etat = lire_la_preparation()
    return JsonResponse(etat.lignes, status=200 if etat.sert else 503)


@public()
@never_cache
def mesures(request: RequeteOuverte) -> HttpResponse:
    """For Prometheus. To anybody else, nothing is here."""
    if not est_admis(request):
        raise Http404
    return HttpResponse(exposer(), content_type="text/plain; version=0.0.4; charset=utf-8")
