"""Long work (a job row that any page can follow) and the outbox of mails."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from collectivites.acteurs.requetes import CourrielQuerySet, TacheQuerySet
from collectivites.models.comptes import Mandat, Utilisateur
from collectivites.models.demarche import Demarche
from collectivites.mots import EtatCourriel, EtatTache


class Tache(models.Model):
    """A piece of long work: who asked, where it stands, what came of it."""

    Etat = EtatTache
    ETATS_FINIS: ClassVar = (Etat.REUSSIE, Etat.ECHOUEE)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nom = models.CharField("nom", max_length=80)
    libelle = models.CharField("libellé", max_length=200)
    mandat = models.ForeignKey(Mandat, models.CASCADE, related_name="taches")
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.ATTENTE)
    parametres = models.JSONField("paramètres", default=dict)
    resultat = models.JSONField("résultat", default=dict)
    erreur = models.TextField("erreur", blank=True)
    suite = models.CharField("page suivante", max_length=200, blank=True)
    creee_le = models.DateTimeField("créée le", default=timezone.now)
    commencee_le = models.DateTimeField("commencée le", null=True)
    finie_le = models.DateTimeField("finie le", null=True)
    #: When its worker last said that it lives (`travaux.battement`), and how many have taken it.
    battue_le = models.DateTimeField("battue le", null=True)
    essais = models.PositiveSmallIntegerField("essais", default=0)

    objects = TacheQuerySet.as_manager()

    class Meta:
        verbose_name = "tâche"
        ordering = ["-creee_le", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(etat__in=[EtatTache.ATTENTE, EtatTache.EN_COURS], finie_le__isnull=True)
                | Q(etat__in=[EtatTache.REUSSIE, EtatTache.ECHOUEE], finie_le__isnull=False),
                name="tache_finie_a_une_date",
                violation_error_message="Une tâche finie porte sa date de fin.",
            ),
        ]

    def __str__(self) -> str:
        return self.libelle

    @property
    def est_finie(self) -> bool:
        return self.etat in self.ETATS_FINIS


class Courriel(models.Model):
    """A mail to send: written in the transaction of the act that causes it, sent after.

    `cle` names the occasion; a second deposit under the same key is ignored, so nobody is
    told the same thing twice. `agenda` is a calendar file to attach (RFC 5545). `expediteur` and
    `repondre_a`: the name it is sent under, and who reads an answer; empty, the installation's own.
    `arret`: the kind of mail that its reader may stop (`collectivites.travaux.arrets`).
    """

    Etat = EtatCourriel

    demarche = models.ForeignKey(Demarche, models.CASCADE, related_name="courriels", null=True)
    destinataire = models.EmailField("destinataire")
    utilisateur = models.ForeignKey(
        Utilisateur, models.SET_NULL, related_name="courriels", null=True
    )
    cadre_ref = models.BigIntegerField(null=True)
    objet = models.CharField("objet", max_length=200)
    corps = models.TextField("corps")
    agenda = models.TextField("fichier d’agenda", blank=True)
    expediteur = models.CharField("expéditeur", max_length=300, blank=True)
    repondre_a = models.EmailField("répondre à", max_length=254, blank=True)
    arret = models.CharField("genre que l’on peut arrêter", max_length=20, blank=True)
    cle = models.CharField("clé", max_length=160, unique=True)
    etat = models.CharField("état", max_length=10, choices=Etat, default=Etat.A_ENVOYER)
    essais = models.PositiveSmallIntegerField("essais", default=0)
    depose_le = models.DateTimeField("déposé le", default=timezone.now)
    #: When a worker last took it: says that it died, if nothing came of it.
    pris_le = models.DateTimeField("pris le", null=True)
    envoye_le = models.DateTimeField("envoyé le", null=True)

    objects = CourrielQuerySet.as_manager()

    class Meta:
        verbose_name = "courriel"
        ordering = ["-depose_le", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(etat=EtatCourriel.ENVOYE, envoye_le__isnull=False)
                | (~Q(etat=EtatCourriel.ENVOYE) & Q(envoye_le__isnull=True)),
                name="courriel_envoye_a_une_date",
                violation_error_message="Un courriel envoyé porte sa date d’envoi.",
            ),
        ]

    def __str__(self) -> str:
        return self.objet


class Passage(models.Model):
    """An act of the clock whose last time matters: when it was done, and why it waits for somebody."""

    nom = models.CharField("nom", max_length=40, primary_key=True)
    quand = models.DateTimeField("fait le", null=True)
    attente = models.CharField("en attente parce que", max_length=200, blank=True)

    class Meta:
        verbose_name = "passage de l’horloge"
        verbose_name_plural = "passages de l’horloge"

    def __str__(self) -> str:
        return self.nom
