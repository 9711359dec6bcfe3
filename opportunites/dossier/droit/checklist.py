"""The list of what a move asks of each side, from `referentiels/checklist.csv`.

Each line bears its legal source and how sure we are of it (V, M; nothing: a custom, not the law).
Days count from the date of effect: -30 is a month before, 15 is a fortnight after.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from django.utils import timezone

from opportunites.dossier.droit.voies import avant_l_accord, indemnite
from opportunites.models import Element, Mobilite

_FICHIER = Path(__file__).resolve().parent / "referentiels" / "checklist.csv"
TOUTES = "*"
#: What is added by hand comes after the lines of the rule that have the same date.
APRES_LA_REGLE = 1000


@dataclass(frozen=True)
class Modele:
    """One line of the template."""

    code: str
    ordre: int
    libelle: str
    cote: str
    jours: int
    voies: frozenset[str]
    drh: bool
    condition: str
    source: str
    confiance: str

    def concerne(self, mobilite: Mobilite) -> bool:
        if TOUTES not in self.voies and mobilite.voie not in self.voies:
            return False
        if self.condition == "employeur":
            return mobilite.collectivite_origine_id != mobilite.collectivite_accueil_id
        if self.condition == "indemnite":
            due = indemnite(mobilite)
            return due is not None and due.due is True
        if self.condition == "demande":
            # Dated by the origin, who received it on paper: nothing is left to ask.
            return mobilite.demande_recue_le is None
        return True


@cache
def modeles() -> tuple[Modele, ...]:
    with _FICHIER.open(encoding="utf-8", newline="") as fichier:
        return tuple(
            Modele(
                code=ligne["code"],
                ordre=rang,
                libelle=ligne["libelle"].replace(" : ", " : "),
                cote=ligne["cote"],
                jours=int(ligne["jours"]),
                voies=frozenset(ligne["voies"].split("|")),
                drh=ligne["drh"] == "oui",
                condition=ligne["condition"],
                source=ligne["source"].replace(" ; ", " ; "),
                confiance=ligne["confiance"],
            )
            for rang, ligne in enumerate(csv.DictReader(fichier), start=1)
        )


def mettre_a_jour(mobilite: Mobilite) -> None:
    """Follow the route and the date of a locked file. Four queries.

    What was done stays, with its author and its day, even if the new route would not ask it; what
    was added by hand stays as it is.
    """
    voulus = {m.code: m for m in modeles() if mobilite.voie and m.concerne(mobilite)}
    de_la_regle = Element.objects.filter(mobilite=mobilite, ajoute_par__isnull=True)
    presents = {e.code: e for e in de_la_regle}
    inutiles = [e.pk for e in presents.values() if e.code not in voulus and not e.est_fait]
    Element.objects.filter(pk__in=inutiles).delete()
    a_dater = [e for e in presents.values() if e.pk not in inutiles]
    for element in a_dater:
        assert element.jours is not None
        element.echeance = _echeance(mobilite, element.jours)
    Element.objects.bulk_update(a_dater, ["echeance"])
    Element.objects.bulk_create(
        Element(
            mobilite=mobilite,
            code=modele.code,
            ordre=modele.ordre,
            libelle=modele.libelle,
            cote=modele.cote,
            jours=modele.jours,
            echeance=_echeance(mobilite, modele.jours),
            reserve_au_drh=modele.drh,
            source=modele.source,
            confiance=modele.confiance,
        )
        for modele in voulus.values()
        if modele.code not in presents
    )


def _echeance(mobilite: Mobilite, jours: int) -> date | None:
    """Around the date of effect; never before the agreement that opened the file."""
    if mobilite.date_effet is None:
        return None
    return max(mobilite.date_effet + timedelta(days=jours), timezone.localdate(mobilite.ouverte_le))


def echeance_impossible(mobilite: Mobilite, echeance: date) -> str | None:
    """Why a thing added by hand cannot be due on that day; the form says it beside the date."""
    if refus := avant_l_accord(mobilite, echeance):
        return refus
    arrivee = mobilite.date_effet or timezone.localdate(mobilite.ouverte_le)
    if echeance > arrivee + timedelta(days=366):
        return "Cette date est trop lointaine : un an après l’arrivée au plus tard."
    return None
