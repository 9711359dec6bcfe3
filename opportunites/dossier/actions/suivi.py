"""After the move: six and twelve months later, the host and the person each say how it goes."""

from __future__ import annotations

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from collectivites.acteurs.acteur import Acteur
from collectivites.refus import exiger
from opportunites.dossier.predicats import refus_renseigner_suivi
from opportunites.models import Mobilite, Suivi


def ouvrir_les_suivis(mobilite: Mobilite) -> list[Suivi]:
    """Four rows: two dates, two voices. One query."""
    assert mobilite.date_effet is not None
    return Suivi.objects.bulk_create(
        Suivi(
            mobilite=mobilite,
            mois=mois,
            cote=cote,
            echeance=mobilite.date_effet + relativedelta(months=mois),
        )
        for mois in Suivi.MOIS
        for cote in Suivi.Cote.values
    )


def renseigner_suivi(
    *,
    acteur: Acteur,
    suivi: Suivi,
    en_poste: bool,
    bilan: str,
    themes: list[str],
    note: str = "",
) -> None:
    """Say how it goes; may be said again. No line in the journal: it is a voice, not a decision."""
    suivi = (
        Suivi.objects.select_for_update(of=("self",)).select_related("mobilite").get(pk=suivi.pk)
    )
    exiger(refus_renseigner_suivi(acteur, suivi))
    suivi.en_poste = en_poste
    suivi.bilan = Suivi.Bilan(bilan)
    suivi.themes = [Suivi.Theme(theme).value for theme in themes]
    suivi.note = note.strip()
    suivi.renseigne_le = timezone.now()
    suivi.renseigne_par = acteur.mandat
    suivi.save(
        update_fields=["en_poste", "bilan", "themes", "note", "renseigne_le", "renseigne_par"]
    )
