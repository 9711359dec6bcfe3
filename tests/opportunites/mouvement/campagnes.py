"""Short ways to write a campaign in a test, and the reference instances."""

import json
from pathlib import Path

from opportunites.mouvement.schema import valider

INSTANCES = sorted((Path(__file__).parent / "instances").glob("*.json"))


def instance(debut):
    [chemin] = [c for c in INSTANCES if c.name.startswith(debut)]
    return json.loads(chemin.read_text())


def brut(postes, cadres, tolerance=None, decisions=(), **config):
    """`postes`: "d1 v1" (the letter is the collectivité). `cadres`: {"A": ("v1", "d1 r1")}, poste
    held (or None) and wishes in order, in lot order; every host likes everybody, in that order."""
    noms = postes.split()
    collectivites = sorted({nom[0] for nom in noms})
    bornes = {} if tolerance is None else {"balance_min": -tolerance, "balance_max": tolerance}
    return {
        "schema": "mouvement/1",
        "collectivites": [{"id": c, "nom": c, **bornes} for c in collectivites],
        "postes": [{"id": nom, "collectivite": nom[0]} for nom in noms],
        "cadres": [
            {
                "id": nom,
                "tirage": tirage,
                "poste": poste,
                "wishes": [{"poste": p, "rank": r} for r, p in enumerate(voeux.split(), 1)],
            }
            for tirage, (nom, (poste, voeux)) in enumerate(cadres.items(), 1)
        ],
        "host": {nom: [{"cadre": c, "rank": r} for r, c in enumerate(cadres, 1)] for nom in noms},
        "decisions": [{"cadre": c, "poste": p, "status": s} for c, p, s in decisions],
        "config": config,
    }


def campagne(*args, **kwargs):
    return valider(brut(*args, **kwargs))
