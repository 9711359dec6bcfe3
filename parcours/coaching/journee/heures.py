"""Hours of an accompagnement: done, to come, and those that the programme plans."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from parcours.models import RendezVousCoaching, SuiviEtape
from parcours.regles import duree_texte


@dataclass(frozen=True)
class Heures:
    """Minutes. `prevues`: the interviews and coachings of the programme."""

    faites: int
    a_venir: int
    prevues: int

    @property
    def texte(self) -> str:
        """« 3 h faites, 1 h 30 à venir ; le programme en prévoit 4 h 30 »."""
        texte = f"{duree_texte(self.faites)} faites, {duree_texte(self.a_venir)} à venir"
        if self.prevues:
            texte += f" ; le programme en prévoit {duree_texte(self.prevues)}"
        return texte


def compter_les_heures(
    suivis: Iterable[SuiviEtape], coachings: Iterable[RendezVousCoaching]
) -> Heures:
    """Reads `etape` of the steps: select it."""
    suivis, coachings = list(suivis), list(coachings)
    faites = sum(s.etape.duree_minutes for s in suivis if s.etat == SuiviEtape.Etat.FAITE)
    faites += sum(r.duree_minutes for r in coachings if r.etat == RendezVousCoaching.Etat.TENU)
    a_venir = sum(s.etape.duree_minutes for s in suivis if s.est_a_venir)
    a_venir += sum(r.duree_minutes for r in coachings if r.est_a_venir)
    prevues = sum(s.etape.duree_minutes for s in suivis if s.etat != SuiviEtape.Etat.ANNULEE)
    return Heures(faites, a_venir, prevues)


def heures_de(acteur: Acteur, cadre: Cadre) -> Heures:
    """Of one person entrusted. Two queries."""
    return compter_les_heures(
        SuiviEtape.objects.geres_par(acteur)
        .filter(inscription__cadre=cadre)
        .select_related("etape"),
        RendezVousCoaching.objects.menes_par(acteur).filter(accompagnement__cadre=cadre),
    )
