"""Serve the demo: `demo.py PORT`; `demo.py PORT --neuve` deletes its database first.

Whoever serves it holds a lock for as long as the server lives, through `exec`: on another port or in another
window, a new demo does not delete the base under it.
"""

import contextlib
import fcntl
import os
import subprocess
import sys
from pathlib import Path
from typing import TextIO

RACINE = Path(__file__).resolve().parent.parent
VAR = RACINE / "var"
SERVIE = (
    "Une démonstration est encore servie, sur ce port ou sur un autre : « demo-neuve » effacerait sa base. "
    "Arrêtez-la d’abord (Ctrl-C dans sa fenêtre), puis recommencez. Rien n’a été effacé."
)


class EncoreServie(Exception):
    """Somebody would lose the base under their feet."""


def prendre(var: Path, *, neuve: bool) -> TextIO:
    """The lock of whoever serves; `neuve` deletes the base first, alone."""
    var.mkdir(exist_ok=True)
    verrou = (var / "demo.verrou").open("a")
    if neuve:
        try:
            fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            verrou.close()
            raise EncoreServie(SERVIE) from None
        for fin in ("", "-wal", "-shm"):
            (var / f"demo.sqlite3{fin}").unlink(missing_ok=True)
    # From alone to among others: a conversion may let another in between, which has a base to make too.
    fcntl.flock(verrou, fcntl.LOCK_SH)
    os.set_inheritable(verrou.fileno(), True)
    return verrou


def main(port: str, *options: str) -> int:
    try:
        # Kept: closed, the file would let its lock go.
        verrou = prendre(VAR, neuve="--neuve" in options)
    except EncoreServie as raison:
        print(raison, file=sys.stderr)
        return 1
    gerer = [sys.executable, "manage.py"]
    for commande in (["migrate", "--verbosity", "0"], ["demo"], ["echeances", "--verbosity", "0"]):
        if echec := subprocess.run([*gerer, *commande], cwd=RACINE, check=False).returncode:
            return echec
    os.chdir(RACINE)
    sys.stdout.flush()
    servir = [*gerer, "runserver", "--noreload", "--nostatic", f"127.0.0.1:{port}"]
    os.execv(sys.executable, servir)  # noqa: S606
    return verrou.fileno()  # never reached


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main(*sys.argv[1:]))
