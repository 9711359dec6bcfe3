"""The clock of what is kept."""

from cadres.donnees_personnelles.prudence import purger_prudemment
from collectivites.travaux.horloge import a_l_heure


@a_l_heure("cadres.purger", "trace(s) effacée(s), selon les durées de conservation")
def effacer_les_echus() -> int:
    return purger_prudemment().total()
