from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, pre_migrate, pre_save


class PilotageConfig(AppConfig):
    name = "pilotage"
    verbose_name = "Pilotage"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from collectivites.models import Utilisateur
        from opportunites.communs.pieces import DOSSIERS, effacer_la_piece
        from pilotage.accueil import recapitulatif  # noqa: F401  registers an act of the clock
        from pilotage.accueil.visites import retenir_la_visite
        from pilotage.cadrage.branchements import brancher
        from pilotage.indicateurs import arrete  # noqa: F401  registers an act of the clock
        from pilotage.journal import taches  # noqa: F401  registers an act of the clock
        from pilotage.models import DocumentCabinet, gardes, gardes_des_regles
        from pilotage.tableau_de_bord.publications import travaux  # noqa: F401  registers the jobs

        DOSSIERS[DocumentCabinet] = "cabinet"
        post_delete.connect(
            effacer_la_piece, sender=DocumentCabinet, dispatch_uid="pilotage.piece.cabinet"
        )
        for garde in (gardes, gardes_des_regles):
            pre_migrate.connect(garde.lever_les_gardes, sender=self)
            post_migrate.connect(garde.poser_les_gardes, sender=self)
        brancher(self)
        pre_save.connect(
            retenir_la_visite, sender=Utilisateur, dispatch_uid="pilotage.retenir_la_visite"
        )
