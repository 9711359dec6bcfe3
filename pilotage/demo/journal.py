"""Lines of the journal of the past: written here alone, the live journal dates itself."""

from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone

from collectivites.models import EntreeJournal, Mandat
from collectivites.mots import ActeJournal


def ligne(
    mandat: Mandat,
    acte: ActeJournal,
    libelle: str,
    objet: Model,
    quand: datetime | None,
    **champs: Any,
) -> EntreeJournal:
    """A line, not saved. `delegation`: the DRH signs, in the name of `mandat`."""
    valeurs = {"collectivite": mandat.collectivite, **champs}
    if delegation := valeurs.get("delegation"):
        mandat = delegation.delegataire
    return EntreeJournal(
        demarche=mandat.collectivite.demarche,
        auteur=mandat.utilisateur,
        role=mandat.role,
        au_nom_de=mandat.collectivite,
        acte=acte,
        libelle=libelle,
        objet_type=objet._meta.label_lower,
        objet_id=str(objet.pk),
        quand=quand or timezone.now(),
        **valeurs,
    )
