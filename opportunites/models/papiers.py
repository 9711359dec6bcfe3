"""A collectivité's own Word models, the letters made from them, kept for a day; and folders to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cadres.models import Cadre
from collectivites.models import Collectivite, Mandat, Tache
from opportunites import mots
from opportunites.dossier.modeles.requetes import FourneeQuerySet, LettreQuerySet, ModeleQuerySet
from opportunites.dossier.signature.requetes import DossierASignerQuerySet, RetourSigneQuerySet
from opportunites.models.mobilite import Mobilite


class ModeleWord(models.Model):
    """A docx with named fields, checked when it was deposited. It names nobody."""

    Genre = mots.GenreModele

    collectivite = models.ForeignKey(Collectivite, models.PROTECT, related_name="modeles_word")
    genre = models.CharField("pour", max_length=12, choices=mots.GenreModele)
    nom = models.CharField("nom", max_length=80)
    nom_fichier = models.CharField("nom du fichier", max_length=120)
    contenu = models.BinaryField("document Word")
    #: The keys of `dossier.modeles.champs` that it names, in the order of the text.
    champs = models.JSONField("champs", default=list, blank=True)
    depose_le = models.DateTimeField("déposé le", default=timezone.now)
    depose_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")

    objects = ModeleQuerySet.as_manager()

    class Meta:
        verbose_name = "modèle Word"
        verbose_name_plural = "modèles Word"
        ordering = ["genre", "nom", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["collectivite", "nom"],
                name="modele_word_un_par_nom",
                violation_error_message="Un de vos modèles porte déjà ce nom.",
            ),
            models.CheckConstraint(
                condition=~Q(nom=""),
                name="modele_word_a_un_nom",
                violation_error_message="Donnez un nom à ce modèle.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom


class Fournee(models.Model):
    """Letters made in one go by a job. They lie here for a day, the time to download them."""

    Forme = mots.FormeLettres

    modele = models.ForeignKey(ModeleWord, models.CASCADE, related_name="fournees")
    forme = models.CharField("forme", max_length=5, choices=mots.FormeLettres)
    contenu = models.BinaryField("lettres", null=True, blank=True)
    #: field → how many letters lack it: « à compléter » stands there.
    manques = models.JSONField("champs sans valeur", default=dict, blank=True)
    tache = models.ForeignKey(Tache, models.SET_NULL, related_name="+", null=True)
    demandee_le = models.DateTimeField("demandée le", default=timezone.now)
    demandee_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")

    objects = FourneeQuerySet.as_manager()

    class Meta:
        verbose_name = "fournée de lettres"
        verbose_name_plural = "fournées de lettres"
        ordering = ["-demandee_le", "-pk"]

    def __str__(self) -> str:
        return f"{self.modele}, {self.get_forme_display()}"


class LettreFaite(models.Model):
    """That a person is named in those letters: forgetting them takes the whole file away."""

    fournee = models.ForeignKey(Fournee, models.CASCADE, related_name="lettres")
    cadre = models.ForeignKey(Cadre, models.CASCADE, related_name="lettres_faites")

    objects = LettreQuerySet.as_manager()

    class Meta:
        verbose_name = "lettre faite"
        verbose_name_plural = "lettres faites"
        ordering = ["fournee_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["fournee", "cadre"],
                name="lettre_une_par_personne",
                violation_error_message="Cette personne a déjà sa lettre.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fournee_id}, {self.cadre_id}"


@dataclass(frozen=True)
class Signee:
    """Who signed, when: as the file says it (`lu`), or as it was typed. Either may be unknown."""

    nom: str
    le: date | None
    lu: bool


def chemin_a_signer(dossier: DossierASigner, nom: str) -> str:
    """Under MEDIA_ROOT, which no URL serves."""
    return f"a_signer/{dossier.mobilite_id}/{uuid4().hex}{PurePosixPath(nom).suffix.lower()}"


def chemin_signe(retour: RetourSigne, nom: str) -> str:
    return f"signes/{retour.dossier.mobilite_id}/{uuid4().hex}{PurePosixPath(nom).suffix.lower()}"


class DossierASigner(models.Model):
    """One PDF of a move with its annexes inside, as it left for a parapheur. Never rewritten."""

    mobilite = models.ForeignKey(Mobilite, models.CASCADE, related_name="dossiers_a_signer")
    #: Printed on each page: it says which folder a signed file answers.
    reference = models.CharField("référence", max_length=30, unique=True)
    piece = models.FileField("dossier", upload_to=chemin_a_signer, max_length=200)
    empreinte = models.CharField("empreinte SHA-256", max_length=64)
    manifeste = models.JSONField("manifeste", default=dict)
    garde_jusqu_au = models.DateField("gardé jusqu’au")
    fait_le = models.DateTimeField("fait le", default=timezone.now)
    fait_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")

    objects = DossierASignerQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier à signer"
        verbose_name_plural = "dossiers à signer"
        ordering = ["-fait_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(empreinte=""),
                name="dossier_a_signer_a_son_empreinte",
                violation_error_message="Un dossier à signer porte son empreinte.",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def signees(self) -> list[Signee]:
        """Those of every signed file that came back. Reads `retours`: prefetch them for a list."""
        return [signee for retour in self.retours.all() for signee in retour.signees]


class RetourSigne(models.Model):
    """A signed file that came back, held against the one that was sent: what differs is kept with it."""

    Constat = mots.ConstatRetour

    dossier = models.ForeignKey(DossierASigner, models.CASCADE, related_name="retours")
    piece = models.FileField("fichier signé", upload_to=chemin_signe, max_length=200)
    empreinte = models.CharField("empreinte SHA-256", max_length=64)
    constat = models.CharField("constat", max_length=10, choices=mots.ConstatRetour)
    ecarts = models.JSONField("ce qui diffère", default=list, blank=True)
    #: [{"nom", "le", "lu"}]: read in the file (`lu`), else typed by whoever put it back.
    signatures = models.JSONField("signatures", default=list)
    depose_le = models.DateTimeField("remis le", default=timezone.now)
    depose_par = models.ForeignKey(Mandat, models.PROTECT, related_name="+")

    objects = RetourSigneQuerySet.as_manager()

    class Meta:
        verbose_name = "fichier signé"
        verbose_name_plural = "fichiers signés"
        ordering = ["-depose_le", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "empreinte"],
                name="retour_une_fois_par_fichier",
                violation_error_message="Ce fichier signé est déjà au dossier.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier}, {self.get_constat_display()}"

    @property
    def signees(self) -> list[Signee]:
        return [
            Signee(s["nom"], date.fromisoformat(s["le"]) if s["le"] else None, s["lu"])
            for s in self.signatures
        ]
