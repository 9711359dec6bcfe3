"""From HTML to a tagged PDF, without the network: only our own static files are ever read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders

from collectivites.communs.habillage import habiller_html

#: A document names our files by this scheme: `static:css/note.css`.
SCHEME = "static:"
TYPES = {".css": "text/css", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".png": "image/png"}


class AdresseRefusee(ValueError):
    """A document asked for something else than our static files."""


def chemin_local(url: str) -> Path:
    """The file behind `static:…`. Anything else is refused: a host, a path, another scheme."""
    if not url.startswith(SCHEME):
        raise AdresseRefusee(url)
    trouve = finders.find(url.removeprefix(SCHEME))
    if not trouve or Path(trouve).suffix not in TYPES:
        raise AdresseRefusee(url)
    return Path(trouve)


@dataclass(frozen=True)
class Annexe:
    """A file that travels inside a PDF. `relation`: what it is to the document (ISO 32000-2, AFRelationship)."""

    nom: str
    contenu: bytes
    description: str
    relation: str = "Supplement"


def produire(html: str) -> bytes:
    """A PDF that screen readers can follow (PDF/UA-1).

    A resource that is refused or missing stops the printing: never a note with a hole in it.
    """
    return _imprimer(html, pdf_variant="pdf/ua-1")


def produire_pour_archive(html: str, annexes: Iterable[Annexe]) -> bytes:
    """A PDF to keep, with its annexes inside (PDF/A-3b: fonts, colours and metadata inside as well)."""
    from weasyprint import Attachment

    jointes = [
        Attachment(
            string=annexe.contenu,
            name=annexe.nom,
            description=annexe.description,
            relationship=annexe.relation,
        )
        for annexe in annexes
    ]
    return _imprimer(html, pdf_variant="pdf/a-3b", pdf_tags=True, attachments=jointes)


def _imprimer(html: str, **options: Any) -> bytes:
    """The engine is heavy: loaded here only."""
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class FichiersDuSite(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            fichier = chemin_local(url)
            return URLFetcherResponse(
                url, fichier.read_bytes(), headers={"Content-Type": TYPES[fichier.suffix]}
            )

    chercheur = FichiersDuSite(fail_on_errors=True)
    document = HTML(string=habiller_html(html), base_url=SCHEME, url_fetcher=chercheur)
    try:
        contenu: bytes = document.write_pdf(**options)
    except FatalURLFetchingError as refus:  # no ordinary Exception: it would end the process
        raise AdresseRefusee(str(refus)) from refus
    return contenu
