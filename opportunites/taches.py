"""What the clock does: unanswered propositions expire, unarbitrated reserves lapse."""

from collectivites.horloge import Rythme, a_l_heure
from opportunites import actions


@a_l_heure("opportunites.expirer_propositions", "proposition(s) expirée(s)", rythme=Rythme.CONTINU)
def expirer_propositions() -> int:
    """An answer after the date is refused anyway; this tells those concerned."""
    return actions.expirer_propositions()


@a_l_heure("opportunites.lapser_reserves", "réserve(s) caduque(s)")
def lapser_reserves() -> int:
    """A reserve may be arbitrated until the end of its day."""
    return actions.lapser_reserves()
