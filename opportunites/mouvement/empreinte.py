"""The hash of what a run was given, the same whatever the order of the file; and the versions."""

import hashlib
import json
from functools import cache
from importlib.metadata import version

from opportunites.mouvement.donnees import SCHEMA, Probleme

#: Changes whenever the same inputs may give another answer.
VERSION = "1"


def versions() -> dict[str, str]:
    return {"schema": SCHEMA, "solveur": VERSION} | _bibliotheques()


@cache
def _bibliotheques() -> dict[str, str]:
    return {nom: version(nom) for nom in ("numpy", "ortools", "scipy")}


def empreinte(probleme: Probleme, mode: str) -> str:
    r = probleme.reglages
    contenu = {
        "collectivites": sorted(
            [c.id, c.solde_min, c.solde_max, c.credit] for c in probleme.collectivites
        ),
        "postes": sorted(
            [p.id, p.collectivite, p.places, p.minimum, p.ferme] for p in probleme.postes
        ),
        "cadres": sorted(
            (
                [c.id, c.tirage, c.poste, c.employeur, c.part, sorted(c.voeux)]
                for c in probleme.cadres
            ),
            key=lambda c: str(c[0]),
        ),
        "avis": {p: dict(sorted(a.items())) for p, a in sorted(probleme.avis.items()) if a},
        "decisions": sorted([d.cadre, d.poste or "", d.statut] for d in probleme.decisions),
        "reglages": [r.rang_max, r.rang_hote_max, r.compter_departs, r.boucle_max, r.chaine_max],
        "mode": mode,
    }
    texte = json.dumps(contenu, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(texte.encode()).hexdigest()
