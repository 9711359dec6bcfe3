"""`{% load quatuor %}`: typography, links that keep the query. Components: see `composants.py`."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from django import template
from django.http import QueryDict
from django.template import Context
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from collectivites.communs import typographie as typo

register = template.Library()

Jour = date | datetime | None


# --- Typography: an empty value stays empty -----------------------------------------------------


_PREMIER = re.compile(r"\b1er\b")


@register.filter("exposant")
def _avec_exposant(texte: str) -> SafeString:
    """« 1er », in a date or in a sentence that holds one, is written with a superscript."""
    return mark_safe(_PREMIER.sub("1<sup>er</sup>", conditional_escape(texte)))  # noqa: S308 - escaped here


@register.filter
def date_longue(valeur: Jour) -> str:
    """« 1er mars 2027 », the « er » in superscript."""
    return _avec_exposant(typo.date_texte(valeur)) if valeur else ""


@register.filter
def date_courte(valeur: Jour) -> str:
    """« 1er sept. 2027 », for tables."""
    return _avec_exposant(typo.date_texte(valeur, courte=True)) if valeur else ""


@register.filter
def date_complete(valeur: Jour) -> str:
    """« mercredi 31 mars 2027 »."""
    return _avec_exposant(typo.date_texte(valeur, jour_semaine=True)) if valeur else ""


@register.filter
def date_brute(valeur: Jour) -> str:
    """« 1er mars 2027 » without markup: attributes, mails, `aria-label`."""
    return typo.date_texte(valeur) if valeur else ""


@register.filter
def heure(valeur: datetime | None) -> str:
    """« 9 h 30 »."""
    return typo.heure_texte(valeur) if valeur else ""


@register.filter
def mois(valeur: Jour) -> str:
    """« mars »."""
    return typo.MOIS[typo.jour_de(valeur).month - 1] if valeur else ""


@register.filter
def jour_semaine(valeur: Jour) -> str:
    """« mardi »."""
    return typo.JOURS[typo.jour_de(valeur).weekday()] if valeur else ""


@register.filter
def quantieme(valeur: Jour) -> str:
    """« 23 »."""
    return str(typo.jour_de(valeur).day) if valeur else ""


@register.filter
def nombre(valeur: typo.Nombre | None, decimales: int = 0) -> str:
    """`{{ 1234.5|nombre:1 }}` gives « 1 234,5 »."""
    return "" if valeur is None or valeur == "" else typo.nombre_texte(valeur, decimales)


@register.filter
def ecart(valeur: typo.Nombre | None, decimales: int = 0) -> str:
    """A signed number: « +2 », « −123,07 », « 0 »."""
    return (
        "" if valeur is None or valeur == "" else typo.nombre_texte(valeur, decimales, signe=True)
    )


@register.filter
def euros(valeur: typo.Nombre | None, decimales: int = 2) -> str:
    """« 1 234,50 € »; `|euros:0` rounds to the euro."""
    return "" if valeur is None or valeur == "" else typo.euros_texte(valeur, decimales)


@register.filter
def pourcent(valeur: typo.Nombre | None, decimales: int = 0) -> str:
    """A number already in hundredths: `{{ 46|pourcent }}` gives « 46 % »."""
    if valeur is None or valeur == "":
        return ""
    return f"{typo.nombre_texte(valeur, decimales)}{typo.INSECABLE}%"


@register.filter
def pluriel(valeur: typo.Nombre, formes: str) -> str:
    """`{{ n|pluriel:"cadre" }}`: « 3 cadres »; irregular: `"cheval,chevaux"`."""
    return typo.compter(valeur, formes)


@register.filter
def accord(valeur: typo.Nombre, formes: str) -> str:
    """The word alone: `{{ n|accord:"retenu" }}`, `{{ n|accord:"est,sont" }}`."""
    return typo.accorder(valeur, formes)


@register.filter
def delai_mots(valeur: Jour) -> str:
    """« 7 jours », « aujourd’hui », « 10 jours de retard »."""
    return typo.delai_avant(valeur).texte if valeur else ""


@register.filter
def le(collectivite: object) -> str:
    """« la Ville d’Orléans », « le Département du Loiret »: a collectivité's name in a sentence."""
    return typo.avec_article(str(collectivite))


