from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, pre_migrate


class OpportunitesConfig(AppConfig):
    name = "opportunites"
    verbose_name = "Opportunités et mobilités"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Here and not at the top: models exist only once every app is loaded.
        from cadres import prises
        from collectivites.acteurs.requetes import MASQUES_DU_JOURNAL
        from opportunites.branchements import (
            donnees,
            effacement,
            fiche,
            immersions,
            lectures,
            retrait,
            taches,  # noqa: F401  registers the acts of the clock
        )
        from opportunites.campagne.agenda import dates_de_la_campagne
        from opportunites.communs.masques import confidences
        from opportunites.communs.pieces import effacer_la_piece
        from opportunites.dossier import donnees as dossier
        from opportunites.dossier.actions.report import reporter
        from opportunites.models.gardes import lever_les_gardes, poser_les_gardes
        from opportunites.models.gardes_des_employeurs import (
            lever_les_employeurs,
            poser_les_employeurs,
        )
        from opportunites.propositions.actions.reserves import REPORTER
        from parcours.sessions.agenda import DATES
        from parcours.sessions.souhaits import SOUHAITS

        lectures.brancher()
        if reporter not in REPORTER:
            REPORTER.append(reporter)
        prises.SECTIONS.brancher("opportunites", fiche.section)
        prises.PROCHAINES_ETAPES.brancher("opportunites", fiche.prochaines_etapes)
        prises.DONNEES.brancher("opportunites", donnees.donnees)
        prises.DONNEES.brancher("dossier", dossier.donnees)
        prises.EMPECHEMENTS.brancher("opportunites", effacement.empechement)
        prises.RETRAIT.brancher("opportunites", retrait.apres_le_retrait)
        DATES.brancher("opportunites", dates_de_la_campagne)
        SOUHAITS.brancher("opportunites", immersions.souhaits)
        prises.OUBLI.brancher("opportunites", effacement.apres_l_anonymisation)
        MASQUES_DU_JOURNAL["opportunites"] = confidences
        pre_migrate.connect(lever_les_gardes, sender=self)
        post_migrate.connect(poser_les_gardes, sender=self)
        pre_migrate.connect(lever_les_employeurs, sender=self, weak=False)
        post_migrate.connect(poser_les_employeurs, sender=self, weak=False)
        for modele in ("DossierASigner", "Opportunite", "ReponseOrigine", "Reserve", "RetourSigne"):
            post_delete.connect(
                effacer_la_piece,
                sender=f"opportunites.{modele}",
                dispatch_uid=f"opportunites.piece.{modele}",
            )
