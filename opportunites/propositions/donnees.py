"""« Mes données »: the propositions that a person received, and their answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cadres.models import Cadre
from cadres.prises import Rubrique
from collectivites.communs.typographie import date_texte
from opportunites.models import Proposition


def donnees(cadre: Cadre) -> Iterable[Rubrique]:
    """Those that were sent: the others were never said. Two queries."""
    recues = list(
        Proposition.objects.filter(cadre=cadre, envoyee_le__isnull=False)
        .select_related("opportunite__poste__collectivite", "raison_du_refus")
        .prefetch_related("questions")
        .order_by("envoyee_le")
    )
    yield Rubrique(
        "propositions",
        "Les propositions reçues",
        [_ligne_proposition(p) for p in recues],
        [_pour_un_programme(p) for p in recues],
    )


def _pour_un_programme(proposition: Proposition) -> dict[str, Any]:
    poste = proposition.opportunite.poste
    raison = getattr(proposition, "raison_du_refus", None)
    return {
        "poste": poste.intitule,
        "employeur": poste.collectivite.nom,
        "etat": proposition.etat,
        "envoyee_le": proposition.envoyee_le,
        "repondre_avant": proposition.repondre_avant,
        "repondue_le": proposition.repondue_le,
        "motif_refus": raison.motif if raison else "",
        "commentaire_refus": raison.commentaire if raison else "",
    }


def _ligne_proposition(proposition: Proposition) -> tuple[str, str]:
    poste = proposition.opportunite.poste
    texte = f"{poste.collectivite.nom_court}, {proposition.get_etat_display().lower()}"
    if proposition.envoyee_le:
        texte += f", reçue le {date_texte(proposition.envoyee_le)}"
    raison = getattr(proposition, "raison_du_refus", None)
    if raison is not None and raison.motif:
        texte += f", motif de votre refus : {raison.motif.lower()}"
        if raison.commentaire:
            texte += f" (« {raison.commentaire} »)"
    if proposition.pourquoi_employeur:
        texte += f", ce que lit votre employeur : « {proposition.pourquoi_employeur} »"
    for question in proposition.questions.all():
        texte += f", votre question : « {question.texte} »"
        if question.reponse:
            texte += f", sa réponse : « {question.reponse} »"
    return poste.intitule, texte
