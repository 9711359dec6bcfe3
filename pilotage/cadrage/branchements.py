"""What the cadrage plugs into the rooms below: its gates, its documents."""

from __future__ import annotations

from django.db.models.signals import post_delete, post_migrate, pre_migrate

from cadres import prises
from opportunites.communs.pieces import DOSSIERS, effacer_la_piece
from pilotage.cadrage.jalons.gardes import lever_les_gardes, poser_les_gardes
from pilotage.cadrage.jalons.predicats import refus_du_jalon
from pilotage.models import AccordElus, ActionCommunication, ClotureEtape, InformationElus


def brancher(application: object) -> None:
    prises.JALONS.brancher("cadrage", refus_du_jalon)
    for modele in (AccordElus, ActionCommunication, ClotureEtape, InformationElus):
        nom = str(modele._meta.model_name)
        DOSSIERS[modele] = f"cadrage/{nom}"
        post_delete.connect(effacer_la_piece, sender=modele, dispatch_uid=f"pilotage.piece.{nom}")
    pre_migrate.connect(lever_les_gardes, sender=application)
    post_migrate.connect(poser_les_gardes, sender=application)
