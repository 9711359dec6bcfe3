"""Why do people refuse? Published batches, and reasons grouped, so that none points to a person.

Never read live: two readings, before and after one refusal, would differ by its reason. What is told
changes when a batch of whole quarters is published (`opportunites.propositions.actions.comptes`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

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


def cumuler(lots: Iterable[Mapping[str, int]], seuil: int) -> Refus:
    """What the batches tell together, none of it found by subtracting one publication from the next.

    The count of a reason is told anew once it has grown by the threshold; until then its new refusals
    stay among the others, and the others are told while they are none or the threshold at least.
    """
    compte: Counter[str] = Counter()
    dits: Counter[str] = Counter()
    for lot in lots:
        compte.update(lot)
        nouveaux = [motif for motif, n in compte.items() if n - dits[motif] >= seuil]
        nouveaux.sort(key=lambda motif: (compte[motif] - dits[motif], motif))
        reste = sum(compte.values()) - sum(compte[m] if m in nouveaux else dits[m] for m in compte)
        while 0 < reste < seuil and nouveaux:  # too few left over: the smallest joins them
            joint = nouveaux.pop(0)
            reste += compte[joint] - dits[joint]
        for motif in nouveaux:
            dits[motif] = compte[motif]
    return _dire(compte, +dits, seuil)


def _dire(compte: Counter[str], dits: Counter[str], seuil: int) -> Refus:
    total = sum(compte.values())
    if total < seuil:
        return Refus(None if total else 0, (), (), None)
    reunis = [motif for motif in sorted(compte) if compte[motif] > dits[motif]]
    motifs = [
        (LIBELLES.get(Proposition.Motif(m), m), n)
        for m, n in sorted(dits.items(), key=lambda paire: (-paire[1], paire[0]))
    ]
    if reste := total - sum(dits.values()):
        motifs.append(("autres motifs", reste))
    return Refus(
        total=total,
        motifs=tuple(motifs),
        regroupes=tuple(LIBELLES[Proposition.Motif(m)] for m in reunis),
        remuneration=dits.get(Proposition.Motif.REMUNERATION),
    )


def lire(demarche: Demarche) -> Refus:
    """One query: a row for each published batch."""
    lots = list(LotDeRefus.objects.filter(demarche=demarche).order_by("au"))
    if not lots:
        return Refus(None, (), (), None)
    publies = cumuler([lot.effectifs for lot in lots], demarche.seuil_secret)
    return replace(publies, jusqu_au=lots[-1].au)


def en_json(refus: Refus) -> dict[str, Any]:
    return {**asdict(refus), "jusqu_au": refus.jusqu_au.isoformat() if refus.jusqu_au else None}


def de_json(donnees: Mapping[str, Any]) -> Refus:
    jusqu_au = donnees["jusqu_au"]
    return Refus(
        total=donnees["total"],
        motifs=tuple((motif, n) for motif, n in donnees["motifs"]),
        regroupes=tuple(donnees["regroupes"]),
        remuneration=donnees["remuneration"],
        jusqu_au=date.fromisoformat(jusqu_au) if jusqu_au else None,
    )
