"""Postes, propositions and moves by the thousand: queries stay the same, time hardly grows.

In-process on PostgreSQL, in a scratch database: each page is read at
10, then 1,000, then 10,000 postes. Exits with 1 when a page asks more queries at 10,000 than at
10, repeats one, or passes its budget; a ratio of time over 2 is shown, and marked.

    make bench ARGS="--fois 15"
"""

import argparse
import os
import shlex
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]
os.environ["DJANGO_SETTINGS_MODULE"] = "mobility.settings_test"

TAILLES = (10, 1_000, 10_000)
RATIO = 2.0
#: name, account, address, budget of queries
PAGES = (
    ("opportunités", "drh", "/opportunites/", 15),
    ("  filtrées", "drh", "/opportunites/?etat=publiee&fonctionnel=oui&lieu=bourges", 15),
    ("  cherchées", "drh", "/opportunites/?q=lycées", 15),
    ("  une collectivité", "drh", "/opportunites/?collectivite={drh}", 15),
    ("  triées par poste", "drh", "/opportunites/?tri=poste", 15),
    ("  triées par vœux", "drh", "/opportunites/?tri=-voeux", 15),
    ("  page 20", "drh", "/opportunites/?page=20", 15),
    ("propositions", "drh", "/propositions/", 15),
    ("  attendues", "drh", "/propositions/?etat=envoyee&tri=reponse", 15),
    ("  cherchées", "drh", "/propositions/?q=martin", 15),
    ("mobilités", "drh", "/mobilites/", 15),
    ("  triées par date", "drh", "/mobilites/?tri=-effet", 15),
    ("choisir un poste", "drh", "/opportunites/nouvelle/", 15),
    ("à faire, DRH", "drh", "/", 20),
    ("à faire, DGS", "dgs", "/", 20),
    ("à faire, cadre", "cadre", "/", 20),
    ("postes ouverts, cadre", "cadre", "/opportunites/", 15),
    ("  nouveaux", "cadre", "/opportunites/?miens=autres&q=lycées", 15),
    ("mes vœux", "cadre", "/mes-voeux/", 15),
    ("un poste, son hôte", "drh", "/opportunites/{poste}/", 16),
    ("fiche d’un cadre", "drh", "/registre/{fiche}/", 18),
)

INTITULES = ("Directrice des finances", "Chef du service des lycées", "Responsable de la voirie")
LIEUX = ("Orléans", "Bourges", "Chartres", "Tours", "Blois")
NOMS = ("martin", "durand", "lefevre", "moreau", "girard", "roux", "blanc")


def multiplier(
    modele: Any, gabarit: Any, depuis: int, jusqu_a: int, si: str = "", **expressions: str
) -> None:
    """Copies `depuis + 1`… `jusqu_a` of a saved row; n is the number of the copy, and its key
    that of the template plus n: rows of several tables point to one another by it."""
    from django.db import connection

    colonnes, valeurs = ['"id"'], [f"{gabarit.pk} + n"]
    for champ in modele._meta.concrete_fields:
        if not champ.primary_key:
            colonnes.append(f'"{champ.column}"')
            valeurs.append(expressions.get(champ.name, f't."{champ.column}"'))
    with connection.cursor() as curseur:
        curseur.execute(
            f"INSERT INTO {modele._meta.db_table} ({', '.join(colonnes)}) "  # noqa: S608
            f"SELECT {', '.join(valeurs)} FROM {modele._meta.db_table} t, "
            f"generate_series({depuis + 1}, {jusqu_a}) n WHERE t.id = {gabarit.pk}"
            + (f" AND {si}" if si else "")
        )


def _un_de(valeurs: Any, n: str = "n") -> str:
    return "(ARRAY[" + ",".join(f"'{v}'" for v in valeurs) + f"])[1 + ({n}) % {len(valeurs)}]"


