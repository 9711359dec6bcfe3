"""What costs, a PDF or an export, is made so many times for one account and no more (`couteux` in
`mobility.reglages.comptes`): an account that is open, or stolen, takes the server from nobody."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from allauth.core.internal import ratelimit
from django.http.response import HttpResponseBase

from collectivites.refus import ActionImpossible

TROP_DE_DOCUMENTS = (
    "Beaucoup de documents ont été demandés de ce compte en peu de temps : celui-ci n’est pas fait. "
    "Recommencez dans cinq minutes."
)
V = TypeVar("V", bound=Callable[..., HttpResponseBase])


def couteux(vue: V) -> V:
    """Under the rule of the view, which turns the refusal into a sentence."""

    @functools.wraps(vue)
    def comptee(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # Its public twin counts no GET.
        if not ratelimit.consume(
            request, app="allauth.account", action="couteux", user=request.user, limit_get=True
        ):
            raise ActionImpossible(TROP_DE_DOCUMENTS)
        return vue(request, *args, **kwargs)

    return comptee  # type: ignore[return-value]
