from django.apps import AppConfig


class OpportunitesConfig(AppConfig):
    name = "opportunites"
    verbose_name = "Opportunités et mobilités"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.models.signals import post_delete

        from cadres.prises import DONNEES, EMPECHEMENTS, PROCHAINES_ETAPES, SECTIONS
        from cadres.signaux import cadre_anonymise, cadre_retire
        from opportunites import taches  # noqa: F401  registers the acts of the clock
        from opportunites.dossier import donnees as donnees_dossier
        from opportunites.dossier.effacement import apres_l_anonymisation, empechement
        from opportunites.dossier.pieces import effacer_la_piece
        from opportunites.propositions import sections as fiche
        from opportunites.propositions.actions.retraits import apres_le_retrait

        SECTIONS.append(fiche.section)
        PROCHAINES_ETAPES.append(fiche.prochaines_etapes)
        DONNEES.append(fiche.donnees)
        DONNEES.append(donnees_dossier.donnees)
        post_delete.connect(
            effacer_la_piece,
            sender="opportunites.ReponseOrigine",
            dispatch_uid="opportunites.piece",
        )
        post_delete.connect(
            effacer_la_piece,
            sender="opportunites.Reserve",
            dispatch_uid="opportunites.piece_de_reserve",
        )
        EMPECHEMENTS.append(empechement)
        cadre_anonymise.connect(
            apres_l_anonymisation, dispatch_uid="opportunites.apres_l_anonymisation"
        )
        cadre_retire.connect(apres_le_retrait, dispatch_uid="opportunites.apres_le_retrait")
