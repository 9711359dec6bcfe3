"""When the clock may write to people."""

import pytest
import time_machine

from collectivites.travaux.horloge import est_une_heure_decente


@pytest.mark.parametrize(
    ("heure", "decente"),
    [("06:59", False), ("07:00", True), ("20:59", True), ("21:00", False), ("00:30", False)],
)
@pytest.mark.parametrize("jour", ["2027-01-15T{}+01:00", "2027-07-15T{}+02:00"])
def test_nobody_is_written_to_at_night_paris_time(jour, heure, decente):
    with time_machine.travel(jour.format(heure), tick=False):
        assert est_une_heure_decente() is decente
