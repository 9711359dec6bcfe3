"""The user guide: docs/guide, in French, read on the site as the help pages, in the words of the démarche of
whoever reads (`communs.lexique`); whole, as a PDF (`livret`)."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from django.conf import settings
from django.templatetags.static import static
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


@dataclass(frozen=True)
class Support:
    """Where things are, on the site or on paper: an anchor of a page, a page, an image."""

    ancre: Callable[[str, str], str]
    page: Callable[[str], str]
    image: Callable[[str], str]
    #: What Markdown writes → what it becomes.
    habits: tuple[tuple[str, str], ...] = (("<th>", '<th scope="col">'),)


#: What may scroll sideways can be reached by keyboard.
_DEFILE = 'tabindex="0" role="region"'
SITE = Support(
    habits=(
        *Support.habits,
        ("<pre>", f'<pre {_DEFILE} aria-label="Commandes">'),
        (
            "<table>",
            f'<div class="q-defile" {_DEFILE} aria-label="Tableau"><table class="q-table">',
        ),
        ("</table>", "</table></div>"),
    ),
    ancre=lambda _nom, ancre: ancre,
    page=lambda nom: reverse("pilotage:guide", args=[nom]),
    image=static,
)


def lire(nom: str) -> Page:
    """A page by its name, without the title, which the site's own heading says."""
    return _lire(nom, dire("cadre"))


@cache
def _lire(nom: str, _mot: str) -> Page:
    """Read once for each word by which the people of a démarche are called."""
    return composer(nom, SITE)


def composer(nom: str, support: Support) -> Page:
    source = (settings.BASE_DIR / "docs" / "guide" / f"{nom}.md").read_text(encoding="utf-8")
    titre, _, suite = source.removeprefix("# ").partition("\n")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    jetons = markdown.parse(suite)
    _dire(jetons)
    chapitres = tuple(_ancrer(jetons, nom, support))
    _relier(jetons, support)
    # A file of ours, and the reader of Markdown escapes the HTML that it would hold.
    rendu = markdown.renderer.render(jetons, markdown.options, {})
    for avant, apres in support.habits:
        rendu = rendu.replace(avant, apres)
    return Page(dire(titre.strip()), chapitres, mark_safe(rendu))  # noqa: S308


def _dire(jetons: list[Token]) -> None:
    """What is read follows the démarche; commands and addresses stay."""
    for jeton in jetons:
        for fils in jeton.children or ():
            if fils.type == "text":
                fils.content = dire(fils.content)


def _ancrer(jetons: list[Token], nom: str, support: Support) -> list[tuple[str, str]]:
    """Give each chapter an anchor."""
    chapitres = []
    for ouvrant, dedans in pairwise(jetons):
        if ouvrant.type == "heading_open" and ouvrant.tag == "h2":
            ancre = support.ancre(nom, slugify(dedans.content))
            ouvrant.attrSet("id", ancre)
            chapitres.append((dire(dedans.content), ancre))
    return chapitres


def _relier(jetons: list[Token], support: Support) -> None:
    """A link to another file of the guide leads to its page; a picture to where it is served."""
    for jeton in jetons:
        for fils in jeton.children or ():
            nom = str(fils.attrGet("href") or "").removesuffix(".md")
            if fils.type == "link_open" and nom in LECTEURS:
                fils.attrSet("href", support.page(nom))
            if fils.type == "image":
                fichier = str(fils.attrGet("src")).removeprefix("images/")
                for attribut, valeur in zip(("width", "height"), _taille(fichier), strict=True):
                    fils.attrSet(attribut, str(valeur))
                fils.attrSet("loading", "lazy")
                fils.attrSet("src", support.image(f"guide/{fichier}"))


def _taille(fichier: str) -> tuple[int, int]:
    """In pixels, as the head of a PNG says it: the page keeps the place of a picture that is still coming."""
    with (settings.BASE_DIR / "docs" / "guide" / "images" / fichier).open("rb") as png:
        largeur, hauteur = struct.unpack(">II", png.read(24)[16:])
    return largeur, hauteur
