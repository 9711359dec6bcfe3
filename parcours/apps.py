from django.apps import AppConfig


class ParcoursConfig(AppConfig):
    name = "parcours"
    verbose_name = "Parcours"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cadres import sections as sections_des_cadres
        from cadres.signaux import cadre_retire
        from parcours import sections
        from parcours.actions import interrompre_apres_retrait

        cadre_retire.connect(
            interrompre_apres_retrait, dispatch_uid="parcours.interrompre_apres_retrait"
        )
        sections_des_cadres.SECTIONS.append(sections.section_parcours)
        sections_des_cadres.PROCHAINES_ETAPES.append(sections.prochaines_etapes)
        sections_des_cadres.DONNEES.append(sections.donnees)
