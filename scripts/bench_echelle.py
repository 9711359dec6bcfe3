"""How the registre bears 1,000, 10,000 and 250,000 cadres, and a long staff list: `make bench`.

On PostgreSQL, the database of production: the server of DATABASE_URL, one that is there, or a
throw-away one. 250,000 cadres twice: in 250 démarches of a thousand, as an installation that
serves many territories; then in one démarche, as nobody has, to see what bends. A page asks as
many queries whatever the size (fewer when a large démarche spares a count); times are compared
with those of a thousand cadres, and marked « ! » when they pass the budget of the page.

    make bench ARGS="--cadres 1000,10000"
"""

import argparse
import io
import itertools
import os
import shlex
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent.parent), str(Path(__file__).resolve().parent)]

from bench_donnees import NOMS, POSTES, PRENOMS, peupler, vider  # noqa: E402

PAR_DEMARCHE = 1000
LISTE = 10_000  # rows of the staff list
#: Time allowed at any size, in times at a thousand cadres: shown, and marked, never an error, since
#: noise alone must not break a build. The pages that count the whole démarche each time have none.
RATIO = 1.5
RATIOS: dict[str, float | None] = {
    "tableau de bord, à nouveau": None,
    "critères, à nouveau": None,
}
#: Queries allowed, at any size.
REQUETES = {"tableau de bord, gardé": 25, "tableau de bord, à nouveau": 25, "accueil, DRH": 27}
REQUETES_MAX = 21
#: A page whose work does not depend on the number of cadres.
TEMOIN = "/registre/nouveau/"
#: What Django gives for nothing: its admin's list of the same cadres, added to the site for this process alone.
REFERENCE = "/reference/cadres/cadre/"
LISTE_DE_L_ADMIN = "liste de l’admin de Django"

PAGES = {
    "liste": "/registre/",
    "liste, page 40": "/registre/?page=40",
    "tri par ancienneté": "/registre/?tri=-anciennete",
    "tri par situation": "/registre/?tri=situation",
    "tri par échéance": "/registre/?tri=echeance",
    "tri par poste": "/registre/?tri=poste",
    "échéance avant le": "/registre/?echeance=2099-01-01",
    "recherche d’un mot": "/registre/?q=marlaux",
    "recherche de deux": "/registre/?q=directeur+marlaux",
    "recherche sans réponse": "/registre/?q=zzzz",
    "deux lettres": "/registre/?q=ma",
    "filtres": "/registre/?categorie=A&anciennete=5&encadrement=oui",
    "filtre de situation": "/registre/?situation=accord",
    "critères": "/registre/criteres/?essai=1&anciennete=5&categorie=A&encadrement=oui",
    "critères, à nouveau": "/registre/criteres/?essai=1&anciennete=5&categorie=A&encadrement=oui&actualiser=oui",
    "filtre de cadre d’emplois": "/registre/?cadre_emplois=ingénieur",
    "filtre de grade": "/registre/?grade=principal",
    "filtre de famille": "/registre/?domaine=ORG04",
    "recherche d’un courriel": "/registre/?q=cadre.12@",
    "recherche d’un matricule": "/registre/?q=001234",
    "propositions": "/propositions/",
    "propositions d’un état": "/propositions/?etat=envoyee",
    "mobilités": "/mobilites/",
    "journal": "/journal/",
    "journal, page 40": "/journal/?page=40",
    "journal d’un acte": "/journal/?acte=cadre.retenu",
    "journal d’une personne": "/journal/?personne=marlaux",
    "accueil, DRH": "/",
    "tableau de bord, gardé": "/pilotage/",
    "tableau de bord, à nouveau": "/pilotage/?actualiser=oui",
}

# --- Measures ---------------------------------------------------------------------------------


def chronometrer(faire: Callable[[], Any], fois: int) -> float:
    """Median of `fois` runs, in milliseconds."""
    durees = []
    for _ in range(fois):
        debut = time.perf_counter()
        faire()
        durees.append(time.perf_counter() - debut)
    return statistics.median(durees) * 1000


