"""The page of the network, promotion by promotion, as its reader may see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from cadres.candidature.comptes import adresse_de
from cadres.models import Cadre
from collectivites.acteurs.acteur import Acteur
from parcours.apres.reseau import predicats
from parcours.models import DemandeMentor, PresenceReseau, Promotion

VIVANTES = DemandeMentor.VIVANTES


@dataclass(frozen=True)
class Personne:
    """`adresse`: told to those whom the person answers. `demandable`: the reader may ask them."""

    presence: PresenceReseau
    adresse: str
    demandable: bool


@dataclass(frozen=True)
class Lien:
    """A mentor, or whoever asks for one, seen from the reader. `adresse`: once both said yes."""

    demande: DemandeMentor
    autre: Cadre
    adresse: str


def contexte(acteur: Acteur, cadre: Cadre) -> dict[str, Any]:
    """Six queries, whatever the number of people."""
    promotion = predicats.promotion_de(cadre.pk)
    presences = list(
        PresenceReseau.objects.visibles_par(acteur)
        .select_related("promotion", "cadre__collectivite", "cadre__utilisateur")
        .order_by("-promotion__date_debut", "promotion_id", "cadre__nom", "cadre__prenom", "pk")
    )
    demandes = list(
        DemandeMentor.objects.visibles_par(acteur)
        .select_related("presence__cadre__collectivite", "presence__cadre__utilisateur")
        .select_related("cadre__collectivite", "cadre__utilisateur")
        .order_by("demandee_le", "pk")
    )
    siennes = [d for d in demandes if d.cadre_id == cadre.pk]
    sienne = next((p for p in presences if p.cadre_id == cadre.pk), None)
    return {
        "refus": predicats.refus_lire(acteur),
        "refus_rejoindre": predicats.refus_rejoindre(acteur, cadre, promotion),
        "promotion": promotion,
        "sienne": sienne,
        "promotions": _par_promotion(acteur, presences, siennes),
        "mon_mentor": next((_lien(d, cadre) for d in siennes if d.etat in VIVANTES), None),
        "ont_decline": [d.presence.cadre for d in siennes if d.etat == DemandeMentor.Etat.DECLINEE],
        "on_me_demande": [
            _lien(d, cadre) for d in demandes if d.cadre_id != cadre.pk and d.etat in VIVANTES
        ],
    }


def _par_promotion(
    acteur: Acteur, presences: Iterable[PresenceReseau], siennes: Collection[DemandeMentor]
) -> list[tuple[Promotion, list[Personne]]]:
    """`siennes`: what the reader has asked."""
    demandables: set[int] = set()
    if not any(d.etat in VIVANTES for d in siennes):
        mentors = PresenceReseau.objects.mentors_pour(acteur)
        demandables = set(mentors.values_list("pk", flat=True))
        demandables -= {d.presence_id for d in siennes}
    return [
        (
            promotion,
            [
                Personne(p, adresse_de(p.cadre) if p.repond else "", p.pk in demandables)
                for p in leurs
            ],
        )
        for promotion, leurs in groupby(presences, key=lambda p: p.promotion)
    ]


def _lien(demande: DemandeMentor, lecteur: Cadre) -> Lien:
    autre = demande.presence.cadre if demande.cadre_id == lecteur.pk else demande.cadre
    acceptee = demande.etat == DemandeMentor.Etat.ACCEPTEE
    return Lien(demande, autre, adresse_de(autre) if acceptee else "")
