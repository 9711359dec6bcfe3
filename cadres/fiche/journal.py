"""The line of the journal that an act on a person leaves."""

from typing import Any

from django.db.models import Model

from cadres.models import Cadre
from cadres.mots import Actes
from collectivites.acteurs.acteur import Acteur
from collectivites.journal import journaliser
from collectivites.mots import Acte


def noter(
    acteur: Acteur | None,
    cadre: Cadre,
    acte: Actes,
    libelle: str,
    *,
    objet: Model | None = None,
    motif: str = "",
    details: dict[str, Any] | None = None,
    delegue: Acte | None = None,
    reserve_a_la_personne: bool = False,
) -> None:
    """`objet`: what the line speaks of, the person's candidacy unless said. `acteur`: None for the
    clock. Reads `cadre.collectivite.demarche`."""
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=libelle,
        objet=objet or cadre.candidature,
        collectivite=cadre.collectivite,
        demarche=cadre.collectivite.demarche,
        cadre_ref=cadre.pk,
        motif=motif,
        details=details,
        delegue=delegue,
        reserve_a_la_personne=reserve_a_la_personne,
    )
