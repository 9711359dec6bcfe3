"""The page of the gates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import capitale, compter_en_lettres
from collectivites.mots import Role
from pilotage.cadrage.jalons import predicats
from pilotage.cadrage.jalons.conditions import Condition, Faits, conditions
from pilotage.models import EngagementDGS, PassageJalon
from pilotage.mots import Jalon

CE_QUI_S_OUVRE = {
    Jalon.LANCEMENT: "Ouvre la démarche. Sans lui, aucun autre jalon ne se franchit.",
    Jalon.PROMOTION: "Permet d’ouvrir une promotion. Il se franchit pour chacune.",
    Jalon.PROPOSITIONS: "Permet d’envoyer des propositions de poste aux personnes retenues.",
}


@dataclass(frozen=True)
class Porte:
    """One gate. `passages`: when it was passed, and by whom; `franchi`: what it opens is open."""

    jalon: Jalon
    titre: str
    ouvre: str
    franchi: bool
    passages: tuple[PassageJalon, ...]
    conditions: tuple[Condition, ...]
    refus: str | None

    @property
    def manquent(self) -> int:
        return sum(not c.tenue for c in self.conditions)

    @property
    def par_promotion(self) -> bool:
        return self.jalon == Jalon.PROMOTION

    @property
    def peut_franchir(self) -> bool:
        return self.refus is None


def ouvrir_les_jalons(acteur: Acteur) -> dict[str, Any]:
    """What the page shows. A constant number of queries."""
    faits = Faits(acteur.demarche)
    portes = [_porte(acteur, faits, jalon) for jalon in Jalon]
    engagements = {
        e.collectivite_id: e
        for e in EngagementDGS.objects.visibles_par(acteur).select_related("mandat__utilisateur")
    }
    siennes = next((c for c in faits.employeurs if c.pk == acteur.collectivite.pk), None)
    return {
        "portes": portes,
        "titre": _titre(portes),
        "engagements": [
            (c, engagements.get(c.pk) if c.engagee else None, faits.dgs.get(c.pk, ""))
            for c in faits.employeurs
        ],
        "peut_s_engager": acteur.est(Role.DGS) and siennes is not None and not siennes.engagee,
        "peut_renoncer": siennes is not None
        and predicats.refus_renoncer(acteur, ecrits=siennes.a_des_criteres, deja=siennes.renonce)
        is None,
    }


def _porte(acteur: Acteur, faits: Faits, jalon: Jalon) -> Porte:
    franchi = faits.est_franchi(jalon)
    lignes = conditions(faits, jalon)
    titre = str(jalon.label)
    if jalon == Jalon.PROMOTION:
        titre = f"Ouverture de la promotion {faits.promotions + 1}"
    return Porte(
        jalon,
        titre,
        CE_QUI_S_OUVRE[jalon],
        franchi,
        tuple(p for p in faits.passages if p.jalon == jalon),
        tuple(lignes),
        predicats.refus_franchir_jalon(
            acteur, jalon, franchi=franchi, manque=[c.intitule for c in lignes if not c.tenue]
        ),
    )


def _titre(portes: list[Porte]) -> str:
    """The first gate that is closed, and how far it is from opening."""
    for porte in portes:
        if porte.franchi:
            continue
        if not porte.manquent:
            return f"{porte.titre} : tout est réuni"
        manque = compter_en_lettres(
            porte.manquent, "condition manque,conditions manquent", feminin=True
        )
        return f"{porte.titre} : {manque}"
    return capitale("tous les jalons sont franchis")
