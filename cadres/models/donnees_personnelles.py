"""What the person says of themselves, and what they ask to be corrected."""

from typing import ClassVar, TypeAlias

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cadres import mots
from cadres.fiche.referentiels import COMPETENCES, NIVEAUX, Competence
from cadres.models.cadre import Cadre
from cadres.requetes import CompetenceDiteQuerySet, DemandeCorrectionQuerySet
from collectivites.communs.etats import dit_son_etat
from collectivites.models import Mandat


class CompetenceDite(models.Model):
    """A skill and how far it goes, as the person states it. Nobody else writes it."""

    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="competences_dites")
    #: A code of cadres.fiche.referentiels.COMPETENCES.
    code = models.CharField("compétence", max_length=8)
    niveau = models.PositiveSmallIntegerField("niveau", choices=NIVEAUX)
    dite_le = models.DateTimeField("dite le", default=timezone.now)

    objects = CompetenceDiteQuerySet.as_manager()

    class Meta:
        verbose_name = "compétence"
        ordering = ["-niveau", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["cadre", "code"],
                name="competence_une_fois_par_cadre",
                violation_error_message="Cette compétence est déjà dans votre liste.",
            ),
            models.CheckConstraint(
                condition=Q(niveau__gte=1, niveau__lte=4),
                name="competence_niveau_de_1_a_4",
                violation_error_message="Un niveau va de 1 à 4.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.niveau}"

    @property
    def competence(self) -> Competence:
        """As the list names it; a code that left the list shows itself."""
        return COMPETENCES.get(self.code, Competence(self.code, "", self.code))


@dit_son_etat
class DemandeCorrection(models.Model):
    """« This is wrong »: what the person asks of their HR direction (GDPR article 16)."""

    class Champ(models.TextChoices):
        IDENTITE = "identite", "Mon nom, mon prénom ou ma civilité"
        COURRIEL = "courriel", "Mon courriel ou mon matricule"
        POSTE = "poste", "Mon poste, ma direction ou leur date"
        ENCADREMENT = "encadrement", "Les agents que j’encadre"
        STATUT = "statut", "Mon grade, mon échelon ou mon statut"
        DOMAINE = "domaine", "Ma famille de métiers"
        PROFIL = "profil", "Mon profil ou ce que la DRH vise pour moi"
        CANDIDATURE = "candidature", "Ma place dans la démarche et ses dates"
        AUTRE = "autre", "Autre chose"

    Etat: TypeAlias = mots.EtatCorrection

    #: The subject, as a third person writes it.
    OBJETS: ClassVar = {
        Champ.IDENTITE: "nom, prénom ou civilité",
        Champ.COURRIEL: "courriel ou matricule",
        Champ.POSTE: "poste, direction ou date d’arrivée",
        Champ.ENCADREMENT: "agents encadrés",
        Champ.STATUT: "grade, échelon ou statut",
        Champ.DOMAINE: "famille de métiers",
        Champ.PROFIL: "profil ou visées",
        Champ.CANDIDATURE: "place dans la démarche",
        Champ.AUTRE: "autre point",
    }

    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="corrections")
    champ = models.CharField("ce qui est faux", max_length=12, choices=Champ)
    explication = models.TextField("ce qu’il faut écrire à la place")
    etat = models.CharField(
        "état", max_length=8, choices=mots.EtatCorrection, default=mots.EtatCorrection.OUVERTE
    )
    deposee_le = models.DateTimeField("déposée le", default=timezone.now)
    reponse = models.TextField("réponse de la DRH, lue par la personne", blank=True)
    repondue_le = models.DateTimeField("répondue le", null=True, blank=True)
    repondue_par = models.ForeignKey(
        Mandat, models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = DemandeCorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = "demande de correction"
        verbose_name_plural = "demandes de correction"
        ordering = ["-deposee_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(etat="ouverte", repondue_le__isnull=True)
                | (~Q(etat="ouverte") & Q(repondue_le__isnull=False)),
                name="correction_repondue_a_une_date",
                violation_error_message="Une réponse porte sa date.",
            ),
            models.UniqueConstraint(
                fields=["cadre", "champ"],
                condition=Q(etat="ouverte"),
                name="correction_une_ouverte_par_sujet",
                violation_error_message=(
                    "Une demande sur ce point attend déjà la réponse de votre DRH."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_champ_display()} · {self.get_etat_display()}"

    @property
    def objet(self) -> str:
        return self.OBJETS[self.Champ(self.champ)]
