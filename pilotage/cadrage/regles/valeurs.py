"""What the rules of a démarche are made of: their columns, how each is said, what is never agreed to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone

from collectivites.communs.typographie import compter, date_texte, enumerer
from collectivites.models import Demarche
from collectivites.models.demarche import SEUIL_MINIMUM
from collectivites.mots import Categorie, Filiere, Public
from pilotage.models import VersionRegles
from pilotage.models.gardes_des_regles import COLONNES
from pilotage.mots import Regle

Valeurs = Mapping[str, Any]

#: Of each rule, its columns in the démarche.
CHAMPS: dict[Regle, tuple[str, ...]] = {
    Regle.OBJECTIF: ("objectif_mobilites",),
    Regle.DEBUT: ("date_debut",),
    Regle.FIN: ("date_fin",),
    Regle.TOLERANCE: ("tolerance_solde",),
    Regle.SEUIL: ("seuil_secret",),
    Regle.PUBLICITE: ("publicite_mois",),
    Regle.RAPPELS: ("rappel_jours",),
    Regle.PUBLIC: ("public", "categories", "filieres"),
}
#: What a rule governs, said beside it.
EFFETS: dict[Regle, str] = {
    Regle.OBJECTIF: "Le nombre de mobilités effectives que les employeurs visent ensemble. La "
    "trajectoire du pilotage et de la note aux élus y mène.",
    Regle.DEBUT: "Le jour d’où la démarche se compte.",
    Regle.FIN: "Le jour où l’objectif est attendu. Les données des personnes se gardent en fonction de lui.",
    Regle.TOLERANCE: "L’écart admis entre les arrivées et les départs de chaque employeur.",
    Regle.SEUIL: "Un effectif plus petit se lit « n.c. » dans ce qui est remis aux élus. Il ne descend "
    "jamais sous 5.",
    Regle.PUBLICITE: "Le temps pendant lequel un avis de vacance reste public avant qu’un poste soit "
    "attribué. La loi demande un mois au moins. Vaut pour les avis publiés ensuite.",
    Regle.RAPPELS: "Les jours entre l’information d’une personne et son premier rappel, puis le second. "
    "Elle garde trois semaines pour répondre, et ne reçoit jamais plus de deux rappels.",
    Regle.PUBLIC: "Qui peut être recensé, et le mot qui désigne ces personnes dans les pages.",
}
DUREE_MAX_ANNEES = 10


@dataclass(frozen=True)
class Borne:
    """The least and the most of a number."""

    minimum: int
    maximum: int
    unite: str


BORNES: dict[str, Borne] = {
    "objectif_mobilites": Borne(1, 5000, "mobilité"),
    "tolerance_solde": Borne(0, 100, "personne"),
    "seuil_secret": Borne(SEUIL_MINIMUM, 50, "personne"),
    "publicite_mois": Borne(1, 6, "mois"),
    "rappel_jours": Borne(5, 10, "jour"),
}


def lire(source: Demarche | VersionRegles, champs: tuple[str, ...] = COLONNES) -> dict[str, Any]:
    """Their present values."""
    return {champ: getattr(source, champ) for champ in champs}


def en_json(valeurs: Valeurs) -> dict[str, Any]:
    return {c: v.isoformat() if isinstance(v, date) else v for c, v in valeurs.items()}


def du_json(valeurs: Valeurs) -> dict[str, Any]:
    return {c: date.fromisoformat(v) if c.startswith("date_") else v for c, v in valeurs.items()}


def dire(regle: Regle, valeurs: Valeurs) -> str:
    """A rule in words: « 36 mobilités »."""
    valeurs = du_json(en_json(valeurs))
    if regle == Regle.PUBLIC:
        return _dire_le_public(valeurs)
    (champ,) = CHAMPS[regle]
    if champ.startswith("date_"):
        return date_texte(valeurs[champ])
    nombre = valeurs[champ]
    if regle == Regle.TOLERANCE:
        return f"{compter(nombre, 'personne')} en plus ou en moins" if nombre else "aucun écart"
    if regle == Regle.RAPPELS:
        return f"tous les {compter(nombre, 'jour')}"
    if regle == Regle.PUBLICITE:
        return f"{nombre} mois"
    return compter(nombre, BORNES[champ].unite)


def _dire_le_public(valeurs: Valeurs) -> str:
    if valeurs["public"] == Public.CADRES:
        return "les cadres, A et A+, et qui encadre"
    categories = valeurs["categories"] or ",".join(Categorie.values)
    filieres = valeurs["filieres"]
    texte = f"tous les agents, catégories {enumerer(categories.split(','))}"
    if categories.count(",") == 0:
        texte = f"tous les agents de catégorie {categories}"
    if not filieres:
        return f"{texte}, toutes filières"
    noms = [_libelle(Filiere, code).lower() for code in filieres.split(",")]
    return f"{texte}, {'filières' if len(noms) > 1 else 'filière'} {enumerer(noms)}"


def _libelle(mots: type[models.TextChoices], code: str) -> str:
    return str(mots(code).label)


def refus_des_valeurs(valeurs: Valeurs, *, jour: date | None = None) -> dict[str, str]:
    """What no démarche agrees to, said by field. Empty: all of it may be."""
    jour = jour or timezone.localdate()
    refus: dict[str, str] = {}
    for champ, borne in BORNES.items():
        nombre = valeurs.get(champ)
        if nombre is not None and not borne.minimum <= nombre <= borne.maximum:
            refus[champ] = f"Choisissez un nombre de {borne.minimum} à {borne.maximum}."
    if valeurs.get("seuil_secret") is not None and valeurs["seuil_secret"] < SEUIL_MINIMUM:
        refus["seuil_secret"] = (
            f"Le seuil du secret ne descend jamais sous {SEUIL_MINIMUM} : plus petit, un nombre "
            "pourrait désigner quelqu’un."
        )
    debut, fin = valeurs.get("date_debut"), valeurs.get("date_fin")
    if fin and fin <= jour:
        refus["date_fin"] = "Le dernier jour est à venir."
    elif debut and fin and fin <= debut:
        refus["date_fin"] = "Le dernier jour vient après le premier."
    elif debut and fin and fin.year - debut.year > DUREE_MAX_ANNEES:
        refus["date_fin"] = f"Une démarche dure {DUREE_MAX_ANNEES} ans au plus."
    if debut and abs(debut.year - jour.year) > DUREE_MAX_ANNEES:
        refus["date_debut"] = "Vérifiez l’année du premier jour."
    if valeurs.get("public") == Public.CADRES and (valeurs["categories"] or valeurs["filieres"]):
        refus["public"] = "Les catégories et les filières se choisissent pour « tous les agents »."
    return refus
