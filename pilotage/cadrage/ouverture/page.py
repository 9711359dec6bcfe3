"""What the pages of an operator show: never a person who is not a direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from collectivites.acteurs.requetes import MandatQuerySet
from collectivites.communs.typographie import compter
from collectivites.models import Collectivite, Demarche, Mandat
from collectivites.mots import CodeCollectivite, Role
from pilotage.cadrage.ouverture.forms import DIRECTIONS
from pilotage.cadrage.regles.valeurs import CHAMPS, dire, lire
from pilotage.mots import Regle

ETAPES = ("La démarche", "Les employeurs", "Les directions", "Relire et ouvrir")


def directions_en_vigueur() -> MandatQuerySet:
    """The DGS and DRH of today, of all the démarches."""
    mandats: MandatQuerySet = (
        Mandat.objects.en_vigueur()
        .filter(role__in=DIRECTIONS)
        .select_related("utilisateur", "collectivite__demarche")
        .order_by("collectivite_id", "role", "pk")
    )
    return mandats


def relecture(
    demarche: Mapping[str, Any],
    employeurs: Sequence[Mapping[str, str]],
    directions: Sequence[Mapping[str, str]],
) -> dict[str, Any]:
    """All that the opening writes, in words."""
    par_code = {code: [*siens] for code, siens in groupby(directions, key=lambda d: d["code"])}
    personnes = {d["courriel"] for d in directions}
    return {
        "nom": demarche["nom"],
        "regles": [(r.label, dire(r, {c: demarche[c] for c in CHAMPS[r]})) for r in Regle],
        "employeurs": [
            (
                {**employeur, "genre": str(CodeCollectivite(employeur["code"]).label)},
                [(str(Role(d["role"]).label), d) for d in par_code[employeur["code"]]],
            )
            for employeur in employeurs
        ],
        "courriels": compter(len(personnes), "courriel"),
        "etapes": ETAPES,
        "rang": len(ETAPES),
    }


def demarche(ouverte: Demarche) -> dict[str, Any]:
    """Its employers, each with its DGS and DRH. Three queries."""
    mandats = list(directions_en_vigueur().filter(collectivite__demarche=ouverte))
    employeurs = Collectivite.objects.filter(demarche=ouverte)
    return {
        "demarche": ouverte,
        "employeurs": [
            (employeur, [m for m in mandats if m.collectivite_id == employeur.pk])
            for employeur in employeurs
        ],
        "regles": [(r.label, dire(r, lire(ouverte, CHAMPS[r]))) for r in Regle],
        "attendus": len({m.utilisateur_id for m in mandats if not m.utilisateur.a_une_entree}),
    }


def message_d_ouverture(ouverte: Demarche) -> str:
    personnes = directions_en_vigueur().filter(collectivite__demarche=ouverte)
    nombre = personnes.order_by().values("utilisateur").distinct().count()
    return (
        f"« {ouverte.nom} » est ouverte. {compter(nombre, 'personne reçoit,personnes reçoivent')} "
        "un courriel de bienvenue."
    )
