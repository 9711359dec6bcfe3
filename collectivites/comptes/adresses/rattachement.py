"""The account of an address that somebody typed, which tells nobody whether it has one already.

Whoever types it (a DRH who lists a cadre, a DGS who gives an access) sees an account opened, always, and
a mail leaves, always the same. Where the address already opens an account, the new one waits under a name
of its own: its bearer alone, by the link of that mail and from the account that they have, says that both
are theirs. Until then the account that exists is untouched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from collectivites.comptes.invitations import DOMAINE_ANONYME, anonymiser_compte
from collectivites.models import Courriel, Mandat, Utilisateur
from collectivites.mots import ROLES_EMPLOYEUR, Role
from collectivites.refus import ActionImpossible, exiger
from collectivites.travaux.horloge import a_l_heure

AUTRE_COMPTE = (
    "Ce message est arrivé à une autre adresse que celle de votre compte. Connectez-vous avec le "
    "compte de cette adresse, puis rouvrez le lien du message."
)
EXPLOITANT = "Un compte d’exploitant ne suit aucun dossier et n’agit pour aucun employeur."
PAS_LE_CABINET = (
    "Vous êtes dans cette démarche à un autre titre : vous n’y siégez pas pour un cabinet. Dites-le à "
    "qui vous a écrit."
)
DEJA_REJOINT = "C’est déjà fait : votre compte a ce rôle."


@dataclass(frozen=True)
class Branche:
    """What a room above hangs on an account: why it may not follow to another, and how it follows."""

    refus: Callable[[Utilisateur, Utilisateur], str | None]
    suivre: Callable[[Utilisateur, Utilisateur], None]


_BRANCHES: dict[str, Branche] = {}


def brancher(sujet: str, branche: Branche) -> None:
    _BRANCHES[sujet] = branche


def ouvrir_a_l_adresse(courriel: str, prenom: str, nom: str) -> Utilisateur:
    """An account of its own for that address: the same statements whether one exists or not."""
    adresse = courriel.strip().lower()
    compte = Utilisateur(prenom=prenom, nom=nom)
    compte.set_unusable_password()
    porter(compte, adresse)
    return compte


def a_l_adresse(courriel: str, prenom: str, nom: str, *, connus: QuerySet[Mandat]) -> Utilisateur:
    """The account of somebody whom the reader's own pages name already (`connus`: by which mandats);
    otherwise one of its own, as for anybody."""
    siens = connus.filter(
        utilisateur__email__iexact=courriel.strip(), utilisateur__is_active=True
    ).select_related("utilisateur")
    deja = siens.first()
    return deja.utilisateur if deja else ouvrir_a_l_adresse(courriel, prenom, nom)


def porter(compte: Utilisateur, adresse: str) -> None:
    """`compte`, that nobody has used, answers at `adresse`: as its login, or waiting for its bearer."""
    libre = not Utilisateur.objects.filter(email__iexact=adresse).exclude(pk=compte.pk).exists()
    if libre:
        compte.email, compte.adresse_a_confirmer = adresse, ""
        try:
            with transaction.atomic():
                compte.save()
        except IntegrityError:  # taken meanwhile
            libre = False
    if not libre:
        compte.email = f"en-attente-{uuid4()}@{DOMAINE_ANONYME}"
        compte.adresse_a_confirmer = adresse
        with transaction.atomic():
            compte.save()


@a_l_heure("collectivites.rendre_les_adresses", "adresse(s) rendue(s) au compte qui les attendait")
def rendre_les_adresses() -> int:
    """The account that held an address has gone: the one that waits is an ordinary invitation again."""
    rendues = 0
    for attente in Utilisateur.objects.exclude(adresse_a_confirmer=""):
        adresse = attente.adresse_a_confirmer
        if not Utilisateur.objects.filter(email__iexact=adresse).exists():
            porter(attente, adresse)
            rendues += 1
    return rendues


def refus_rejoindre(compte: Utilisateur, attente: Utilisateur) -> str | None:
    """Why what waits under `attente` may not be tied to `compte`, as its bearer reads it."""
    if compte.email.lower() != attente.adresse_a_confirmer:
        return AUTRE_COMPTE
    if compte.is_superuser or compte.is_staff:
        return EXPLOITANT
    for mandat in Mandat.objects.filter(utilisateur=attente, role=Role.CABINET):
        siens = Mandat.objects.en_vigueur().filter(
            utilisateur=compte,
            role__in=[*ROLES_EMPLOYEUR, Role.CADRE],
            collectivite__demarche=mandat.collectivite.demarche_id,
        )
        if siens.exists():
            return PAS_LE_CABINET
    raisons = (branche.refus(compte, attente) for branche in _BRANCHES.values())
    return next((raison for raison in raisons if raison), None)


def rejoindre(*, compte: Utilisateur, attente: Utilisateur) -> Mandat:
    """Tie what waits to the account of the bearer. Returns the mandat that they have from it."""
    verrouilles = {
        u.pk: u
        for u in Utilisateur.objects.select_for_update()
        .filter(pk__in=[compte.pk, attente.pk])
        .order_by("pk")
    }
    compte, attente = verrouilles[compte.pk], verrouilles[attente.pk]
    if not attente.adresse_a_confirmer:
        raise ActionImpossible(DEJA_REJOINT)
    exiger(refus_rejoindre(compte, attente))
    recus = [_ceder(mandat, compte) for mandat in Mandat.objects.filter(utilisateur=attente)]
    for branche in _BRANCHES.values():
        branche.suivre(compte, attente)
    Courriel.objects.filter(utilisateur=attente).update(utilisateur=compte)
    anonymiser_compte(attente)
    restent = [m for m in recus if m.fin is None or m.fin >= timezone.localdate()]
    if not restent:
        raise ActionImpossible("Ce rôle a pris fin : écrivez à qui vous a envoyé le message.")
    return restent[0]


def _ceder(mandat: Mandat, compte: Utilisateur) -> Mandat:
    """The mandat becomes the account's, unless it already holds that one on those days."""
    try:
        with transaction.atomic():
            Mandat.objects.filter(pk=mandat.pk).update(utilisateur=compte)
    except IntegrityError:
        deja = Mandat.objects.en_vigueur().filter(
            utilisateur=compte, collectivite=mandat.collectivite_id, role=mandat.role
        )
        return deja.first() or mandat
    return mandat
