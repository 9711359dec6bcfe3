import functools
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse

from collectivites.garanties import mur


class Administration(admin.AdminSite):
    """Django's admin, for repair: superusers only, whatever `is_staff` says."""

    site_header = site_title = "Quatuor : administration"
    index_title = "Données"

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        @functools.wraps(view)
        def partout(*args: Any, **kwargs: Any) -> Any:
            with mur.partout():
                reponse = view(*args, **kwargs)
                return reponse.render() if isinstance(reponse, TemplateResponse) else reponse

        return super().admin_view(partout, cacheable)
