"""« Pourquoi pas ? » : the price of a wish, by solving again with it imposed."""

from __future__ import annotations

from dataclasses import dataclass

from collectivites.communs.typographie import capitale
from opportunites.campagne.calcul.resolution import calculer_brut
from opportunites.models import Simulation
from opportunites.mouvement.donnees import CalculImpossible, CalculInterrompu, Conduite
from opportunites.mouvement.pourquoi_pas import pourquoi_pas

#: Seconds: a page waits for it.
LIMITE = 10


@dataclass(frozen=True)
class Prix:
    """`possible`: it may be imposed, at that price."""

    phrase: str
    possible: bool


def demander(simulation: Simulation, cadre: int, poste: int) -> Prix:
    """On the data that the run read, so that the answer is that of the scenario on the screen."""
    cle_cadre, cle_poste = f"c{cadre}", f"p{poste}"
    entree = simulation.entree
    connus = {c["id"] for c in entree["cadres"]}
    if cle_cadre not in connus or cle_poste not in {p["id"] for p in entree["postes"]}:
        return Prix("Ce vœu est plus récent que le calcul : relancez-le.", possible=False)
    conduite = Conduite(limite=LIMITE)
    try:
        resultat = calculer_brut(entree, simulation.parametres, conduite)
        reponse = pourquoi_pas(resultat, cle_cadre, cle_poste, conduite)
    except (CalculInterrompu, CalculImpossible):
        return Prix("Le calcul est trop long pour une réponse immédiate.", possible=False)
    return Prix(f"{capitale(reponse.phrase)}.", possible=reponse.resultat is not None)
