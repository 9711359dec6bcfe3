"""What is told of an evaluation: how many answered, and for each question a rounded note.

A note goes by steps of half a point, whose first and last are open (« 2 ou moins », « 3,5 ou plus »; under
eight answers, « 3 ou plus »). How many said yes and no is told beside it where neither are few, and where
the two together are not at an extreme. Of five answers or more, what is told leaves every answer possible
to each of them, even for whoever knows their own and these rules
(`tests/pilotage/indicateurs/protection/test_evaluations.py` tries all the urns). What it does not hold:
several people who put their own answers together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from collectivites.communs.typographie import INSECABLE
from parcours.apres.evaluation.questions import NOTEES, Question, Reponse, questions
from parcours.models import Evaluation, Promotion
from parcours.models.apres.evaluation import REPONSES_MINIMUM
from parcours.mots import NatureEvaluation
from pilotage.indicateurs.protection.publication import SCEAU, Chiffre, Sceau, _exiger_le_sceau
from pilotage.indicateurs.secret import NON_COMMUNIQUE

#: In half points: the lowest and the highest that are told; the latter to so many answers at least, or
#: whoever answered 1 themselves would know that the others all said 4.
PLANCHER, PLAFOND, PLAFOND_BAS = 4, 7, 6
ASSEZ_POUR_LE_PLAFOND = 8


@dataclass(frozen=True)
class Note:
    """`demis`: half points, from 4 to 7, or None when it must not be told; `plafond`: the last step, which is
    open. `oui` and `non`: how many, both told or neither."""

    question: Question
    demis: int | None
    plafond: int
    oui: Chiffre
    non: Chiffre
    sceau: Sceau = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        _exiger_le_sceau(self.sceau)

    @property
    def est_dite(self) -> bool:
        return self.demis is not None

    @property
    def texte(self) -> str:
        """« 3 sur 4 », « 3,5 ou plus », « n.c. »."""
        if self.demis is None:
            return NON_COMMUNIQUE
        chiffre = f"{self.demis / 2:g}".replace(".", ",")
        if self.demis == PLANCHER:
            return f"{chiffre}{INSECABLE}ou moins"
        if self.demis == self.plafond:
            return f"{chiffre}{INSECABLE}ou plus"
        return f"{chiffre}{INSECABLE}sur{INSECABLE}4"

    @property
    def phrase(self) -> str:
        """The same in a sentence: « 3,5 ou plus sur 4 »."""
        return self.texte if "sur" in self.texte else f"{self.texte} sur{INSECABLE}4"


@dataclass(frozen=True)
class Resultat:
    """A published evaluation. `reponses`: how many, five at least."""

    evaluation: Evaluation
    reponses: int
    notes: tuple[Note, ...]
    sceau: Sceau = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        _exiger_le_sceau(self.sceau)

    @property
    def dit_combien(self) -> bool:
        return any(n.oui.est_dit for n in self.notes)

    def note(self, cle: str) -> Note | None:
        return next((n for n in self.notes if n.question.cle == cle), None)


def publier_evaluation(evaluation: Evaluation) -> Resultat | None:
    """None before it is closed, and when too few answered. Reads `demarche`: select it."""
    seuil = max(REPONSES_MINIMUM, evaluation.demarche.seuil_secret)
    if evaluation.depouillee_le is None or (evaluation.reponses or 0) < seuil:
        return None
    notes = tuple(
        noter_une_question(question, evaluation.effectifs[question.cle], seuil)
        for question in questions(evaluation.nature)
        if question.cle in evaluation.effectifs
    )
    return Resultat(evaluation, evaluation.reponses or 0, notes, SCEAU)


def noter_une_question(question: Question, effectifs: Mapping[str, int], seuil: int) -> Note:
    """`effectifs`: answer → how many."""
    lus = {int(reponse): nombre for reponse, nombre in effectifs.items()}
    notes: dict[int, int] = {reponse.value: lus.get(reponse, 0) for reponse in NOTEES}
    total, hors = sum(notes.values()), lus.get(Reponse.SANS_OBJET, 0)
    oui = notes[Reponse.PLUTOT_OUI] + notes[Reponse.TOUT_A_FAIT]
    non = total - oui
    plafond = PLAFOND if total >= ASSEZ_POUR_LE_PLAFOND else PLAFOND_BAS
    demis = _demis(notes, plafond) if total >= seuil else None
    dits = (
        demis is not None
        and min(oui, non) >= seuil
        and (not hors or hors >= seuil)
        and _sans_extreme(demis, plafond, oui, non)
    )
    return Note(
        question,
        demis,
        plafond,
        Chiffre(oui if dits else None, None, SCEAU),
        Chiffre(non if dits else None, None, SCEAU),
        SCEAU,
    )


def _demis(notes: Mapping[int, int], plafond: int) -> int:
    """The mean to the nearest half, upwards; what lies beyond the open steps joins them."""
    total = sum(notes.values())
    somme = sum(reponse * nombre for reponse, nombre in notes.items())
    return min(max((4 * somme + total) // (2 * total), PLANCHER), plafond)


def _sans_extreme(demis: int, plafond: int, oui: int, non: int) -> bool:
    """Whether, beside such a note, two people of any side may still have chosen either answer of theirs."""
    total = oui + non
    # The sums that round to this step: 4 × sum + total is in [2 × total × step, 2 × total × (step + 1)[.
    moins = -(-total * (2 * demis - 1) // 4) if demis > PLANCHER else total
    plus = (total * (2 * demis + 1) - 1) // 4 if demis < plafond else 4 * total
    return moins <= 4 * oui + 2 * non - 2 and plus >= 3 * oui + non + 2


def phrase_de_satisfaction(promotion: Promotion) -> str:
    """What a document may say of the promotion; nothing where nothing is published. One query."""
    evaluation = (
        promotion.evaluations.filter(nature=NatureEvaluation.PROMOTION, reponses__gt=0)
        .select_related("demarche")
        .first()
    )
    resultat = publier_evaluation(evaluation) if evaluation else None
    note = resultat.note("satisfait") if resultat else None
    if resultat is None or note is None or not note.est_dite:
        return ""
    return (
        f"Satisfaction des participants, recueillie sans nom : {note.phrase} "
        f"({resultat.reponses} réponses)."
    )
