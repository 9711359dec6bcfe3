"""« Mon parcours »: where a cadre stands, in kind words, and the timeline « vous êtes ici ».

`chargement` reads the rows; nothing else here asks the database, nothing writes.
"""

from pilotage.fil.attendus import attendus, phrase_attendus, sessions
from pilotage.fil.chargement import charger
from pilotage.fil.dossier import Dossier
from pilotage.fil.frise import frise
from pilotage.fil.situation import situation

__all__ = ["Dossier", "attendus", "charger", "frise", "phrase_attendus", "sessions", "situation"]
