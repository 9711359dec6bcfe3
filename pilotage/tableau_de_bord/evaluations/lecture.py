"""The published evaluations as a page sets them side by side: a promotion a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.communs.typographie import date_texte
from parcours.apres.evaluation.questions import Question, questions
from parcours.apres.evaluation.rythme import RATTRAPAGE, demandee_le
from parcours.models import Evaluation, Promotion
from parcours.mots import NatureEvaluation as N
from pilotage.indicateurs.protection.evaluations import Note, Resultat, publier_evaluation

MOMENTS = (N.PROMOTION, N.SIX_MOIS, N.DOUZE_MOIS)
#: Sessions shown; the others are older.
SESSIONS_MAX = 40


@dataclass(frozen=True)
class Colonne:
    """A promotion at one moment. `attend`: why there is nothing to read yet."""

    promotion: Promotion
    resultat: Resultat | None
    attend: str


@dataclass(frozen=True)
class Moment:
    """A table: questions in rows, promotions in columns, the first opened first."""

    titre: str
    constat: str
    colonnes: tuple[Colonne, ...]
    lignes: tuple[tuple[Question, tuple[Note | None, ...]], ...]


def moments(acteur: Acteur) -> list[Moment]:
    """Two queries. Promotions of the whole démarche: what is published is common to all."""
    promotions = list(
        Promotion.objects.filter(demarche=acteur.demarche).order_by("date_debut", "pk")
    )
    evaluations = Evaluation.objects.filter(
        demarche=acteur.demarche, promotion__isnull=False
    ).select_related("demarche", "promotion")
    par_moment = {(e.promotion_id, e.nature): e for e in evaluations}
    return [
        _moment(nature, [_colonne(nature, p, par_moment.get((p.pk, nature))) for p in promotions])
        for nature in MOMENTS
    ]


def _colonne(nature: N, promotion: Promotion, evaluation: Evaluation | None) -> Colonne:
    if evaluation is None:
        jour = demandee_le(promotion.date_fin, nature)
        a_venir = timezone.localdate() <= jour + RATTRAPAGE
        attend = f"à partir du {date_texte(jour)}" if a_venir else "pas demandé"
        return Colonne(promotion, None, attend)
    resultat = publier_evaluation(evaluation)
    if resultat is not None:
        return Colonne(promotion, resultat, "")
    if evaluation.depouillee_le is None:
        return Colonne(promotion, None, f"à lire le {date_texte(evaluation.lisible_le)}")
    return Colonne(promotion, None, "moins de cinq réponses")


def _moment(nature: N, colonnes: Sequence[Colonne]) -> Moment:
    lignes = tuple(
        (q, tuple(c.resultat.note(q.cle) if c.resultat else None for c in colonnes))
        for q in questions(nature)
    )
    if not any(c.resultat for c in colonnes):
        return Moment(nature.label, _rien(colonnes), (), ())
    return Moment(nature.label, constat(lignes[0][1], colonnes), tuple(colonnes), lignes)


def _rien(colonnes: Sequence[Colonne]) -> str:
    """« Rien n’est encore publié. Promotion 1 : à partir du 2 décembre 2026. »"""
    suite = "".join(f" {c.promotion.nom} : {c.attend}." for c in colonnes)
    return f"Rien n’est encore publié.{suite}"


def constat(notes: Sequence[Note | None], colonnes: Sequence[Colonne]) -> str:
    """« La satisfaction passe de 3 sur 4 à 3,5 ou plus, de la Promotion 1 à la Promotion 2. »"""
    dites = [(n, c) for n, c in zip(notes, colonnes, strict=True) if n is not None and n.est_dite]
    if not dites:
        return "Rien n’est encore publié."
    note, colonne = dites[-1]
    if len(dites) == 1:
        return f"{colonne.promotion.nom} : satisfaction de {note.phrase}."
    avant, precedente = dites[-2]
    noms = f"de {precedente.promotion.nom} à {colonne.promotion.nom}"
    if note.demis == avant.demis:
        return f"La satisfaction reste la même {noms} : {note.phrase}."
    sens = "monte" if (note.demis or 0) > (avant.demis or 0) else "baisse"
    return f"La satisfaction {sens} {noms} : {avant.phrase}, puis {note.phrase}."


def sessions(acteur: Acteur) -> list[Resultat]:
    """The latest sessions whose evaluation is published. One query."""
    evaluations = (
        Evaluation.objects.publiees(acteur)
        .filter(session__isnull=False)
        .select_related("demarche", "session__prestation__collectivite")
        .order_by("-session__debut", "pk")[:SESSIONS_MAX]
    )
    return [r for e in evaluations if (r := publier_evaluation(e)) is not None]
