from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CadresConfig(AppConfig):
    name = "cadres"
    verbose_name = "Registre des cadres"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cadres import taches  # noqa: F401  registers the jobs
        from cadres.gardes import poser_l_index

        post_migrate.connect(poser_l_index, sender=self)
