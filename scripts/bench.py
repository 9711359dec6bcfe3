"""What the main pages cost, beside a floor page of ours in the same run: `make bench`.

In-process, through Django's test client, all the middleware included, on the demo's data in a
scratch database (SQLite, or the server of DATABASE_URL, where a test database is made and
dropped). Absolute times belong to one machine; queries, bytes and ratios do not. Exits with 1
when a budget of queries, of repeats or of bytes is passed; ratios of time are shown, and
marked, but noise alone must not break a build.

    make bench ARGS="--fois 30 --seulement registre"
"""

import argparse
import io
import math
import os
import shlex
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]
os.environ["DJANGO_SETTINGS_MODULE"] = "mobility.settings_test"

DOMAINE = "demo.example"


@dataclass(frozen=True)
class Page:
    nom: str
    vue: str  # name of the URL
    compte: str  # account of the demo, without its domain
    requetes: int  # budget of SQL queries
    ratio: float  # budget of time, in floor pages
    octets: int = 130_000
    repetitions: int = 2  # times that one same statement may run
    parametres: str = ""  # query string
    # The object of the page, for a URL that names one: a model, whose first row is taken.
    modele: str = ""
    entetes: dict[str, str] = field(default_factory=dict)


# Budgets: docs/architecture.md tells where they come from.
PAGES = [
    Page("à faire, DGS", "pilotage:accueil", "dgs.ville", 20, 6),
    Page("à faire, DRH", "pilotage:accueil", "drh.region", 20, 6),
    Page("à faire, cadre", "pilotage:accueil", "cadre", 20, 6),
    Page("tableau de bord", "pilotage:tableau_de_bord", "dgs.ville", 25, 12),
    Page("registre", "cadres:registre", "drh.region", 15, 12),
    Page("registre, recherche", "cadres:registre", "drh.region", 15, 12, parametres="q=mar"),
    Page("fiche d’un cadre", "cadres:fiche", "drh.region", 16, 8, modele="cadres.Cadre"),
    Page("opportunités", "opportunites:opportunites", "drh.region", 15, 12),
    Page("journal", "pilotage:journal", "dgs.ville", 15, 12),
    # A PDF is held to WeasyPrint's own time, not to the floor page.
    Page(
        "documents pour les élus",
        "pilotage:publications",
        "dgs.ville",
        20,
        math.inf,
        octets=500_000,
    ),
]


@dataclass
class Mesure:
    page: Page
    chemin: str
    requetes: int
    repetitions: int
    octets: int
    durees: list[float] = field(default_factory=list)

    @property
    def mediane(self) -> float:
        return statistics.median(self.durees) * 1000

    def depassements(self) -> list[str]:
        constats = {
            "requêtes": (self.requetes, self.page.requetes),
            "répétitions": (self.repetitions, self.page.repetitions),
            "octets": (self.octets, self.page.octets),
        }
        return [f"{nom} {vu} > {budget}" for nom, (vu, budget) in constats.items() if vu > budget]


def preparer_donnees() -> None:
    from django.core.management import call_command

    call_command("demo", sans_comptes=True, stdout=io.StringIO())


def page_plancher() -> Any:
    """A view of ours that reads one row and shows it in the base template: the floor."""
    from django.http import HttpResponse
    from django.template import engines

    from collectivites.acteurs.acces import connecte
    from collectivites.models import Demarche

    gabarit = engines["django"].from_string(
        '{% extends "base.html" %}{% block contenu %}<h1>{{ demarche.nom }}</h1>{% endblock %}'
    )

    @connecte()
    def plancher(request: Any) -> HttpResponse:
        demarche = Demarche.objects.order_by("pk").first()
        return HttpResponse(gabarit.render({"demarche": demarche}, request))

    return plancher


def brancher(plancher: Any) -> None:
    """Add the floor to the site's addresses, for this process only."""
    from django.urls import clear_url_caches, path

    from mobility import urls

    urls.urlpatterns.append(path("plancher/", plancher, name="plancher"))
    clear_url_caches()  # the data's mails have already asked for addresses


