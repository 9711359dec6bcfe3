"""The movement solver beside what is done today: moves, what survives refusals, time and memory.

Synthetic campaigns (`opportunites.mouvement.comparaison.generateur`), 20 seeds. Exits with 1 when a target is missed.

    python scripts/bench_mouvement.py --graines 5 --tailles 50 500
"""

import argparse
import gc
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

import numpy as np  # noqa: E402 (after the path)

from opportunites.mouvement.calcul import avec_plafonds, flot, sans_plafond  # noqa: E402
from opportunites.mouvement.calcul.objectif import fondre, niveaux  # noqa: E402
from opportunites.mouvement.calcul.reseau import construire  # noqa: E402
from opportunites.mouvement.comparaison.generateur import Taille, campagne  # noqa: E402
from opportunites.mouvement.comparaison.references import REFERENCES  # noqa: E402
from opportunites.mouvement.composantes import apparier, decomposer, tiennent  # noqa: E402
from opportunites.mouvement.donnees import Conduite, Probleme  # noqa: E402
from opportunites.mouvement.normalisation import normaliser  # noqa: E402
from opportunites.mouvement.solveur import resoudre  # noqa: E402

UN_PAR_UN, FORTES = "un par un, postes libérés reproposés", tuple(REFERENCES)[-1]
PLAFONDS, LIBRE = "avec plafonds (3/5)", "sans plafond"
CAS = {60: Taille(60, vacance=0.15), 500: Taille(500, vacance=0.10)}
REFUS = 0.20
LIMITE = 60.0  # seconds for one capped case
#: (cadres, method, compared with, at least)
OBJECTIFS = (
    (60, LIBRE, UN_PAR_UN, 2.0),
    (60, LIBRE, FORTES, 1.4),
    (60, PLAFONDS, UN_PAR_UN, 1.5),
    (60, PLAFONDS, FORTES, 1.2),
    (500, LIBRE, UN_PAR_UN, 2.0),
    (500, LIBRE, FORTES, 1.4),
)
RATIO_MAX = 3.0
MEMOIRE = Path("/proc/self/clear_refs")
#: MiB. Below, what is measured is how the interpreter takes memory by blocks, not the solver.
GRAIN = 1.0


def mesurer_les_mouvements(cadres: int, graines: int) -> bool:
    print(f"\n{cadres} cadres, {CAS[cadres].vacance:.0%} de postes vacants, {graines} tirages")
    mouvements: dict[str, list[int]] = {}
    survivants: dict[str, list[float]] = {PLAFONDS: [], LIBRE: []}
    secondes, prouvees = [], 0
    for graine in range(graines):
        instance = normaliser(campagne(CAS[cadres], graine))
        for nom, methode in REFERENCES.items():
            mouvements.setdefault(nom, []).append(int((methode(instance) >= 0).sum()))
        debut = time.perf_counter()
        capee = avec_plafonds.optimum(instance, conduite=Conduite(limite=LIMITE), canonique=False)
        secondes.append(time.perf_counter() - debut)
        libre = sans_plafond.optimum(instance, canonique=False)
        assert capee is not None
        assert libre is not None
        prouvees += capee.prouvee
        for nom, solution in ((PLAFONDS, capee), (LIBRE, libre)):
            mouvements.setdefault(nom, []).append(int((solution.choix >= 0).sum()))
            sources = solution.appariement or apparier(instance, solution.choix)
            survivants[nom].append(_survivants(sources, graine))
    moyennes = {nom: statistics.mean(valeurs) for nom, valeurs in mouvements.items()}
    for nom, moyenne in moyennes.items():
        reste = (
            f"   {statistics.mean(survivants[nom]):6.1f} après refus" if nom in survivants else ""
        )
        print(f"  {nom:52} {moyenne:6.1f}   × {moyenne / moyennes[UN_PAR_UN]:4.2f}{reste}")
    print(
        f"  avec plafonds : {statistics.median(secondes):.2f} s (médiane), {max(secondes):.2f} s au"
        f" plus ; optimum prouvé {prouvees} fois sur {graines} (départage non compris)"
    )
    tenus = True
    for taille, nom, autre, seuil in OBJECTIFS:
        if taille == cadres:
            rapport = moyennes[nom] / moyennes[autre]
            tenus &= _dire(f"{nom} / {autre}", rapport, rapport >= seuil, f"au moins {seuil}")
    return tenus


def _survivants(sources: dict[int, int], graine: int, tirages: int = 20) -> float:
    """Moves left, on average, when each cadre refuses with probability REFUS, nothing solved again."""
    hasard = random.Random(graine)  # noqa: S311 (a bench)
    composantes = decomposer(sources)
    return statistics.mean(
        len(tiennent(composantes, {i for i in sources if hasard.random() < REFUS}))
        for _ in range(tirages)
    )


def _dire(quoi: str, valeur: float, tenu: bool, attendu: str) -> bool:
    print(f"  {'tenu  ' if tenu else 'MANQUÉ'} {quoi} : {valeur:.2f} ({attendu})")
    return tenu