class Scene:
    """Four collectivités, their templates, and the three who look."""

    def __init__(self) -> None:
        from collectivites.mots import Role
        from tests import fabriques as f

        lieux = f.faire_collectivites(f.faire_demarche())
        self.lieux = list(lieux.values())
        self.drh = f.faire_acteur(Role.DRH, lieux["ville"])
        self.dgs = f.faire_acteur(Role.DGS, lieux["ville"])
        fiche = f.faire_cadre(lieux["region"], "retenu", nom="Girard")
        self.opportunite = f.faire_opportunite(lieux["ville"])
        f.faire_inscription(fiche)
        for _ in range(8):
            f.faire_voeu(fiche, f.faire_opportunite(lieux["ville"]))
        self.cadre = f.acteur_du_cadre(fiche)
        # Templates, each the last row of its table: the copies take the keys that follow.
        self.fiche = f.faire_cadre(lieux["region"], "retenu", avec_compte=False, courriel="")
        self.poste = f.faire_poste(lieux["ville"])
        self.ouverte = f.faire_opportunite(lieux["ville"], poste=self.poste)
        self.voeu = f.faire_voeu(self.fiche, self.ouverte, rang=1)
        self.avis = f.faire_avis(self.ouverte, self.fiche)
        self.demande = f.faire_demande(self.fiche, self.ouverte)
        self.proposition = f.faire_proposition(self.ouverte, self.fiche)
        self.mobilite = f.faire_mobilite(self.proposition, voie="MUTATION", date_effet=f.dans(40))
        self.reserve = f.faire_reserve(self.proposition, self.drh)
        self.taille = 0

    def grandir(self, taille: int) -> None:
        from django.db import connection

        from cadres.models import Cadre, Candidature
        from collectivites.models import Poste
        from opportunites.models import (
            Avis,
            Demande,
            Mobilite,
            Opportunite,
            Proposition,
            Reserve,
            Voeu,
        )

        def copier(modele: Any, gabarit: Any, si: str = "", **expressions: str) -> None:
            multiplier(modele, gabarit, self.taille, taille, si, **expressions)

        cles = [c.pk for c in self.lieux]
        ici = f"(ARRAY{cles})[1 + n % 4]"
        ailleurs = f"(ARRAY{cles})[1 + (n + 1) % 4]"
        intitule = _un_de(INTITULES)
        poste, fiche = f"{self.poste.pk} + n", f"{self.fiche.pk} + n"
        ouverte = f"{self.ouverte.pk} + n"
        copier(
            Poste,
            self.poste,
            collectivite=ici,
            intitule=intitule,
            recherche=f"translate(lower({intitule}), 'éè', 'ee')",
            lieu=_un_de(LIEUX, "n / 3"),
            emploi_fonctionnel="n % 5 = 0",
        )
        copier(
            Opportunite,
            self.ouverte,
            poste=poste,
            etat=_un_de(("publiee", "publiee", "publiee", "close"), "n / 4"),
            voeux_clos_le="now()",
            publiee_le="now() - n * interval '10 seconds'",
            validee_le="now() - interval '300 days'",
            creee_le="now() - interval '301 days'",
        )
        nom = _un_de(NOMS)
        copier(
            Cadre,
            self.fiche,
            collectivite=ailleurs,
            matricule="''",
            nom=nom,
            recherche=nom,
            poste="NULL",
        )
        copier(Candidature, self.fiche.candidature, cadre=fiche)
        # Everybody ranked one poste and is proposed it; two in five have said yes.
        copier(Voeu, self.voeu, cadre=fiche, opportunite=ouverte)
        copier(Avis, self.avis, cadre=fiche, opportunite=ouverte)
        copier(Demande, self.demande, "n % 20 = 0", cadre=fiche, opportunite=ouverte)
        etat = _un_de(("envoyee", "brouillon", "refusee", "acceptee", "acceptee"), "n / 4")
        copier(
            Proposition,
            self.proposition,
            cadre=fiche,
            opportunite=ouverte,
            collectivite_origine=ailleurs,
            etat=etat,
            repondue_le=f"CASE WHEN {etat} IN ('refusee', 'acceptee') THEN now() END",
            close_le=f"CASE WHEN {etat} = 'refusee' THEN now() END",
            repondre_avant="now() + (n % 40 - 10) * interval '1 day'",
            envoyee_le="now() - interval '30 days'",
        )
        copier(
            Mobilite,
            self.mobilite,
            f"{etat} = 'acceptee'",
            proposition=f"{self.proposition.pk} + n",
            cadre=fiche,
            collectivite_origine=ailleurs,
            collectivite_accueil=ici,
            poste_origine="NULL",
            poste_accueil=poste,
            date_effet="CURRENT_DATE + (n % 90 - 20)",
        )
        copier(
            Reserve,
            self.reserve,
            "n % 50 = 0",
            proposition=f"{self.proposition.pk} + n",
            collectivite=ici,
        )
        self.taille = taille
        with connection.cursor() as curseur:
            curseur.execute("ANALYZE")

    def ouvrir(self, qui: str) -> Any:
        from django.test import Client

        client = Client()
        client.force_login(
            getattr(self, qui).utilisateur,
            backend="django.contrib.auth.backends.ModelBackend",
        )
        return client

    def adresse(self, modele: str) -> str:
        return modele.format(
            drh=self.drh.collectivite.pk, poste=self.opportunite.pk, fiche=self.cadre.cadre_id
        )


