"""A person's own calendar, under an address that only they know, and what they wish to receive."""

import hashlib
import secrets

from collectivites.acteurs.acteur import Acteur
from collectivites.models import Utilisateur
from parcours.models import AbonnementAgenda, PreferencesRappel

#: 32 random bytes: nobody guesses it. It says nothing of whose it is.
_OCTETS = 32


def empreinte(jeton: str) -> str:
    """What is kept of an address. Random and long, it needs no slow hash."""
    return hashlib.sha256(jeton.encode()).hexdigest()


def creer_abonnement(*, acteur: Acteur) -> str:
    """A new address, shown once; the former one stops at once."""
    jeton = secrets.token_urlsafe(_OCTETS)
    AbonnementAgenda.objects.filter(utilisateur=acteur.utilisateur).delete()
    AbonnementAgenda.objects.create(utilisateur=acteur.utilisateur, empreinte=empreinte(jeton))
    return jeton


def revoquer_abonnement(*, acteur: Acteur) -> bool:
    """The address stops answering."""
    supprimes, _ = AbonnementAgenda.objects.filter(utilisateur=acteur.utilisateur).delete()
    return bool(supprimes)


def abonne_de(jeton: str) -> Utilisateur | None:
    """Whose calendar this address leads to. Looked up by its fingerprint, compared in full."""
    attendue = empreinte(jeton)
    abonnement = (
        AbonnementAgenda.objects.select_related("utilisateur")
        .filter(empreinte=attendue, utilisateur__is_active=True)
        .first()
    )
    if abonnement is None or not secrets.compare_digest(abonnement.empreinte, attendue):
        return None
    return abonnement.utilisateur


def regler_rappels(*, acteur: Acteur, **choix: int) -> PreferencesRappel:
    """`choix`: the fields of `PreferencesRappel` that the person was asked."""
    preferences, _ = PreferencesRappel.objects.update_or_create(
        utilisateur=acteur.utilisateur, defaults=choix
    )
    return preferences


def recoit(utilisateur: Utilisateur, *champs: str) -> bool:
    """Whether one of these choices is still on."""
    preferences = PreferencesRappel.objects.filter(utilisateur=utilisateur).first()
    return any(getattr(preferences or PreferencesRappel(), champ) for champ in champs)


def arreter(utilisateur: Utilisateur, *rappels: str) -> None:
    """Stop some of them, from a link of a mail; the others stay as they were."""
    PreferencesRappel.objects.update_or_create(
        utilisateur=utilisateur, defaults=dict.fromkeys(rappels, False)
    )
