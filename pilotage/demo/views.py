"""The demo's own pages: come in without a password, read the mails that were not sent."""

from django.conf import settings
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from collectivites.acteurs.acces import ECRITURE, RequeteOuverte, public
from collectivites.garanties import mur
from collectivites.models import Courriel
from pilotage.demo.comptes import compte_de_demonstration

PAR_PAGE = 20


@public(methodes=ECRITURE)
def demo_connexion(request: RequeteOuverte) -> HttpResponse:
    """Log in as one of the demo's people. Does not exist elsewhere."""
    compte = compte_de_demonstration(request.POST.get("courriel", ""))
    if compte is None:
        raise Http404
    login(request, compte, backend=settings.AUTHENTICATION_BACKENDS[-1])
    return redirect("pilotage:accueil")


@public()
@mur.partout()
def demo_courriels(request: RequeteOuverte) -> HttpResponse:
    """The mails of the demo, newest first. Does not exist elsewhere."""
    if not settings.DEMO:
        raise Http404
    courriels = Courriel.objects.filter(demarche__est_demo=True)
    cherche = request.GET.get("cherche", "").strip().replace("\0", "")
    for mot in cherche.split():
        courriels = courriels.filter(Q(destinataire__icontains=mot) | Q(objet__icontains=mot))
    page = Paginator(courriels, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {"page_obj": page, "cherche": cherche}
    return render(request, "pilotage/demo/courriels.html", contexte)
