"""The pieces of a drawing. `templates/pilotage/graphiques/figure.html` writes them as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Element:
    """One SVG element; `texte` is already escaped."""

    balise: str
    classe: str
    attributs: tuple[tuple[str, str], ...]
    texte: str = ""

    @property
    def attribut(self) -> dict[str, str]:
        return dict(self.attributs)


@dataclass(frozen=True)
class Figure:
    """A drawing in its own units. `label` says all of it to who does not see it."""

    largeur: float
    hauteur: float
    label: str
    elements: tuple[Element, ...]

    @property
    def nom(self) -> str:
        """What is drawn, without the figures: the beginning of `label`."""
        return self.label.partition(" : ")[0]

    def coloree(self, styles: Mapping[str, Mapping[str, str]]) -> Figure:
        """The same drawing for an engine without our style sheet: classes become attributes."""
        return replace(self, elements=tuple(_colorer(element, styles) for element in self.elements))


def _colorer(element: Element, styles: Mapping[str, Mapping[str, str]]) -> Element:
    attributs: dict[str, str] = {}
    for classe in element.classe.split():
        attributs |= styles[classe]
    attributs |= element.attribut
    return replace(element, classe="", attributs=tuple(attributs.items()))


def nombre(valeur: float) -> str:
    """A coordinate: one decimal, none when it is zero."""
    return f"{valeur:.1f}".removesuffix(".0")


def trace(classe: str, d: str) -> Element:
    return Element("path", classe, (("d", d),))


def rond(classe: str, x: float, y: float, rayon: float) -> Element:
    return Element("circle", classe, (("cx", nombre(x)), ("cy", nombre(y)), ("r", nombre(rayon))))


def rectangle(classe: str, x: float, y: float, largeur: float, hauteur: float) -> Element:
    cotes = (("x", x), ("y", y), ("width", largeur), ("height", hauteur))
    return Element("rect", classe, tuple((nom, nombre(v)) for nom, v in cotes))


def texte(classe: str, x: float, y: float, contenu: str, incline: float | None = None) -> Element:
    """A label; `incline`: its slope in degrees, about its own place."""
    place: tuple[tuple[str, str], ...] = (("x", nombre(x)), ("y", nombre(y)))
    if incline is not None:
        place = (("transform", f"translate({nombre(x)} {nombre(y)}) rotate({nombre(incline)})"),)
    return Element("text", classe, place, avec_exposant(contenu))


def avec_exposant(contenu: str) -> SafeString:
    """« 1er » in a date: the « er » raised, by attributes that no policy forbids."""
    avant, er, apres = contenu.partition("1er")
    if not er:
        return format_html("{}", contenu)
    return format_html(
        "{}1<tspan font-size={} dy={}>er</tspan>{}",
        avant,
        mark_safe('"9"'),
        mark_safe('"-5"'),
        format_html('<tspan dy="5">{}</tspan>', apres) if apres else "",
    )


def ecarter(places: list[float], minimum: float, haut: float, bas: float) -> list[float]:
    """Move labels apart: same order, at least `minimum` between two, within [haut, bas]."""
    ordre = sorted(range(len(places)), key=lambda i: places[i])
    mises = [min(max(places[i], haut), bas) for i in ordre]
    for rang in range(1, len(mises)):
        mises[rang] = max(mises[rang], mises[rang - 1] + minimum)
    if mises and mises[-1] > bas:
        mises[-1] = bas
        for rang in range(len(mises) - 2, -1, -1):
            mises[rang] = min(mises[rang], mises[rang + 1] - minimum)
    resultat = [0.0] * len(places)
    for rang, i in enumerate(ordre):
        resultat[i] = mises[rang]
    return resultat
