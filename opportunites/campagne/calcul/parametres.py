"""What a run is asked, as kept in its row, and what people decided on top of it.

    {"scenario", "mode", "chaine_max", "boucle_max", "limite", "tolerances": {code: τ or None},
     "decisions": [{"cadre": key, "poste": key, "status": "accepted" | "refused", "geste", "motif"}]}

`geste` is what the DGS meant: to keep a move found (`garder`), to forbid it (`ecarter`), or to force
a wish that is not served (`imposer`), which its host alone may name.
"""

from __future__ import annotations

from typing import Any

from collectivites.models import Demarche
from opportunites.campagne.mots import Scenario

Parametres = dict[str, Any]

#: Seconds given to a run.
LIMITE = 120
CHAINE_MAX, BOUCLE_MAX = 5, 3
MODES = ("moves_first", "kept_first")
REPARATION = MODES[1]
GESTES = {"garder": "accepted", "ecarter": "refused", "imposer": "accepted"}


def par_defaut(demarche: Demarche) -> Parametres:
    """The tolerance that the démarche agreed upon, the caps of the specification."""
    return {
        "scenario": Scenario.MOUVEMENTS.value,
        "mode": MODES[0],
        "chaine_max": CHAINE_MAX,
        "boucle_max": BOUCLE_MAX,
        "limite": LIMITE,
        "tolerances": {
            c.code: demarche.tolerance_solde for c in demarche.collectivites.order_by("pk")
        },
        "decisions": [],
    }


def avec_une_decision(
    parametres: Parametres, *, cadre: int, poste: int, geste: str, motif: str
) -> Parametres:
    """The same run with one more decision; the last word on a pair replaces the former."""
    autres = [d for d in parametres["decisions"] if (d["cadre"], d["poste"]) != (cadre, poste)]
    if GESTES[geste] == "accepted":  # one poste a person, one person a poste
        autres = [
            d
            for d in autres
            if d["status"] != "accepted" or (d["cadre"] != cadre and d["poste"] != poste)
        ]
    decision = {
        "cadre": cadre,
        "poste": poste,
        "status": GESTES[geste],
        "geste": geste,
        "motif": motif,
    }
    return parametres | {"decisions": [*autres, decision]}


def sans_la_decision(parametres: Parametres, *, cadre: int, poste: int) -> Parametres:
    """One decision taken back."""
    autres = [d for d in parametres["decisions"] if (d["cadre"], d["poste"]) != (cadre, poste)]
    return parametres | {"decisions": autres}
