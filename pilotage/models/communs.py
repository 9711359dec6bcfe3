"""What the models of the room share: who reads what belongs to a démarche, where documents lie."""

from pathlib import PurePosixPath
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.db import models

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import ROLES_EMPLOYEUR, Role

#: Who reads the feuille de route, the gates, what élus were told, the plan de communication.
LECTEURS = ROLES_EMPLOYEUR


class DeLaDemarcheQuerySet(models.QuerySet[Any]):
    """`chemin`: from the row to its démarche."""

    chemin: ClassVar[str] = "demarche"
    lecteurs: ClassVar = LECTEURS | {Role.CABINET}

    def de(self, demarche: Any) -> Self:
        return self.filter(**{self.chemin: demarche})

    def visibles_par(self, acteur: Acteur) -> Self:
        """The employers of the démarche, the firm that advises them, and they alone."""
        if acteur.role not in self.lecteurs:
            return self.none()
        return self.de(acteur.demarche)


class DeLaCollectiviteQuerySet(DeLaDemarcheQuerySet):
    """What one employer says, and the others of the démarche read."""

    chemin = "collectivite__demarche"
    lecteurs = LECTEURS


def chemin_de_la_piece(ligne: models.Model, nom: str) -> str:
    """Under MEDIA_ROOT, which no URL serves; the name given by the person is kept in the row."""
    dossier = ligne._meta.model_name
    return f"cadrage/{dossier}/{uuid4().hex}{PurePosixPath(nom).suffix.lower()}"


class AvecPiece(models.Model):
    """A row that bears a document."""

    piece = models.FileField("document", upload_to=chemin_de_la_piece, max_length=200, blank=True)
    nom_piece = models.CharField("nom du document", max_length=120, blank=True)

    class Meta:
        abstract = True
