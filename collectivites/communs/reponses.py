"""Answers that are files."""

from django.http import HttpResponse

AGENDA = "text/calendar; charset=utf-8"


def telechargement(contenu: bytes, genre: str, nom: str) -> HttpResponse:
    return HttpResponse(
        contenu,
        content_type=genre,
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )
