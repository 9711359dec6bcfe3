"""A poste proposed to a cadre, their answer, and the reserves of the services."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cadres.models import Cadre
from collectivites.communs.etats import dit_son_etat
from collectivites.models import Collectivite, Mandat
from opportunites import mots
from opportunites.models.opportunite import Opportunite
from opportunites.propositions.requetes import PropositionQuerySet, ReserveQuerySet

#: How long a yes or a no can be taken back by the person.
REPENTIR = timedelta(hours=24)


@dit_son_etat
class Proposition(models.Model):
    """One poste, one cadre, one answer. The database holds a single live acceptance on each side."""

    Etat = mots.EtatProposition
    Retrait = mots.RetraitProposition
    ETATS_INTERNES: ClassVar = mots.PROPOSITIONS_INTERNES
    ETATS_VIVANTS: ClassVar = mots.PROPOSITIONS_VIVANTES

    Motif = mots.MotifRefus
    Accord = mots.AccordDgs

    opportunite = models.ForeignKey(Opportunite, models.PROTECT, related_name="propositions")
    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="propositions")
    collectivite_origine = models.ForeignKey(
        Collectivite,
        models.PROTECT,
        related_name="propositions_a_ses_cadres",
        help_text="L’employeur du cadre au moment de la proposition.",
    )
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.BROUILLON)
    # Two readers, two texts: the first may speak of a wish, the second is read by the employer left.
    pourquoi = models.TextField("pourquoi ce poste vous est proposé", blank=True)
    pourquoi_employeur = models.TextField("ce que lit l’employeur actuel", blank=True)
    accord_dgs = models.CharField(
        "le DGS peut-il l’apprendre", max_length=10, choices=Accord, blank=True
    )
    accord_demande_le = models.DateTimeField("question posée le", null=True, blank=True)
    accord_repondu_le = models.DateTimeField("question répondue le", null=True, blank=True)
    repondre_avant = models.DateTimeField("réponse attendue avant", null=True, blank=True)
    creee_le = models.DateTimeField("préparée le", default=timezone.now)
    validee_le = models.DateTimeField("validée le", null=True, blank=True)
    validee_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+", null=True, blank=True)
    envoyee_le = models.DateTimeField("envoyée le", null=True, blank=True)
    repondue_le = models.DateTimeField("répondue le", null=True, blank=True)
    close_le = models.DateTimeField("close le", null=True, blank=True)
    motif_retrait = models.CharField(
        "raison du retrait", max_length=15, choices=Retrait, blank=True
    )

    objects = PropositionQuerySet.as_manager()

    class Meta:
        verbose_name = "proposition"
        ordering = ["-creee_le", "-pk"]
        # The list in its order, of one state or of all: a page is read without sorting the rest.
        indexes = [
            models.Index(fields=["etat", "creee_le"], name="proposition_etat_ordre"),
            models.Index(fields=["-creee_le", "-id"], name="proposition_ordre"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cadre"],
                condition=Q(etat=mots.EtatProposition.ACCEPTEE),
                name="proposition_une_acceptee_par_cadre",
                violation_error_message="Vous avez déjà accepté une autre proposition.",
            ),
            models.UniqueConstraint(
                fields=["opportunite"],
                condition=Q(
                    etat__in=[mots.EtatProposition.ACCEPTEE, mots.EtatProposition.REALISEE]
                ),
                name="proposition_un_preneur_par_poste",
                violation_error_message=(
                    "Ce poste vient d’être accepté par une autre personne. Votre réponse n’a pas "
                    "été enregistrée, et cela n’a pas de conséquence pour vous."
                ),
            ),
            models.UniqueConstraint(
                fields=["cadre", "opportunite"],
                condition=Q(etat__in=mots.PROPOSITIONS_VIVANTES),
                name="proposition_unique_vivante",
                violation_error_message="Ce poste est déjà proposé à ce cadre.",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=mots.PROPOSITIONS_PARTIES)
                | Q(envoyee_le__isnull=False, repondre_avant__isnull=False),
                name="proposition_envoyee_a_ses_dates",
                violation_error_message="Une proposition envoyée porte sa date limite de réponse.",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=mots.PROPOSITIONS_PARTIES) | Q(validee_le__isnull=False),
                name="proposition_validee_avant_l_envoi",
                violation_error_message="Une proposition est validée avant d’être envoyée.",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=mots.PROPOSITIONS_REPONDUES) | Q(repondue_le__isnull=False),
                name="proposition_reponse_datee",
                violation_error_message="Une réponse porte sa date.",
            ),
            models.CheckConstraint(
                condition=~Q(etat__in=mots.PROPOSITIONS_SANS_REPONSE)
                | Q(repondue_le__isnull=True, close_le__isnull=True),
                name="proposition_sans_reponse_ni_fin",
                violation_error_message="Une proposition sans réponse ne porte pas sa date.",
            ),
            models.CheckConstraint(
                condition=Q(repondre_avant__isnull=True)
                | Q(envoyee_le__isnull=True)
                | Q(repondre_avant__gt=F("envoyee_le")),
                name="proposition_delai_a_venir",
                violation_error_message="La date limite de réponse doit suivre l’envoi.",
            ),
            models.CheckConstraint(
                condition=Q(accord_dgs="", accord_demande_le__isnull=True)
                | (~Q(accord_dgs="") & Q(accord_demande_le__isnull=False)),
                name="proposition_accord_demande_date",
                violation_error_message="Une question posée à la personne porte sa date.",
            ),
            models.CheckConstraint(
                condition=Q(
                    accord_dgs__in=[mots.AccordDgs.OUI, mots.AccordDgs.NON],
                    accord_repondu_le__isnull=False,
                )
                | (
                    ~Q(accord_dgs__in=[mots.AccordDgs.OUI, mots.AccordDgs.NON])
                    & Q(accord_repondu_le__isnull=True)
                ),
                name="proposition_accord_repondu_date",
                violation_error_message="La réponse de la personne sur ce point porte sa date.",
            ),
            models.CheckConstraint(
                condition=Q(validee_par__isnull=True) | Q(validee_le__isnull=False),
                name="proposition_valideur_si_validee",
                violation_error_message="Seule une proposition validée porte qui l’a validée.",
            ),
            models.CheckConstraint(
                condition=Q(motif_retrait="") | Q(etat=mots.EtatProposition.RETIREE),
                name="proposition_raison_si_retiree",
                violation_error_message="Seule une proposition retirée porte une raison de retrait.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opportunite} · {self.get_etat_display()}"

    @property
    def est_vivante(self) -> bool:
        return self.etat in self.ETATS_VIVANTS

    @property
    def etat_affiche(self) -> mots.EtatProposition:
        """One whose date has passed reads as expired at once."""
        return self.Etat.EXPIREE if self.est_tardive else self.Etat(self.etat)

    @property
    def est_tardive(self) -> bool:
        """Still waiting for an answer, although the time for it is over (the clock will close it)."""
        return (
            self.etat == self.Etat.ENVOYEE
            and self.repondre_avant is not None
            and self.repondre_avant <= timezone.now()
        )

    @property
    def annulable_jusqu_a(self) -> datetime | None:
        """Until when the person may take their answer back; None without an answer of theirs."""
        if self.etat not in {self.Etat.ACCEPTEE, self.Etat.REFUSEE} or self.repondue_le is None:
            return None
        return self.repondue_le + REPENTIR

    @property
    def retrait_lu_de_la_personne(self) -> str:
        """Who left the employer has not withdrawn. Reads `cadre`."""
        if self.motif_retrait == self.Retrait.CADRE_RETIRE and self.cadre.parti_le:
            return "Votre collectivité a noté votre départ"
        return self.get_motif_retrait_display()

    @property
    def retrait_lu_de_l_employeur(self) -> str:
        """Why it was withdrawn, as an employer reads it: nothing of the person's other choices."""
        if self.motif_retrait in {self.Retrait.AUTRE_ACCEPTEE, self.Retrait.CADRE_RETIRE}:
            return "La personne n’est plus disponible"
        return self.get_motif_retrait_display()


