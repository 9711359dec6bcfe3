"""Resolves the acteur of each request, and keeps the trace of the files that were read."""

from array import array
from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from cadres.candidature.acteurs import acteur_de
from cadres.donnees_personnelles.consultations import inscrire_l_export
from cadres.donnees_personnelles.lectures import lectures_de
from cadres.models import Consultation
from collectivites.acteurs.acces import RequeteOuverte
from collectivites.acteurs.acteur import CLE_SESSION
from collectivites.communs import lexique
from collectivites.comptes.continuer import sous_quel_mandat
from collectivites.comptes.second_facteur import exigence as second_facteur
from collectivites.garanties import mur
from collectivites.mots import Public

Reponse = Callable[[HttpRequest], HttpResponse]


def _mots(request: RequeteOuverte) -> tuple[str, Callable[[], int]]:
    """Whose words the page speaks: those of the démarche of the acteur."""
    if request.acteur is None:
        return Public.CADRES, int
    return request.acteur.demarche.public, request.acteur.demarche.combien


class ActeurMiddleware:
    """`request.acteur`: who acts, in whose name; None for nobody, or without a live mandat."""

    def __init__(self, get_response: Reponse) -> None:
        self.get_response = get_response

    def __call__(self, requete: HttpRequest) -> HttpResponse:
        request = cast(RequeteOuverte, requete)
        request.acteur, request.consultations = None, []
        request.exportes = array("q")
        request.second_facteur_attendu = False
        if request.user.is_authenticated:
            with mur.partout(), mur.une_lecture():
                acteur = acteur_de(request.user, request.session.get(CLE_SESSION))
            # Until then they act for nobody, on the public pages too.
            request.second_facteur_attendu = second_facteur.manque(request, acteur)
            request.acteur = None if request.second_facteur_attendu else acteur
        with mur.pour(request.acteur.demarche.pk if request.acteur else None):
            return self._repondre(request)

    def _repondre(self, request: RequeteOuverte) -> HttpResponse:
        with lexique.pour(*_mots(request)):
            reponse = sous_quel_mandat(request) or self.get_response(request)
        # Written here, once the page is made: reading a file is no decision, and the view that
        # shows it stays unable to write.
        lues = [*request.consultations]
        if reponse.status_code == HTTPStatus.OK:
            lues += lectures_de(request)
        if lues and reponse.status_code < HTTPStatus.BAD_REQUEST:
            Consultation.objects.bulk_create(lues)
        if request.exportes and reponse.status_code < HTTPStatus.BAD_REQUEST:
            inscrire_l_export(request)
        if request.user.is_authenticated:
            # On a shared computer, the back button shows nothing once the person has left.
            patch_cache_control(reponse, private=True, no_store=True)
        return reponse
