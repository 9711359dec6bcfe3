"""Loads the large demonstration, once, beside the ordinary one or alone, never beside real data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction

from collectivites.models import Demarche, Utilisateur
from collectivites.mots import Role
from pilotage.demo.charger import DonneesReelles
from pilotage.demo.grande import journal, personnes, suites
from pilotage.demo.grande.lieux import CODE, Lieux, adresse, installer

#: A démarche of fewer has nobody at some steps.
PAR_DEMARCHE_MIN, PAR_DEMARCHE_MAX = 100, 1_000_000


class Impossible(Exception):
    """It cannot be loaded here; says why, in French."""


@dataclass(frozen=True)
class Chargement:
    """What was written."""

    lieux: Lieux
    lignes_du_journal: int


def charger(
    cadres: int, demarches: int, dire: Callable[[str], None] = lambda _: None
) -> Chargement:
    """So many cadres, spread evenly; all or nothing, then the statistics of the database.

    `dire` is told each step. Raises Impossible, or DonneesReelles when the base holds something real.
    """
    _exiger(cadres, demarches)
    par_demarche = -(-cadres // demarches)
    with transaction.atomic():
        dire("démarches, employeurs, comptes")
        lieux = installer(demarches, par_demarche, par_demarche * 28 // 100)
        gens = personnes.Gens(lieux, cadres)
        dire("cadres, postes, candidatures")
        personnes.ecrire(gens)
        dire("parcours, vœux, propositions, mobilités")
        suites.ecrire(gens)
        dire("journal, et sa chaîne")
        lignes = journal.ecrire(gens)
    dire("statistiques de la base")
    with connection.cursor() as curseur:
        # What autovacuum does later: until then pages are read without knowing what the tables hold.
        curseur.execute("VACUUM ANALYZE" if not connection.in_atomic_block else "ANALYZE")
    return Chargement(lieux, lignes)


def exemples_de_comptes(demarches: int) -> str:
    """Addresses of the first and the last démarche, in the words of the command."""
    rangs = dict.fromkeys((0, demarches - 1))
    exemples = [adresse(role, "ville", k) for k in rangs for role in (Role.DGS, Role.DRH)]
    return f"{', '.join(exemples)}, et ainsi de suite"


def _exiger(cadres: int, demarches: int) -> None:
    if connection.vendor != "postgresql":
        raise Impossible("La grande démonstration demande PostgreSQL (DATABASE_URL).")
    if getattr(connection, "muree", False):
        raise Impossible(
            "La grande démonstration charge un passé : lancez-la avec l’adresse du propriétaire des "
            "tables (MIGRATIONS_DATABASE_URL)."
        )
    if demarches < 1 or not PAR_DEMARCHE_MIN <= cadres // demarches <= PAR_DEMARCHE_MAX:
        raise Impossible(
            f"Chaque démarche compte de {PAR_DEMARCHE_MIN} cadres à un million : "
            f"{cadres} pour {demarches} n’y tiennent pas."
        )
    if Demarche.objects.filter(est_demo=False).exists():
        raise DonneesReelles("Une démarche réelle existe dans cette base.")
    if Demarche.objects.filter(code__startswith=f"{CODE}-").exists():
        raise Impossible("La grande démonstration est déjà dans cette base.")
    if Utilisateur.objects.exists() and not Demarche.objects.filter(est_demo=True).exists():
        raise DonneesReelles("Des comptes existent déjà dans cette base.")
