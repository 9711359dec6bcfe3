"""What is written against the list: the criteria of a collectivité, a reader's views and columns."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from cadres.requetes import ColonnesQuerySet, CritereQuerySet, VueQuerySet
from collectivites.models import Collectivite, Mandat, Utilisateur


class Critere(models.Model):
    """One condition that a collectivité writes after its list. It informs, and removes nobody.

    What it may speak of is closed: neither age, nor sex, nor family, nor health (CGFP L131-1).
    """

    class Genre(models.TextChoices):
        ANCIENNETE = "anciennete", "Dans le poste depuis au moins"
        CATEGORIE = "categorie", "Catégorie"
        ENCADREMENT = "encadrement", "Encadre une équipe"
        AGENTS = "agents", "Agents encadrés, au moins"
        STATUT = "statut", "Statut"
        PROFIL = "profil", "Profil"
        DOMAINE = "domaine", "Famille de métiers"
        VISEE = "visee", "Ce que la DRH vise"

    collectivite = models.ForeignKey(Collectivite, models.PROTECT, related_name="criteres")
    genre = models.CharField("genre", max_length=12, choices=Genre)
    valeurs = models.JSONField("valeurs", default=list)
    auteur = models.ForeignKey(Utilisateur, models.PROTECT, related_name="+")
    ecrit_le = models.DateTimeField("écrit le", default=timezone.now)

    objects = CritereQuerySet.as_manager()

    class Meta:
        verbose_name = "critère"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collectivite", "genre"],
                name="critere_unique",
                violation_error_message="Ce critère est déjà écrit : rechargez la page.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_genre_display()


class VueRegistre(models.Model):
    """A named set of filters, columns and order, which a reader opens in one click."""

    mandat = models.ForeignKey(Mandat, models.CASCADE, related_name="vues_registre")
    nom = models.CharField("nom de la vue", max_length=60)
    parametres = models.CharField("paramètres", max_length=1500, blank=True)
    creee_le = models.DateTimeField("créée le", default=timezone.now)

    objects = VueQuerySet.as_manager()

    class Meta:
        verbose_name = "vue du registre"
        ordering = ["nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mandat", "nom"],
                name="vue_nom_unique",
                violation_error_message="Une de vos vues porte déjà ce nom.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class ColonnesRegistre(models.Model):
    """The columns that a reader chose for the table, under one mandat: kept from one login to the next."""

    mandat = models.OneToOneField(Mandat, models.CASCADE, related_name="colonnes_registre")
    cles = models.JSONField("colonnes", default=list)

    objects = ColonnesQuerySet.as_manager()

    class Meta:
        verbose_name = "colonnes du registre"
        ordering = ["pk"]

    def __str__(self) -> str:
        return ", ".join(self.cles)
