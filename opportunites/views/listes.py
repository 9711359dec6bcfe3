"""What the pages share: a filter in the address, pages of a list, one partial for htmx."""

from __future__ import annotations

from typing import Any

import django_filters
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from collectivites.acces import Requete

PAR_PAGE = 25


def donnees_postees(request: Requete) -> QueryDict | None:
    """What a form is bound to: an empty POST is bound too, and has its errors."""
    return request.POST if request.method == "POST" else None


def page_de(request: Requete, lignes: QuerySet[Any], par_page: int = PAR_PAGE) -> Page[Any]:
    """The page that the address asks for; the nearest one when it does not exist."""
    return Paginator(lignes, par_page).get_page(request.GET.get("page"))


def rendre_liste(
    request: Requete, gabarit: str, partiel: str, filtre: django_filters.FilterSet, **contexte: Any
) -> HttpResponse:
    """The whole page, or its results alone when htmx asks for them."""
    contexte |= {"filtre": filtre, "formulaire": filtre.form}
    # A link to a page of results comes through htmx too, with the same target.
    seul = request.htmx and request.htmx.target == "resultats"
    reponse = render(request, partiel if seul else gabarit, contexte)
    # Same address, two bodies: « back » must not show the results alone.
    patch_vary_headers(reponse, ["HX-Request", "HX-Target"])
    return reponse
