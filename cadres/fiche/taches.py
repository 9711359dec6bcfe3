"""The clock of the files: departures that were foreseen."""

from cadres.fiche.depart import faire_les_departs_prevus
from collectivites.travaux.horloge import a_l_heure


@a_l_heure("cadres.departs_prevus", "départ(s) prévu(s) devenu(s) effectif(s)")
def partir() -> int:
    return faire_les_departs_prevus()
