"""Binding a form: an empty POST is still a POST, and must be told what is missing."""

from django.http import HttpRequest, QueryDict


def donnees_postees(request: HttpRequest) -> QueryDict | None:
    """The data to bind a form with; None when the page is only read."""
    return request.POST if request.method == "POST" else None
