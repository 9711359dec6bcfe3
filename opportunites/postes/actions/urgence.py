"""A vacancy is published for a month « sauf urgence » (CGFP L313-4): the host says so, and why."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.refus import ActionImpossible, exiger
from opportunites.communs import verrous
from opportunites.communs.journal import noter
from opportunites.models import Opportunite
from opportunites.mots import Actes
from opportunites.postes.predicats import (
    fin_impossible,
    refus_declarer_urgence,
    refus_lever_urgence,
)


def declarer_urgence(*, acteur: Acteur, opportunite: Opportunite, motif: str, fin: date) -> None:
    """The publicity is over on `fin`, before its month. May be said again, otherwise."""
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_declarer_urgence(acteur, opportunite))
    motif = motif.strip()
    if not motif:
        raise ActionImpossible("Dites ce qui fait l’urgence : chacun le lira.")
    exiger(fin_impossible(opportunite, fin))
    opportunite.urgence_le = timezone.now()
    opportunite.urgence_par = acteur.mandat
    opportunite.urgence_motif, opportunite.urgence_fin = motif, fin
    _enregistrer(opportunite)
    noter(
        acteur,
        opportunite,
        Actes.OPPORTUNITE_URGENCE,
        "Publicité abrégée pour urgence",
        motif=motif,
        details={"fin": fin.isoformat()},
    )


def lever_urgence(*, acteur: Acteur, opportunite: Opportunite) -> None:
    """There is no urgency any more: the month of publicity is due again."""
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_lever_urgence(acteur, opportunite))
    opportunite.urgence_le = opportunite.urgence_par = opportunite.urgence_fin = None
    opportunite.urgence_motif = ""
    _enregistrer(opportunite)
    noter(acteur, opportunite, Actes.OPPORTUNITE_URGENCE_LEVEE, "Urgence levée")


def _enregistrer(opportunite: Opportunite) -> None:
    opportunite.save(update_fields=["urgence_le", "urgence_par", "urgence_motif", "urgence_fin"])
