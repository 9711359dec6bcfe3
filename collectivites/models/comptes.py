"""Accounts, the mandats that give them a role, and the delegations between them."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from collectivites.acteurs.requetes import DelegationQuerySet, MandatQuerySet
from collectivites.acteurs.requetes_pretes import RequetePrete
from collectivites.communs.lexique import dire
from collectivites.models.demarche import Collectivite
from collectivites.mots import Acte, Role


class UtilisateurManager(BaseUserManager["Utilisateur"]):
    """Creates accounts by e-mail; an account without password waits for its invitation."""

    def create_user(self, email: str, password: str | None = None, **champs: Any) -> "Utilisateur":
        utilisateur = self.model(email=email.strip().lower(), **champs)
        utilisateur.set_password(password)
        utilisateur.save(using=self._db)
        return utilisateur

    def create_superuser(self, email: str, password: str | None, **champs: Any) -> "Utilisateur":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **champs)

    def get(self, *args: Any, **champs: Any) -> "Utilisateur":
        """By the key alone, as each page asks for who comes in, a query that is ready."""
        if args or [*champs] != ["pk"] or self._db or not isinstance(champs["pk"], int):
            return super().get(*args, **champs)
        if connus := _PAR_CLE(cle=champs["pk"]):
            connu: Utilisateur = connus[0]
            return connu
        raise self.model.DoesNotExist

    def get_by_natural_key(self, username: str | None) -> "Utilisateur":
        return self.get(email=(username or "").strip().lower())


_PAR_CLE = RequetePrete(lambda cle: Utilisateur.objects.filter(pk=cle), cle=int)


class Utilisateur(AbstractBaseUser, PermissionsMixin):
    """A person who may log in. What they may do there comes from their mandats alone."""

    email = models.EmailField("adresse professionnelle", max_length=254)
    #: The address that was typed for this account, when another holds it (`comptes.adresses`).
    adresse_a_confirmer = models.EmailField(
        "adresse à confirmer", max_length=254, blank=True, editable=False
    )
    prenom = models.CharField("prénom", max_length=80, blank=True)
    nom = models.CharField("nom", max_length=80, blank=True)
    is_active = models.BooleanField("actif", default=True)
    is_staff = models.BooleanField("accès à l’administration", default=False)
    date_joined = models.DateTimeField("créé le", default=timezone.now)
    visite_precedente = models.DateTimeField("visite précédente", null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UtilisateurManager()

    class Meta:
        verbose_name = "utilisateur"
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="utilisateur_email_unique",
                violation_error_message="Un compte existe déjà pour cette adresse.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom_complet

    @property
    def nom_complet(self) -> str:
        return f"{self.prenom} {self.nom}".strip() or self.adresse

    @property
    def adresse(self) -> str:
        """Where to write to the person; what they log in with, once they have answered."""
        return self.adresse_a_confirmer or self.email

    @property
    def a_une_entree(self) -> bool:
        """A password, or an identity of a provider that is tied (`comptes.fournisseurs`): nobody is to be
        invited. A query for whoever has come in and has no password, else none."""
        if self.has_usable_password():
            return True
        from allauth.socialaccount.models import SocialAccount

        return self.last_login is not None and SocialAccount.objects.filter(user=self).exists()


class Mandat(models.Model):
    """A role held by a person in a collectivité, from a day to a day (both included)."""

    utilisateur = models.ForeignKey(
        Utilisateur, models.PROTECT, related_name="mandats", verbose_name="personne"
    )
    collectivite = models.ForeignKey(
        Collectivite, models.PROTECT, related_name="mandats", verbose_name="collectivité"
    )
    role = models.CharField("rôle", max_length=20, choices=Role)
    debut = models.DateField("début", default=timezone.localdate)
    fin = models.DateField("dernier jour", null=True, blank=True)

    objects = MandatQuerySet.as_manager()

    class Meta:
        verbose_name = "mandat"
        ordering = ["pk"]
        # Overlapping periods are refused by `collectivites.garanties.gardes`, on both databases.
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__isnull=True) | Q(fin__gte=F("debut")),
                name="mandat_finit_apres_son_debut",
                violation_error_message="Le mandat ne peut pas finir avant son début.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.libelle} : {self.utilisateur}"

    def est_fini(self, jour: date) -> bool:
        return self.fin is not None and self.fin < jour

    @property
    def libelle(self) -> str:
        """« DRH, Département du Loiret »: in whose name its holder acts. A firm advises all of them."""
        if self.role == Role.CABINET:
            return f"{Role.CABINET.label}, {self.collectivite.demarche.nom}"
        return f"{dire(Role(self.role).label)}, {self.collectivite.nom}"


class Delegation(models.Model):
    """A DGS lets a DRH of the same collectivité take named acts, between two days."""

    delegant = models.ForeignKey(
        Mandat, models.PROTECT, related_name="delegations_donnees", verbose_name="délégant"
    )
    delegataire = models.ForeignKey(
        Mandat, models.PROTECT, related_name="delegations_recues", verbose_name="délégataire"
    )
    actes = models.JSONField("actes délégués", default=list)
    debut = models.DateField("début", default=timezone.localdate)
    fin = models.DateField("dernier jour")
    motif = models.CharField("motif", max_length=300, blank=True)
    revoquee_le = models.DateTimeField("révoquée le", null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = "délégation"
        ordering = ["-debut", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fin__gte=F("debut")),
                name="delegation_finit_apres_son_debut",
                violation_error_message="La délégation ne peut pas finir avant son début.",
            ),
            models.CheckConstraint(
                condition=~Q(delegant=F("delegataire")),
                name="delegation_entre_deux_personnes",
                violation_error_message="On ne se donne pas délégation à soi-même.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegant.utilisateur} → {self.delegataire.utilisateur}"

    @property
    def est_en_vigueur(self) -> bool:
        """As far as its own dates say; `DelegationQuerySet.en_vigueur` also asks the mandats."""
        aujourdhui = timezone.localdate()
        return self.revoquee_le is None and self.debut <= aujourdhui <= self.fin

    @property
    def est_a_venir(self) -> bool:
        return self.revoquee_le is None and self.debut > timezone.localdate()

    @property
    def libelles_actes(self) -> list[str]:
        return [dire(str(Acte(acte).label)) for acte in self.actes]
