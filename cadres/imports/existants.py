"""What the registre holds, as the reading of a staff list compares with it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from cadres.models import AncienIdentifiant, Cadre
from cadres.mots import NatureIdentifiant
from cadres.recensement.modeles import CHAMPS_VISEES, FicheExistante
from cadres.requetes import presents
from collectivites.communs import metiers
from collectivites.models import Collectivite

#: What a row of a staff list may say, beside `poste` and `direction` (texts).
CHAMPS_DU_FICHIER = (
    "civilite",
    "nom",
    "prenom",
    "matricule",
    "courriel",
    "categorie",
    "cadre_emplois",
    "grade",
    "echelon",
    "statut",
    "date_entree_poste",
    "encadrement",
    "nb_agents",
    "profil",
    "domaine",
    *CHAMPS_VISEES,
)

#: A field of the file → the attribute of the cadre that reads and writes its text, where names differ:
#: a family of métiers has two columns.
ATTRIBUTS = {"domaine": "famille_de_metiers"}


def fiches_existantes(collectivite: Collectivite) -> list[FicheExistante]:
    """What the registre holds on the cadres of a collectivité, and by what it knew those who left it
    by a mobility. Two queries."""
    lignes = Cadre.objects.filter(presents(), collectivite=collectivite).values_list(
        "pk",
        *CHAMPS_DU_FICHIER,
        "domaine_autre",
        "poste__intitule",
        "direction__libelle",
        "parti_le",
    )
    anciens, passees = _anciens_identifiants(collectivite)
    sans = Anciens()
    return [
        FicheExistante(
            id=pk,
            **_textes(valeurs, autre),
            poste=poste or "",
            direction=direction or "",
            partie=parti_le is not None,
            anciens_matricules=tuple(anciens.get(pk, sans).matricules),
            anciens_courriels=tuple(anciens.get(pk, sans).courriels),
        )
        for pk, *valeurs, autre, poste, direction, parti_le in lignes
    ] + passees


def _textes(valeurs: list[Any], autre: str) -> dict[str, Any]:
    """What the columns hold, the family in words."""
    dits = dict(zip(CHAMPS_DU_FICHIER, valeurs, strict=True))
    dits["domaine"] = metiers.dire(dits["domaine"], autre)
    return dits


@dataclass(slots=True)
class Anciens:
    """What named one person before."""

    matricules: list[str] = field(default_factory=list)
    courriels: list[str] = field(default_factory=list)


def _anciens_identifiants(
    collectivite: Collectivite,
) -> tuple[dict[int, Anciens], list[FicheExistante]]:
    """(former identifiers of its people, the people who left it by a mobility as it knew them): its
    old lists still name these, and must not make them anew. One query."""
    anciens: dict[int, Anciens] = defaultdict(Anciens)
    partis: dict[int, tuple[str, str]] = {}
    lignes = AncienIdentifiant.objects.filter(
        presents("cadre__"), Q(cadre__collectivite=collectivite) | Q(collectivite=collectivite)
    ).values_list("cadre", "nature", "valeur", "cadre__collectivite", "cadre__nom", "cadre__prenom")
    for pk, nature, valeur, actuelle, nom, prenom in lignes:
        noms = anciens[pk]
        (noms.matricules if nature == NatureIdentifiant.MATRICULE else noms.courriels).append(
            valeur
        )
        if actuelle != collectivite.pk:
            partis[pk] = nom, prenom
    return anciens, [
        FicheExistante(
            id=pk,
            nom=nom,
            prenom=prenom,
            anciens_matricules=tuple(anciens[pk].matricules),
            anciens_courriels=tuple(anciens[pk].courriels),
            partie=True,
            ailleurs=True,
        )
        for pk, (nom, prenom) in partis.items()
    ]
