"""Kidney exchange, read as a movement: PrefLib's 00036 (`.wmd`, with or without its `.dat`).

A pair is a cadre who holds a poste; an altruist, a vacancy. An edge u → v (the donor of u may give to
the patient of v) is the wish of cadre v for the poste of u. Every transplant is a move.
"""

import re

from opportunites.mouvement.donnees import Cadre, Collectivite, Poste, Probleme, Reglages

NOM = re.compile(r"#\s*ALTERNATIVE NAME\s+(\d+)\s*:\s*(.+)")


def lire(wmd: str, dat: str | None = None) -> tuple[int, set[int], list[tuple[int, int]]]:
    """(number of vertices, altruists, edges); vertices count from 1. Reads today's headers and those
    of before 2022: a line « vertices,edges », then « number,name » from 1, and edges from 0."""
    noms: dict[int, str] = {}
    arcs: list[tuple[int, int]] = []
    decalage = 0 if wmd.startswith("#") else 1
    for ligne in wmd.splitlines():
        if ligne.startswith("#"):
            if trouve := NOM.match(ligne):
                noms[int(trouve[1])] = trouve[2].strip()
            continue
        champs = [c.strip() for c in ligne.split(",")]
        if len(champs) == 2 and not champs[1].isdigit():
            noms[int(champs[0])] = champs[1]
        elif len(champs) == 3 and float(champs[2]) > 0:
            # A pair « gives » to an altruist at weight 0, to close chains: no transplant.
            arcs.append((int(champs[0]) + decalage, int(champs[1]) + decalage))
    altruistes = {k for k, nom in noms.items() if nom.lower().startswith("alt")}
    for ligne in (dat or "").splitlines()[1:]:
        champs = ligne.split(",")
        if champs[-1].strip() == "1":
            altruistes.add(int(champs[0]))
    return len(noms), altruistes, [(u, v) for u, v in arcs if v not in altruistes]


def mouvement(
    sommets: int,
    altruistes: set[int],
    arcs: list[tuple[int, int]],
    boucle: int | None,
    chaine: int | None,
) -> Probleme:
    voeux: dict[int, list[tuple[str, int]]] = {}
    avis: dict[str, dict[str, int]] = {}
    for u, v in arcs:
        voeux.setdefault(v, []).append((f"p{u:05d}", 1))
        avis.setdefault(f"p{u:05d}", {})[f"c{v:05d}"] = 1
    tous = range(1, sommets + 1)
    return Probleme(
        collectivites=(Collectivite("X", "X"),),
        postes=tuple(Poste(f"p{k:05d}", "X") for k in tous),
        cadres=tuple(
            Cadre(f"c{k:05d}", k, f"p{k:05d}", voeux=tuple(voeux.get(k, ())))
            for k in tous
            if k not in altruistes
        ),
        avis=avis,
        reglages=Reglages(boucle_max=boucle, chaine_max=chaine),
    )
