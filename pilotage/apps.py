from django.apps import AppConfig


class PilotageConfig(AppConfig):
    name = "pilotage"
    verbose_name = "Pilotage"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from pilotage.signaux import retenir_la_visite

        user_logged_in.connect(retenir_la_visite, dispatch_uid="pilotage.retenir_la_visite")
