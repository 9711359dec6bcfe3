"""When credits are in force: the largest deviation from the targets first, then the next.

The sorted deviations are compared from the largest; so level k counts the collectivités whose
deviation reaches k, the largest k first. The k-th unit of deviation of a collectivité costs one unit of
level k, and a unit further out always costs more than one further in: the cost is separable and convex,
the programme is still a network one, and stays integral.
(Where no cadre comes from outside, the balances of the optima left form an M-convex set, on which this
optimum also minimises Σ |balance − target|: tests/opportunites/mouvement/test_credits.py.)
"""

from opportunites.mouvement.calcul.objectif import PLUS_GRAND_ECART, SOMME
from opportunites.mouvement.normalisation import Entiers, Instance


def critere(instance: Instance) -> str:
    return PLUS_GRAND_ECART if instance.credits else SOMME


def ecarts(instance: Instance, choix: Entiers) -> list[int]:
    """|balance − target| of each collectivité."""
    return abs(instance.soldes(choix) - instance.cible).tolist()
