"""What the consulting firm prepares for the employers of a démarche."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any, Self
from uuid import uuid4

from django.db import models
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Demarche, Mandat
from collectivites.mots import Role


class DocumentCabinetQuerySet(models.QuerySet[Any]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """The DGS and DRH of the démarche, and the firm that advises it."""
        if not acteur.est(Role.DGS, Role.DRH, Role.CABINET):
            return self.none()
        return self.filter(demarche=acteur.demarche)


def chemin_du_document(document: DocumentCabinet, nom: str) -> str:
    """Under MEDIA_ROOT, which no URL serves; the name given by the person is kept in the row."""
    return f"cabinet/{uuid4().hex}{PurePosixPath(nom).suffix.lower()}"


class DocumentCabinet(models.Model):
    """A document deposited by the firm; another version is another row. Withdrawn, it stays unread."""

    demarche = models.ForeignKey(Demarche, models.PROTECT, related_name="documents_cabinet")
    titre = models.CharField("titre", max_length=160)
    usage = models.CharField("à quoi il sert", max_length=300, blank=True)
    piece = models.FileField("document", upload_to=chemin_du_document, max_length=200)
    nom_piece = models.CharField("nom du document", max_length=120)
    depose_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")
    depose_le = models.DateTimeField("déposé le", default=timezone.now)
    retire_le = models.DateTimeField("retiré le", null=True)

    objects = DocumentCabinetQuerySet.as_manager()

    class Meta:
        verbose_name = "document du cabinet"
        verbose_name_plural = "documents du cabinet"
        ordering = ["-depose_le", "-pk"]

    def __str__(self) -> str:
        return self.titre
