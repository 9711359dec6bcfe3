"""Whom a démarche is for, as its rules say (`Demarche.public`)."""

from __future__ import annotations

from cadres.recensement.personnes.public import PublicVise
from collectivites.models import Demarche
from collectivites.mots import Public


def public_de(demarche: Demarche) -> PublicVise:
    """The rule that sorts a staff list, and that the form of a file asks a reason by."""
    return PublicVise(
        agents=demarche.public == Public.AGENTS,
        categories=frozenset(demarche.categories_admises if demarche.categories else ()),
        filieres=frozenset(demarche.filieres_admises if demarche.filieres else ()),
    )
