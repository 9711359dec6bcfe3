"""What the clock does: unanswered propositions expire, unarbitrated reserves lapse."""

from celery import shared_task

from opportunites import actions


@shared_task
def expirer_propositions() -> int:
    """Every few minutes: an answer after the date is refused anyway; this tells those concerned."""
    return actions.expirer_propositions()


@shared_task
def lapser_reserves() -> int:
    """Each night: a reserve may be arbitrated until the end of its day."""
    return actions.lapser_reserves()
