"""Signals that the later acts listen to: the registre does not know them."""

from django.dispatch import Signal

#: A cadre leaves the démarche at their own request, or leaves the employer (`cadre.parti_le`). Arguments: `cadre`, `acteur`. Sent inside the
#: transaction of the withdrawal: a receiver that raises cancels it.
cadre_retire = Signal()

#: A cadre is entrusted to another accompagnateur, or to nobody. Arguments: `cadre` (which bears the
#: new one already), `ancien` (Mandat or None), `acteur`. Sent inside the transaction of the act.
accompagnateur_change = Signal()

#: A person is forgotten: what their file said is erased. Arguments: `cadre` (still named, its
#: `utilisateur` at hand), `traces` (`cadres.donnees_personnelles.traces.Traces`). Sent inside the transaction, before the
#: identity goes. Receivers delete what has no purpose without the person (sealed notes, wishes);
#: the texts of every row that hangs on the cadre are blanked afterwards, whatever the app.
cadre_anonymise = Signal()
