"""Days that a service of one of the four offers to the cadres of the others."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from collectivites.models import Collectivite
from collectivites.models.familles import AvecFamille, famille_dite
from parcours.regles import IMMERSION_JOURS_MAX, IMMERSION_JOURS_MIN, periode_texte
from parcours.sessions.requetes import OffreImmersionQuerySet

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
