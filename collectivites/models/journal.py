"""The journal of decisions: appended to, never rewritten (see `collectivites.garanties.gardes`)."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from collectivites.acteurs.requetes import EntreeJournalQuerySet
from collectivites.models.comptes import Delegation, Utilisateur
from collectivites.models.demarche import Collectivite, Demarche


class EntreeJournal(models.Model):
    """Who decided what, in whose name, when and why.

    A line holds no name of a cadre: `cadre_ref` points to the person, so that purging the
    person leaves the line, and the line says nothing any more about whom it spoke.
    """

    demarche = models.ForeignKey(Demarche, models.PROTECT, related_name="journal")
    collectivite = models.ForeignKey(
        Collectivite,
        models.PROTECT,
        related_name="journal",
        null=True,
        db_index=False,
        help_text="La collectivité que la décision engage ; vide pour toute la démarche.",
    )
    auteur = models.ForeignKey(Utilisateur, models.PROTECT, related_name="+", null=True)
    role = models.CharField(max_length=20, blank=True)
    au_nom_de = models.ForeignKey(
        Collectivite, models.PROTECT, related_name="+", null=True, db_index=False
    )
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="+", null=True)
    acte = models.CharField(max_length=60)
    libelle = models.CharField(max_length=300)
    objet_type = models.CharField(max_length=60)
    objet_id = models.CharField(max_length=40)
    cadre_ref = models.BigIntegerField(null=True)
    motif = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    reserve_a_la_personne = models.BooleanField(default=False)
    suite_de = models.ForeignKey(
        "self",
        models.PROTECT,
        related_name="+",
        null=True,
        help_text="La première ligne de la même décision, quand elle engage plusieurs collectivités.",
    )
    quand = models.DateTimeField(default=timezone.now)

    objects = EntreeJournalQuerySet.as_manager()

    class Meta:
        verbose_name = "entrée du journal"
        verbose_name_plural = "entrées du journal"
        ordering = ["-quand", "-pk"]
        # The list is read in its order; what its filters offer, by leaping from a value to the next.
        indexes = [
            models.Index(fields=["demarche", "-quand", "-id"], name="journal_ordre"),
            models.Index(fields=["cadre_ref"]),
            models.Index(fields=["collectivite", "acte"], name="journal_actes"),
            models.Index(fields=["au_nom_de", "acte"], name="journal_actes_au_nom"),
            models.Index(
                fields=["demarche", "acte"],
                condition=Q(collectivite=None),
                name="journal_actes_de_tous",
            ),
            models.Index(
                fields=["collectivite", "auteur"],
                condition=~Q(role="cadre"),
                name="journal_auteurs",
            ),
            models.Index(
                fields=["au_nom_de", "auteur"],
                condition=~Q(role="cadre"),
                name="journal_auteurs_au_nom",
            ),
            # Lines that name nobody are found by what they are about.
            models.Index(
                fields=["objet_type", "objet_id"],
                condition=Q(cadre_ref=None),
                name="journal_objets",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quand:%Y-%m-%d} {self.libelle}"


class MaillonJournal(models.Model):
    """The link of one line in the chain of its démarche (see `collectivites.chaine`).

    A trigger writes it with the line: its salt, and the hour of the database's own clock. Its place
    and its hashes come once the act is committed. No constraint towards the line: a line that
    somebody tore out leaves its link, which says so.
    """

    entree = models.OneToOneField(
        EntreeJournal,
        models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="maillon",
    )
    demarche = models.ForeignKey(Demarche, models.PROTECT, related_name="+")
    numero = models.PositiveIntegerField(null=True)
    inscrit_le = models.DateTimeField()
    reprise = models.BooleanField(
        default=False, help_text="Ligne d’avant la chaîne, dont elle ne garantit pas la date."
    )
    sel = models.CharField(max_length=32, blank=True, help_text="Vide : texte effacé.")
    engagement = models.CharField(max_length=64, blank=True)
    oubli = models.CharField(max_length=64, blank=True)
    empreinte = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "maillon du journal"
        verbose_name_plural = "maillons du journal"
        constraints = [
            models.UniqueConstraint(
                fields=["demarche", "numero"],
                name="journal_une_ligne_par_place",
                violation_error_message="Une autre ligne du journal tient déjà cette place.",
            )
        ]
        indexes = [
            models.Index(
                fields=["demarche", "entree"],
                condition=Q(numero=None),
                name="maillons_en_ordre",
            )
        ]

    def __str__(self) -> str:
        return f"maillon {self.numero}"


class PurgeEnCours(models.Model):
    """A row here, within one transaction, lets the purge lift the journal's guard."""

    ouverte_le = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "purge en cours"

    def __str__(self) -> str:
        return f"{self.ouverte_le:%Y-%m-%d}"
