"""Who prepares a document for élus, and who signs it: reasons in French, or None."""

from __future__ import annotations

from collectivites.acteurs.acteur import Acteur
from collectivites.mots import Role
from collectivites.refus import Interdit
from pilotage.models import DocumentElus

SIGNATURE_DU_DGS = Interdit("Un document pour les élus est signé par le DGS de la collectivité.")
A_SA_COLLECTIVITE = Interdit("Ce document est celui d’une autre collectivité.")


def refus_preparer(acteur: Acteur) -> str | None:
    if not acteur.est_employeur:
        return Interdit("Les documents pour les élus se préparent chez les employeurs.")
    return None


def refus_modifier(acteur: Acteur, document: DocumentElus) -> str | None:
    if refus := refus_preparer(acteur):
        return refus
    if document.collectivite_id != acteur.collectivite.pk:
        return A_SA_COLLECTIVITE
    if document.est_signe:
        return "Ce document est signé : il reste tel qu’il a été remis. Préparez-en un nouveau."
    return None


def refus_signer(acteur: Acteur, document: DocumentElus) -> str | None:
    if acteur.role != Role.DGS:
        return SIGNATURE_DU_DGS
    if refus := refus_modifier(acteur, document):
        return refus
    if not document.projet:
        return "Le projet n’est pas encore imprimé : lisez-le avant de le signer."
    return None
