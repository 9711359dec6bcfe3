"""In whose name a mail is written: what its reader sees in « De », « Répondre à », and at its foot."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import formataddr, parseaddr

from django.conf import settings

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import de_avec_article
from collectivites.models import Collectivite
from collectivites.mots import Role

#: What stands before an employer's name.
_QUALITES = {
    Role.DGS: "DGS",
    Role.DRH: "DRH",
    Role.GESTIONNAIRE: "RH",
    Role.ACCOMPAGNATEUR: "accompagnement",
}


@dataclass(frozen=True)
class Expediteur:
    """`nom`: « Viviane Delmas, DRH de la Ville via Quatuor ». `adresse`: where an answer goes."""

    nom: str = ""
    adresse: str = ""
    signature: str = ""


def expediteur(acteur: Acteur | None, collectivite: Collectivite | None) -> Expediteur:
    """The person who acts, for an employer; else the employer's HR direction, nobody in particular
    (the clock, or an answer of the person's own); else Quatuor."""
    if acteur is not None and acteur.role in _QUALITES:
        qualite = f"{_QUALITES[acteur.role]} {de_avec_article(acteur.collectivite.nom)}"
        return Expediteur(
            f"{acteur.utilisateur.nom_complet}, {qualite} via Quatuor",
            acteur.utilisateur.email,
            f"{acteur.utilisateur.nom_complet}\n{signature_de(acteur.collectivite)}",
        )
    if collectivite is not None:
        return Expediteur(
            f"DRH {de_avec_article(collectivite.nom)} via Quatuor",
            collectivite.courriel_reponse,
            signature_de(collectivite),
        )
    return Expediteur()


def signature_de(collectivite: Collectivite) -> str:
    """What the employer wrote, else its name."""
    return collectivite.signature or f"{collectivite.nom}, direction des ressources humaines"


def en_tete_de(nom: str) -> str:
    """« De » : the name, and the address of the installation, the only one it may send from."""
    nom_par_defaut, adresse = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return formataddr((nom or nom_par_defaut, adresse), charset="utf-8")