@register.filter
def de(nom: object) -> str:
    """« de Paul », « d’Hélène »."""
    return typo.de(str(nom))


@register.filter
def marque(texte: object, recherche: str | None) -> SafeString:
    """Marks the words of a search in a text, whatever their accents and case."""
    entier = str(texte)
    plat = _sans_accents(entier)
    passages: list[tuple[int, int]] = []
    for mot in _sans_accents(recherche or "").split():
        debut = plat.find(mot)
        while debut >= 0:
            passages.append((debut, debut + len(mot)))
            debut = plat.find(mot, debut + len(mot))
    morceaux, curseur = [], 0
    for debut, fin in sorted(passages):
        if debut >= curseur:
            morceaux += [escape(entier[curseur:debut]), f"<mark>{escape(entier[debut:fin])}</mark>"]
            curseur = fin
    return mark_safe("".join([*morceaux, escape(entier[curseur:])]))  # noqa: S308  escaped above


def _sans_accents(texte: str) -> str:
    """Same length as `texte`, so that positions can be carried over."""
    return "".join(unicodedata.normalize("NFD", lettre)[0].lower()[:1] for lettre in texte)


@register.filter
def champs_en_erreur(form: Any) -> list[Any]:
    """The bound fields that have errors, in the order of the page."""
    return [champ for champ in form.visible_fields() if champ.errors]


# --- Links that keep the query ------------------------------------------------------------------


def _parametres(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET.copy() if request is not None else QueryDict(mutable=True)


def _adresse(parametres: QueryDict, changements: dict[str, Any]) -> str:
    """None or "" removes a parameter; any change but the page's goes back to the first page."""
    if "page" not in changements:
        parametres.pop("page", None)
    for nom, valeur in changements.items():
        if valeur is None or valeur == "":
            parametres.pop(nom, None)
        elif isinstance(valeur, list | tuple):
            parametres.setlist(nom, [str(v) for v in valeur])
        else:
            parametres[nom] = str(valeur)
    return f"?{parametres.urlencode()}" if parametres else "?"


@register.simple_tag(takes_context=True)
def url_avec(context: Context, **changements: Any) -> str:
    """This page with some parameters changed: `{% url_avec tri="-nom" statut=None %}`."""
    return _adresse(_parametres(context), changements)


@register.inclusion_tag("composants/listes/tri.html", takes_context=True)
def tri(
    context: Context, cle: str, libelle: str, classe: str = "", cible: str = ""
) -> dict[str, Any]:
    """A `<th>` that sorts by `?tri=cle`, then `?tri=-cle`; `cible`: what htmx replaces."""
    parametres = _parametres(context)
    courant = parametres.get("tri") or str(context.get("tri_courant") or "")
    sens = {cle: "ascending", f"-{cle}": "descending"}.get(courant, "")
    suivant = f"-{cle}" if sens == "ascending" else cle
    return {
        "libelle": libelle,
        "classe": classe,
        "cible": cible,
        "sens": sens,
        "url": _adresse(parametres, {"tri": suivant}),
    }


@register.inclusion_tag("composants/listes/pagination.html", takes_context=True)
def pagination(
    context: Context, page: Any, nom: str = "ligne", cible: str = "", parametre: str = "page"
) -> dict[str, Any]:
    """The pages around `page` (a Django `Page`), with the range shown: « Lignes 26 à 50 sur 142 ».

    `parametre` names it in the address, where two lists share a screen.
    """
    numeros = (
        page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
        if page.paginator.num_pages > 1
        else []
    )
    parametres = _parametres(context)
    vers = {
        n: _adresse(parametres.copy(), {parametre: n if n > 1 else None})
        for n in range(1, page.paginator.num_pages + 1)
        if n == 1 or n == page.paginator.num_pages or abs(n - page.number) <= 2
    }
    return {
        "page": page,
        "nom": nom,
        "cible": cible,
        "numeros": [(n, vers.get(n) if isinstance(n, int) else None) for n in numeros],
        "precedente": vers.get(page.number - 1) if page.has_previous() else None,
        "suivante": vers.get(page.number + 1) if page.has_next() else None,
    }
