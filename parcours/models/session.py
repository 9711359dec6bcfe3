"""Sessions of the catalogue, and who holds a place in them."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cadres.models import Cadre
from collectivites.communs.etats import dit_son_etat
from collectivites.communs.typographie import enumerer
from collectivites.models import Mandat
from parcours import mots
from parcours.models.agenda import Datable
from parcours.models.catalogue import Prestation
from parcours.regles import plage_texte
from parcours.sessions.requetes import InscriptionSessionQuerySet, SessionQuerySet

E = mots.EtatPlace


@dit_son_etat
class Session(Datable):
    """One date of a prestation. An all-day one runs from midnight to midnight, Paris time."""

    Etat = mots.EtatSession

    prestation = models.ForeignKey(Prestation, models.PROTECT, related_name="sessions")
    debut = models.DateTimeField("début")
    fin = models.DateTimeField("fin")
    journee_entiere = models.BooleanField("journée entière", default=False)
    #: Several half-days: [[début, fin], …] in ISO 8601, in order; `debut` and `fin` are their bounds.
    plages = models.JSONField("demi-journées", default=list, blank=True)
    lieu = models.CharField("lieu", max_length=160, blank=True)
    capacite = models.PositiveSmallIntegerField("nombre de places", default=12)
    inscription_avant = models.DateTimeField("inscription avant le")
    #: Minimum fairness: so many places kept for each collectivité, until a day (included).
    places_gardees = models.PositiveSmallIntegerField(
        "places gardées pour chaque collectivité", default=0
    )
    gardees_jusquau = models.DateField("gardées jusqu’au", null=True, blank=True)
    animateur = models.ForeignKey(
        Mandat, models.SET_NULL, related_name="sessions_animees", null=True, blank=True
    )
    etat = models.CharField("état", max_length=8, choices=Etat, default=Etat.OUVERTE)
    motif = models.CharField("motif de l’annulation", max_length=300, blank=True)
    annulee_le = models.DateTimeField("annulée le", null=True, blank=True)

    #: Annotated by `avec_places`.
    prises: int
    attentes: int

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = "session"
        ordering = ["debut", "pk"]
        indexes = [models.Index(fields=["etat", "debut"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__gt=F("debut")),
                name="session_finit_apres_son_debut",
                violation_error_message="La session doit finir après son début.",
            ),
            models.CheckConstraint(
                condition=Q(capacite__gte=1),
                name="session_a_des_places",
                violation_error_message="Une session compte au moins une place.",
            ),
            models.CheckConstraint(
                condition=Q(inscription_avant__lte=F("debut")),
                name="session_inscription_avant_le_debut",
                violation_error_message="L’inscription se ferme au plus tard quand la session commence.",
            ),
            models.CheckConstraint(
                condition=Q(places_gardees=0) | Q(gardees_jusquau__isnull=False),
                name="session_places_gardees_jusqu_a_un_jour",
                violation_error_message="Dites jusqu’à quel jour les places sont gardées.",
            ),
        ]

    def __str__(self) -> str:
        return self.quand

    @property
    def quand(self) -> str:
        """« mardi 23 mars 2027, de 9 h à 17 h »; each half-day when there are several."""
        if self.plages:
            return enumerer([plage_texte(*plage) for plage in self.demi_journees])
        return plage_texte(self.debut, self.fin, journee_entiere=self.journee_entiere)

    @property
    def demi_journees(self) -> list[tuple[datetime, datetime]]:
        """When people are expected: one range, or each half-day."""
        if not self.plages:
            return [(self.debut, self.fin)]
        return [(datetime.fromisoformat(d), datetime.fromisoformat(f)) for d, f in self.plages]

    @property
    def est_commencee(self) -> bool:
        return self.debut <= timezone.now()

    @property
    def est_inscriptible(self) -> bool:
        """Somebody may still ask for a place."""
        return self.etat == self.Etat.OUVERTE and timezone.now() < self.inscription_avant

    @property
    def garde_des_places(self) -> bool:
        """Whether places are still kept for each collectivité."""
        jusquau = self.gardees_jusquau
        return bool(self.places_gardees and jusquau and timezone.localdate() <= jusquau)


@dit_son_etat
class InscriptionSession(Datable):
    """One person in one session. Whoever is in holds a numbered seat, which nobody else may hold.

    `revision` is the SEQUENCE of the calendar file, and the occasion of each mail.
    """

    Etat = mots.EtatPlace

    #: Those who hold a seat.
    ETATS_ASSIS: ClassVar = mots.PLACES_ASSISES
    #: Those whom a change concerns.
    ETATS_VIVANTS: ClassVar = mots.PLACES_VIVANTES
    ETATS_PASSES: ClassVar = mots.PLACES_PASSEES

    session = models.ForeignKey(Session, models.CASCADE, related_name="inscriptions")
    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="places")
    etat = models.CharField("état", max_length=10, choices=Etat)
    place = models.PositiveSmallIntegerField("place", null=True, blank=True)
    demandee_le = models.DateTimeField("demandée le", default=timezone.now)
    confirmee_le = models.DateTimeField("confirmée le", null=True, blank=True)
    annulee_le = models.DateTimeField("annulée le", null=True, blank=True)
    revision = models.PositiveSmallIntegerField("révision", default=0)
    #: Ranks of the half-days that somebody who came did not attend.
    plages_manquees = models.JSONField("demi-journées manquées", default=list, blank=True)

    objects = InscriptionSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "inscription à une session"
        verbose_name_plural = "inscriptions aux sessions"
        ordering = ["session_id", "demandee_le", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "cadre"],
                condition=~Q(etat=E.ANNULEE),
                name="place_une_par_cadre",
                violation_error_message="Cette personne est déjà inscrite à cette session.",
            ),
            models.UniqueConstraint(
                fields=["session", "place"],
                name="place_tenue_une_fois",
                violation_error_message="Cette place vient d’être prise. Recommencez.",
            ),
            models.CheckConstraint(
                condition=Q(
                    etat__in=[E.CONFIRMEE, E.PRESENT, E.ABSENT],
                    place__isnull=False,
                    place__gte=1,
                )
                | Q(etat__in=[E.ATTENTE, E.ANNULEE], place__isnull=True),
                name="place_numerotee_si_inscrit",
                violation_error_message="Qui est inscrit tient une place, et nul autre.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} · {self.get_etat_display()}"

    @property
    def est_assis(self) -> bool:
        return self.etat in self.ETATS_ASSIS

    @property
    def est_vivante(self) -> bool:
        return self.etat in self.ETATS_VIVANTS
