from django.apps import AppConfig


class PilotageConfig(AppConfig):
    name = "pilotage"
    verbose_name = "Pilotage"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in
        from django.db.models.signals import post_save

        from collectivites.models import EntreeJournal
        from parcours.sessions.actions import rappels
        from pilotage.accueil.a_faire import attentes_de
        from pilotage.accueil.compte import oublier_les_comptes
        from pilotage.accueil.signaux import retenir_la_visite
        from pilotage.indicateurs import arrete  # noqa: F401  registers the clock's act

        user_logged_in.connect(retenir_la_visite, dispatch_uid="pilotage.retenir_la_visite")
        post_save.connect(
            oublier_les_comptes, sender=EntreeJournal, dispatch_uid="pilotage.oublier_les_comptes"
        )
        # Monday's digest says all that waits for the person, from every room.
        rappels.SOURCES[:] = [attentes_de]
