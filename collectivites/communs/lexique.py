"""The words that follow the démarche: whom it is for, and how many employers take part.

Sentences are typed for « cadres »; where a démarche is for all agents (`Demarche.public`), they are said
for « agents », with the articles that follow. « Les quatre » is never typed: `nombre_d_employeurs`.

One mechanism: `dire`, which reads the démarche of the request, of the mail or of the job that runs
(`pour`). The loader of templates calls it for what is typed in them (`mobility.gabarits`), never for
what a variable holds: the name of a poste stays as people wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from collectivites.mots import Public

_public: ContextVar[str] = ContextVar("public", default=Public.CADRES.value)
#: Asked of the database by the sentence that says it, and by no other.
_employeurs: ContextVar[Callable[[], int]] = ContextVar("employeurs", default=int)

#: What the word means elsewhere: a body of the civil service, a frame.
_AUTRES_SENS = (
    r"cadres?\s+d(?:’|'|&\#x27;|&rsquo;)emplois?|cadres?\s+(?:supérieurs?\s+)?de\s+(?:santé|vie)"
    r"|dans\s+(?:le|un|ce)\s+cadre|hors\s+cadres?|cadres?\s+(?:juridique|légal|statutaire|réglementaire)s?"
)
_DEVANT = r"le|du|au|ce|de|que|nouveau|nouveaux"
MOT = re.compile(
    rf"(?P<autre>\b(?:(?:{_DEVANT})\s+)?(?:{_AUTRES_SENS})\b)|(?<![\w-])(?:(?P<devant>{_DEVANT})(?P<blanc>\s+))?cadre(?P<s>s?)\b(?!-)",
    re.IGNORECASE,
)
#: What stands before a vowel, in the singular.
_ELIDES = {"le": "l’", "du": "de l’", "au": "à l’", "ce": "cet ", "nouveau": "nouvel "}
#: The same before a plural: these alone change.
_ELIDES_TOUJOURS = {"de": "d’", "que": "qu’"}


@contextmanager
def pour(public: str, employeurs: Callable[[], int] = int) -> Iterator[None]:
    """The words of a démarche (`Demarche.public`, `Demarche.combien`), until the block ends."""
    jeton, combien = _public.set(public), _employeurs.set(employeurs)
    try:
        yield
    finally:
        _public.reset(jeton)
        _employeurs.reset(combien)


def nombre_d_employeurs() -> int:
    """Of the present démarche; 0 when nothing says which."""
    return _employeurs.get()()


def dire(texte: str) -> str:
    """A sentence of ours, typed for « cadres », in the word of the present démarche."""
    return pour_des_agents(texte) if _public.get() == Public.AGENTS else texte


def pour_des_agents(texte: str) -> str:
    """« Le cadre répond » → « L’agent répond »; « cadre d’emplois » stays."""
    return MOT.sub(_remplacer, texte)


def _remplacer(trouve: re.Match[str]) -> str:
    if trouve["autre"]:
        return trouve[0]
    devant, pluriel = trouve["devant"], trouve["s"]
    mot = "agents" if pluriel else "agent"
    lie = devant and (
        _ELIDES_TOUJOURS.get(devant.lower()) or (None if pluriel else _ELIDES.get(devant.lower()))
    )
    if lie:
        return _comme(devant, lie) + mot
    initiale = trouve[0][len(devant or "") + len(trouve["blanc"] or "") :][0]
    return f"{devant or ''}{trouve['blanc'] or ''}{_comme(initiale, mot)}"


def _comme(modele: str, texte: str) -> str:
    return texte[0].upper() + texte[1:] if modele[0].isupper() else texte