@dataclass(frozen=True)
class Mesure:
    """Medians in milliseconds; `poids`: in times the witness page, asked in turn with this one."""

    temps: float
    poids: float
    requetes: int


def peser(page: Callable[[], Any], temoin: Callable[[], Any], fois: int) -> tuple[float, float]:
    """(median, median of the times a witness took at the same moment): a busy minute weighs on
    both alike, so that sizes measured minutes apart can be compared."""
    durees, poids = [], []
    for _ in range(fois):
        instants = [time.perf_counter()]
        for faire in (temoin, page, temoin):
            faire()
            instants.append(time.perf_counter())
        avant, duree, apres = (b - a for a, b in itertools.pairwise(instants))
        durees.append(duree * 1000)
        poids.append(2 * duree / (avant + apres))
    return statistics.median(durees), statistics.median(poids)


def brancher_la_reference() -> None:
    from django.contrib.admin import AdminSite, ModelAdmin
    from django.urls import clear_url_caches, path

    from cadres.models import Cadre
    from mobility import urls

    class ListeNue(ModelAdmin):
        """The columns of the registre, as many rows."""

        list_display = ("nom", "prenom", "collectivite", "poste", "grade", "categorie")
        list_select_related = ("collectivite", "poste")
        list_per_page = 25

    site = AdminSite("reference")
    site.register(Cadre, ListeNue)
    urls.urlpatterns.append(path("reference/", site.urls))
    clear_url_caches()


