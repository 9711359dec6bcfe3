"""Some days with another employer, to see from inside (décret n° 2022-1043); what a service offers of them."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cadres.models import Cadre
from collectivites.communs.etats import dit_son_etat
from collectivites.models import Collectivite
from collectivites.models.familles import AvecFamille, famille_dite
from parcours import mots
from parcours.models.agenda import Datable
from parcours.regles import IMMERSION_JOURS_MAX, IMMERSION_JOURS_MIN, periode_texte
from parcours.sessions.requetes import ImmersionQuerySet, OffreImmersionQuerySet

E = mots.EtatImmersion


#: A service receives a few people in a year, not a class.
PLACES_MAX = 20


class OffreImmersion(AvecFamille):
    """A service, a period, so many people: each asks for their own days in it (`Immersion.offre`)."""

    collectivite = models.ForeignKey(
        Collectivite, models.PROTECT, related_name="offres_d_immersion"
    )
    service = models.CharField("service d’accueil", max_length=160)
    lieu = models.CharField("lieu", max_length=160, blank=True)
    fonctions = models.TextField("ce que l’on y observe", max_length=1000)
    debut = models.DateField("à partir du")
    fin = models.DateField("jusqu’au")
    #: Working days of one person, at most.
    nb_jours = models.PositiveSmallIntegerField("jours par personne, au plus")
    #: People over the whole period.
    places = models.PositiveSmallIntegerField("personnes accueillies, en tout")
    #: How many are taken: given by `avec_prises`.
    prises: int
    contact_nom = models.CharField("personne à contacter", max_length=120)
    contact_courriel = models.EmailField("son courriel", max_length=254, blank=True)
    contact_telephone = models.CharField("son téléphone", max_length=40, blank=True)
    publiee_le = models.DateTimeField("publiée le", default=timezone.now)
    close_le = models.DateTimeField("close le", null=True, blank=True)

    objects = OffreImmersionQuerySet.as_manager()

    class Meta:
        verbose_name = "offre d’immersion"
        verbose_name_plural = "offres d’immersion"
        ordering = ["debut", "pk"]
        constraints = [
            famille_dite("offreimmersion"),
            models.CheckConstraint(
                condition=Q(nb_jours__range=(IMMERSION_JOURS_MIN, IMMERSION_JOURS_MAX)),
                name="offre_de_2_a_10_jours",
                violation_error_message="Une immersion dure de 2 à 10 jours ouvrés.",
            ),
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=PLACES_MAX),
                name="offre_a_des_places",
                violation_error_message=f"Une offre accueille de 1 à {PLACES_MAX} personnes.",
            ),
            models.CheckConstraint(
                condition=Q(fin__gt=F("debut")),
                name="offre_finit_apres_son_debut",
                violation_error_message="La période doit finir après son début.",
            ),
        ]

    def __str__(self) -> str:
        return self.service

    @property
    def periode(self) -> str:
        """« du 4 janvier au 26 mars 2027 »."""
        return periode_texte(self.debut, self.fin)

    @property
    def est_close(self) -> bool:
        return self.close_le is not None

    @property
    def est_passee(self) -> bool:
        """No day of it is left to ask for."""
        return self.fin <= timezone.localdate()


@dit_son_etat
class Immersion(Datable):
    """A request, what both employers answered, and the tripartite agreement that follows."""

    Etat = mots.EtatImmersion

    #: They count in the 20 days over 3 years.
    ETATS_COMPTES: ClassVar = mots.IMMERSIONS_COMPTEES
    ETATS_ACCORDES: ClassVar = mots.IMMERSIONS_ACCORDEES

    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="immersions")
    #: The employer when asked: a later move does not rewrite who signed.
    collectivite_origine = models.ForeignKey(Collectivite, models.PROTECT, related_name="+")
    collectivite_accueil = models.ForeignKey(
        Collectivite, models.PROTECT, related_name="immersions_accueillies"
    )
    #: The offer that the person answered, which counts its places; none when they chose the place alone.
    offre = models.ForeignKey(
        OffreImmersion, models.PROTECT, related_name="immersions", null=True, blank=True
    )
    service = models.CharField("service d’accueil", max_length=160)
    lieu = models.CharField("lieu", max_length=160, blank=True)
    fonctions = models.TextField("fonctions observées")
    motivation = models.TextField("pourquoi cette immersion")
    #: ISO days, in order: working days, in a row or not.
    jours = models.JSONField("jours", default=list)
    nb_jours = models.PositiveSmallIntegerField("jours ouvrés")
    debut = models.DateField("premier jour")
    fin = models.DateField("dernier jour")
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.DEMANDEE)
    demandee_le = models.DateTimeField("demandée le", default=timezone.now)
    #: When the person let their employer know. Before it, the employer reads nothing of this.
    montree_le = models.DateTimeField("montrée à l’employeur le", null=True, blank=True)
    repondre_avant = models.DateField("réponse avant le")
    #: Asked less than three months ahead: each employer agrees to it by granting.
    delai_reduit = models.BooleanField("délai réduit d’un commun accord", default=False)
    accord_origine_le = models.DateTimeField("accord de l’employeur", null=True, blank=True)
    accord_accueil_le = models.DateTimeField("accord de l’accueil", null=True, blank=True)
    motif = models.TextField("motif du refus ou du report, lu par la personne", blank=True)
    reporter_apres = models.DateField("à partir du", null=True, blank=True)
    signee_le = models.DateField("convention signée le", null=True, blank=True)
    revision = models.PositiveSmallIntegerField("révision", default=0)

    objects = ImmersionQuerySet.as_manager()

    class Meta:
        verbose_name = "immersion"
        ordering = ["-debut", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nb_jours__range=(IMMERSION_JOURS_MIN, IMMERSION_JOURS_MAX)),
                name="immersion_de_2_a_10_jours",
                violation_error_message="Une immersion dure de 2 à 10 jours ouvrés.",
            ),
            models.CheckConstraint(
                condition=Q(fin__gt=F("debut")),
                name="immersion_finit_apres_son_debut",
                violation_error_message="L’immersion doit finir après son début.",
            ),
            models.CheckConstraint(
                condition=~Q(collectivite_origine=F("collectivite_accueil")),
                name="immersion_ailleurs",
                violation_error_message="Une immersion se fait chez un autre employeur.",
            ),
            models.CheckConstraint(
                condition=Q(accord_origine_le__isnull=True) | Q(montree_le__isnull=False),
                name="immersion_montree_avant_l_accord",
                violation_error_message="L’employeur n’accorde que ce que la personne lui a montré.",
            ),
            models.CheckConstraint(
                condition=Q(offre__isnull=False) | Q(montree_le__isnull=False),
                name="immersion_cachee_sur_offre",
                violation_error_message="Seule la réponse à une offre se demande à l’accueil d’abord.",
            ),
            models.UniqueConstraint(
                fields=["offre", "cadre"],
                condition=Q(etat__in=mots.IMMERSIONS_COMPTEES),
                name="immersion_une_par_offre",
                violation_error_message="Vous avez déjà demandé des jours de cette offre.",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=[E.REFUSEE, E.REPORTEE]) | ~Q(motif=""),
                name="immersion_refus_motive",
                violation_error_message="Un refus ou un report porte son motif.",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=[E.ACCORDEE, E.CONVENTION, E.REALISEE])
                | Q(accord_origine_le__isnull=False, accord_accueil_le__isnull=False),
                name="immersion_accordee_par_les_deux",
                violation_error_message="Les deux employeurs accordent une immersion.",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=[E.CONVENTION, E.REALISEE]) | Q(signee_le__isnull=False),
                name="immersion_convention_signee",
                violation_error_message="Une convention signée porte sa date.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} · {self.get_etat_display()}"

    @property
    def dates(self) -> list[date]:
        return [date.fromisoformat(jour) for jour in self.jours]

    @property
    def est_accordee(self) -> bool:
        """Both employers said yes: there is an agreement, and days in the calendar."""
        return self.etat in mots.IMMERSIONS_ACCORDEES

    @property
    def est_montree(self) -> bool:
        """The person's employer knows of it."""
        return self.montree_le is not None

    @property
    def est_en_attente(self) -> bool:
        return self.etat == self.Etat.DEMANDEE
