"""The whole guide as one PDF: contents with their pages, each reader's part, the pictures."""

from __future__ import annotations

from functools import cache
from threading import Lock

from django.template.loader import render_to_string

from collectivites.communs import pdf
from collectivites.communs.lexique import dire
from pilotage.aide.guide import LECTEURS, SOMMAIRE, Support, composer

PAPIER = Support(
    ancre=lambda nom, ancre: f"{nom}-{ancre}",
    page=lambda nom: f"#{nom}",
    image=lambda fichier: pdf.SCHEME + fichier,
)
#: Printing takes seconds, and anybody may ask: once for a process, whoever asks meanwhile waits for it.
_une_fois = Lock()


def livret() -> bytes:
    """In the words of the démarche of whoever reads, as on the site."""
    with _une_fois:
        return _imprimer(dire("cadre"))


@cache
def _imprimer(_mot: str) -> bytes:
    parties = [(nom, composer(nom, PAPIER)) for nom in (SOMMAIRE, *LECTEURS)]
    contexte = {"parties": parties, "feuille_de_style": f"{pdf.SCHEME}css/livret.css"}
    return pdf.produire(render_to_string("pdf/guide.html", contexte))
