"""An answer goes into the urn; the clock opens, reminds, and counts once all is over.

An answer leaves no line of the journal: it would say who answered at which second, beside a base in
which nothing else says it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from random import SystemRandom
from typing import Any

from django.db import transaction
from django.utils import timezone

from cadres.fiche.verrous import verrouiller_le_sien
from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import compter
from collectivites.refus import ActionImpossible, exiger
from parcours.apres.evaluation.predicats import (
    DEJA_REPONDU,
    refus_ouverte,
    refus_participer,
    refus_repondre,
)
from parcours.apres.evaluation.questions import questions
from parcours.models import Evaluation, Parole, Participation, Urne
from parcours.models.apres.evaluation import REPONSES_MINIMUM
from parcours.mots import Actes
from parcours.suites import noter


def repondre(
    *, acteur: Acteur, evaluation: Evaluation, choix: Mapping[str, int], texte: str = ""
) -> None:
    """One answer, once. `texte`: what the person lets be read, apart from the rest.

    The urn is locked, so that two who answer at once follow one another; the person first, so that
    the same one does not answer twice (the database would refuse the second).
    """
    exiger(refus_participer(acteur))
    cadre = verrouiller_le_sien(acteur)
    exiger(refus_repondre(acteur, evaluation))
    urne = Urne.objects.select_for_update().filter(evaluation=evaluation).first()
    if urne is None:  # closed since the page was read
        evaluation.refresh_from_db()
        raise ActionImpossible(refus_ouverte(evaluation) or DEJA_REPONDU)
    Participation.objects.create(evaluation=evaluation, cadre=cadre)
    posees = {question.cle for question in questions(evaluation.nature)}
    bulletin = {"choix": {cle: int(choix[cle]) for cle in sorted(posees)}, "texte": texte.strip()}
    urne.evaluation = evaluation
    urne.ecrire([*urne.lire(), bulletin])
    urne.save(update_fields=["scelle"])


def ouvrir(nature: str, **sur: Any) -> Evaluation:
    """An evaluation with its empty urn, and a line of the journal. Needs a transaction."""
    evaluation = Evaluation.objects.create(nature=nature, **sur)
    urne = Urne(evaluation=evaluation)
    urne.ecrire([])
    urne.save()
    noter(
        None,
        evaluation,
        Actes.EVALUATION_OUVERTE,
        f"{evaluation.get_nature_display()}, {evaluation.sujet} : questions sans nom",
        demarche=evaluation.demarche,
    )
    return evaluation


def depouiller_les_closes() -> int:
    """Count those past their last day, each in its own transaction. Returns how many."""
    faites = 0
    for pk in list(Evaluation.objects.a_depouiller().values_list("pk", flat=True)):
        with transaction.atomic():
            faites += depouiller(pk)
    return faites


def depouiller(pk: int) -> bool:
    """Count, publish if they are enough, then forget the urn and who answered. Once."""
    urne = (
        Urne.objects.select_for_update(of=("self",))
        .select_related("evaluation__demarche", "evaluation__promotion")
        .select_related("evaluation__session__prestation")
        .filter(evaluation=pk)
        .first()
    )
    if urne is None:
        return False
    evaluation, bulletins = urne.evaluation, urne.lire()
    assez = len(bulletins) >= seuil(evaluation)
    evaluation.depouillee_le = timezone.localdate()
    evaluation.reponses = len(bulletins) if assez else 0
    evaluation.effectifs = _compter(evaluation, bulletins) if assez else {}
    evaluation.save(update_fields=["depouillee_le", "reponses", "effectifs"])
    if assez:
        _dire_les_paroles(evaluation, bulletins)
    urne.delete()
    evaluation.participations.all().delete()
    dit = (
        compter(len(bulletins), "réponse")
        if assez
        else "trop peu de réponses, détruites sans être lues"
    )
    noter(
        None,
        evaluation,
        Actes.EVALUATION_CLOSE,
        f"{evaluation.get_nature_display()}, {evaluation.sujet} : {dit}",
        demarche=evaluation.demarche,
    )
    return True


def seuil(evaluation: Evaluation) -> int:
    """Answers under which nothing is said. Reads `demarche`."""
    return max(REPONSES_MINIMUM, evaluation.demarche.seuil_secret)


def _compter(evaluation: Evaluation, bulletins: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Question by question: how one person answered two of them is not kept."""
    return {
        question.cle: {
            str(valeur): nombre
            for valeur, nombre in sorted(
                Counter(bulletin["choix"][question.cle] for bulletin in bulletins).items()
            )
        }
        for question in questions(evaluation.nature)
    }


def _dire_les_paroles(evaluation: Evaluation, bulletins: list[dict[str, Any]]) -> None:
    """In a drawn order, which is that of the rows; under keys that are drawn too."""
    textes = [bulletin["texte"] for bulletin in bulletins if bulletin["texte"]]
    SystemRandom().shuffle(textes)
    Parole.objects.bulk_create(Parole(evaluation=evaluation, texte=texte) for texte in textes)
