"""What the employers, and the firm that accompanies them, offer to the cadres of the démarche."""

from django.db import models
from django.db.models import Q

from collectivites.models import Collectivite
from parcours.regles import duree_texte
from parcours.sessions.requetes import PrestationQuerySet


class Prestation(models.Model):
    """A service that a collectivité already runs, or carries for the firm, and shares."""

    class Nature(models.TextChoices):
        ECOLE = "ecole", "École du management"
        ATELIER = "atelier", "Atelier"
        CODEVELOPPEMENT = "codeveloppement", "Codéveloppement"
        COACHING = "coaching", "Vivier de coachs"
        IMMERSION = "immersion", "Accueil en immersion"

    class Format(models.TextChoices):
        PRESENCE = "presence", "En présence"
        DISTANCE = "distance", "À distance"
        MIXTE = "mixte", "En présence et à distance"

    #: Whose HR answers for it, edits it and opens its sessions.
    collectivite = models.ForeignKey(Collectivite, models.PROTECT, related_name="prestations")
    nature = models.CharField("nature", max_length=16, choices=Nature)
    intitule = models.CharField("intitulé", max_length=120)
    description = models.TextField("ce que l’on y fait", blank=True)
    par_le_cabinet = models.BooleanField("proposée par le cabinet d’accompagnement", default=False)
    prestataire = models.CharField("animée par", max_length=160, blank=True)
    format = models.CharField("format", max_length=10, choices=Format, default=Format.PRESENCE)
    duree_minutes = models.PositiveIntegerField("durée, en minutes", default=180)
    lieu = models.CharField("lieu habituel", max_length=160, blank=True)
    cout = models.CharField("coût", max_length=200, blank=True)
    prerequis = models.CharField("prérequis", max_length=300, blank=True)
    archivee_le = models.DateTimeField("archivée le", null=True, blank=True)

    #: Annotated by `avec_places`.
    sessions_a_venir: int

    objects = PrestationQuerySet.as_manager()

    class Meta:
        verbose_name = "prestation"
        ordering = ["intitule", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collectivite", "intitule"],
                condition=Q(archivee_le__isnull=True),
                name="prestation_intitule_unique",
                violation_error_message="Votre collectivité offre déjà une prestation de ce nom.",
            ),
            models.CheckConstraint(
                condition=Q(duree_minutes__gte=15),
                name="prestation_dure",
                violation_error_message="Une prestation dure au moins 15 minutes.",
            ),
        ]

    def __str__(self) -> str:
        return self.intitule

    @property
    def duree(self) -> str:
        """« 45 min », « 7 h », « 1 h 30 »."""
        return duree_texte(self.duree_minutes)

    @property
    def est_archivee(self) -> bool:
        return self.archivee_le is not None
