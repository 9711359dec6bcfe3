"""What is told of an evaluation leaves every answer possible to everybody: all the urns are tried."""

from itertools import combinations_with_replacement

import pytest

from parcours.apres.evaluation.questions import QUESTIONS, Question
from parcours.models import Evaluation
from pilotage.indicateurs.protection.evaluations import (
    noter_une_question,
    phrase_de_satisfaction,
    publier_evaluation,
)
from pilotage.indicateurs.protection.publication import NonProtege
from tests.fabriques import (
    faire_evaluation,
    faire_evaluation_publiee,
    faire_prestation,
    faire_promotion,
    faire_session,
)

QUESTION = Question("utile", "Utile ?", "Utilité")
NOTES = (1, 2, 3, 4)


def dit(urne, seuil=5):
    """What a reader is told of these answers."""
    effectifs = {str(n): urne.count(n) for n in (0, *NOTES) if n in urne}
    note = noter_une_question(QUESTION, effectifs, seuil)
    return note.texte, note.oui.valeur, note.non.valeur


@pytest.mark.parametrize("combien", [5, 6, 7, 8, 10, 11, 13])
def test_whoever_knows_their_own_answer_knows_nobody_else_s(combien):
    """For each thing that may be told, and each answer of the reader's own, another person may still have
    said anything."""
    possibles = {}
    for urne in combinations_with_replacement(NOTES, combien):
        for moi in set(urne):
            reste = list(urne)
            reste.remove(moi)
            for autre in set(reste):
                possibles.setdefault((dit(urne), moi), set()).add(autre)
    assert all(autres == set(NOTES) for autres in possibles.values())


@pytest.mark.parametrize(
    ("urne", "texte"),
    [
        ((4, 4, 4, 4, 4), "3\u00a0ou\u00a0plus"),
        ((4,) * 7, "3\u00a0ou\u00a0plus"),
        ((4,) * 8, "3,5\u00a0ou\u00a0plus"),
        ((3, 2, 3, 3, 2), "2,5\u00a0sur\u00a04"),
        ((3, 3, 3, 4, 3, 3, 3, 4), "3,5\u00a0ou\u00a0plus"),  # 3.25, the very step
        ((3,) * 7 + (4, 3), "3\u00a0sur\u00a04"),
        ((2, 2, 2, 3, 2, 2, 2, 3), "2,5\u00a0sur\u00a04"),  # 2.25
        ((1, 1, 1, 1, 1), "2\u00a0ou\u00a0moins"),
        ((4, 4, 4, 4), "n.c."),
        ((4, 4, 4, 4, 0), "n.c."),
    ],
)
def test_a_note_is_rounded_to_the_half(urne, texte):
    assert dit(urne)[0].replace(" ", "\u00a0") == texte


@pytest.mark.parametrize(
    ("urne", "oui", "non"),
    [
        ((4,) * 5 + (1,) * 5, 5, 5),
        ((4,) * 6 + (1,) * 4, None, None),
        ((4,) * 10, None, None),
        (
            (4,) * 5 + (1,) * 5 + (0,) * 4,
            None,
            None,
        ),  # four whom it does not concern, by subtraction
        ((4,) * 5 + (1,) * 5 + (0,) * 5, 5, 5),
    ],
)
def test_how_many_is_told_where_neither_side_is_few(urne, oui, non):
    assert dit(urne)[1:] == (oui, non)


@pytest.mark.django_db
def test_nothing_is_published_before_the_end_nor_under_the_threshold(troupe):
    session = faire_session(faire_prestation(troupe.region))
    assert publier_evaluation(faire_evaluation(session)) is None
    close = faire_evaluation_publiee(
        faire_session(faire_prestation(troupe.region)), effectifs={"4": 6}
    )
    assert publier_evaluation(close).reponses == 6
    close.demarche.seuil_secret = 7
    assert publier_evaluation(close) is None


@pytest.mark.django_db
def test_the_document_of_a_promotion_may_say_one_line(troupe):
    promotion = faire_promotion(troupe.demarche)
    assert phrase_de_satisfaction(promotion) == ""
    faire_evaluation_publiee(promotion, effectifs={"3": 4, "4": 3})
    phrase = phrase_de_satisfaction(promotion).replace("\u00a0", " ")
    assert phrase.endswith(" : 3 ou plus sur 4 (7 réponses).")


def test_a_note_is_made_by_the_engine_alone():
    from pilotage.indicateurs.protection.evaluations import Resultat

    with pytest.raises(NonProtege):
        Resultat(Evaluation(), 9, (), object())


def test_a_key_that_was_published_is_never_asked_twice_in_a_moment():
    for posees in QUESTIONS.values():
        assert len({q.cle for q in posees}) == len(posees)
