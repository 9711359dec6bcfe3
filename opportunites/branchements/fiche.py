"""What this room adds to a person's file in the registre, and to their next step."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from cadres.models import Cadre
from cadres.prises import Etape
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import jour_de
from opportunites.models import Mobilite, Proposition


def section(acteur: Acteur, cadre: Cadre) -> tuple[str, dict[str, Any]] | None:
    """Propositions and moves that concern the reader's collectivité; never the vœux, since the
    reader may be the present employer. Two queries."""
    if not acteur.est_employeur:
        return None
    propositions = list(
        Proposition.objects.visibles_par(acteur)
        .filter(cadre=cadre)
        .select_related("opportunite__poste__collectivite")
    )
    mobilites = list(
        Mobilite.objects.visibles_par(acteur)
        .filter(cadre=cadre)
        .select_related("poste_accueil", "collectivite_accueil", "collectivite_origine")
    )
    if not propositions and not mobilites:
        return None
    return "opportunites/propositions/_section_fiche.html", {
        "propositions": propositions,
        "mobilites": mobilites,
    }


def prochaines_etapes(acteur: Acteur, cadres: list[Cadre]) -> dict[int, Etape]:
    """The answer that is awaited, or the move under way, when the reader may know. Two queries."""
    if not acteur.est_employeur or not cadres:
        return {}
    etapes: dict[int, Etape] = {}
    envoyees = Proposition.objects.visibles_par(acteur).filter(
        cadre__in=cadres, etat=Proposition.Etat.ENVOYEE
    )
    for proposition in envoyees.order_by("-repondre_avant"):
        assert proposition.repondre_avant is not None
        etapes[proposition.cadre_id] = Etape(
            "Sa réponse à la proposition",
            jour_de(proposition.repondre_avant),
            reverse("opportunites:proposition", args=[proposition.pk]),
        )
    ouvertes = Mobilite.objects.visibles_par(acteur).filter(
        cadre__in=cadres, etat=Mobilite.Etat.OUVERTE
    )
    for mobilite in ouvertes.order_by("pk"):
        etapes[mobilite.cadre_id] = Etape(
            "Prise de poste" if mobilite.date_effet else "Préparer la mobilité",
            mobilite.date_effet,
            reverse("opportunites:mobilite", args=[mobilite.pk]),
            jour=mobilite.date_effet is not None,
        )
    return etapes
