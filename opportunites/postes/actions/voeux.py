"""The wishes of a cadre: ranked from 1, without holes, known to them and to each host alone.

Their lines of the journal are the person's alone: their own employer reads those of whoever acts in
its name.
"""

from __future__ import annotations

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from collectivites.refus import ActionImpossible, exiger
from opportunites.communs import verrous
from opportunites.communs.journal import noter
from opportunites.communs.parties import refus_agir_pour_soi
from opportunites.models import Opportunite, Voeu
from opportunites.mots import Actes
from opportunites.postes.actions.avis import oublier_les_avis
from opportunites.postes.predicats import refus_exprimer_voeu


def exprimer_voeu(*, acteur: Acteur, opportunite: Opportunite) -> Voeu:
    """Add a published poste after the last wish."""
    exiger(refus_agir_pour_soi(acteur))
    cadre = verrous.le_sien(acteur)
    opportunite = verrous.opportunite(opportunite.pk)
    voeux = _mes_voeux(cadre)
    if any(v.opportunite_id == opportunite.pk for v in voeux):
        raise ActionImpossible("Ce poste est déjà dans vos vœux.")
    exiger(refus_exprimer_voeu(acteur, opportunite, cadre, len(voeux)))
    voeu = Voeu.objects.create(cadre=cadre, opportunite=opportunite, rang=len(voeux) + 1)
    noter(
        acteur,
        voeu,
        Actes.VOEU_EXPRIME,
        "Poste ajouté à vos vœux",
        cadre_ref=cadre.pk,
        reserve_a_la_personne=True,
        details={"rang": voeu.rang},
    )
    return voeu


def retirer_voeu(*, acteur: Acteur, voeu: Voeu) -> None:
    """Remove a wish; those after it move up."""
    exiger(refus_agir_pour_soi(acteur))
    cadre = verrous.le_sien(acteur)
    voeux = _mes_voeux(cadre)
    partant = next((v for v in voeux if v.pk == voeu.pk), None)
    if partant is None:
        raise ActionImpossible("Ce vœu n’est plus dans votre liste.")
    noter(
        acteur,
        partant,
        Actes.VOEU_RETIRE,
        "Poste retiré de vos vœux",
        cadre_ref=cadre.pk,
        reserve_a_la_personne=True,
        details={"rang": partant.rang},
    )
    _ecrire(cadre, [v for v in voeux if v.pk != partant.pk])
    oublier_les_avis(cadre, partant.opportunite)


def classer_voeux(*, acteur: Acteur, ordre: list[int]) -> None:
    """Rank the wishes as `ordre` (their keys) says.

    A list that has changed meanwhile is no error: unknown keys are skipped, and wishes that
    `ordre` does not name keep their order after the others.
    """
    exiger(refus_agir_pour_soi(acteur))
    cadre = verrous.le_sien(acteur)
    voeux = _mes_voeux(cadre)
    place = {pk: position for position, pk in enumerate(ordre)}
    ranges = sorted(voeux, key=lambda v: (place.get(v.pk, len(ordre)), v.rang))
    if ranges == voeux:
        return
    _ecrire(cadre, ranges)
    noter(
        acteur,
        ranges[0],
        Actes.VOEU_CLASSE,
        "Vœux classés",
        cadre_ref=cadre.pk,
        reserve_a_la_personne=True,
        nomme_le_poste=False,
        details={"ordre": [v.pk for v in ranges]},
    )


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
