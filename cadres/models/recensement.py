"""A staff list sent by a DRH, between its deposit and its confirmation."""

from typing import TypeAlias

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cadres import mots
from cadres.requetes import ImportCadresQuerySet
from collectivites.communs.etats import dit_son_etat
from collectivites.models import Collectivite, Mandat, Tache


@dit_son_etat
class ImportCadres(models.Model):
    """One file. Its bytes are dropped as soon as they are read: only the diagnosis is kept."""

    Etat: TypeAlias = mots.EtatImport

    collectivite = models.ForeignKey(Collectivite, models.PROTECT, related_name="imports")
    mandat = models.ForeignKey(Mandat, models.PROTECT, related_name="imports")
    nom_fichier = models.CharField("fichier", max_length=200)
    contenu = models.BinaryField("contenu", null=True)
    etat = models.CharField(
        "état", max_length=12, choices=mots.EtatImport, default=mots.EtatImport.DEPOSE
    )
    diagnostic = models.JSONField("diagnostic", default=dict)
    correspondance = models.JSONField("correspondance des colonnes", default=dict)
    corrections = models.JSONField("corrections saisies", default=dict)
    resume = models.JSONField("résumé", default=dict)
    tache = models.ForeignKey(Tache, models.SET_NULL, related_name="+", null=True)
    depose_le = models.DateTimeField("déposé le", default=timezone.now)
    confirme_le = models.DateTimeField("confirmé le", null=True)

    objects = ImportCadresQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        ordering = ["-depose_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(etat="confirme", confirme_le__isnull=False)
                | (~Q(etat="confirme") & Q(confirme_le__isnull=True)),
                name="import_confirme_a_une_date",
                violation_error_message="Un import confirmé porte sa date.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom_fichier
