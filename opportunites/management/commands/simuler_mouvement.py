"""`manage.py simuler_mouvement FILE.json`: the solver from the command line, without the database.

Exits 2 when the file breaks the schema, with the JSON path of the fault.
"""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from opportunites.mouvement.bilan import bilan
from opportunites.mouvement.donnees import (
    MODES,
    CalculImpossible,
    CalculInterrompu,
    Conduite,
    FauteDeSchema,
)
from opportunites.mouvement.envie import rapport
from opportunites.mouvement.explications import expliquer
from opportunites.mouvement.schema import lire
from opportunites.mouvement.solveur import resoudre

FAUTE = 2


class Command(BaseCommand):
    help = "Simule un mouvement décrit dans un fichier « mouvement/1 »."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("fichier", type=Path)
        parser.add_argument(
            "--sans-plafond",
            action="store_true",
            help="ni la longueur des chaînes ni celle des boucles ne sont bornées",
        )
        parser.add_argument("--mode", choices=MODES, default=MODES[0])
        parser.add_argument("--json", action="store_true", help="répond un objet JSON")
        parser.add_argument("--limite", type=float, help="temps accordé, en secondes")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            probleme = lire(options["fichier"].read_bytes())
            if options["sans_plafond"]:
                probleme = probleme.sans_plafond()
            resultat = resoudre(probleme, options["mode"], Conduite(limite=options["limite"]))
        except OSError as erreur:
            self._refuser(f"{options['fichier']} : fichier illisible ({erreur.strerror})")
        except FauteDeSchema as faute:
            self._refuser(str(faute))
        except (CalculImpossible, CalculInterrompu) as arret:
            self._refuser(str(arret), code=1)
        if options["json"]:
            reponse = resultat.json(expliquer(resultat), rapport(resultat))
            self.stdout.write(json.dumps(reponse, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(bilan(resultat))

    def _refuser(self, phrase: str, code: int = FAUTE) -> None:
        self.stderr.write(phrase)
        sys.exit(code)
