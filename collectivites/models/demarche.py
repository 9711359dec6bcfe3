"""The démarche (the tenant), its collectivités, their directions and postes."""

from typing import Any

from django.db import models
from django.db.models import F, Q

from collectivites.acteurs.requetes import CollectiviteQuerySet, DirectionQuerySet, PosteQuerySet
from collectivites.communs.typographie import (
    annoncer,
    avec_article,
    de_avec_article,
    sans_accents,
)
from collectivites.models.familles import AvecFamille, famille_dite
from collectivites.mots import Categorie, CodeCollectivite, Filiere, Public

#: Below it, a number may name somebody: no decision goes under.
SEUIL_MINIMUM = 5


class Demarche(models.Model):
    """One common programme of several employers: the tenant, sealed off from all others."""

    code = models.SlugField("code", unique=True)
    nom = models.CharField("nom", max_length=120)
    date_debut = models.DateField("début")
    date_fin = models.DateField("fin")
    objectif_mobilites = models.PositiveSmallIntegerField("mobilités visées", default=36)
    tolerance_solde = models.PositiveSmallIntegerField(
        "tolérance de solde",
        default=2,
        help_text="Écart admis entre arrivées et départs de chaque collectivité.",
    )
    seuil_secret = models.PositiveSmallIntegerField(
        "seuil du secret",
        default=SEUIL_MINIMUM,
        help_text="Un effectif plus petit se lit « n.c. » dans ce qui est remis aux élus.",
    )
    publicite_mois = models.PositiveSmallIntegerField("mois de publicité d’une vacance", default=1)
    rappel_jours = models.PositiveSmallIntegerField("jours entre deux rappels", default=7)
    public = models.CharField("public", max_length=10, choices=Public, default=Public.CADRES)
    #: Of `Public.AGENTS` alone, in the order of their enum, separated by commas; empty: all of them.
    categories = models.CharField("catégories", max_length=10, blank=True)
    filieres = models.CharField("filières", max_length=120, blank=True)
    est_demo = models.BooleanField("démonstration", default=False)

    _combien: int | None = None

    class Meta:
        verbose_name = "démarche"
        constraints = [
            models.CheckConstraint(
                condition=Q(date_fin__gt=F("date_debut")),
                name="demarche_finit_apres_son_debut",
                violation_error_message="La démarche doit finir après son début.",
            ),
            models.CheckConstraint(
                condition=Q(seuil_secret__gte=SEUIL_MINIMUM),
                name="demarche_seuil_du_secret",
                violation_error_message="Le seuil du secret ne descend jamais sous 5.",
            ),
            models.CheckConstraint(
                condition=Q(objectif_mobilites__gte=1),
                name="demarche_objectif_positif",
                violation_error_message="La démarche vise au moins une mobilité.",
            ),
            models.CheckConstraint(
                condition=Q(publicite_mois__gte=1, publicite_mois__lte=6),
                name="demarche_publicite_legale",
                violation_error_message="La publicité d’une vacance dure un mois au moins, six au plus.",
            ),
            models.CheckConstraint(
                condition=Q(rappel_jours__gte=5, rappel_jours__lte=10),
                name="demarche_rappels_dans_le_delai",
                violation_error_message="Les rappels s’espacent de 5 à 10 jours.",
            ),
            models.CheckConstraint(
                condition=Q(public=Public.AGENTS) | Q(categories="", filieres=""),
                name="demarche_public_connu",
                violation_error_message="Les catégories et les filières se choisissent pour « tous les agents ».",
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    def combien(self) -> int:
        """How many employers take part. One query, once for this object."""
        if self._combien is None:
            self._combien = self.collectivites.count()
        return self._combien

    @property
    def categories_admises(self) -> tuple[str, ...]:
        """Of the agents it is for; all of them unless some are named."""
        return tuple(self.categories.split(",")) if self.categories else tuple(Categorie.values)

    @property
    def filieres_admises(self) -> tuple[str, ...]:
        return tuple(self.filieres.split(",")) if self.filieres else tuple(Filiere.values)


class Collectivite(models.Model):
    """An employer that takes part in a démarche."""

    demarche = models.ForeignKey(
        Demarche, models.PROTECT, related_name="collectivites", verbose_name="démarche"
    )
    code = models.CharField("code", max_length=20, choices=CodeCollectivite)
    nom = models.CharField("nom", max_length=120)
    nom_court = models.CharField("nom court", max_length=40)
    groupe_employeur = models.CharField(
        "groupe d’employeurs",
        max_length=40,
        blank=True,
        help_text="Identique pour deux employeurs qui partagent leur administration.",
    )
    siren = models.CharField("SIREN", max_length=9, blank=True)
    population = models.PositiveIntegerField("population", null=True, blank=True)
    domaine_courriel = models.CharField("domaine de courriel", max_length=120, blank=True)
    #: The words of its own mails: empty, those of Quatuor.
    signature = models.TextField("signature", max_length=300, blank=True)
    ouverture_invitation = models.TextField(
        "première phrase de l’invitation", max_length=600, blank=True
    )
    courriel_reponse = models.EmailField("adresse de réponse", max_length=254, blank=True)

    objects = CollectiviteQuerySet.as_manager()

    class Meta:
        verbose_name = "collectivité"
        ordering = ["demarche_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["demarche", "code"],
                name="collectivite_unique_par_demarche",
                violation_error_message="Cette collectivité est déjà dans la démarche.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def la(self) -> str:
        """« la Ville », « le Département »: what kind of employer it is, in a sentence."""
        return avec_article(self.get_code_display())

    @property
    def de_la(self) -> str:
        """« de la Ville », « du Département »."""
        return de_avec_article(self.get_code_display())

    @property
    def initiale(self) -> str:
        """V, A, D or R: the letter that stands beside the colour everywhere."""
        return self.code[0].upper()


class Direction(models.Model):
    """A direction (or DGA) of a collectivité."""

    collectivite = models.ForeignKey(
        Collectivite, models.PROTECT, related_name="directions", verbose_name="collectivité"
    )
    libelle = models.CharField("libellé", max_length=160)
    perimetre = models.CharField("périmètre", max_length=200, blank=True)

    objects = DirectionQuerySet.as_manager()

    class Meta:
        verbose_name = "direction"
        ordering = ["collectivite_id", "libelle", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collectivite", "libelle"],
                name="direction_unique_par_collectivite",
                violation_error_message="Cette direction existe déjà.",
            ),
        ]

    def __str__(self) -> str:
        return self.libelle


class Poste(AvecFamille):
    """A permanent post. Several postes of a collectivité may bear the same title."""

    collectivite = models.ForeignKey(
        Collectivite, models.PROTECT, related_name="postes", verbose_name="collectivité"
    )
    direction = models.ForeignKey(
        Direction, models.PROTECT, related_name="postes", null=True, blank=True
    )
    intitule = models.CharField("intitulé", max_length=200)
    cadres_emplois = models.JSONField("cadres d’emplois admis", default=list, blank=True)
    groupe_ifse = models.CharField("groupe IFSE", max_length=10, blank=True)
    nb_agents_encadres = models.PositiveIntegerField("agents encadrés", null=True, blank=True)
    jours_teletravail = models.PositiveSmallIntegerField(
        "jours de télétravail par semaine", null=True, blank=True
    )
    ouvert_contractuel = models.BooleanField("ouvert aux contractuels", default=False)
    emploi_fonctionnel = models.BooleanField("emploi fonctionnel", default=False)
    missions = models.TextField("missions", blank=True)
    lieu = models.CharField("lieu de travail", max_length=120, blank=True)
    nbi_points = models.PositiveSmallIntegerField("points de NBI", null=True, blank=True)
    recherche = models.TextField(editable=False, default="")

    objects = PosteQuerySet.as_manager()

    class Meta:
        verbose_name = "poste"
        ordering = ["collectivite_id", "intitule", "pk"]
        constraints = [famille_dite("poste")]

    def __str__(self) -> str:
        return self.intitule

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.recherche = self.calculer_recherche()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "recherche"}
        super().save(*args, **kwargs)

    @property
    def annonce(self) -> str:
        """The title wherever the poste is offered to somebody."""
        return annoncer(self.intitule)

    def calculer_recherche(self) -> str:
        """What a search looks into. Its own columns alone: a renamed direction changes no poste."""
        return sans_accents(f"{self.intitule} {self.famille_de_metiers}")
