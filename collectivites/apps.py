from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate

from collectivites.garanties import choix

# Before any model is declared: each receives the constraints of its choices.
choix.brancher()


class CollectivitesConfig(AppConfig):
    name = "collectivites"
    verbose_name = "Collectivités"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from collectivites.chaine.maillons import chainer_au_demarrage
        from collectivites.garanties.droits import poser_les_droits
        from collectivites.garanties.gardes import poser_les_gardes
        from collectivites.garanties.gardes_des_delegations import (
            lever_les_delegations,
            poser_les_delegations,
        )
        from collectivites.garanties.politiques import lever_les_politiques, poser_les_politiques
        from collectivites.travaux import reprise  # noqa: F401 (an act of the clock)

        pre_migrate.connect(lever_les_politiques, sender=self)
        pre_migrate.connect(lever_les_delegations, sender=self, weak=False)
        post_migrate.connect(poser_les_gardes, sender=self)
        post_migrate.connect(poser_les_delegations, sender=self, weak=False)
        post_migrate.connect(poser_les_politiques, sender=self)
        post_migrate.connect(poser_les_droits, sender=self)
        post_migrate.connect(chainer_au_demarrage, sender=self)
