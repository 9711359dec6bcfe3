from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate, pre_migrate


class ParcoursConfig(AppConfig):
    name = "parcours"
    verbose_name = "Parcours"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cadres import prises
        from collectivites.acteurs.requetes import MASQUES_DU_JOURNAL
        from collectivites.garanties.secret import controler_les_cles
        from parcours.apres.reseau import actions as reseau
        from parcours.apres.reseau import donnees as donnees_du_reseau
        from parcours.branchements import effacement, lectures, taches  # noqa: F401  registers the clock's acts
        from parcours.coaching import sections as coaching
        from parcours.coaching.actions import accompagnements
        from parcours.models.gardes import lever_les_places, poser_les_places
        from parcours.programme import sections as programme
        from parcours.programme.actions.inscriptions import interrompre_apres_retrait
        from parcours.sessions.requetes import non_dites

        lectures.brancher()
        MASQUES_DU_JOURNAL["parcours"] = non_dites
        register(controler_les_cles)
        prises.SECTIONS.brancher("programme", programme.section_parcours)
        prises.SECTIONS.brancher("coaching", coaching.section_coaching)
        prises.PROCHAINES_ETAPES.brancher("programme", programme.prochaines_etapes)
        prises.DONNEES.brancher("programme", programme.donnees)
        prises.PLACES.brancher("programme", programme.places_libres)
        prises.DONNEES.brancher("coaching", coaching.donnees)
        prises.EMPECHEMENTS.brancher("parcours", effacement.empechement)
        prises.RETRAIT.brancher("programme", interrompre_apres_retrait)
        prises.RETRAIT.brancher("coaching", accompagnements.sceller_apres_retrait)
        prises.RETRAIT.brancher("reseau", reseau.oublier)
        prises.DONNEES.brancher("reseau", donnees_du_reseau.donnees)
        prises.CONFIE.brancher("coaching", accompagnements.suivre_le_changement)
        prises.OUBLI.brancher("parcours", effacement.apres_l_anonymisation)
        pre_migrate.connect(lever_les_places, sender=self, weak=False)
        post_migrate.connect(poser_les_places, sender=self, weak=False)
