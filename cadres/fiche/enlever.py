"""Taking off the registre whom nobody was told of: listed by mistake, or by an import that is undone."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import ProtectedError

from cadres.fiche import predicats
from cadres.fiche.journal import noter
from cadres.fiche.verrous import verrouiller
from cadres.models import Cadre
from cadres.mots import Actes
from collectivites.acteurs.acteur import Acteur
from collectivites.models import Poste
from collectivites.refus import exiger

PAR_LOT = 500


def enlever_du_recensement(*, acteur: Acteur, cadre: Cadre) -> None:
    """The file and all that hangs on it go; the journal keeps that it was done, without a name."""
    cadre = verrouiller(cadre.pk)
    exiger(predicats.refus_enlever(acteur, cadre))
    noter(acteur, cadre, Actes.ENLEVE, "Fiche retirée du recensement", objet=cadre)
    enlever_des_fiches([cadre.pk])


def enlever_des_fiches(pks: Sequence[int]) -> None:
    """Delete files, whose candidacies are locked, and the postes that nothing else speaks of."""
    for debut in range(0, len(pks), PAR_LOT):
        lot = pks[debut : debut + PAR_LOT]
        postes = list(
            Cadre.objects.filter(pk__in=lot, poste__isnull=False).values_list("poste", flat=True)
        )
        Cadre.objects.filter(pk__in=lot).delete()
        enlever_des_postes(postes)


def enlever_des_postes(postes: Sequence[int]) -> None:
    """Those that nothing speaks of; the others stay, vacant."""
    if not _enlever(postes):
        for poste in postes:
            _enlever([poste])


def _enlever(postes: Sequence[int]) -> bool:
    try:
        with transaction.atomic():
            Poste.objects.filter(pk__in=postes).delete()
    except ProtectedError:
        return False  # an opportunité, a past move
    return True
