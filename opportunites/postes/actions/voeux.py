"""The wishes of a cadre: ranked from 1, without holes, known to them and to each host alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cadres.models import Cadre
from collectivites.journal import journaliser
from collectivites.refus import RESERVE_A_LA_PERSONNE, ActionImpossible, exiger
from opportunites.communs import verrous
from opportunites.models import Opportunite, Voeu
from opportunites.postes.actions.avis import oublier_les_avis
from opportunites.postes.predicats.voeux import refus_exprimer_voeu

if TYPE_CHECKING:
    from collectivites.acteurs.acteur import Acteur


def exprimer_voeu(*, acteur: Acteur, opportunite: Opportunite) -> Voeu:
    """Add a published poste after the last wish."""
    cadre = _mon_dossier(acteur)
    opportunite = verrous.opportunite(opportunite.pk)
    voeux = _mes_voeux(cadre)
    if any(v.opportunite_id == opportunite.pk for v in voeux):
        raise ActionImpossible("Ce poste est déjà dans vos vœux.")
    exiger(refus_exprimer_voeu(acteur, opportunite, cadre, len(voeux)))
    voeu = Voeu.objects.create(cadre=cadre, opportunite=opportunite, rang=len(voeux) + 1)
    _journaliser(acteur, voeu, "voeu.exprime", "Poste ajouté à vos vœux")
    return voeu


def retirer_voeu(*, acteur: Acteur, voeu: Voeu) -> None:
    """Remove a wish; those after it move up."""
    cadre = _mon_dossier(acteur)
    voeux = _mes_voeux(cadre)
    partant = next((v for v in voeux if v.pk == voeu.pk), None)
    if partant is None:
        raise ActionImpossible("Ce vœu n’est plus dans votre liste.")
    _journaliser(acteur, partant, "voeu.retire", "Poste retiré de vos vœux")
    _ecrire(cadre, [v for v in voeux if v.pk != partant.pk])
    oublier_les_avis(cadre, partant.opportunite)


def classer_voeux(*, acteur: Acteur, ordre: list[int]) -> None:
    """Rank the wishes as `ordre` (their keys) says.

    A list that has changed meanwhile is no error: unknown keys are skipped, and wishes that
    `ordre` does not name keep their order after the others.
    """
    cadre = _mon_dossier(acteur)
    voeux = _mes_voeux(cadre)
    place = {pk: position for position, pk in enumerate(ordre)}
    ranges = sorted(voeux, key=lambda v: (place.get(v.pk, len(ordre)), v.rang))
    if ranges == voeux:
        return
    _ecrire(cadre, ranges)
    _journaliser(acteur, ranges[0], "voeu.classe", "Vœux classés", [v.pk for v in ranges])


def _mon_dossier(acteur: Acteur) -> Cadre:
    if acteur.cadre_id is None:
        exiger(RESERVE_A_LA_PERSONNE)
        raise AssertionError
    return verrous.cadre(acteur.cadre_id)


def _mes_voeux(cadre: Cadre) -> list[Voeu]:
    return list(
        Voeu.objects.filter(cadre=cadre).select_related("opportunite__poste").order_by("rang")
    )


def _ecrire(cadre: Cadre, voeux: list[Voeu]) -> None:
    """Rewrite the list under its own keys: a rank is unique, so no two rows may ever swap."""
    Voeu.objects.filter(cadre=cadre).delete()
    for rang, voeu in enumerate(voeux, start=1):
        voeu.rang = rang
    Voeu.objects.bulk_create(voeux)


def _journaliser(
    acteur: Acteur, voeu: Voeu, acte: str, quoi: str, ordre: list[int] | None = None
) -> None:
    """For the person alone: their own employer reads the lines of those who act in its name."""
    titre = "" if ordre else f" : {voeu.opportunite.poste.intitule}"
    journaliser(
        acteur=acteur,
        acte=acte,
        libelle=f"{quoi}{titre}"[:300],
        objet=voeu,
        collectivite=None,
        cadre_ref=voeu.cadre_id,
        details={"ordre": ordre} if ordre else {"rang": voeu.rang},
        reserve_a_la_personne=True,
    )