def appels_nus(probleme: Probleme) -> tuple[Callable[[], object], Callable[[], object]]:
    """What the flow solver alone costs, its model filled through its own interface, on the very network:
    one call for each level of the objective (it takes one cost an arc), and one call with as many
    levels as its 64-bit costs hold together, which is this solver's own trick. The canonical level,
    a call for each cadre, is in neither."""
    instance = normaliser(probleme)
    reseau = construire(instance)
    assert reseau is not None
    g = reseau.graphe
    tous = [(reseau.couts(n.gains), n.etendue) for n in niveaux(instance, "moves_first")]
    tous.append((reseau.ecart, 2 * len(instance.cadres)))
    tailles = [(int(abs(c).max()), etendue) for c, etendue in tous]
    [poids, *_] = fondre(tailles, flot.COUT_TOTAL_MAX // (g.noeuds + 1))
    ensemble = np.zeros(len(reseau.voeu), dtype=np.int64)
    for facteur, (siens, _) in zip(poids, tous, strict=False):
        ensemble += facteur * siens

    def un_par_niveau() -> None:
        for couts, _ in tous:
            flot.flot_minimal(g, couts)

    return un_par_niveau, lambda: flot.flot_minimal(g, ensemble)


def mesurer_un(cadres: int, quoi: str) -> None:
    """In a process of its own: seconds and memory, printed as JSON."""
    probleme = campagne(Taille(cadres), 1).sans_plafond()
    resoudre(campagne(Taille(40), 1).sans_plafond())  # what is loaded or compiled once
    par_niveau, fondus = appels_nus(probleme)
    actes = {"nu": par_niveau, "fondu": fondus, "tout": lambda: resoudre(probleme)}
    acte = actes[quoi]
    MEMOIRE.write_text("5")  # forgets the peak of what came before
    avant = _memoire("VmRSS")
    gc.disable()  # as timeit does
    fois = 401 if cadres < 5_000 else 4
    temps = []
    for _ in range(fois):
        debut = time.process_time()  # of this process alone: others may be at work
        acte()
        temps.append(time.process_time() - debut)
    pic = (_memoire("VmHWM") - avant) / 1024
    print(json.dumps({"secondes": min(temps), "mio": pic}))


def _memoire(champ: str) -> int:
    """In KiB, as Linux counts it."""
    etat = Path("/proc/self/status").read_text()
    return int(next(ligne for ligne in etat.splitlines() if ligne.startswith(champ)).split()[1])


def mesurer_l_echelle(tailles: list[int]) -> bool:
    print(
        "\nSans plafond : un calcul entier (lecture, optimum, preuve, départage, chaînes), comparé"
    )
    print("aux appels nus du solveur de flot, un par niveau ; entre parenthèses, à un appel fondu")
    tenus = True
    for cadres in tailles:
        nu, fondu, tout = (_a_part(cadres, quoi) for quoi in ("nu", "fondu", "tout"))
        rapport = tout["secondes"] / nu["secondes"]
        print(
            f"  {cadres:6} cadres : nus {nu['secondes'] * 1000:.1f} ms, entier"
            f" {tout['secondes'] * 1000:.1f} ms (fondu {fondu['secondes'] * 1000:.1f} ms,"
            f" × {tout['secondes'] / fondu['secondes']:.2f}) ; mémoire {nu['mio']:.1f} et"
            f" {tout['mio']:.1f} Mio"
        )
        tenus &= _dire("durée", rapport, rapport <= RATIO_MAX, f"au plus {RATIO_MAX}")
        memoire = tout["mio"] / max(nu["mio"], GRAIN)
        tenus &= _dire("mémoire", memoire, memoire <= RATIO_MAX, f"au plus {RATIO_MAX}")
    return tenus


def _a_part(cadres: int, quoi: str) -> dict[str, float]:
    commande = [sys.executable, __file__, "--mesure", str(cadres), quoi]
    fini = subprocess.run(commande, capture_output=True, text=True, check=True)
    return json.loads(fini.stdout)


def mesurer_le_depart(graines: int) -> None:
    print("\nAvec plafonds, 500 cadres, départage compris")
    for graine in range(graines):
        resultat = resoudre(campagne(CAS[500], graine), conduite=Conduite(limite=120))
        print(
            f"  tirage {graine} : {resultat.secondes:5.1f} s, {resultat.statut},"
            f" {resultat.mouvements} mouvements (au plus {resultat.borne})"
        )


def main() -> int:
    lecture = argparse.ArgumentParser(description=__doc__)
    lecture.add_argument("--graines", type=int, default=20)
    lecture.add_argument("--tailles", type=int, nargs="*", default=[50, 500, 5_000, 50_000])
    lecture.add_argument("--mesure", nargs=2, help=argparse.SUPPRESS)
    options = lecture.parse_args()
    if options.mesure:
        mesurer_un(int(options.mesure[0]), options.mesure[1])
        return 0
    tenus = mesurer_l_echelle(options.tailles)
    for cadres in CAS if options.graines else ():
        tenus &= mesurer_les_mouvements(cadres, options.graines)
    mesurer_le_depart(min(3, options.graines))
    return 0 if tenus else 1


if __name__ == "__main__":
    sys.exit(main())
