"""What leaves the house: the figures of a day as they were told, the documents made of them."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Collectivite, Demarche, Mandat, Tache
from parcours.models import Promotion
from pilotage import mots
from pilotage.models.communs import DeLaDemarcheQuerySet


class ArreteDesChiffres(models.Model):
    """The figures of the démarche on one day: what may be told of them, the same in every document.

    `releve` holds the true counts, by employer: the next arrêté is protected together with them. It is
    read by the engine alone (`indicateurs.protection`), like `imprimees`; `dits` is what was told.
    Neither changed nor deleted: the documents handed over rest on it.
    """

    demarche = models.ForeignKey(Demarche, models.PROTECT, related_name="arretes")
    numero = models.PositiveIntegerField("numéro")
    jour = models.DateField("arrêté au")
    dits = models.JSONField("chiffres dits")
    releve = models.JSONField("chiffres exacts", editable=False)
    imprimees = models.JSONField("dits pour la première fois", default=list, editable=False)
    cree_le = models.DateTimeField("établi le", default=timezone.now)
    cree_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+", null=True)

    objects = DeLaDemarcheQuerySet.as_manager()

    class Meta:
        verbose_name = "arrêté des chiffres"
        verbose_name_plural = "arrêtés des chiffres"
        ordering = ["-jour"]
        constraints = [
            models.UniqueConstraint(
                fields=["demarche", "jour"],
                name="arrete_unique_par_jour",
                violation_error_message="Les chiffres de ce jour sont déjà arrêtés.",
            ),
            models.UniqueConstraint(
                fields=["demarche", "numero"],
                name="arrete_numero_unique",
                violation_error_message="Ce numéro d’arrêté est déjà pris.",
            ),
        ]

    def __str__(self) -> str:
        return f"Arrêté n° {self.numero}"


class DocumentQuerySet(models.QuerySet["DocumentElus"]):
    def visibles_par(self, acteur: Acteur) -> Self:
        """Those of the acteur's own employer: what it says to its élus is its own."""
        if not acteur.est_employeur:
            return self.none()
        return self.filter(collectivite=acteur.collectivite)


class DocumentElus(models.Model):
    """A document for the élus of one collectivité: a draft, then signed, numbered and kept as it is.

    `projet` is the PDF of the draft; `pdf`, the signed one, byte for byte what was handed over.
    """

    Genre = mots.GenreDocument
    Etat = mots.EtatDocument

    arrete = models.ForeignKey(ArreteDesChiffres, models.PROTECT, related_name="documents")
    collectivite = models.ForeignKey(Collectivite, models.PROTECT, related_name="documents_elus")
    genre = models.CharField("document", max_length=10, choices=Genre)
    promotion = models.ForeignKey(
        Promotion, models.PROTECT, related_name="bilans", null=True, blank=True
    )
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.PROJET)
    retard = models.TextField(
        "où nous en sommes, et ce que nous faisons", max_length=900, blank=True
    )
    demande = models.TextField("ce qui est demandé à vos élus", max_length=900, blank=True)
    langage = models.TextField("éléments de langage", max_length=900, blank=True)
    contact = models.CharField("contact", max_length=160)
    signataire = models.CharField("signataire", max_length=120)
    qualite = models.CharField("qualité du signataire", max_length=160)
    numero = models.PositiveIntegerField("numéro", null=True)
    signe_le = models.DateTimeField("signé le", null=True)
    signe_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+", null=True)
    projet = models.BinaryField("projet", default=bytes)
    pdf = models.BinaryField("document signé", default=bytes)
    empreinte = models.CharField("empreinte du document", max_length=64, blank=True)
    tache = models.ForeignKey(Tache, models.SET_NULL, related_name="+", null=True)
    cree_le = models.DateTimeField("préparé le", default=timezone.now)
    cree_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document pour les élus"
        verbose_name_plural = "documents pour les élus"
        ordering = ["-cree_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collectivite", "numero"],
                name="document_numero_unique",
                violation_error_message="Ce numéro de document est déjà pris.",
            ),
            models.CheckConstraint(
                condition=Q(etat="projet", signe_le__isnull=True, numero__isnull=True)
                | Q(etat="signe", signe_le__isnull=False, numero__isnull=False) & ~Q(empreinte=""),
                name="document_signe_a_numero_et_date",
                violation_error_message="Un document signé porte son numéro, sa date et son empreinte.",
            ),
            models.CheckConstraint(
                condition=Q(genre="bilan", promotion__isnull=False)
                | ~Q(genre="bilan") & Q(promotion__isnull=True),
                name="document_bilan_d_une_promotion",
                violation_error_message="Un bilan est celui d’une promotion, et lui seul.",
            ),
            models.CheckConstraint(
                condition=Q(signe_le__isnull=True) | Q(signe_le__gte=F("cree_le")),
                name="document_signe_apres_sa_preparation",
                violation_error_message="Un document se signe après avoir été préparé.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_genre_display()}, {self.collectivite.nom_court}"

    @property
    def est_signe(self) -> bool:
        return self.etat == self.Etat.SIGNE

    @property
    def reference(self) -> str:
        """« N-2026-3 »: the number that is printed. A draft has none."""
        if self.numero is None or self.signe_le is None:
            return ""
        return f"{self.signe_le.year}-{self.numero}"
