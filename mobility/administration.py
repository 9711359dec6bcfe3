from django.contrib import admin
from django.http import HttpRequest


class Administration(admin.AdminSite):
    """Django's admin, for repair: superusers only, whatever `is_staff` says."""

    site_header = site_title = "Quatuor : administration"
    index_title = "Données"

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)
