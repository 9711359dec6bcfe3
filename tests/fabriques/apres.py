"""Evaluations: open, with answers in their urn, or published. The network of a promotion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from cadres.models import Cadre
from parcours.apres.evaluation import actions
from parcours.apres.evaluation.questions import questions
from parcours.models import (
    DemandeMentor,
    Evaluation,
    Parole,
    Participation,
    PresenceReseau,
    Promotion,
    Session,
)
from tests.fabriques.temps import dans


def faire_evaluation(sujet: Session | Promotion, nature: str = "", **champs: Any) -> Evaluation:
    """Open since yesterday, for ten days more."""
    valeurs: dict[str, Any] = {"ouverte_le": dans(-1), "jusqu_au": dans(10)}
    if isinstance(sujet, Session):
        valeurs |= {"session": sujet, "demarche": sujet.prestation.collectivite.demarche}
        nature = nature or "session"
    else:
        valeurs |= {"promotion": sujet, "demarche": sujet.demarche}
        nature = nature or "promotion"
    return actions.ouvrir(nature, **{**valeurs, **champs})


def mettre_dans_l_urne(
    evaluation: Evaluation, note: int = 4, texte: str = "", cadre: Cadre | None = None
) -> None:
    """An answer that says `note` to everything; `cadre`: who has answered, if that matters."""
    choix = {q.cle: note for q in questions(evaluation.nature)}
    evaluation.urne.ecrire([*evaluation.urne.lire(), {"choix": choix, "texte": texte}])
    evaluation.urne.save()
    if cadre is not None:
        Participation.objects.create(evaluation=evaluation, cadre=cadre)


def faire_evaluation_publiee(
    sujet: Session | Promotion,
    paroles: Sequence[str] = (),
    effectifs: Mapping[str, int] | None = None,
    nature: str = "",
) -> Evaluation:
    """Closed yesterday. `effectifs`: answer → how many, the same for every question."""
    evaluation = faire_evaluation(sujet, nature, ouverte_le=dans(-20), jusqu_au=dans(-2))
    compte = dict(effectifs or {"3": 4, "4": 3})
    evaluation.urne.delete()
    evaluation.depouillee_le = evaluation.jusqu_au + timedelta(days=1)
    evaluation.reponses = sum(compte.values())
    evaluation.effectifs = {q.cle: compte for q in questions(evaluation.nature)}
    evaluation.save()
    for texte in paroles:
        Parole.objects.create(evaluation=evaluation, texte=texte)
    return evaluation


def faire_presence(cadre: Cadre, promotion: Promotion, **champs: Any) -> PresenceReseau:
    """Somebody who said yes to the network of their promotion."""
    return PresenceReseau.objects.create(
        promotion=promotion, cadre=cadre, **{"depuis": dans(-3), **champs}
    )


def demander_un_mentor(
    cadre: Cadre, presence: PresenceReseau, mot: str = "M’aider ?", **champs: Any
) -> DemandeMentor:
    """Asked the day before, unless `champs` say otherwise."""
    return DemandeMentor.objects.create(
        presence=presence, cadre=cadre, mot=mot, **{"demandee_le": dans(-1), **champs}
    )
