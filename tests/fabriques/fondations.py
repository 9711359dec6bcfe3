"""Démarches, collectivités, people, mandats, delegations, postes."""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import Any

from django.contrib.auth.hashers import make_password

from cadres.candidature.acteurs import acteur_du_mandat
from collectivites.acteurs.acteur import Acteur
from collectivites.models import (
    Collectivite,
    Delegation,
    Demarche,
    Mandat,
    Poste,
    Utilisateur,
)
from collectivites.mots import Role
from tests.fabriques.cadrage import ouvrir_les_jalons
from tests.fabriques.temps import dans

MOT_DE_PASSE = "quatuor-essais-2028"
COLLECTIVITES = (
    ("ville", "Ville d’Orléans", "Ville"),
    ("agglomeration", "Orléans Métropole", "Métropole"),
    ("departement", "Département du Loiret", "Département"),
    ("region", "Région Centre-Val de Loire", "Région"),
)
numeros = itertools.count(1)


@lru_cache(maxsize=1)
def _hachage() -> str:
    return make_password(MOT_DE_PASSE)


def faire_demarche(code: str = "", **champs: Any) -> Demarche:
    """A démarche of three years, begun a year ago. It has no collectivité yet."""
    n = next(numeros)
    valeurs = {
        "code": code or f"demarche-{n}",
        "nom": f"Parcours mobilité {n}",
        "date_debut": dans(-365),
        "date_fin": dans(730),
    }
    return Demarche.objects.create(**{**valeurs, **champs})


def faire_collectivites(demarche: Demarche, *, jalons: bool = True) -> dict[str, Collectivite]:
    """The four of a démarche, by code, whose gates are passed unless told otherwise. Three queries."""
    collectivites = Collectivite.objects.bulk_create(
        Collectivite(demarche=demarche, code=code, nom=nom, nom_court=court)
        for code, nom, court in COLLECTIVITES
    )
    if jalons:
        ouvrir_les_jalons(demarche, collectivites)
    return {c.code: c for c in collectivites}


def utilisateur(prenom: str = "", nom: str = "", **champs: Any) -> Utilisateur:
    """A person who is not saved yet; their password is MOT_DE_PASSE."""
    n = next(numeros)
    valeurs = {
        "email": f"personne{n}@essais.example",
        "prenom": prenom or "Camille",
        "nom": nom or f"Personne{n}",
        "password": _hachage(),
    }
    return Utilisateur(**{**valeurs, **champs})


def faire_utilisateur(prenom: str = "", nom: str = "", **champs: Any) -> Utilisateur:
    personne = utilisateur(prenom, nom, **champs)
    personne.save()
    return personne


def faire_mandat(
    role: Role | str, collectivite: Collectivite, qui: Utilisateur | None = None, **champs: Any
) -> Mandat:
    """A mandat that began 100 days ago and has no end."""
    return Mandat.objects.create(
        utilisateur=qui or faire_utilisateur(),
        collectivite=collectivite,
        role=role,
        **{"debut": dans(-100), **champs},
    )


def faire_acteur(
    role: Role | str, collectivite: Collectivite, qui: Utilisateur | None = None, **champs: Any
) -> Acteur:
    """Somebody who acts under a new mandat. For a cadre with a file, see `acteur_du_cadre`."""
    return acteur_du_mandat(faire_mandat(role, collectivite, qui, **champs))


def faire_delegation(delegant: Acteur, delegataire: Acteur, *actes: str, **champs: Any) -> Acteur:
    """The delegataire, acting with the delegation that they have just received."""
    Delegation.objects.create(
        delegant=delegant.mandat,
        delegataire=delegataire.mandat,
        actes=list(actes),
        **{"fin": dans(30), **champs},
    )
    return acteur_du_mandat(delegataire.mandat)


def faire_poste(collectivite: Collectivite, intitule: str = "", **champs: Any) -> Poste:
    return Poste.objects.create(
        collectivite=collectivite, intitule=intitule or f"Poste {next(numeros)}", **champs
    )
