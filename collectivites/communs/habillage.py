"""French typography, put where text leaves: pages, mails, PDFs.

Sentences are typed as French is typed, with plain spaces; here the spaces that must not break
become U+00A0. A page is dressed once, by the middleware; what people typed in a field stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from collectivites.communs.typographie import INSECABLE

#: Signs are few, spaces are many: the former are looked for.
_SIGNE = re.compile(r"[«:;!?%€»]")
_BLANCS = " \n\t"
#: What may follow a sign that stands apart: « 10:30 », « a:hover » are left alone.
_SUITE = frozenset(["", *' \n\t\u00a0.,;)<…"'])
#: What is never dressed: what a machine reads, what a person typed.
_INTACT = re.compile(r"<(script|style|pre|code|textarea)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
#: The attributes that are read aloud or shown.
_LUS = re.compile(r'\b(?:aria-label|title|alt|placeholder)="[^"]*$')


def habiller(texte: str) -> str:
    """« Prêt : oui ? » with its no-break spaces: before : ; ! ? % € », after «. Plain text."""
    return _habiller(texte, lambda _: True)


def habiller_html(html: str) -> str:
    """Same, in the text of a page and in the attributes that are read aloud or shown."""
    intacts = [trouve.span() for trouve in _INTACT.finditer(html)]

    def se_lit(rang: int) -> bool:
        if any(debut <= rang < fin for debut, fin in intacts):
            return False
        balise = html.rfind("<", 0, rang)
        dans_la_balise = balise >= 0 and html.find(">", balise, rang) < 0
        return not dans_la_balise or _LUS.search(html, balise, rang) is not None

    return _habiller(html, se_lit)


def _habiller(texte: str, se_lit: Callable[[int], bool]) -> str:
    morceaux, reprise = [], 0
    for signe in _SIGNE.finditer(texte):
        rang, fin = signe.span()
        if signe[0] == "«":
            suite = fin
            while texte[suite : suite + 1] in _BLANCS and suite < len(texte):
                suite += 1
            if suite > fin and se_lit(rang):
                morceaux += [texte[reprise:fin], INSECABLE]
                reprise = suite
        elif _est_detache(texte, rang, fin) and se_lit(rang):
            morceaux += [texte[reprise:rang].rstrip(_BLANCS), INSECABLE]
            reprise = rang
    return "".join([*morceaux, texte[reprise:]])


def _est_detache(texte: str, rang: int, fin: int) -> bool:
    """Whether a sign stands apart, as French types it."""
    return bool(rang) and texte[rang - 1] in _BLANCS and texte[fin : fin + 1] in _SUITE


class HabillageMiddleware:
    """Dresses each page, whole or partial, as it leaves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        reponse = self.get_response(request)
        genre = reponse.get("Content-Type", "")
        if isinstance(reponse, HttpResponse) and genre.startswith("text/html"):
            reponse.content = habiller_html(reponse.content.decode(reponse.charset or "utf-8"))
            # The length that an inner middleware announced was that of the undressed page.
            if "Content-Length" in reponse:
                reponse["Content-Length"] = str(len(reponse.content))
        return reponse
