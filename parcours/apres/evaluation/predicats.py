"""May this acteur answer, and if not, why."""

from __future__ import annotations

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte
from collectivites.mots import Role
from collectivites.refus import Interdit
from parcours.models import Evaluation, Participation

DEJA_REPONDU = (
    "Vous avez déjà répondu à cette évaluation. Une réponse ne se change pas : plus rien ne dit "
    "laquelle est la vôtre."
)
PAS_ENCORE = "Cette évaluation n’est pas encore ouverte."


def refus_participer(acteur: Acteur) -> str | None:
    """Somebody with a file, in their own name."""
    if acteur.role != Role.CADRE or acteur.cadre_id is None:
        return Interdit("Une évaluation se remplit par les personnes qui ont suivi le parcours.")
    return None


def refus_repondre(acteur: Acteur, evaluation: Evaluation) -> str | None:
    """Who is asked (the caller read it through `visibles_par`), once, until its last day. One query."""
    if refus := refus_participer(acteur):
        return refus
    if Participation.objects.filter(evaluation=evaluation, cadre=acteur.cadre_id).exists():
        return DEJA_REPONDU
    return refus_ouverte(evaluation)


def refus_ouverte(evaluation: Evaluation) -> str | None:
    if evaluation.est_ouverte:
        return None
    if timezone.localdate() < evaluation.ouverte_le:
        return PAS_ENCORE
    return f"Cette évaluation est close depuis le {date_texte(evaluation.jusqu_au)} au soir."
