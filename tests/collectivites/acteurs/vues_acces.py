"""Views of no use but to try the decorators of `collectivites.acteurs.acces`: see test_acces.py."""

from django.db import OperationalError
from django.http import HttpResponse
from django.urls import include, path

from collectivites.acteurs.acces import (
    ECRITURE,
    LECTURE_ECRITURE,
    acces,
    connecte,
    public,
    superutilisateur,
)
from collectivites.models import Direction
from collectivites.mots import Acte, Role
from collectivites.refus import ActionImpossible


def _ok(request):
    return HttpResponse("ok")


def _ecrire(request):
    Direction.objects.create(collectivite=request.acteur.collectivite, libelle="Direction écrite")
    return HttpResponse("écrit")


@acces(methodes=ECRITURE)
def refuser(request):
    _ecrire(request)
    raise ActionImpossible("Ce n’est plus possible.")


@acces(methodes=LECTURE_ECRITURE)
def attendre_trop(request):
    if request.method == "POST":
        _ecrire(request)
    raise OperationalError("database is locked")


@acces(methodes=LECTURE_ECRITURE)
def perdre_la_base(request):
    _ecrire(request)
    raise OperationalError("server closed the connection unexpectedly")


@acces()
def lire_trop_tard(request):
    raise ActionImpossible("Ce poste est clos.")


@acces(methodes=ECRITURE)
def violer(request):
    _ecrire(request)
    return _ecrire(request)


handler500 = "mobility.pannes.erreur"
urlpatterns = [
    path("essais/public/", public()(_ok)),
    path("essais/connecte/", connecte()(_ok)),
    path("essais/mandat/", acces()(_ok)),
    path("essais/drh/", acces(Role.DRH)(_ok)),
    path("essais/retenir/", acces(acte=Acte.RETENIR)(_ok)),
    path("essais/retenir-ou-rh/", acces(Role.GESTIONNAIRE, acte=Acte.RETENIR)(_ok)),
    path("essais/operateur/", superutilisateur()(_ok)),
    path("essais/sans-regle/", _ok),
    path("essais/ecrire/", acces(methodes=LECTURE_ECRITURE)(_ecrire)),
    path("essais/refuser/", refuser),
    path("essais/attendre-trop/", attendre_trop),
    path("essais/perdre-la-base/", perdre_la_base),
    path("essais/lire-trop-tard/", lire_trop_tard),
    path("essais/drh/4/trop-tard/", lire_trop_tard),
    path("essais/operateur/trop-tard/", lire_trop_tard),
    path("essais/violer/", violer),
    path("", include("mobility.urls")),
]
