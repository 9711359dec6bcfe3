from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    default_site = "mobility.administration.Administration"

    def ready(self) -> None:
        super().ready()
        from mobility import (
            admin,  # noqa: F401  registers the models of every room
            controles,  # noqa: F401  registers what `check --deploy` says of ours
        )
