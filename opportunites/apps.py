from django.apps import AppConfig
from django.db.models.signals import post_delete


class OpportunitesConfig(AppConfig):
    name = "opportunites"
    verbose_name = "Opportunités et mobilités"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cadres import prises
        from opportunites import taches  # noqa: F401  registers the acts of the clock
        from opportunites.dossier import donnees, effacement
        from opportunites.dossier.pieces import effacer_la_piece
        from opportunites.propositions import sections
        from opportunites.propositions.actions.retraits import apres_le_retrait

        prises.SECTIONS.brancher("opportunites", sections.section)
        prises.PROCHAINES_ETAPES.brancher("opportunites", sections.prochaines_etapes)
        prises.DONNEES.brancher("opportunites", sections.donnees)
        prises.DONNEES.brancher("dossier", donnees.donnees)
        prises.EMPECHEMENTS.brancher("opportunites", effacement.empechement)
        prises.RETRAIT.brancher("opportunites", apres_le_retrait)
        prises.OUBLI.brancher("opportunites", effacement.apres_l_anonymisation)
        for modele in ("ReponseOrigine", "Reserve"):
            post_delete.connect(
                effacer_la_piece,
                sender=f"opportunites.{modele}",
                dispatch_uid=f"opportunites.piece.{modele}",
            )
