"""What was written behind the wall, destroyed."""

from __future__ import annotations

from django.db import transaction

from cadres.models import Cadre
from parcours.models import Bilan, Carnet, NoteCoaching, NotePrivee, Objectif, Sortie, Synthese


def detruire_les_ecrits(*, cadre: Cadre) -> dict[str, int]:
    """Destroy all that was written behind the wall on a person, their bilans and the words of an
    exit; dates and attendance stay.

    For the retention rules, which write their own line of the journal. Returns how many rows went.
    """
    with transaction.atomic():
        nombres = {
            modele._meta.model_name or "": modele._default_manager.filter(
                accompagnement__cadre=cadre
            ).delete()[0]
            for modele in (NoteCoaching, NotePrivee, Objectif, Synthese)
        }
        for modele in (Bilan, Sortie):
            lignes = modele._default_manager.filter(inscription__cadre=cadre)
            nombres[modele._meta.model_name or ""] = lignes.delete()[0]
        nombres["carnet"] = Carnet.objects.filter(cadre=cadre).delete()[0]
        return nombres
