from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CollectivitesConfig(AppConfig):
    name = "collectivites"
    verbose_name = "Collectivités"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from collectivites.chaine.maillons import chainer_au_demarrage
        from collectivites.garanties.gardes import poser_les_gardes
        from collectivites.travaux import reprise  # noqa: F401 (an act of the clock)

        post_migrate.connect(poser_les_gardes, sender=self)
        post_migrate.connect(chainer_au_demarrage, sender=self)
