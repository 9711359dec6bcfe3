"""The file that follows an acceptance until the person sits at their new desk."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cadres.models import Cadre
from collectivites.communs.etats import dit_son_etat
from collectivites.communs.typographie import est_pluriel, nombre_texte
from collectivites.models import Collectivite, Poste
from opportunites import mots
from opportunites.dossier.droit.textes import voies_admises
from opportunites.dossier.requetes import MobiliteQuerySet
from opportunites.models.proposition import Proposition


@dit_son_etat
class Mobilite(models.Model):
    """One move. It keeps where the person came from, since their file will say where they are."""

    Etat = mots.EtatMobilite
    Voie = mots.Voie
    Reponse = mots.Reponse
    Services = mots.Services
    REPONSES_FAVORABLES: ClassVar = mots.REPONSES_FAVORABLES

    #: A yes taken back within the day, then given again, opens another file: what the origin had
    #: answered to the first one is not an answer to the second.
    proposition = models.ForeignKey(Proposition, models.PROTECT, related_name="mobilites")
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
    voie = models.CharField("voie statutaire", max_length=20, choices=voies_admises, blank=True)
    #: The person's own written request: the two months of L511-3 run from its reception.
    demande_faite_le = models.DateField("demande écrite de la personne le", null=True, blank=True)
    demande_recue_le = models.DateField(
        "demande reçue par l’employeur d’origine le", null=True, blank=True
    )
    date_souhaitee = models.DateField("date souhaitée par l’accueil", null=True, blank=True)
    reponse_origine = models.CharField(
        "réponse de l’employeur d’origine", max_length=10, choices=Reponse, blank=True
    )
    date_convenue = models.DateField(
        "date convenue avec l’employeur d’origine", null=True, blank=True
    )
    date_effet = models.DateField("date d’effet", null=True, blank=True)
    #: An emploi fonctionnel is protected six months again after each designation (CGFP L544-1).
    designation_le = models.DateField(
        "dernière désignation de l’autorité territoriale", null=True, blank=True
    )
    preavis_six_mois = models.BooleanField(
        "le statut particulier porte le préavis à six mois", default=False
    )
    anciennete_services = models.CharField(
        "services chez l’employeur d’origine", max_length=12, choices=Services, blank=True
    )
    titularise_le = models.DateField(
        "titularisation",
        null=True,
        blank=True,
        help_text="Sert au seul calcul de l’indemnité de formation (CGFP L512-25).",
    )
    cet_jours = models.DecimalField(
        "solde du compte épargne-temps, en jours",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
    )
    cet_convention = models.BooleanField("convention financière signée", null=True, blank=True)
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
                condition=~Q(etat=mots.EtatMobilite.EFFECTIVE)
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
            models.CheckConstraint(
                condition=Q(reponse_origine="") | Q(demande_recue_le__isnull=False),
                name="mobilite_reponse_a_une_demande",
                violation_error_message="Une réponse suit une demande, dont la date est connue.",
            ),
            models.CheckConstraint(
                condition=Q(demande_faite_le__isnull=True)
                | Q(demande_recue_le__isnull=True)
                | Q(demande_recue_le__gte=F("demande_faite_le")),
                name="mobilite_demande_recue_apres_etre_faite",
                violation_error_message="Une demande ne peut pas être reçue avant d’être faite.",
            ),
            models.CheckConstraint(
                condition=Q(cet_jours__isnull=True) | Q(cet_jours__gte=0),
                name="mobilite_cet_positif",
                violation_error_message="Le solde du compte épargne-temps ne peut pas être négatif.",
            ),
            models.CheckConstraint(
                condition=~Q(collectivite_origine=F("collectivite_accueil")),
                name="mobilite_entre_deux_employeurs",
                violation_error_message="Une mobilité va d’un employeur à un autre.",
            ),
            models.UniqueConstraint(
                fields=["poste_accueil", "date_effet"],
                condition=Q(etat=mots.EtatMobilite.EFFECTIVE),
                name="mobilite_une_effective_par_jour",
                violation_error_message="Ce poste reçoit déjà quelqu’un à cette date.",
            ),
            models.UniqueConstraint(
                fields=["proposition"],
                condition=~Q(etat=mots.EtatMobilite.ABANDONNEE),
                name="mobilite_une_vivante_par_proposition",
                violation_error_message="Cette proposition a déjà son dossier de mobilité.",
            ),
            models.UniqueConstraint(
                fields=["cadre"],
                condition=Q(etat=mots.EtatMobilite.OUVERTE),
                name="mobilite_une_ouverte_par_cadre",
                violation_error_message="Un dossier de mobilité est déjà ouvert pour ce cadre.",
            ),
            models.UniqueConstraint(
                fields=["poste_accueil"],
                condition=Q(etat=mots.EtatMobilite.OUVERTE),
                name="mobilite_une_ouverte_par_poste",
                violation_error_message="Un dossier de mobilité est déjà ouvert vers ce poste.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collectivite_origine.initiale} → {self.collectivite_accueil.initiale}"

    @property
    def cet_texte(self) -> str:
        """« 22 jours », « 0,5 jour »; empty when the balance is unknown."""
        if self.cet_jours is None:
            return ""
        jours = Decimal(self.cet_jours)
        nombre = nombre_texte(jours, 0 if jours == jours.to_integral_value() else 1)
        return f"{nombre}\u00a0{'jours' if est_pluriel(jours) else 'jour'}"
