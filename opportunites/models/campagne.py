"""The campaign of movement of a démarche, the runs of its simulator, what they lead to."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cadres.models import Cadre
from collectivites.models import Demarche, Mandat, Tache
from opportunites.campagne import mots
from opportunites.campagne.requetes import (
    CampagneQuerySet,
    EnsembleQuerySet,
    IssueVoeuQuerySet,
    SimulationQuerySet,
)
from opportunites.models.opportunite import Opportunite
from opportunites.models.proposition import Proposition
from parcours.models.agenda import Datable


class Campagne(Datable):
    """Wishes, opinions, simulation, propositions, answers: one round, with its published draw.

    `graine` settles ties: the lot number of a cadre is a hash of it and of their key, drawn before
    anybody has wished. `soldes`: what each collectivité gained (by its key), written at the close;
    it moves the targets of the next campaigns.
    """

    Etape = mots.Etape

    demarche = models.ForeignKey(Demarche, models.PROTECT, related_name="campagnes")
    nom = models.CharField("nom", max_length=80)
    voeux_du = models.DateField("ouverture des vœux")
    voeux_au = models.DateField("clôture des vœux")
    avis_au = models.DateField("fin des avis des employeurs")
    simulation_au = models.DateField("fin des simulations")
    propositions_au = models.DateField("envoi des propositions au plus tard")
    reponses_au = models.DateField("fin des réponses")
    graine = models.CharField("tirage", max_length=32, editable=False)
    #: How many times its dates have moved: the revision of calendar files.
    revision = models.PositiveSmallIntegerField(default=0, editable=False)
    creee_le = models.DateTimeField("ouverte le", default=timezone.now)
    creee_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")
    close_le = models.DateTimeField("close le", null=True, blank=True)
    soldes = models.JSONField("soldes à la clôture", default=dict, blank=True)

    objects = CampagneQuerySet.as_manager()

    class Meta:
        verbose_name = "campagne de mouvement"
        verbose_name_plural = "campagnes de mouvement"
        ordering = ["-creee_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["demarche"],
                condition=Q(close_le__isnull=True),
                name="campagne_une_ouverte_par_demarche",
                violation_error_message="Une campagne est déjà ouverte : elle se clôt d’abord.",
            ),
            models.CheckConstraint(
                condition=Q(voeux_au__gt=F("voeux_du"))
                & Q(avis_au__gte=F("voeux_au"))
                & Q(simulation_au__gt=F("avis_au"))
                & Q(propositions_au__gte=F("simulation_au"))
                & Q(reponses_au__gt=F("propositions_au")),
                name="campagne_dates_en_ordre",
                violation_error_message="Les dates d’une campagne se suivent.",
            ),
            models.CheckConstraint(
                condition=~Q(nom=""),
                name="campagne_a_un_nom",
                violation_error_message="Donnez un nom à la campagne.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def est_ouverte(self) -> bool:
        return self.close_le is None

    @property
    def etapes(self) -> list[tuple[mots.Etape, date]]:
        return [(etape, getattr(self, etape.value)) for etape in mots.Etape]

    @property
    def provisoire(self) -> bool:
        """Wishes or opinions may still change (today)."""
        return timezone.localdate() <= self.avis_au


class Simulation(models.Model):
    """One run: what it was given, asked and answered, by whom. Never rewritten once it has answered:
    run again on `entree`, it gives the same.

    Nobody's name is in it: cadres and postes are keys (`c12`, `p34`).
    """

    Etat = mots.EtatSimulation
    Scenario = mots.Scenario
    VIVANTES: ClassVar = mots.SIMULATIONS_VIVANTES

    campagne = models.ForeignKey(Campagne, models.PROTECT, related_name="simulations")
    #: The scenario from which this one was made by a decision.
    origine = models.ForeignKey("self", models.SET_NULL, related_name="+", null=True, blank=True)
    auteur = models.ForeignKey(Mandat, models.PROTECT, related_name="+")
    tache = models.ForeignKey(Tache, models.SET_NULL, related_name="+", null=True, blank=True)
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.ATTENTE)
    creee_le = models.DateTimeField("demandée le", default=timezone.now)
    finie_le = models.DateTimeField("finie le", null=True, blank=True)
    #: See `opportunites.campagne.calcul.parametres`.
    parametres = models.JSONField("paramètres")
    entree = models.JSONField("données lues", default=dict, blank=True)
    empreinte = models.CharField("empreinte des données", max_length=64, blank=True)
    versions = models.JSONField("versions", default=dict, blank=True)
    resultat = models.JSONField("résultat", default=dict, blank=True)
    erreur = models.TextField("erreur", blank=True)

    objects = SimulationQuerySet.as_manager()

    class Meta:
        verbose_name = "simulation"
        ordering = ["-creee_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campagne"],
                condition=Q(etat__in=mots.SIMULATIONS_VIVANTES),
                name="simulation_une_a_la_fois",
                violation_error_message=(
                    "Une simulation est déjà en cours : attendez sa fin, ou arrêtez-la."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(etat=mots.EtatSimulation.CALCULEE) | ~Q(empreinte=""),
                name="simulation_calculee_a_son_empreinte",
                violation_error_message="Une simulation calculée porte l’empreinte de ses données.",
            ),
            models.CheckConstraint(
                condition=Q(etat__in=mots.SIMULATIONS_VIVANTES, finie_le__isnull=True)
                | (~Q(etat__in=mots.SIMULATIONS_VIVANTES) & Q(finie_le__isnull=False)),
                name="simulation_finie_a_une_date",
                violation_error_message="Une simulation finie porte sa date.",
            ),
        ]

    def __str__(self) -> str:
        return f"Simulation {self.pk}"

    @property
    def limite(self) -> timedelta:
        """The time that it was given."""
        return timedelta(seconds=self.parametres["limite"])

    @property
    def empreinte_des_donnees(self) -> tuple[str, ...]:
        """What was read, but for what was asked of it: two runs may be compared when it is the same."""
        return tuple(
            json.dumps(self.entree.get(cle), sort_keys=True) for cle in ("postes", "cadres", "host")
        )

    @property
    def est_annulee(self) -> bool:
        return self.etat == mots.EtatSimulation.ANNULEE

    @property
    def est_echouee(self) -> bool:
        return self.etat == mots.EtatSimulation.ECHOUEE

    @property
    def est_une_reparation(self) -> bool:
        return bool(self.parametres["mode"] == "kept_first")


class Ensemble(models.Model):
    """Propositions whose conditions hang together: a chain, answered from the vacant poste down, or
    an exchange, with one deadline and one date of effect."""

    Genre = mots.Genre

    campagne = models.ForeignKey(Campagne, models.PROTECT, related_name="ensembles")
    simulation = models.ForeignKey(Simulation, models.PROTECT, related_name="ensembles")
    genre = models.CharField("genre", max_length=10, choices=Genre)
    date_effet = models.DateField("date d’effet commune", null=True, blank=True)
    repondre_avant = models.DateTimeField("date limite commune", null=True, blank=True)
    cree_le = models.DateTimeField("préparé le", default=timezone.now)
    cree_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")

    objects = EnsembleQuerySet.as_manager()

    class Meta:
        verbose_name = "propositions liées"
        verbose_name_plural = "propositions liées"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(genre=mots.Genre.CHAINE, repondre_avant__isnull=True)
                | Q(genre=mots.Genre.BOUCLE, date_effet__isnull=False),
                name="ensemble_echange_a_une_date_commune",
                violation_error_message="Un échange a une seule date d’effet.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_genre_display()


class Maillon(models.Model):
    """A proposition's place in its chain (0: the vacant poste) or in its exchange."""

    ensemble = models.ForeignKey(Ensemble, models.CASCADE, related_name="maillons")
    proposition = models.OneToOneField(Proposition, models.CASCADE, related_name="maillon")
    ordre = models.PositiveSmallIntegerField("ordre")

    class Meta:
        verbose_name = "maillon"
        ordering = ["ensemble_id", "ordre"]
        constraints = [
            models.UniqueConstraint(
                fields=["ensemble", "ordre"],
                name="maillon_un_par_place",
                violation_error_message="Cette place est déjà prise dans la chaîne.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordre}"


class IssueVoeu(models.Model):
    """What became of a wish at the close. Its words are of `mots.Issue`: no name of another."""

    Code = mots.Issue

    campagne = models.ForeignKey(Campagne, models.PROTECT, related_name="issues")
    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="issues_des_voeux")
    opportunite = models.ForeignKey(Opportunite, models.CASCADE, related_name="issues")
    rang = models.PositiveSmallIntegerField("rang du vœu")
    code = models.CharField("issue", max_length=12, choices=Code)
    dite_le = models.DateTimeField("dite le", default=timezone.now)

    objects = IssueVoeuQuerySet.as_manager()

    class Meta:
        verbose_name = "réponse à un vœu"
        verbose_name_plural = "réponses aux vœux"
        ordering = ["-campagne_id", "cadre_id", "rang"]
        constraints = [
            models.UniqueConstraint(
                fields=["campagne", "cadre", "opportunite"],
                name="issue_une_par_voeu",
                violation_error_message="Ce vœu a déjà sa réponse.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_code_display()
