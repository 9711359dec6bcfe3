"""What is asked, by moment. Adding a question is a line here; a key that was published stays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from parcours.mots import NatureEvaluation as N


class Reponse(IntEnum):
    """The closed choices, the same for every question."""

    SANS_OBJET = 0
    PAS_DU_TOUT = 1
    PLUTOT_NON = 2
    PLUTOT_OUI = 3
    TOUT_A_FAIT = 4


LIBELLES = {
    Reponse.TOUT_A_FAIT: "Tout à fait",
    Reponse.PLUTOT_OUI: "Plutôt oui",
    Reponse.PLUTOT_NON: "Plutôt non",
    Reponse.PAS_DU_TOUT: "Pas du tout",
}
#: What counts in a mean, from 1 to 4.
NOTEES = tuple(sorted(LIBELLES))


@dataclass(frozen=True)
class Question:
    """`court`: what a table of results says. `sans_objet`: what those say whom it does not concern."""

    cle: str
    texte: str
    court: str
    sans_objet: str = ""

    @property
    def choix(self) -> list[tuple[int, str]]:
        choix = [(int(reponse), libelle) for reponse, libelle in LIBELLES.items()]
        return [*choix, (int(Reponse.SANS_OBJET), self.sans_objet)] if self.sans_objet else choix


_SATISFAIT = Question(
    "satisfait",
    "Le parcours vous a-t-il donné satisfaction, dans l’ensemble ?",
    "Satisfaction d’ensemble",
)
_MOBILITE = Question(
    "mobilite",
    "Le parcours vous a-t-il servi pour la mobilité que vous avez faite ?",
    "Utilité pour la mobilité faite",
    "Je n’ai pas changé de poste",
)
_APRES = (
    Question(
        "satisfait",
        "Avec le recul, le parcours vous donne-t-il satisfaction ?",
        "Satisfaction d’ensemble",
    ),
    _MOBILITE,
    Question(
        "quotidien",
        "Vous servez-vous, dans votre travail, de ce que vous y avez appris ?",
        "Utilité au quotidien",
    ),
)

QUESTIONS: dict[str, tuple[Question, ...]] = {
    N.SESSION: (
        Question("utile", "Cette session vous a-t-elle été utile ?", "Utilité"),
        Question("annonce", "Était-ce ce qui était annoncé ?", "Conforme à l’annonce"),
        Question("organisation", "L’organisation vous a-t-elle convenu ?", "Organisation"),
    ),
    N.PROMOTION: (
        _SATISFAIT,
        Question(
            "sessions",
            "Les sessions vous ont-elles apporté ce dont vous aviez besoin ?",
            "Apport des sessions",
        ),
        Question(
            "accompagnement",
            "L’accompagnement (entretiens, coaching) vous a-t-il aidé ?",
            "Aide de l’accompagnement",
            "Je n’en ai pas eu",
        ),
        _MOBILITE,
        Question(
            "conseil",
            "Conseilleriez-vous ce parcours à un collègue ?",
            "Le conseilleraient",
        ),
    ),
    N.SIX_MOIS: _APRES,
    N.DOUZE_MOIS: _APRES,
}


def questions(nature: str) -> tuple[Question, ...]:
    return QUESTIONS[nature]
