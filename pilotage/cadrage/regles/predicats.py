"""What may be done with a rule: the same answer draws the button and guards the act."""

from __future__ import annotations

from collections.abc import Collection

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from collectivites.refus import Interdit
from pilotage.models import ChangementRegle

RESERVE_AUX_DGS = Interdit("Les règles de la démarche se changent par ses DGS, sans délégation.")
DE_SON_AUTEUR = Interdit("Un changement se retire par le DGS qui l’a proposé.")
CLOS = "Ce changement n’attend plus de réponse."


def refus_proposer(acteur: Acteur) -> str | None:
    """A DGS, in person: what was agreed between employers is delegated to nobody."""
    return None if acteur.est(Role.DGS) else RESERVE_AUX_DGS


def refus_repondre(
    acteur: Acteur, changement: ChangementRegle, deja: Collection[int] = ()
) -> str | None:
    """Agree or refuse: a DGS of an employer that has not agreed yet (`deja`, their keys)."""
    if not acteur.est(Role.DGS) or changement.demarche_id != acteur.demarche.pk:
        return RESERVE_AUX_DGS
    if changement.etat != ChangementRegle.Etat.PROPOSE:
        return CLOS
    if acteur.collectivite.pk in deja:
        return "Votre collectivité a déjà donné son accord."
    return None


def refus_retirer(acteur: Acteur, changement: ChangementRegle) -> str | None:
    """Whoever proposed it, while it waits; or who directs the same employer after them."""
    if not acteur.est(Role.DGS) or changement.propose_par.collectivite_id != acteur.collectivite.pk:
        return DE_SON_AUTEUR
    return None if changement.etat == ChangementRegle.Etat.PROPOSE else CLOS
