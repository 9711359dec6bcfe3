"""The rapport social unique, line by line: what the démarche counts of it for one employer, or why not.

The RSU counts an employer's agents; a démarche knows those whom it listed. So a line is taken here only
where the démarche is what made it (moves between employers, wishes, parcours); the others are the HR
program's, and each says so. Figures are those of the arrêté, protected like the rest.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from collectivites.models import Collectivite
from pilotage.indicateurs.protection.publication import Chiffre, Publication

#: The lines of the RSU, with how sure we are of their wording.
LIGNES_DU_RSU = Path(__file__).with_name("rsu_indicateurs.csv")

Lecture = Callable[[Publication, Collectivite], Chiffre]


@dataclass(frozen=True)
class Mesure:
    """One figure that a line takes. `de_tous`: of all employers, since one's own would say too much."""

    libelle: str
    unite: str
    lire: Lecture
    de_tous: bool = False


@dataclass(frozen=True)
class Reponse:
    """Figures, and what they leave out; or the reason why there is none."""

    mesures: tuple[Mesure, ...] = ()
    raison: str = ""


def _etape(libelle: str, code: str) -> Mesure:
    return Mesure(libelle, "personnes", lambda p, c: p.etape(code, c))


def _femmes(libelle: str, code: str) -> Mesure:
    return Mesure(libelle, "%", lambda p, c: p.part_femmes(code), de_tous=True)


HORS_SUJET = "la démarche ne le recueille pas ; votre logiciel de paie ou de gestion le compte"
REPONSES: dict[str, Reponse] = {
    "effectifs au 31/12 par statut, catégorie, filière, cadre d'emplois": Reponse(
        (_etape("Personnes recensées par la démarche, toutes catégories ensemble", "recenses"),),
        "non par statut, filière ni cadre d’emplois : la démarche ne recense qu’une partie de vos agents, et "
        "croiser ces critères désignerait des personnes",
    ),
    "postes permanents vacants et durée de vacance": Reponse(
        raison="un poste ouvert à la démarche n’est pas toujours vacant, et tous vos postes vacants n’y sont pas"
    ),
    "recrutements par origine (mutation, concours, contrat) et durée": Reponse(
        (
            Mesure(
                "Recrutements venus d’un autre employeur de la démarche",
                "mobilités",
                lambda p, c: p.arrivees(c),
            ),
        ),
        "non par cadre d’emplois ni par durée : trop peu de mobilités pour que personne ne soit reconnu",
    ),
    "mobilités internes, mutations, détachements, MAD entrants et sortants": Reponse(
        (
            Mesure(
                "Sorties vers un autre employeur de la démarche",
                "mobilités",
                lambda p, c: p.departs(c),
            ),
            Mesure(
                "Entrées depuis un autre employeur de la démarche",
                "mobilités",
                lambda p, c: p.arrivees(c),
            ),
            _femmes("Part des femmes parmi les mobilités", "effectives"),
        ),
        "non par voie statutaire ni par catégorie : trop peu de mobilités pour que personne ne soit reconnu ; vos "
        "dossiers de mobilité les disent un par un",
    ),
    "entretiens professionnels réalisés et souhaits de mobilité exprimés": Reponse(
        (
            _etape("Souhaits de mobilité exprimés (volontaires)", "volontaires"),
            _femmes("Part des femmes parmi les volontaires", "volontaires"),
        ),
        "non les entretiens professionnels : ils se tiennent hors de la démarche",
    ),
    "départs par motif (retraite, mutation, démission)": Reponse(
        (
            Mesure(
                "Départs vers un autre employeur de la démarche",
                "mobilités",
                lambda p, c: p.departs(c),
            ),
        ),
        "non les retraites ni les démissions : votre gestion les connaît seule en entier",
    ),
    "jours de formation, préparation à la mobilité, bilans de parcours": Reponse(
        (
            _etape(
                "Personnes entrées dans un parcours de préparation à la mobilité", "en_parcours"
            ),
            _femmes("Part des femmes parmi elles", "en_parcours"),
        ),
        "non les jours de formation : les feuilles de présence de vos propres cadres les donnent",
    ),
    "rémunération moyenne, part des primes, 10 plus hautes rémunérations": Reponse(
        raison="les fiches de rémunération ne portent que sur les postes proposés ; elles restent aux deux DRH "
        "et à la personne"
    ),
    "absentéisme, reclassements": Reponse(raison=HORS_SUJET),
    "télétravail, temps partiel": Reponse(
        raison="la démarche lit le télétravail comme un souhait ou comme un trait du poste, non comme un droit exercé"
    ),
    "nominations équilibrées sur emplois de direction": Reponse(
        raison="les emplois fonctionnels pourvus par la démarche sont trop peu nombreux pour être dits par sexe"
    ),
    "CST, LDG, négociations": Reponse(
        raison="ce sont des pièces, non des nombres : la feuille de route en garde les dates et les documents"
    ),
}

#: How sure we are of the wording of a line; only what was verified goes without a word.
MENTIONS = {"V": "", "V (thème)": "thème vérifié ; libellé à rapprocher de l’arrêté en vigueur"}
A_VERIFIER = "libellé à vérifier dans l’arrêté en vigueur"

ENTETE = (
    "Thème",
    "Indicateur du RSU",
    "Ventilation demandée",
    "Ce que la démarche compte",
    "Valeur",
    "Unité",
    "Au",
    "Ce qui n’est pas couvert",
    "Prudence",
)
NON_COUVERT = "non couvert"


@cache
def lignes_du_rsu() -> tuple[dict[str, str], ...]:
    with LIGNES_DU_RSU.open(encoding="utf-8", newline="") as f:
        return tuple(csv.DictReader(f))


def rsu(p: Publication, collectivite: Collectivite) -> list[tuple[object, ...]]:
    """The rows of the sheet: each line of the RSU, counted, or « non couvert, parce que… »."""
    rangs: list[tuple[object, ...]] = []
    for ligne in lignes_du_rsu():
        reponse = REPONSES[ligne["indicateur"]]
        theme = ligne["theme"].capitalize()
        debut = (theme, ligne["indicateur"], ligne["ventilation"])
        prudence = MENTIONS.get(ligne["confiance"], A_VERIFIER)
        if not reponse.mesures:
            motif = f"{NON_COUVERT}, parce que {reponse.raison}"
            rangs.append((*debut, "", "", "", None, motif, prudence))
        for m in reponse.mesures:
            chiffre = m.lire(p, collectivite)
            libelle = f"{m.libelle}, tous employeurs ensemble" if m.de_tous else m.libelle
            valeur = "n.c." if chiffre.valeur is None else chiffre.valeur
            rangs.append((*debut, libelle, valeur, m.unite, chiffre.au, reponse.raison, prudence))
    return rangs
