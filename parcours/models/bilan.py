"""How a parcours ends: the cadre's own bilan, and the exit without a move."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from collectivites.models import Mandat
from parcours import mots
from parcours.coaching.requetes import BilanQuerySet, SortieQuerySet
from parcours.models.promotion import Inscription
from parcours.models.scelle import TexteScelle


class Bilan(TexteScelle):
    """The cadre's: what was gained, what is wished, when. `texte`, sealed: in their own words.

    The employer is told that it was handed over, and on which day.
    """

    Etat = mots.EtatBilan

    class Voie(models.TextChoices):
        MANAGEMENT = "management", "Encadrer une équipe"
        EXPERTISE = "expertise", "Être expert ou chef de projet"
        LES_DEUX = "les_deux", "L’un ou l’autre"

    class Maturite(models.TextChoices):
        PRET = "pret", "Maintenant, si un poste convient"
        BIENTOT = "bientot", "Dans quelques mois"
        REFLEXION = "reflexion", "Encore en réflexion"
        RESTE = "reste", "À mon poste, pour l’instant"

    inscription = models.OneToOneField(Inscription, models.CASCADE, related_name="bilan")
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.BROUILLON)
    #: Codes of parcours.coaching.competences.COMPETENCES.
    competences = models.JSONField("compétences gagnées", default=list, blank=True)
    #: Names of parcours.coaching.competences.DOMAINES.
    domaines = models.JSONField("domaines souhaités", default=list, blank=True)
    #: Codes of collectivités.
    collectivites = models.JSONField("collectivités souhaitées", default=list, blank=True)
    voie = models.CharField("voie", max_length=12, choices=Voie, blank=True)
    distance_km = models.PositiveSmallIntegerField("distance, en km", null=True, blank=True)
    jours_teletravail = models.PositiveSmallIntegerField(
        "jours de télétravail par semaine", null=True, blank=True
    )
    disponible_des = models.DateField("disponible à partir du", null=True, blank=True)
    maturite = models.CharField("où vous en êtes", max_length=10, choices=Maturite, blank=True)
    modifie_le = models.DateTimeField("modifié le", default=timezone.now)
    remis_le = models.DateTimeField("remis le", null=True, blank=True)

    objects = BilanQuerySet.as_manager()

    class Meta:
        verbose_name = "bilan"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(etat=mots.EtatBilan.BROUILLON, remis_le__isnull=True)
                | (Q(etat=mots.EtatBilan.REMIS, remis_le__isnull=False) & ~Q(maturite="")),
                name="bilan_remis_a_une_date",
                violation_error_message="Un bilan remis porte sa date, et dit où vous en êtes.",
            ),
            models.CheckConstraint(
                condition=Q(jours_teletravail__isnull=True) | Q(jours_teletravail__lte=3),
                name="bilan_teletravail_trois_jours",
                violation_error_message="Le télétravail est de trois jours par semaine au plus.",
            ),
        ]

    def __str__(self) -> str:
        return f"bilan {self.pk}"

    def pour(self) -> str:
        return f"cadre {self.inscription.cadre_id}"


class Sortie(models.Model):
    """The parcours ends without a move, for now: said by somebody, on a day, with a next day."""

    inscription = models.OneToOneField(Inscription, models.CASCADE, related_name="sortie")
    dite_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")
    dite_le = models.DateTimeField("dite le", default=timezone.now)
    entretien_le = models.DateField("prochain échange")
    entretien_avec = models.CharField("avec", max_length=120)
    mot = models.TextField("mot à la personne")

    objects = SortieQuerySet.as_manager()

    class Meta:
        verbose_name = "sortie du parcours"
        verbose_name_plural = "sorties du parcours"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"sortie {self.pk}"
