"""The file that follows an acceptance until the person sits at their new desk."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cadres.models import Cadre
from collectivites.models import Collectivite, Poste
from opportunites.models.proposition import Proposition
from opportunites.requetes import MobiliteQuerySet


class Mobilite(models.Model):
    """One move. It keeps where the person came from, since their file will say where they are."""

    class Etat(models.TextChoices):
        OUVERTE = "ouverte", "En préparation"
        EFFECTIVE = "effective", "Effective"
        ABANDONNEE = "abandonnee", "Abandonnée"

    class Voie(models.TextChoices):
        """Statutory routes (CGFP); see `referentiels/voies_mobilite.csv`."""

        MUTATION = "MUTATION", "Mutation"
        DETACHEMENT_LONG = "DETACHEMENT_LONG", "Détachement de longue durée"
        DETACHEMENT_COURT = "DETACHEMENT_COURT", "Détachement de courte durée"
        DETACHEMENT_EF = "DETACHEMENT_EF", "Détachement sur emploi fonctionnel"
        INTEGRATION_DIRECTE = "INTEGRATION_DIRECTE", "Intégration directe"
        MAD = "MAD", "Mise à disposition"
        AFFECTATION_INTERNE = "AFFECTATION_INTERNE", "Changement d’affectation interne"
        CONTRAT_CDD = "CONTRAT_CDD", "Nouveau contrat"
        PORTABILITE_CDI = "PORTABILITE_CDI", "Portabilité du CDI"

    proposition = models.OneToOneField(Proposition, models.PROTECT, related_name="mobilite")
    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="mobilites")
    collectivite_origine = models.ForeignKey(
        Collectivite, models.PROTECT, related_name="mobilites_sortantes"
    )
    collectivite_accueil = models.ForeignKey(
        Collectivite, models.PROTECT, related_name="mobilites_entrantes"
    )
    poste_origine = models.ForeignKey(
        Poste, models.PROTECT, related_name="mobilites_sortantes", null=True, blank=True
    )
    poste_accueil = models.ForeignKey(Poste, models.PROTECT, related_name="mobilites_entrantes")
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.OUVERTE)
    voie = models.CharField("voie statutaire", max_length=20, choices=Voie, blank=True)
    demande_recue_le = models.DateField(
        "demande reçue par l’employeur d’origine le", null=True, blank=True
    )
    date_effet = models.DateField("date d’effet", null=True, blank=True)
    anciennete_origine_jours = models.PositiveIntegerField(
        "jours passés dans le poste quitté", null=True, blank=True
    )
    ouverte_le = models.DateTimeField("ouverte le", default=timezone.now)
    effective_le = models.DateTimeField("constatée le", null=True, blank=True)
    abandonnee_le = models.DateTimeField("abandonnée le", null=True, blank=True)
    motif_abandon = models.TextField("motif de l’abandon", blank=True)

    objects = MobiliteQuerySet.as_manager()

    class Meta:
        verbose_name = "mobilité"
        ordering = ["-ouverte_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(etat="effective")
                | (Q(effective_le__isnull=False, date_effet__isnull=False) & ~Q(voie="")),
                name="mobilite_effective_complete",
                violation_error_message=(
                    "Une mobilité effective porte sa voie statutaire et sa date d’effet."
                ),
            ),
            models.CheckConstraint(
                condition=Q(poste_origine__isnull=True) | ~Q(poste_origine=F("poste_accueil")),
                name="mobilite_change_de_poste",
                violation_error_message="Le poste d’accueil doit différer du poste quitté.",
            ),
            models.UniqueConstraint(
                fields=["cadre"],
                condition=Q(etat="ouverte"),
                name="mobilite_une_ouverte_par_cadre",
                violation_error_message="Un dossier de mobilité est déjà ouvert pour ce cadre.",
            ),
            models.UniqueConstraint(
                fields=["poste_accueil"],
                condition=Q(etat="ouverte"),
                name="mobilite_une_ouverte_par_poste",
                violation_error_message="Un dossier de mobilité est déjà ouvert vers ce poste.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collectivite_origine.initiale} → {self.collectivite_accueil.initiale}"
