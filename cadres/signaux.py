"""Signals that the later acts listen to: the registre does not know them."""

from django.dispatch import Signal

#: A cadre leaves the démarche at their own request. Arguments: `cadre`, `acteur`. Sent inside the
#: transaction of the withdrawal: a receiver that raises cancels it.
cadre_retire = Signal()

#: A cadre is entrusted to another accompagnateur, or to nobody. Arguments: `cadre` (which bears the
#: new one already), `ancien` (Mandat or None), `acteur`. Sent inside the transaction of the act.
accompagnateur_change = Signal()
