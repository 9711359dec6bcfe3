from django.apps import AppConfig
from django.core.checks import register


class ParcoursConfig(AppConfig):
    name = "parcours"
    verbose_name = "Parcours"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cadres import prises as sections_des_cadres
        from cadres.signaux import accompagnateur_change, cadre_anonymise, cadre_retire
        from parcours import taches  # noqa: F401  registers the clock's acts
        from parcours.coaching import sections as sections_coaching
        from parcours.coaching.actions.accompagnements import (
            sceller_apres_retrait,
            suivre_le_changement,
        )
        from parcours.controles import cles_du_coaching
        from parcours.effacement import apres_l_anonymisation, empechement
        from parcours.programme import sections
        from parcours.programme.actions.inscriptions import interrompre_apres_retrait

        register(cles_du_coaching)
        cadre_retire.connect(
            interrompre_apres_retrait, dispatch_uid="parcours.interrompre_apres_retrait"
        )
        cadre_retire.connect(sceller_apres_retrait, dispatch_uid="parcours.sceller_apres_retrait")
        accompagnateur_change.connect(
            suivre_le_changement, dispatch_uid="parcours.suivre_le_changement"
        )
        cadre_anonymise.connect(
            apres_l_anonymisation, dispatch_uid="parcours.apres_l_anonymisation"
        )
        sections_des_cadres.EMPECHEMENTS.append(empechement)
        sections_des_cadres.SECTIONS.append(sections.section_parcours)
        sections_des_cadres.SECTIONS.append(sections_coaching.section_coaching)
        sections_des_cadres.PROCHAINES_ETAPES.append(sections.prochaines_etapes)
        sections_des_cadres.DONNEES.append(sections.donnees)
        sections_des_cadres.DONNEES.append(sections_coaching.donnees)
