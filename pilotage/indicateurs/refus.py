"""Why do people refuse? Published batches, and reasons grouped, so that none points to a person.

Never read live: two readings, before and after one refusal, would differ by its reason. What is told
changes when a batch of whole quarters is published (`opportunites.propositions.actions.comptes`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from collectivites.models import Demarche
from opportunites.models import LotDeRefus, Proposition

LIBELLES = {
    Proposition.Motif.CONTENU: "contenu du poste",
    Proposition.Motif.REMUNERATION: "rémunération",
    Proposition.Motif.LIEU: "lieu",
    Proposition.Motif.CALENDRIER: "calendrier",
    Proposition.Motif.FAMILLE: "situation familiale",
    Proposition.Motif.AUTRE: "autre raison",
}


@dataclass(frozen=True)
class Refus:
    """`motifs`: (reason, how many), each at the threshold or above; the last may be a group.

    `total` is None as long as nothing is published; `jusqu_au`: the last day of the last batch.
    """

    total: int | None
    motifs: tuple[tuple[str, int], ...]
    regroupes: tuple[str, ...]
    remuneration: int | None
    """Refusals for the pay; None when their number is too small to be told."""
    jusqu_au: date | None = None


def regrouper(effectifs: Mapping[str, int], seuil: int) -> Refus:
    """Keep the reasons at the threshold; pool the others, with the smallest kept if need be."""
    presents = sorted(
        ((motif, n) for motif, n in effectifs.items() if n > 0), key=lambda p: (-p[1], p[0])
    )
    total = sum(n for _, n in presents)
    if total < seuil:
        return Refus(None if total else 0, (), (), None)
    gardes = [(motif, n) for motif, n in presents if n >= seuil]
    petits = [(motif, n) for motif, n in presents if n < seuil]
    while petits and sum(n for _, n in petits) < seuil and gardes:
        petits.insert(0, gardes.pop())
    if len(petits) == 1:  # its own name would say no more than the group's, and mislead less
        gardes += petits
        petits = []
    motifs = [(LIBELLES.get(Proposition.Motif(m), m), n) for m, n in gardes]
    if petits:
        motifs.append(("autres motifs", sum(n for _, n in petits)))
    return Refus(
        total=total,
        motifs=tuple(motifs),
        regroupes=tuple(LIBELLES[Proposition.Motif(m)] for m, _ in petits),
        remuneration=dict(gardes).get(Proposition.Motif.REMUNERATION),
    )


def lire(demarche: Demarche) -> Refus:
    """One query: a row for each published batch."""
    lots = list(LotDeRefus.objects.filter(demarche=demarche).order_by("au"))
    if not lots:
        return Refus(None, (), (), None)
    compte: Counter[str] = Counter()
    for lot in lots:
        compte.update(lot.effectifs)
    return replace(regrouper(compte, demarche.seuil_secret), jusqu_au=lots[-1].au)
