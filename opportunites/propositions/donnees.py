"""« Mes données »: the propositions that a person received, and their answers."""

from __future__ import annotations

from collections.abc import Iterable

from cadres.models import Cadre
from cadres.prises import Rubrique
from collectivites.communs.typographie import date_texte
from opportunites.models import Proposition


def donnees(cadre: Cadre) -> Iterable[Rubrique]:
    """Those that were sent: the others were never said. One query."""
    recues = (
        Proposition.objects.filter(cadre=cadre, envoyee_le__isnull=False)
        .select_related("opportunite__poste__collectivite")
        .order_by("envoyee_le")
    )
    yield Rubrique(
        "propositions", "Les propositions reçues", [_ligne_proposition(p) for p in recues]
    )


def _ligne_proposition(proposition: Proposition) -> tuple[str, str]:
    poste = proposition.opportunite.poste
    texte = f"{poste.collectivite.nom_court}, {proposition.get_etat_display().lower()}"
    if proposition.envoyee_le:
        texte += f", reçue le {date_texte(proposition.envoyee_le)}"
    if proposition.motif_refus:
        texte += f", motif de votre refus : {proposition.get_motif_refus_display().lower()}"
    if proposition.commentaire_refus:
        texte += f" (« {proposition.commentaire_refus} »)"
    return poste.intitule, texte
