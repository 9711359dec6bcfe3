"""Many cadres for the benchmarks: one row is made by the models, PostgreSQL multiplies it."""

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


def multiplier(modele: Any, gabarit: Any, nombre: int, **expressions: str) -> None:
    """`nombre` copies of a saved row; `expressions`: field → SQL, where n is the number of the copy."""
    from django.db import connection

    colonnes, valeurs = [], []
    for champ in modele._meta.concrete_fields:
        if champ.primary_key:
            continue
        colonnes.append(f'"{champ.column}"')
        valeurs.append(expressions.get(champ.name, f't."{champ.column}"'))
    with connection.cursor() as curseur:
        curseur.execute(
            f"INSERT INTO {modele._meta.db_table} ({', '.join(colonnes)}) "  # noqa: S608
            f"SELECT {', '.join(valeurs)} FROM {modele._meta.db_table} t, "
            f"generate_series(1, {nombre}) n WHERE t.id = {gabarit.pk}"
        )


def _tableau(valeurs: Any) -> str:
    return "ARRAY[" + ",".join(f"'{v}'" for v in valeurs) + "]"


def peupler(nombre: int, demarches: int) -> Any:
    """`nombre` cadres in so many démarches of four collectivités; the DRH of the first one."""
    from django.db import connection

    from cadres.models import Cadre, Candidature
    from collectivites.models import Poste
    from collectivites.mots import Role
    from tests import fabriques

    colls = []
    for _ in range(demarches):
        colls += list(fabriques.faire_collectivites(fabriques.faire_demarche()).values())
    drh = fabriques.faire_acteur(Role.DRH, colls[0])
    modele = fabriques.faire_cadre(colls[0], "recense", nom="Gabarit")
    cles = ",".join(str(c.pk) for c in colls)
    ou = f"(ARRAY[{cles}])[1 + n %% {len(colls)}]".replace("%%", "%")
    multiplier(
        Poste, modele.poste, nombre, collectivite=ou, intitule=f"({_tableau(POSTES)})[1 + n % 5]"
    )
    nom = f"(({_tableau(NOMS)})[1 + (n * 7) % {len(NOMS)}] || CASE WHEN n % 3 = 0 THEN '' ELSE '-' || ({_tableau(NOMS)})[1 + (n * 13) % {len(NOMS)}] END)"
    prenom = f"({_tableau(PRENOMS)})[1 + (n * 11) % {len(PRENOMS)}]"
    multiplier(
        Cadre,
        modele,
        nombre,
        collectivite=ou,
        poste=f"{modele.poste.pk} + n",
        nom=nom,
        prenom=prenom,
        civilite="CASE WHEN n % 2 = 0 THEN 'F' ELSE 'M' END",
        courriel="'c' || n || '@essais.example'",
        matricule="'B' || n",
        categorie="(ARRAY['A','A+','B'])[1 + abs(hashint4(n + 7) % 3)]",
        date_entree_poste="CURRENT_DATE - (n % 6000)",
        encadrement="hashint4(n + 9) % 4 <> 0",
        recherche=f"lower({nom} || ' ' || {prenom} || ' ' || ({_tableau(POSTES)})[1 + n % 5] || ' attache principal')",
    )
    etat = "(ARRAY['recense','informe','accord','retenu','desaccord'])[1 + abs(hashint4(n) % 5)]"
    candidature = modele.candidature
    multiplier(
        Candidature,
        candidature,
        nombre,
        cadre=f"{modele.pk} + n",
        etat=etat,
        informe_le="now()",
        repondu_le="now()",
        decide_le="now()",
    )
    with connection.cursor() as curseur:
        # What autovacuum does on a server that lives: indexes are then read without the table.
        curseur.execute("VACUUM ANALYZE")
    return drh


def vider() -> None:
    from django.db import connection

    with connection.cursor() as curseur:
        # What lifts the guard of the journal goes with the rest: it hangs on nothing.
        curseur.execute("INSERT INTO collectivites_purgeencours (ouverte_le) VALUES (now())")
        curseur.execute(
            "TRUNCATE collectivites_purgeencours, collectivites_demarche, collectivites_utilisateur RESTART IDENTITY CASCADE"
        )
