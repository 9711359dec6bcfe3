"""What the second wall costs the registre: each page as the owner of the tables, whom no policy binds, then as
the site (docs/second-mur.md). On PostgreSQL: the server of DATABASE_URL, one that is there, or a throw-away one.

    python scripts/bench_mur.py --cadres 250000 --demarches 250
"""

import argparse
import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent)]

from bench_donnees import peupler  # noqa: E402
from bench_echelle import mesurer_pages  # noqa: E402


def comparer(nombre: int, demarches: int, fois: int) -> None:
    from django.db import connection

    from tests.outils.site import faire_le_role, sous_le_role_du_site

    drh = peupler(nombre, demarches)
    faire_le_role(connection)
    sans = mesurer_pages(drh, fois, expliquer=False)
    with sous_le_role_du_site():
        avec = mesurer_pages(drh, fois, expliquer=False)
    print(f"\n{nombre} cadres, {demarches} démarche(s), médianes de {fois} mesures\n")
    print(f"{'page':<26}{'sans (ms)':>10}{'avec (ms)':>10}{'×':>7}")
    for nom, mesure in sans.items():
        ratio = avec[nom].poids / mesure.poids
        print(f"{nom:<26}{mesure.temps:>10.0f}{avec[nom].temps:>10.0f}{ratio:>7.2f}")


def main() -> int:
    analyse = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    analyse.add_argument("--cadres", type=int, default=250_000)
    analyse.add_argument("--demarches", type=int, default=250)
    analyse.add_argument("--fois", type=int, default=9, help="measures of each page")
    options = analyse.parse_args()

    import services

    with services.postgresql() as serveur:
        os.environ["DATABASE_URL"] = services.base_de(serveur, f"quatuor_bench_{os.getpid()}")
        os.environ["DJANGO_SETTINGS_MODULE"] = "mobility.settings_test"

        import django
        from django.test.utils import setup_databases, teardown_databases

        django.setup()
        bases = setup_databases(verbosity=0, interactive=False)
        try:
            comparer(options.cadres, options.demarches, options.fois)
        finally:
            teardown_databases(bases, verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