def mesurer(scene: Scene, fois: int) -> dict[str, tuple[int, int, int, float]]:
    """Page → queries, repeats, bytes, median milliseconds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    clients = {qui: scene.ouvrir(qui) for qui in ("drh", "dgs", "cadre")}
    vues: dict[str, tuple[int, int, int, float]] = {}
    for rang, (nom, qui, modele, _) in enumerate(PAGES):
        client, chemin = clients[qui], scene.adresse(modele)
        client.get(chemin)
        with CaptureQueriesContext(connection) as capture:
            reponse = client.get(chemin)
        if reponse.status_code != 200 or not capture.captured_queries:
            sys.exit(f"{nom} : {chemin} a répondu {reponse.status_code}")
        if os.environ.get("QUATUOR_SQL") == nom.strip():
            print("\n".join(f"{r['time']} {r['sql']}" for r in capture.captured_queries))
        nombre = len(capture)
        # Before the next request empties the log.
        repetes = max(Counter(r["sql"] for r in capture.captured_queries).values())
        durees = []
        for _tour in range(fois):
            debut = time.perf_counter()
            client.get(chemin)
            durees.append((time.perf_counter() - debut) * 1000)
        vues[f"{rang}"] = (
            nombre,
            repetes,
            len(reponse.content),
            statistics.median(durees),
        )
    return vues


def afficher(mesures: dict[int, dict[str, tuple[int, int, int, float]]]) -> int:
    _, moyenne, grande = TAILLES
    entete = f"{'page':<24}{'requêtes':>18}{'octets':>9}" + "".join(
        f"{f'ms à {t}':>13}" for t in TAILLES
    )
    print(f"{entete}{'ratio':>8}", "-" * (len(entete) + 8), sep="\n")
    echecs = 0
    for rang, (nom, _, _, budget) in enumerate(PAGES):
        lignes = {taille: mesures[taille][f"{rang}"] for taille in TAILLES}
        requetes = [lignes[t][0] for t in TAILLES]
        ratio = lignes[grande][3] / lignes[moyenne][3]
        constats = []
        if requetes[-1] > max(requetes[:-1]) or requetes[-1] > budget:
            constats.append(f"{requetes[-1]} requêtes, {budget} admises")
        if lignes[grande][1] > 2:
            constats.append(f"une requête répétée {lignes[grande][1]} fois")
        if lignes[grande][2] > 130_000:
            constats.append("trop d’octets")
        echecs += bool(constats)
        if ratio > RATIO:
            constats.append("temps")
        print(
            f"{nom:<24}{' / '.join(map(str, requetes)):>18}{lignes[grande][2]:>9}"
            + "".join(f"{lignes[t][3]:>13.1f}" for t in TAILLES)
            + f"{ratio:>8.2f}"
            + (f"   ← {', '.join(constats)}" if constats else "")
        )
    return echecs


def main() -> int:
    analyse = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    analyse.add_argument("--fois", type=int, default=15, help="measures of each page")
    options, _ = analyse.parse_known_args(shlex.split(os.environ.get("ARGS", "")) or None)

    import services

    with services.postgresql() as serveur:
        os.environ["DATABASE_URL"] = services.base_de(serveur, f"quatuor_postes_{os.getpid()}")

        import django
        from django.test.utils import setup_databases, teardown_databases

        django.setup()
        bases = setup_databases(verbosity=0, interactive=False)
        try:
            scene, mesures = Scene(), {}
            for taille in TAILLES:
                scene.grandir(taille)
                mesures[taille] = mesurer(scene, options.fois)
            print(f"\nPostes : {options.fois} mesures par page, médianes\n")
            echecs = afficher(mesures)
        finally:
            teardown_databases(bases, verbosity=0)
    print(f"\n{echecs} budget(s) dépassé(s)" if echecs else "\nTous les budgets sont tenus.")
    return 1 if echecs else 0


if __name__ == "__main__":
    sys.exit(main())
