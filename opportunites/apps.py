from django.apps import AppConfig


class OpportunitesConfig(AppConfig):
    name = "opportunites"
    verbose_name = "Opportunités et mobilités"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cadres.sections import DONNEES, PROCHAINES_ETAPES, SECTIONS
        from cadres.signaux import cadre_retire
        from opportunites import fiche, taches  # noqa: F401  registers the acts of the clock
        from opportunites.actions.retraits import apres_le_retrait

        SECTIONS.append(fiche.section)
        PROCHAINES_ETAPES.append(fiche.prochaines_etapes)
        DONNEES.append(fiche.donnees)
        cadre_retire.connect(apres_le_retrait, dispatch_uid="opportunites.apres_le_retrait")
