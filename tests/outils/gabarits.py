"""Undefined template variables: Django prints nothing, we fail."""

from __future__ import annotations

import sys
from pathlib import Path
from types import FrameType
from typing import ClassVar

from django.conf import settings
from django.template.base import FilterExpression

NOTRES = Path(settings.BASE_DIR) / "templates"

#: (our template, variable) that may be undefined: Django or allauth gives it only at times.
TOLEREES: frozenset[tuple[str, str]] = frozenset()


class VariableIndefinieError(AssertionError):
    """Raised where the template is rendered, so that the traceback shows the page."""


class VariableIndefinie(str):
    """An empty string, in the place of `string_if_invalid`, that fails when Django looks at it.

    Tolerated: templates that are not ours (Django's admin and forms, allauth), TOLEREES, and a
    parameter that says that it is optional: `{{ titre|default:… }}`, `{% if titre %}`.
    """

    __slots__ = ()
    #: what was met since the test began; a raise may be swallowed by the code under test
    vues: ClassVar[list[str]] = []

    def __bool__(self) -> bool:
        appelant = sys._getframe(1)
        if appelant.f_code is not FilterExpression.resolve.__code__:
            return False
        expression = appelant.f_locals["self"]
        nom, ou = str(expression.var), _gabarit_en_cours(appelant)
        filtres = {filtre.__name__ for filtre, _ in expression.filters}
        if ou is None or (ou, nom) in TOLEREES or "default" in filtres:
            return False
        self.vues.append(f"« {nom} » in {ou}")
        raise VariableIndefinieError(f"« {nom} » is undefined in {ou}")


def _gabarit_en_cours(appelant: FrameType) -> str | None:
    """The name of our template being rendered; None when it is Django's or allauth's."""
    contexte = appelant.f_locals.get("context")
    gabarit = getattr(getattr(contexte, "render_context", None), "template", None)
    if gabarit is None:
        return "?"
    origine = Path(str(gabarit.origin.name))
    if "site-packages" in origine.parts:
        return None
    return str(origine.relative_to(NOTRES)) if origine.is_relative_to(NOTRES) else str(origine)
