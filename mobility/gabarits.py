"""Templates are indented for whoever reads them; browsers are sent no indentation."""

import re
from collections.abc import Iterator

from django.template import Origin
from django.template.loaders import filesystem

from collectivites.communs.lexique import MOT, pour_des_agents

#: Not \s, which would take the no-break spaces of French.
FIN_DE_LIGNE = re.compile(r"[ \t]*\n[ \t\n]*")


class SansRetrait(filesystem.Loader):
    """Each end of line, with the indentation that follows, is one space.

    Two fifths of the registre would be indentation; and a sentence cut over two lines reads, in
    the page as in a test, as it was typed. In debug, lines keep their numbers.
    """

    def get_contents(self, origin: Origin) -> str:
        texte = au_mot_du_public(super().get_contents(origin))
        if self.engine.debug or not origin.name.endswith(".html"):
            return texte
        return FIN_DE_LIGNE.sub(" ", texte)


#: Tags and variables; a comment whole.
_BALISE = re.compile(r"({% comment %}.*?{% endcomment %}|{#.*?#}|{%.*?%}|{{.*?}})", re.DOTALL)
#: A text given to a tag: a sentence of ours, neither the name of a page nor the argument of a filter.
_CHAINE = re.compile(r"(?<![:\w])(\"[^\"{}]*\"|'[^'{}]*')(?!\|)")
_SANS_PHRASE = re.compile(r"{%\s*(?:if|elif|url|extends|load|csrf_token|static)\b")
#: The attributes that are read aloud or shown.
_LUS = frozenset({"aria-label", "title", "alt", "placeholder"})


def au_mot_du_public(source: str) -> str:
    """The template in which each « cadre » typed by us follows the démarche (`communs.lexique`)."""
    if "cadre" not in source.lower():
        return source
    morceaux, contexte = [], _Contexte()
    for rang, morceau in enumerate(_BALISE.split(source)):
        if rang % 2:
            morceaux.append(_dans_une_balise(morceau))
        else:
            morceaux.append("".join(_dans_le_texte(morceau, contexte)))
    return "".join(morceaux)


def _dans_une_balise(balise: str) -> str:
    if not balise.startswith("{%") or _SANS_PHRASE.match(balise):
        return balise

    def completer(trouve: re.Match[str]) -> str:
        texte = trouve[1][1:-1]
        phrase = (" " in texte or texte[:1].isupper()) and pour_des_agents(texte) != texte
        return f"{trouve[0]}|au_mot_du_public" if phrase else trouve[0]

    return _CHAINE.sub(completer, balise)


class _Contexte:
    """Where the text stands in the page, from one piece to the next."""

    dans_une_balise = False
    attribut = ""


def _dans_le_texte(texte: str, contexte: _Contexte) -> Iterator[str]:
    debut = 0
    for signe in re.finditer(r'<(?=[a-zA-Z/!])|>|[\w-]+="|"', texte):
        yield _morceau(texte[debut : signe.start()], contexte)
        debut = signe.end()
        yield signe[0]
        if not contexte.dans_une_balise:
            contexte.dans_une_balise = signe[0] == "<"
        elif contexte.attribut:
            contexte.attribut = "" if signe[0] == '"' else contexte.attribut
        elif signe[0] == ">":
            contexte.dans_une_balise = False
        elif signe[0].endswith('="'):
            contexte.attribut = signe[0][:-2]
    yield _morceau(texte[debut:], contexte)


def _morceau(texte: str, contexte: _Contexte) -> str:
    if contexte.dans_une_balise and contexte.attribut not in _LUS:
        return texte

    def completer(trouve: re.Match[str]) -> str:
        agents = pour_des_agents(trouve[0])
        if agents == trouve[0]:
            return trouve[0]
        return f'{{% mot "{_plat(trouve[0])}" "{agents}" %}}'

    return MOT.sub(completer, texte)


def _plat(texte: str) -> str:
    return " ".join(texte.split())
