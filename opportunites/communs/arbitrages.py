"""What a DGS reads before ruling on a reserve: the file, who agreed to what, who else may rule."""

from __future__ import annotations

from typing import Any

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import enumerer
from collectivites.models import EntreeJournal, Mandat
from collectivites.mots import Role
from opportunites.models import Impact, Mobilite, ReponseOrigine, Reserve
from opportunites.mots import Actes

#: What ends a reserve, in the journal.
ISSUES = (Actes.RESERVE_LEVEE, Actes.RESERVE_RETENUE, Actes.RESERVE_CADUQUE)


def mobilite_de(reserve: Reserve) -> Mobilite | None:
    """The move that the proposition opened, the last one when a second yes opened another."""
    dossier: Mobilite | None = (
        Mobilite.objects.filter(proposition=reserve.proposition_id).order_by("-pk").first()
    )
    return dossier


def lire(acteur: Acteur, reserve: Reserve, dossier: Mobilite | None) -> dict[str, Any]:
    """Five queries at most. The replacement is the origin's affair: nobody else reads it."""
    reponse = impact = None
    if dossier is not None:
        reponses = ReponseOrigine.objects.visibles_par(acteur).filter(mobilite=dossier)
        reponse = reponses.select_related("par__utilisateur", "par__collectivite").first()
        impact = Impact.objects.visibles_par(acteur).filter(mobilite=dossier).first()
    return {
        "mobilite": dossier,
        "reponse": reponse,
        "impact": impact,
        "lit_l_impact": reserve.proposition.collectivite_origine_id == acteur.collectivite.pk,
        "arbitres": arbitres(reserve),
        "issue": _issue(acteur, reserve),
    }


def arbitres(reserve: Reserve) -> list[Mandat]:
    """The DGS of both employers: whoever rules first rules for both."""
    proposition = reserve.proposition
    parties = [
        proposition.collectivite_origine_id,
        proposition.opportunite.poste.collectivite_id,
    ]
    return list(
        Mandat.objects.en_vigueur()
        .filter(role=Role.DGS, collectivite__in=parties)
        .select_related("utilisateur", "collectivite")
        .order_by("collectivite", "pk")
    )


def nommer(mandats: list[Mandat]) -> str:
    """« Hélène Vaubrun (DGS, Département du Loiret) et Marc Estoril (DGS, Ville d’Orléans) »."""
    return enumerer([f"{m.utilisateur.nom_complet} ({m.libelle})" for m in mandats])


def _issue(acteur: Acteur, reserve: Reserve) -> EntreeJournal | None:
    """The line of the journal that says who ruled, in whose name, under which delegation."""
    if reserve.etat in Reserve.ETATS_OUVERTS:
        return None
    ligne: EntreeJournal | None = (
        EntreeJournal.objects.visibles_par(acteur)
        .filter(objet_type=reserve._meta.label_lower, objet_id=str(reserve.pk), acte__in=ISSUES)
        .select_related("auteur", "au_nom_de", "delegation__delegant__utilisateur")
        .first()
    )
    return ligne
