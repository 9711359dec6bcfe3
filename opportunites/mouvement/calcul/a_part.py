"""HiGHS on one integer programme after another: arrays in, arrays out.

Imported to solve here, or run as a program, to solve in a process that may be killed: it imports
nothing of ours. A message is its length, then an npz.
"""

import io
import math
import struct
import sys
from typing import IO

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

Tableaux = dict[str, npt.NDArray]


def executer(t: Tableaux) -> Tableaux:
    """{etat, x (empty when none was found), borne}."""
    n = len(t["couts"])
    if n == 0:
        possible = bool(((t["bas"] <= 0) & (t["haut"] >= 0)).all())
        return _reponse(0 if possible else 2, np.zeros(0), 0.0)
    matrice = csr_array((t["donnees"], t["indices"], t["debuts"]), shape=(len(t["bas"]), n))
    fini = milp(
        t["couts"],
        integrality=t["entieres"],
        bounds=Bounds(t["plancher"], t["plafond"]),
        constraints=LinearConstraint(matrice, t["bas"], t["haut"]) if len(t["bas"]) else None,
        options={"mip_rel_gap": 0.0, "time_limit": float(t["limite"][0])},
    )
    if fini.status not in (0, 1, 2):
        raise RuntimeError(f"HiGHS: {fini.message}")
    borne = fini.mip_dual_bound
    x = np.zeros(0) if fini.x is None else fini.x
    return _reponse(fini.status, x, -math.inf if borne is None else borne)


def _reponse(etat: int, x: npt.NDArray, borne: float) -> Tableaux:
    return {"etat": np.array([etat]), "x": x, "borne": np.array([borne])}


def ecrire(flux: IO[bytes], tableaux: Tableaux) -> None:
    tampon = io.BytesIO()
    np.savez(tampon, allow_pickle=False, **tableaux)
    octets = tampon.getvalue()
    flux.write(struct.pack("<Q", len(octets)) + octets)
    flux.flush()


def lire(flux: IO[bytes]) -> Tableaux | None:
    tete = flux.read(8)
    if len(tete) < 8:
        return None
    with np.load(io.BytesIO(flux.read(struct.unpack("<Q", tete)[0])), allow_pickle=False) as lu:
        return dict(lu)


def main() -> None:
    while (tableaux := lire(sys.stdin.buffer)) is not None:
        ecrire(sys.stdout.buffer, executer(tableaux))


if __name__ == "__main__":
    main()
