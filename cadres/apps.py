from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class CadresConfig(AppConfig):
    name = "cadres"
    verbose_name = "Registre des cadres"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Importing them registers their jobs and the acts of the clock.
        import cadres.candidature.rattachement
        import cadres.candidature.taches
        import cadres.donnees_personnelles.taches
        import cadres.fiche.taches
        import cadres.imports.taches
        import cadres.registre.en_nombre  # noqa: F401
        from cadres.models.gardes import lever_les_gardes, poser_les_gardes

        pre_migrate.connect(lever_les_gardes, sender=self)
        post_migrate.connect(poser_les_gardes, sender=self)
