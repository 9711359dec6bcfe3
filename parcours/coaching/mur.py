"""What the pages behind the wall add to a view: nothing of them is kept, nor reported."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

Vue = Callable[..., HttpResponse]


def derriere_le_mur(vue: Vue) -> Vue:
    """Neither the browser nor a proxy keeps the page, nor the device a draft once the tab is
    closed; an error report does not quote the form."""

    def avec_reserve(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        request.derriere_le_mur = True  # base.html: what is typed there stays in its tab
        reponse = vue(request, *args, **kwargs)
        reponse["Cache-Control"] = "private, no-store"
        return reponse

    avec_reserve.__name__, avec_reserve.__doc__ = vue.__name__, vue.__doc__
    avec_reserve.__module__ = vue.__module__
    protegee: Vue = never_cache(sensitive_post_parameters()(avec_reserve))
    return protegee
