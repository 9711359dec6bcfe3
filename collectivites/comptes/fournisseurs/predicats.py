"""What a provider's word is worth here: the reason of a refusal, in French, or None."""

from __future__ import annotations

from collectivites.acteurs.acteur import mandats_de
from collectivites.comptes.fournisseurs.protocole import Identite
from collectivites.models import Utilisateur

#: What somebody else may read, or take over: a mailbox, a telephone line.
FAIBLES = frozenset({"mail", "sms", "tel"})
SIREN = 9


def montre_un_second_facteur(identite: Identite) -> bool:
    """Whether it says that more than a password was used. A code by mail is none, whatever name the
    provider gives to the whole (CNIL, délibération 2025-019)."""
    autres = identite.amr - {"pwd", "mfa"}
    if autres and autres <= FAIBLES:
        return False
    return "mfa" in identite.amr or identite.acr in identite.fournisseur.acr_fort


def refus_niveau(identite: Identite) -> str | None:
    admis = identite.fournisseur.acr
    if not admis or identite.acr in admis:
        return None
    return (
        f"{identite.fournisseur.en_tete} n’a pas vérifié votre identité avec assez de soin pour ce site. "
        "Choisissez-y un moyen de connexion plus sûr, ou entrez ici avec votre mot de passe."
    )


def refus_employeur(identite: Identite, personne: Utilisateur) -> str | None:
    """The employer whom the provider names is one of those for whom the account acts today."""
    if not identite.fournisseur.siret:
        return None
    sirens = {m.collectivite.siren for m in mandats_de(personne)} - {""}
    if identite.siret[:SIREN] in sirens:
        return None
    if not identite.siret:
        return (
            f"{identite.fournisseur.en_tete} ne dit pas qui vous emploie : votre compte ne s’ouvre pas par "
            "cette voie. Entrez avec votre mot de passe."
        )
    return (
        f"L’employeur que donne {identite.fournisseur} n’est pas celui de votre compte. Si vous avez "
        "changé d’employeur, entrez avec votre mot de passe, et dites-le à votre direction des "
        "ressources humaines."
    )


def refus_entrer(identite: Identite, personne: Utilisateur) -> str | None:
    return refus_niveau(identite) or refus_employeur(identite, personne)