def adresse(page: Page, acteur: Any) -> str:
    from django.apps import apps
    from django.urls import reverse

    arguments = []
    if page.modele:
        objets = apps.get_model(page.modele).objects.visibles_par(acteur).order_by("pk")
        arguments = [objets.values_list("pk", flat=True)[0]]
    return reverse(page.vue, args=arguments) + (f"?{page.parametres}" if page.parametres else "")


def ouvrir(page: Page) -> tuple[Any, str]:
    """A client of the page's account, and the address that it will ask for."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from cadres.candidature.acteurs import acteur_de

    utilisateur = get_user_model().objects.get(email=f"{page.compte}@{DOMAINE}")
    client = Client(headers=page.entetes)
    client.force_login(utilisateur, backend="django.contrib.auth.backends.ModelBackend")
    return client, adresse(page, acteur_de(utilisateur))


def mesurer(pages: list[Page], fois: int) -> list[Mesure]:
    """Pages in turn rather than one after the other: a slow minute then weighs on all alike."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    mesures, clients = [], []
    for page in pages:
        client, chemin = ouvrir(page)
        client.get(chemin)  # templates compiled, caches warm
        with CaptureQueriesContext(
            connection,
        ) as capture:
            reponse = client.get(chemin)
        if reponse.status_code != 200:
            sys.exit(f"{page.nom} : {chemin} a répondu {reponse.status_code}")
        instructions = Counter(requete["sql"] for requete in capture.captured_queries)
        repetitions = max(instructions.values(), default=0)
        mesures.append(Mesure(page, chemin, len(capture), repetitions, len(reponse.content)))
        clients.append(client)
    for _ in range(fois):
        for mesure, client in zip(mesures, clients, strict=True):
            debut = time.perf_counter()
            client.get(mesure.chemin)
            mesure.durees.append(time.perf_counter() - debut)
    return mesures


def afficher(mesures: list[Mesure]) -> int:
    plancher = mesures[0].mediane
    entete = f"{'page':<26}{'requêtes':>12}{'répét.':>8}{'octets':>10}{'ms':>9}{'× plancher':>16}"
    print(entete, "-" * len(entete), sep="\n")
    echecs = 0
    for mesure in mesures:
        page, ratio = mesure.page, mesure.mediane / plancher
        depassements = mesure.depassements()
        echecs += bool(depassements)
        if ratio > page.ratio:
            depassements.append(f"temps × {ratio:.1f} > {page.ratio:g}")
        print(
            f"{page.nom:<26}{f'{mesure.requetes} / {page.requetes}':>12}{mesure.repetitions:>8}"
            f"{mesure.octets:>10}{mesure.mediane:>9.2f}{f'{ratio:.1f} / {page.ratio:g}':>16}"
            + (f"   ← {', '.join(depassements)}" if depassements else "")
        )
    return echecs


def main() -> int:
    analyse = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    analyse.add_argument("--fois", type=int, default=15, help="measures of each page")
    analyse.add_argument("--seulement", default="", help="pages whose name contains this")
    options = analyse.parse_args(shlex.split(os.environ.get("ARGS", "")) or None)

    import django
    from django.test.utils import setup_databases, teardown_databases

    django.setup()
    from django.conf import settings
    from django.db import connection

    settings.DEMO = True
    # No setup_test_environment(): it copies the context of each template, which would be timed.
    bases = setup_databases(verbosity=0, interactive=False)
    try:
        preparer_donnees()
        brancher(page_plancher())
        plancher = Page("plancher", "plancher", "dgs.ville", requetes=8, ratio=1)
        choisies = [page for page in PAGES if options.seulement in page.nom]
        mesures = mesurer([plancher, *choisies], options.fois)
        print(f"{connection.vendor}, {options.fois} mesures par page, médianes\n")
        echecs = afficher(mesures)
    finally:
        teardown_databases(bases, verbosity=0)
    print(f"\n{echecs} budget(s) dépassé(s)" if echecs else "\nTous les budgets sont tenus.")
    return 1 if echecs else 0


if __name__ == "__main__":
    sys.exit(main())
