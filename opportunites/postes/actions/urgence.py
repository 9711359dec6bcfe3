"""A vacancy is published for a month « sauf urgence » (CGFP L313-4): the host says so, and why."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from collectivites.refus import ActionImpossible, exiger
from opportunites.communs import verrous
from opportunites.models import Opportunite
from opportunites.postes.actions.postes import noter
from opportunites.postes.predicats.postes import refus_declarer_urgence, refus_lever_urgence

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur


def declarer_urgence(*, acteur: Acteur, opportunite: Opportunite, motif: str, fin: date) -> None:
    """The publicity is over on `fin`, before its month. May be said again, otherwise."""
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_declarer_urgence(acteur, opportunite))
    motif = motif.strip()
    if not motif:
        raise ActionImpossible("Dites ce qui fait l’urgence\u00a0: chacun le lira.")
    if erreur := fin_impossible(opportunite, fin):
        raise ActionImpossible(erreur)
    opportunite.urgence_le = timezone.now()
    opportunite.urgence_par = acteur.mandat
    opportunite.urgence_motif, opportunite.urgence_fin = motif, fin
    _enregistrer(opportunite)
    noter(
        acteur,
        opportunite,
        "opportunite.urgence",
        "Publicité abrégée pour urgence",
        motif=motif,
        details={"fin": fin.isoformat()},
    )


def fin_impossible(opportunite: Opportunite, fin: date) -> str | None:
    """Why the publicity cannot end on that day; the form says it beside the date."""
    avis, mois = opportunite.avis_publie_le, opportunite.fin_du_mois
    assert avis is not None
    assert mois is not None
    if fin <= avis:
        return "Même en urgence, la publicité dure au moins un jour après l’avis."
    if fin < timezone.localdate():
        return "Cette date est passée\u00a0: une publicité ne s’abrège pas après coup."
    if fin >= mois:
        return "Cette date ne précède pas la fin du mois de publicité\u00a0: rien n’est abrégé."
    return None


def lever_urgence(*, acteur: Acteur, opportunite: Opportunite) -> None:
    """There is no urgency any more: the month of publicity is due again."""
    opportunite = verrous.opportunite(opportunite.pk)
    exiger(refus_lever_urgence(acteur, opportunite))
    opportunite.urgence_le = opportunite.urgence_par = opportunite.urgence_fin = None
    opportunite.urgence_motif = ""
    _enregistrer(opportunite)
    noter(acteur, opportunite, "opportunite.urgence_levee", "Urgence levée")


def _enregistrer(opportunite: Opportunite) -> None:
    opportunite.save(update_fields=["urgence_le", "urgence_par", "urgence_motif", "urgence_fin"])