def chemin_de_la_piece(reserve: Reserve, nom: str) -> str:
    """Under MEDIA_ROOT, which no URL serves; the name given by the person is kept in the row."""
    return f"reserves/{uuid4().hex}{PurePosixPath(nom).suffix.lower()}"


class Reserve(models.Model):
    """A DRH points to a difficulty. It stops nothing: a DGS arbitrates it by a date."""

    class Sujet(models.TextChoices):
        STATUT = "statut", "Statut"
        REMUNERATION = "remuneration", "Rémunération"
        CALENDRIER = "calendrier", "Calendrier"
        ORGANISATION = "organisation", "Organisation du service"

    Etat = mots.EtatReserve
    ETATS_OUVERTS: ClassVar = mots.RESERVES_OUVERTES

    proposition = models.ForeignKey(Proposition, models.CASCADE, related_name="reserves")
    deposee_par = models.ForeignKey(Mandat, models.PROTECT, related_name="reserves")
    collectivite = models.ForeignKey(Collectivite, models.PROTECT, related_name="reserves")
    sujet = models.CharField("sujet", max_length=15, choices=Sujet)
    texte = models.TextField("ce que le service perdrait ou risque")
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.DEPOSEE)
    deposee_le = models.DateTimeField("déposée le", default=timezone.now)
    echeance = models.DateField("à arbitrer avant")
    arbitree_le = models.DateTimeField("arbitrée le", null=True, blank=True)
    motif_arbitrage = models.TextField("motif de l’arbitrage", blank=True)
    piece = models.FileField("pièce", upload_to=chemin_de_la_piece, max_length=200, blank=True)
    nom_piece = models.CharField("nom de la pièce", max_length=120, blank=True)
    complement_demande = models.TextField("complément demandé", blank=True)
    complement_demande_le = models.DateTimeField("complément demandé le", null=True, blank=True)
    complement = models.TextField("complément apporté", blank=True)
    complement_le = models.DateTimeField("complément apporté le", null=True, blank=True)

    objects = ReserveQuerySet.as_manager()

    class Meta:
        verbose_name = "réserve technique"
        ordering = ["echeance", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(etat__in=mots.RESERVES_OUVERTES, arbitree_le__isnull=True)
                | (~Q(etat__in=mots.RESERVES_OUVERTES) & Q(arbitree_le__isnull=False)),
                name="reserve_arbitree_a_une_date",
                violation_error_message="Une réserve arbitrée porte sa date.",
            ),
            models.CheckConstraint(
                condition=~Q(etat=mots.EtatReserve.COMPLEMENT)
                | Q(complement_demande_le__isnull=False, complement_le__isnull=True),
                name="reserve_complement_demande",
                violation_error_message="Un complément demandé porte sa date.",
            ),
            models.CheckConstraint(
                condition=Q(complement_le__isnull=True) | Q(complement_demande_le__isnull=False),
                name="reserve_complement_apres_demande",
                violation_error_message="Un complément répond à une demande.",
            ),
            models.UniqueConstraint(
                fields=["proposition", "collectivite", "sujet"],
                condition=Q(etat__in=mots.RESERVES_OUVERTES),
                name="reserve_une_ouverte_par_sujet",
                violation_error_message=(
                    "Votre collectivité a déjà une réserve à arbitrer sur ce sujet."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_sujet_display()} · {self.get_etat_display()}"
