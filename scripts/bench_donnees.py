"""Many cadres for the benchmarks, those of the large demonstration; and words for a staff list."""

from typing import Any

NOMS = "Marchand Aubert Lefevre Garnier Rousseau Blanc Guerin Muller Henry Roussel Nicolas Perrin Morin Mathieu Clement Gauthier Dumont Lopez Fontaine Chevalier Robin Masson Sanchez Gerard Nguyen Boyer Denis Lemaire Duval Joly Gautier Roger Roche Roy Noel Meyer Lucas Meunier Jean Perez Marie".split()
PRENOMS = "Camille Claude Dominique Alix Maxime Sacha Charlie Louison Andrea Eden Noa Lou".split()
POSTES = (
    "Chef de service",
    "Directrice adjointe",
    "Responsable de pôle",
    "Chargée de mission",
    "Directeur",
)


def peupler(nombre: int, demarches: int) -> Any:
    """`nombre` cadres in so many démarches, as `manage.py demo` loads them: with their postes, propositions, moves
    and journal. The mandat of the first HR director."""
    from collectivites.mots import Role
    from pilotage.demo.grande.charger import charger

    return charger(nombre, demarches).lieux.mandats[Role.DRH][0]


def vider() -> None:
    from django.db import connection

    with connection.cursor() as curseur:
        # What lifts the guard of the journal goes with the rest: it hangs on nothing.
        curseur.execute("INSERT INTO collectivites_purgeencours (ouverte_le) VALUES (now())")
        curseur.execute(
            "TRUNCATE collectivites_purgeencours, collectivites_demarche, collectivites_utilisateur RESTART IDENTITY CASCADE"
        )