def mesurer_l_admin(drh: Any, fois: int) -> dict[str, Mesure]:
    """Its list, read by a superuser of this bench, and weighed as our pages are."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    compte = get_user_model().objects.create_superuser("reference@essais.example", "reference-2028")
    clients = []
    for qui in (compte, drh.utilisateur):
        clients.append(Client())
        clients[-1].force_login(qui, backend="django.contrib.auth.backends.ModelBackend")
    admin, notre = clients
    if admin.get(REFERENCE).status_code != 200:
        sys.exit(f"{REFERENCE} n’a pas répondu 200")
    temps, poids = peser(lambda: admin.get(REFERENCE), lambda: notre.get(TEMOIN), fois)
    return {LISTE_DE_L_ADMIN: Mesure(temps, poids, 0)}


def mesurer_pages(drh: Any, fois: int, expliquer: bool) -> dict[str, Mesure]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.force_login(drh.utilisateur, backend="django.contrib.auth.backends.ModelBackend")
    mesures = {}
    for nom, chemin in PAGES.items():
        if client.get(chemin).status_code != 200:
            sys.exit(f"{nom} : {chemin} n’a pas répondu 200")
        with CaptureQueriesContext(connection) as capture:
            client.get(chemin)
        faites = list(capture.captured_queries)  # before the next request clears the log
        temps, poids = peser(lambda c=chemin: client.get(c), lambda: client.get(TEMOIN), fois)
        mesures[nom] = Mesure(temps, poids, len(faites))
        if expliquer:
            lentes = sorted(faites, key=lambda q: -float(q["time"]))[:3]
            for q in lentes:
                if float(q["time"]) > 0.02:
                    print(f"    {nom} {q['time']} s {q['sql'][:1500]}")
    return mesures


def echelle(tailles: list[int], fois: int, expliquer: bool) -> int:
    from django.db import connection

    from tests.outils.site import faire_le_role, sous_le_role_du_site

    scenarios = [(f"{n:,}".replace(",", " "), n, max(1, n // PAR_DEMARCHE)) for n in tailles]
    if tailles[-1] > PAR_DEMARCHE:
        scenarios.append((f"{scenarios[-1][0]} en une", tailles[-1], 1))
    resultats = {}
    for titre, nombre, demarches in scenarios:
        vider()
        debut = time.perf_counter()
        drh = peupler(nombre, demarches)
        print(
            f"{titre} cadres, {demarches} démarche(s) : écrits en {time.perf_counter() - debut:.1f} s"
        )
        # As in production, under the role that owns nothing; the admin as the owner, whom no policy binds.
        faire_le_role(connection)
        admin = mesurer_l_admin(drh, fois)
        with sous_le_role_du_site():
            resultats[titre] = admin | mesurer_pages(drh, fois, expliquer)
    base, *suite = resultats
    print(
        f"\n{'page':<28}{'requêtes':>16}{base + ' (ms)':>14}{'× admin':>10}",
        *(f"{'× ' + t:>20}{'× admin':>10}" for t in suite),
    )
    echecs = 0
    for nom in (LISTE_DE_L_ADMIN, *PAGES):
        requetes = [resultats[t][nom].requetes for t in resultats]
        reference = resultats[base][nom]
        borne, permises = RATIOS.get(nom, RATIO), REQUETES.get(nom, REQUETES_MAX)
        cellules = []
        for titre in suite:
            mesure = resultats[titre][nom]
            ratio = mesure.poids / reference.poids
            marque = " !" if borne is not None and ratio > borne else ""
            admin = mesure.poids / resultats[titre][LISTE_DE_L_ADMIN].poids
            cellules.append(f"{f'{ratio:.2f} ({mesure.temps:.0f} ms){marque}':>20}{admin:>10.2f}")
        trop = max(requetes) > min(permises, requetes[0])
        echecs += trop
        print(
            f"{nom:<28}{'/'.join(map(str, requetes)):>16}{reference.temps:>14.1f}"
            f"{reference.poids / resultats[base][LISTE_DE_L_ADMIN].poids:>10.2f}",
            *cellules,
            f"  ← plus de {min(permises, requetes[0])} requêtes" if trop else "",
        )
    vider()
    return echecs


def _en_lettres(n: int) -> str:
    """A name of its own for each row: « Bacde »."""
    return "".join("abcdefghij"[int(c)] for c in f"{n:05}").capitalize()


def liste_du_personnel() -> bytes:
    """A staff list of 10,000 rows, as a DRH's software writes one."""
    from openpyxl import Workbook

    classeur = Workbook(write_only=True)
    feuille = classeur.create_sheet("Cadres")
    feuille.append(
        [
            "Matricule",
            "Nom",
            "Prénom",
            "Courriel",
            "Catégorie",
            "Grade",
            "Poste",
            "Direction",
            "En poste depuis",
            "Encadrement",
        ]
    )
    for n in range(LISTE):
        feuille.append(
            [
                f"M{n:06}",
                f"{NOMS[n % len(NOMS)]}-{_en_lettres(n)}",
                PRENOMS[n % len(PRENOMS)],
                f"p{n}@essais.example",
                ("A", "A+", "Cat. A")[n % 3],
                "Attaché principal",
                POSTES[n % 5],
                f"Direction {n % 40}",
                date(2024, 1, 1) - timedelta(days=n % 5000),
                "O" if n % 2 else "N",
            ]
        )
    tampon = io.BytesIO()
    classeur.save(tampon)
    return tampon.getvalue()


