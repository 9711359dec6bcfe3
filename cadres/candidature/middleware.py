"""Resolves the acteur of each request, and keeps the trace of the files that were read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from cadres.candidature.acteurs import acteur_de
from cadres.models import Consultation

CLE_SESSION = "mandat"

Reponse = Callable[[HttpRequest], HttpResponse]


class ActeurMiddleware:
    """`request.acteur`: who acts, in whose name; None for nobody, or without a live mandat."""

    def __init__(self, get_response: Reponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acteur = None  # type: ignore[attr-defined]
        request.consultations = []  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            request.acteur = acteur_de(  # type: ignore[attr-defined]
                request.user, request.session.get(CLE_SESSION)
            )
        reponse = self.get_response(request)
        # Written here, once the page is made: reading a file is no decision, and the view that
        # shows it stays unable to write.
        if request.consultations and reponse.status_code < 400:  # type: ignore[attr-defined]
            Consultation.objects.bulk_create(request.consultations)  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            # On a shared computer, the back button shows nothing once the person has left.
            patch_cache_control(reponse, private=True, no_store=True)
        return reponse
