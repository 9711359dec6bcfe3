"""The user guide: docs/guide, in French, read on the site as the help pages, in the words of the démarche of
whoever reads (`communs.lexique`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from collectivites.communs.lexique import dire
from collectivites.mots import Role

SOMMAIRE = "README"
#: Name of the page → whom it is for, in a link
LECTEURS = {
    "cadre": "Cadre",
    "drh": "DRH et gestionnaire",
    "dgs": "DGS",
    "accompagnateur": "Accompagnateur",
    "cabinet": "Cabinet conseil",
    "exploitant": "Exploitant",
}
PAR_ROLE = {
    Role.CADRE: "cadre",
    Role.DRH: "drh",
    Role.GESTIONNAIRE: "drh",
    Role.DGS: "dgs",
    Role.ACCOMPAGNATEUR: "accompagnateur",
    Role.CABINET: "cabinet",
}


@dataclass(frozen=True)
class Page:
    """A page of the guide: its title, its chapters (title, anchor), its text."""

    titre: str
    chapitres: tuple[tuple[str, str], ...]
    texte: SafeString


def lire(nom: str) -> Page:
    """A page by its name, without the title, which the site's own heading says."""
    return _lire(nom, dire("cadre"))


@cache
def _lire(nom: str, _mot: str) -> Page:
    """Read once for each word by which the people of a démarche are called."""
    source = (settings.BASE_DIR / "docs" / "guide" / f"{nom}.md").read_text(encoding="utf-8")
    titre, _, suite = source.removeprefix("# ").partition("\n")
    markdown = MarkdownIt("commonmark", {"html": False})
    jetons = markdown.parse(suite)
    _dire(jetons)
    chapitres = tuple(_ancrer(jetons))
    _relier(jetons)
    # A file of ours, and the reader of Markdown escapes the HTML that it would hold.
    rendu = markdown.renderer.render(jetons, markdown.options, {})
    # What may scroll sideways can be reached by keyboard.
    rendu = rendu.replace("<pre>", '<pre tabindex="0" role="region" aria-label="Commandes">')
    texte = mark_safe(rendu)  # noqa: S308
    return Page(dire(titre.strip()), chapitres, texte)


def _dire(jetons: list[Token]) -> None:
    """What is read follows the démarche; commands and addresses stay."""
    for jeton in jetons:
        for fils in jeton.children or ():
            if fils.type == "text":
                fils.content = dire(fils.content)


def _ancrer(jetons: list[Token]) -> list[tuple[str, str]]:
    """Give each chapter an anchor."""
    chapitres = []
    for ouvrant, dedans in pairwise(jetons):
        if ouvrant.type == "heading_open" and ouvrant.tag == "h2":
            ancre = slugify(dedans.content)
            ouvrant.attrSet("id", ancre)
            chapitres.append((dire(dedans.content), ancre))
    return chapitres


def _relier(jetons: list[Token]) -> None:
    """A link to another file of the guide leads to its page of the site."""
    for jeton in jetons:
        for fils in jeton.children or ():
            nom = str(fils.attrGet("href") or "").removesuffix(".md")
            if fils.type == "link_open" and nom in LECTEURS:
                fils.attrSet("href", reverse("pilotage:guide", args=[nom]))