def tableurs() -> None:
    """Import and export of 10,000 rows, beside the plainest reading and writing of the same file."""
    from django.db import transaction
    from openpyxl import Workbook, load_workbook

    from cadres.imports import actions
    from cadres.models import Cadre, ImportCadres
    from cadres.recensement.fichiers.lecture import lire
    from cadres.recensement.fichiers.tableur import ecrire_tableur
    from collectivites.mots import Role
    from tests import fabriques

    vider()
    chez = fabriques.faire_collectivites(fabriques.faire_demarche())["departement"]
    drh = fabriques.faire_acteur(Role.DRH, chez)
    octets = liste_du_personnel()

    def lecture_nue() -> None:
        for _ in load_workbook(io.BytesIO(octets), read_only=True).active.iter_rows(
            values_only=True
        ):
            pass

    nue = chronometrer(lecture_nue, 3)
    notre = chronometrer(lambda: lire(octets, "liste.xlsx"), 3)

    def importer(prefixe: str) -> tuple[float, float]:
        importation = ImportCadres.objects.create(
            collectivite=chez, mandat=drh.mandat, nom_fichier=f"{prefixe}.xlsx", contenu=octets
        )
        debut = time.perf_counter()
        with transaction.atomic():
            actions.diagnostiquer_import(importation_id=importation.pk)
        milieu = time.perf_counter()
        importation.refresh_from_db()
        with transaction.atomic():
            actions.ecrire_recensement(acteur=drh, importation=importation)
        return (milieu - debut) * 1000, (time.perf_counter() - milieu) * 1000

    diagnostic, ecriture = importer("premier")
    encore, rien = importer("second")
    nombre = Cadre.objects.count()
    print(
        f"\nimport de {LISTE} lignes xlsx ({nombre} cadres écrits), × lecture nue par openpyxl ({nue:.0f} ms)"
    )
    for titre, duree in (
        ("lecture seule, la nôtre", notre),
        ("lecture et diagnostic", diagnostic),
        ("écriture", ecriture),
        ("import entier", diagnostic + ecriture),
        ("le même, une seconde fois", encore + rien),
    ):
        print(f"  {titre:<28}{duree / nue:>6.1f}   ({duree:.0f} ms)")

    entetes = [f"Colonne {n}" for n in range(10)]
    lignes = [
        [f"texte {n}", n, date(2024, 1, 1), "Durand", "Zoé", None, 1.5, "A", "B", "C"]
        for n in range(LISTE)
    ]

    def nu() -> None:
        classeur = Workbook(write_only=True)
        feuille = classeur.create_sheet()
        feuille.append(entetes)
        for ligne in lignes:
            feuille.append(ligne)
        classeur.save(io.BytesIO())

    plancher = chronometrer(nu, 3)
    notre = chronometrer(lambda: b"".join(ecrire_tableur(entetes, lignes, "xlsx")), 3)
    print(
        f"export xlsx de {LISTE} lignes, × openpyxl write-only ({plancher:.0f} ms)\n  {'le nôtre':<28}{notre / plancher:>6.1f}   ({notre:.0f} ms)"
    )
    vider()


def main() -> int:
    analyse = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    analyse.add_argument("--cadres", default="1000,10000,250000", help="sizes, in cadres")
    analyse.add_argument("--fois", type=int, default=7, help="measures of each page")
    analyse.add_argument("--expliquer", action="store_true", help="print the slow statements")
    analyse.add_argument("--sans-tableurs", action="store_true")
    options, _ = analyse.parse_known_args(shlex.split(os.environ.get("ARGS", "")) or None)

    import services

    with services.postgresql() as serveur:
        base = f"quatuor_bench_{os.getpid()}"
        os.environ["DATABASE_URL"] = services.base_de(serveur, base)
        os.environ["DJANGO_SETTINGS_MODULE"] = "mobility.settings_test"

        import django
        from django.test.utils import setup_databases, teardown_databases

        django.setup()
        bases = setup_databases(verbosity=0, interactive=False)
        try:
            brancher_la_reference()
            print(f"\nPostgreSQL {serveur.version}, médianes de {options.fois} mesures\n")
            echecs = echelle(
                [int(n) for n in options.cadres.split(",")], options.fois, options.expliquer
            )
            if not options.sans_tableurs:
                tableurs()
        finally:
            teardown_databases(bases, verbosity=0)
    print(
        f"\n{echecs} page(s) dont les requêtes croissent ou passent leur budget"
        if echecs
        else "\nPas plus de requêtes à toute taille qu’à la première."
    )
    return 1 if echecs else 0


if __name__ == "__main__":
    sys.exit(main())
