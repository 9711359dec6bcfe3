from django.apps import AppConfig


class CadresConfig(AppConfig):
    name = "cadres"
    verbose_name = "Registre des cadres"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cadres import taches  # noqa: F401  registers the jobs
